"""What a step is made of: every call with the time it takes by itself.

    python -m benchmarks.speed.step_profile 2-4-2-1 10               SGD on batches of 10
    python -m benchmarks.speed.step_profile 7-8-8-8-1 10 256 adam    256 networks in a stack, Adam

A step takes the sum of its calls and a few hundredths more; so this is where to look when a network
is slower than it might be, and why it cannot be faster than that.
"""

import sys
from functools import partial
from time import perf_counter
from typing import Any

import benchmarks  # noqa: F401 - one thread, set before NumPy is imported

import numpy as np  # isort: skip

from benchmarks.peers.numpy_engine import NumpyEngine
from benchmarks.speed.workload import STEPS, Problem

BURST = 0.0005
ROUNDS = 60


def microseconds(call: partial[Any]) -> float:
    """The least that a call takes: whatever else the machine does only adds."""
    function, arguments, keywords = call.func, call.args, call.keywords
    begin = perf_counter()
    function(*arguments, **keywords)
    count = max(1, round(BURST / (perf_counter() - begin)))
    least = float("inf")
    for _ in range(ROUNDS):
        begin = perf_counter()
        for _ in range(count):
            function(*arguments, **keywords)
        least = min(least, (perf_counter() - begin) / count)
    return 1e6 * least


def described(call: partial[Any]) -> str:
    """Name and shapes: `dot (4, 3) (3, 10) → (4, 10)`."""
    bound = getattr(call.func, "__self__", None)
    arrays = [bound, *call.args, *call.keywords.values()]
    *operands, into = [str(array.shape) for array in arrays if isinstance(array, np.ndarray)]
    return f"{call.func.__name__:9} {' '.join(operands)} → {into}"


def main() -> None:
    """Print the calls of a step of this network."""
    sizes, batch, stack, optimizer = [*sys.argv[1:], *("2-4-2-1", "10", "1", "sgd")[len(sys.argv) - 1 :]]
    np.seterr(all="ignore")  # calls on their own make no sense of the numbers
    problem = Problem(tuple(map(int, sizes.split("-"))), int(batch))
    engine = NumpyEngine(problem, int(stack), optimizer=optimizer)
    engine.lap()
    times = [microseconds(call) for call in engine.plan.calls]
    for time, call in zip(times, engine.plan.calls, strict=True):
        print(f"{time:9.2f} µs  {described(call)}")
    slots = len(engine.plan.buffer)
    step = microseconds(partial(engine.plan.run, slice(slots))) / slots
    print(f"{sum(times):9.2f} µs  {len(times)} calls by themselves\n{step:9.2f} µs  a step in the plan")
    print(f"{microseconds(partial(engine.lap)) / STEPS:9.2f} µs  with its batch gathered")


if __name__ == "__main__":
    main()
