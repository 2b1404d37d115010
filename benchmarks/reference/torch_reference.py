"""PyTorch as referee: the engine's steps against those of its optimizers, and golden numbers of them.

    python -m benchmarks.reference.torch_reference          print a table; exit status 1 where they differ
    python -m benchmarks.reference.torch_reference --write  and write the numbers of test_golden_runs.py

Of 200 steps, each is made by the engine from PyTorch's own parameters and optimizer state, and the
two must agree to 1e-12. Left to themselves from the same start, SGD, momentum and Nesterov must agree
to 1e-9 after 500 steps, the others after 20: their division by √s amplifies the last bit.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.network import blocks
from engine.training.run import TrainingRun
from engine.types import Array
from tests.engine.golden_runs import Problem, next_gradient, put, run_of

GOLDEN = Path(__file__).parents[2] / "tests" / "golden" / "torch.json"
STEPS = 200
KEPT = (2, 50, 200)
STEP_LIMIT, FREE_LIMIT, MINIMUM_LIMIT = 1e-12, 1e-9, 1e-6
FREE_STEPS = {"sgd": 500, "momentum": 500, "nesterov": 500}

REFEREES: dict[str, tuple[Any, dict[str, Any], tuple[str, ...]]] = {
    "sgd": (torch.optim.SGD, {}, ()),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}, ("momentum_buffer",)),
    "nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}, ("momentum_buffer",)),
    "adagrad": (torch.optim.Adagrad, {}, ("sum",)),
    "rmsprop": (torch.optim.RMSprop, {}, ("square_avg",)),
    "adadelta": (torch.optim.Adadelta, {}, ("square_avg", "acc_delta")),
    "adam": (torch.optim.Adam, {}, ("exp_avg", "exp_avg_sq")),
    "adamw": (torch.optim.AdamW, {}, ("exp_avg", "exp_avg_sq")),
}
"""Each optimizer: PyTorch's class, what is not its default, and the names under which it keeps our state."""


def problem(seed: int, inputs: int, layers: list[list[Any]], loss: str, **more: Any) -> Problem:
    """Random rows and a random start."""
    rng, outputs = np.random.default_rng(seed), layers[-1][0]
    widths = [inputs, *(units for units, _ in layers)]
    count = sum(units * (1 + below) for below, units in pairwise(widths))
    x = rng.uniform(-2, 2, (24, inputs)).round(6)
    y = np.eye(outputs)[rng.integers(outputs, size=24)] if loss == "cross_entropy" else np.sin(x[:, :1] * 2)
    return {
        "inputs": inputs, "layers": layers, "loss": loss, "batch_size": 8, "x": x.tolist(),
        "y": y.round(6).tolist(), "start": rng.uniform(-0.7, 0.7, count).round(6).tolist(), **more,
    }  # fmt: skip


PROBLEMS = {
    "2-4-2-1": problem(1, 2, [[4, "tanh"], [2, "tanh"], [1, "tanh"]], "half_squared_error"),
    "3-5-3": problem(2, 3, [[5, "tanh"], [3, "linear"]], "cross_entropy"),
}
MINIMA = {
    "bowl": problem(3, 2, [[1, "linear"]], "half_squared_error"),
    "net": problem(4, 2, [[3, "tanh"], [1, "linear"]], "half_squared_error", penalty_rate=0.003),
}


class Twin:
    """The problem's network in PyTorch: a W and a b tensor per layer, from the problem's start."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.architecture = run_of(problem, "sgd").config.architecture
        self.x, self.y = (torch.tensor(problem[name], dtype=torch.float64) for name in "xy")
        self.tensors = [
            torch.tensor(part.copy(), requires_grad=True)
            for block in blocks(self.architecture, np.array(problem["start"], float))
            for part in (block[:, 1:], block[:, 0])
        ]

    def flat(self, of: Callable[[torch.Tensor], Any]) -> Array:
        """Something that each tensor has, in the order of the engine's flat vector."""
        parts = [of(tensor).detach().numpy() for tensor in self.tensors]
        layers = zip(parts[0::2], parts[1::2], strict=True)
        return np.concatenate([np.column_stack([b, W]).ravel() for W, b in layers])

    @property
    def theta(self) -> Array:
        return self.flat(lambda tensor: tensor)

    def error(self, rows: slice) -> torch.Tensor:
        a = self.x[rows]
        activations = [getattr(torch, name, None) for _, name in self.problem["layers"]]
        for W, b, g in zip(self.tensors[0::2], self.tensors[1::2], activations, strict=True):
            a = a @ W.T + b if g is None else g(a @ W.T + b)
        if self.problem["loss"] == "cross_entropy":
            return torch.nn.functional.cross_entropy(a, self.y[rows].argmax(dim=1))
        return 0.5 * ((a - self.y[rows]) ** 2).sum(dim=1).mean()


@dataclass
class Step:
    """PyTorch's step after `updates` others: from theta and state (vectors, P), by the gradient, to after."""

    updates: int
    theta: Array
    state: Array
    gradient: Array
    after: Array


def steps(problem: Problem, name: str, count: int) -> Iterator[Step]:
    """PyTorch trains the problem."""
    twin, (make, options, names) = Twin(problem), REFEREES[name]
    optimizer = make(twin.tensors, run_of(problem, name).config.rate, **options)
    size, rows = problem["batch_size"], len(problem["x"])
    for updates in range(count):
        state = [twin.flat(partial(_kept, optimizer, key)) for key in names]
        theta, start = twin.theta, updates * size % rows
        optimizer.zero_grad()
        twin.error(slice(start, start + size)).backward()
        gradient = twin.flat(lambda tensor: tensor.grad)
        optimizer.step()
        yield Step(updates, theta, np.array(state).reshape(len(names), theta.size), gradient, twin.theta)


def _kept(optimizer: Any, key: str, tensor: torch.Tensor) -> torch.Tensor:
    """What the optimizer remembers of a tensor; 0 before its first step."""
    kept = optimizer.state[tensor].get(key)
    return torch.zeros_like(tensor) if kept is None else kept


def step_difference(run: TrainingRun, step: Step) -> float:
    """How far the engine's gradient and step are from PyTorch's, from the same place."""
    put(run, step.theta, step.state, step.updates)
    gradient = np.abs(next_gradient(run) - step.gradient).max()
    run.train_steps(1)
    return float(max(gradient, np.abs(run.network.theta - step.after).max()))


def lowest(problem: Problem) -> Array:
    """The parameters at the minimum that PyTorch's L-BFGS finds."""
    twin = Twin(problem)
    optimizer = torch.optim.LBFGS(
        twin.tensors, max_iter=3000, history_size=10, tolerance_grad=1e-13, tolerance_change=0,
        line_search_fn="strong_wolfe",
    )  # fmt: skip

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        price = sum((W**2).sum() for W in twin.tensors[0::2])
        error = twin.error(slice(None)) + 0.5 * problem.get("penalty_rate", 0.0) * price
        error.backward()
        return error

    optimizer.step(closure)
    return twin.theta


def referee(golden: dict[str, Any]) -> Iterator[tuple[str, str, float, float]]:
    """(what, of which problem, difference, limit); what the test needs is put into `golden`."""
    for title, given in PROBLEMS.items():
        for name in REFEREES:
            run, worst = run_of(given, name), 0.0
            for step in steps(given, name, STEPS):
                worst = max(worst, step_difference(run, step))
                if step.updates + 1 in KEPT:
                    kept = {key: np.asarray(value).tolist() for key, value in vars(step).items()}
                    golden["steps"].append({"problem": title, "optimizer": name, **kept})
            yield f"{name}, {STEPS} steps one by one", title, worst, STEP_LIMIT
            count = FREE_STEPS.get(name, 20)
            *_, last = steps(given, name, count)
            free = run_of(given, name)
            free.train_steps(count)
            end = {"problem": title, "optimizer": name, "steps": count, "theta": last.after.tolist()}
            golden["free"].append(end)
            difference = float(np.abs(free.network.theta - last.after).max())
            yield f"{name}, {count} steps on its own", title, difference, FREE_LIMIT
    for title, given in MINIMA.items():
        run, minimum = run_of(given, "lbfgs"), lowest(given)
        run.train_steps(400)
        golden["minima"].append({"problem": title, "theta": minimum.tolist()})
        yield "lbfgs, its minimum", title, float(np.abs(run.network.theta - minimum).max()), MINIMUM_LIMIT


def main() -> int:
    golden: dict[str, Any] = {
        "torch": torch.__version__, "problems": {**PROBLEMS, **MINIMA}, "steps": [], "free": [], "minima": [],
    }  # fmt: skip
    right = True
    for what, title, difference, limit in referee(golden):
        right = right and difference <= limit
        print(f"{what:32} {title:8} {difference:8.1e} {'≤' if difference <= limit else '>'} {limit:.0e}")
    if "--write" in sys.argv[1:]:
        lines = json.dumps(golden).replace('}, {"problem"', '},\n{"problem"')
        GOLDEN.write_text(lines + "\n", encoding="utf-8")
        print(f"{GOLDEN.name}: {GOLDEN.stat().st_size / 1000:.0f} kB")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
