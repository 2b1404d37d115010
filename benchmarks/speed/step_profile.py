"""Profile of a training step: the time of every call of a plan, measured separately.

    python -m benchmarks.speed.step_profile 2-4-2-1 10               SGD on batches of 10
    python -m benchmarks.speed.step_profile 7-8-8-8-1 10 256 adam    256 networks in a stack, Adam

A step takes a few percent more than the sum of its calls. So the profile shows why a network is slow,
and a lower bound for the time of its step.
"""

import sys
from functools import partial
from time import perf_counter
from typing import Any

import benchmarks  # noqa: F401 - one thread, set before NumPy is imported

import numpy as np  # isort: skip

from benchmarks.peers.numpy_engine import NumpyEngine
from benchmarks.speed.workload import STEPS, Problem

BURST_SECONDS = 0.0005
ROUNDS = 60


def microseconds(call: partial[Any]) -> float:
    """Return the minimum time of a call, because other work on the machine can only add time."""
    function, arguments, keywords = call.func, call.args, call.keywords
    begin = perf_counter()
    function(*arguments, **keywords)
    count = max(1, round(BURST_SECONDS / (perf_counter() - begin)))
    minimum = float("inf")
    for _ in range(ROUNDS):
        begin = perf_counter()
        for _ in range(count):
            function(*arguments, **keywords)
        minimum = min(minimum, (perf_counter() - begin) / count)
    return 1e6 * minimum


def description(call: partial[Any]) -> str:
    """Return the name and the shapes of a call: `dot (4, 3) (3, 10) → (4, 10)`."""
    bound = getattr(call.func, "__self__", None)
    arrays = [bound, *call.args, *call.keywords.values()]
    *operands, into = [str(array.shape) for array in arrays if isinstance(array, np.ndarray)]
    return f"{call.func.__name__:9} {' '.join(operands)} → {into}"


def main() -> None:
    """Print the calls of a step of this network."""
    sizes, batch, stack, optimizer = [*sys.argv[1:], *("2-4-2-1", "10", "1", "sgd")[len(sys.argv) - 1 :]]
    np.seterr(all="ignore")  # a call that is repeated alone may overflow
    problem = Problem(tuple(map(int, sizes.split("-"))), int(batch))
    engine = NumpyEngine(problem, int(stack), optimizer=optimizer)
    engine.lap()
    times = [microseconds(call) for call in engine.plan.calls]
    for time, call in zip(times, engine.plan.calls, strict=True):
        print(f"{time:9.2f} µs  {description(call)}")
    slots = len(engine.plan.buffer)
    step = microseconds(partial(engine.plan.run, slice(slots))) / slots
    print(f"{sum(times):9.2f} µs  {len(times)} calls by themselves\n{step:9.2f} µs  a step in the plan")
    print(f"{microseconds(partial(engine.lap)) / STEPS:9.2f} µs  with its batch gathered")


if __name__ == "__main__":
    main()
