"""Comparison of the engine's optimizers with PyTorch's, and golden numbers from PyTorch.

    python -m benchmarks.reference.torch_reference          print a table; exit status 1 where they differ
    python -m benchmarks.reference.torch_reference --write  and write the numbers of test_golden_runs.py

One by one: the engine makes each of 200 steps from PyTorch's parameters and optimizer state. The results
must agree to 1e-12. Free: both train from the same start. SGD, momentum and Nesterov must agree to 1e-9
after 500 steps, the others after 20, because their division by √s amplifies the last bit.
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
from engine.training.loop import train_steps
from engine.training.run import TrainingRun
from engine.types import Array
from tests.engine.golden_runs import Problem, next_gradient, put, run_of

GOLDEN = Path(__file__).parents[2] / "tests" / "golden" / "torch.json"
STEPS = 200
SAVED_STEPS = (2, 50, 200)
STEP_LIMIT, FREE_LIMIT, MINIMUM_LIMIT = 1e-12, 1e-9, 1e-6
FREE_STEPS = {"sgd": 500, "momentum": 500, "nesterov": 500}

REFERENCES: dict[str, tuple[Any, dict[str, Any], tuple[str, ...]]] = {
    "sgd": (torch.optim.SGD, {}, ()),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}, ("momentum_buffer",)),
    "nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}, ("momentum_buffer",)),
    "adagrad": (torch.optim.Adagrad, {}, ("sum",)),
    "rmsprop": (torch.optim.RMSprop, {}, ("square_avg",)),
    "adadelta": (torch.optim.Adadelta, {}, ("square_avg", "acc_delta")),
    "adam": (torch.optim.Adam, {}, ("exp_avg", "exp_avg_sq")),
    "adamw": (torch.optim.AdamW, {}, ("exp_avg", "exp_avg_sq")),
}
"""PyTorch's class for each optimizer, its arguments, and the keys of its state in the engine's order."""


def random_problem(seed: int, inputs: int, layers: list[list[Any]], loss: str, **more: Any) -> Problem:
    """Return a problem with random rows and a random start."""
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
    "2-4-2-1": random_problem(1, 2, [[4, "tanh"], [2, "tanh"], [1, "tanh"]], "half_squared_error"),
    "3-5-3": random_problem(2, 3, [[5, "tanh"], [3, "linear"]], "cross_entropy"),
}
MINIMA = {
    "bowl": random_problem(3, 2, [[1, "linear"]], "half_squared_error"),
    "net": random_problem(4, 2, [[3, "tanh"], [1, "linear"]], "half_squared_error", penalty_rate=0.003),
}


class Twin:
    """Network of a problem in PyTorch: a W and a b tensor per layer, from the problem's start."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.architecture = run_of(problem, "sgd").config.architecture
        self.x, self.y = (torch.tensor(problem[name], dtype=torch.float64) for name in "xy")
        self.tensors = [
            torch.tensor(part.copy(), requires_grad=True)
            for block in blocks(self.architecture, np.array(problem["start"], float))
            for part in (block[:, 1:], block[:, 0])
        ]

    def flat(self, select: Callable[[torch.Tensor], Any]) -> Array:
        """Return the selected values of all tensors, in the order of the engine's flat vector."""
        parts = [select(tensor).detach().numpy() for tensor in self.tensors]
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
    """Step of PyTorch after `updates` others: from theta and state (vectors, P) to after."""

    updates: int
    theta: Array
    state: Array
    gradient: Array
    after: Array


def steps(problem: Problem, name: str, count: int) -> Iterator[Step]:
    """Yield the steps of PyTorch's training on the problem."""
    twin, (make, options, names) = Twin(problem), REFERENCES[name]
    optimizer = make(twin.tensors, run_of(problem, name).config.rate, **options)
    size, rows = problem["batch_size"], len(problem["x"])
    for updates in range(count):
        state = [twin.flat(partial(_state_of, optimizer, key)) for key in names]
        theta, start = twin.theta, updates * size % rows
        optimizer.zero_grad()
        twin.error(slice(start, start + size)).backward()
        gradient = twin.flat(lambda tensor: tensor.grad)
        optimizer.step()
        yield Step(updates, theta, np.array(state).reshape(len(names), theta.size), gradient, twin.theta)


def _state_of(optimizer: Any, key: str, tensor: torch.Tensor) -> torch.Tensor:
    """Return the optimizer's state of a tensor; 0 before the first step."""
    state = optimizer.state[tensor].get(key)
    return torch.zeros_like(tensor) if state is None else state


def step_difference(run: TrainingRun, step: Step) -> float:
    """Return the largest difference of the engine's gradient and step to PyTorch's, from the same state."""
    put(run, step.theta, step.state, step.updates)
    gradient = np.abs(next_gradient(run) - step.gradient).max()
    train_steps(run, 1)
    return float(max(gradient, np.abs(run.network.theta - step.after).max()))


def find_minimum(problem: Problem) -> Array:
    """Return the parameters at the minimum that PyTorch's L-BFGS finds."""
    twin = Twin(problem)
    optimizer = torch.optim.LBFGS(
        twin.tensors, max_iter=3000, history_size=10, tolerance_grad=1e-13, tolerance_change=0,
        line_search_fn="strong_wolfe",
    )  # fmt: skip

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        penalty = sum((W**2).sum() for W in twin.tensors[0::2])
        error = twin.error(slice(None)) + 0.5 * problem.get("penalty_rate", 0.0) * penalty
        error.backward()
        return error

    optimizer.step(closure)
    return twin.theta


def compare(golden: dict[str, Any]) -> Iterator[tuple[str, str, float, float]]:
    """Yield (comparison, problem, difference, limit), and fill `golden` with the numbers of the test."""
    for title, problem in PROBLEMS.items():
        for name in REFERENCES:
            run, largest = run_of(problem, name), 0.0
            for step in steps(problem, name, STEPS):
                largest = max(largest, step_difference(run, step))
                if step.updates + 1 in SAVED_STEPS:
                    values = {key: np.asarray(value).tolist() for key, value in vars(step).items()}
                    golden["steps"].append({"problem": title, "optimizer": name, **values})
            yield f"{name}, {STEPS} steps one by one", title, largest, STEP_LIMIT
            count = FREE_STEPS.get(name, 20)
            *_, last = steps(problem, name, count)
            free = run_of(problem, name)
            train_steps(free, count)
            end = {"problem": title, "optimizer": name, "steps": count, "theta": last.after.tolist()}
            golden["free"].append(end)
            difference = float(np.abs(free.network.theta - last.after).max())
            yield f"{name}, {count} steps on its own", title, difference, FREE_LIMIT
    for title, problem in MINIMA.items():
        run, minimum = run_of(problem, "lbfgs"), find_minimum(problem)
        train_steps(run, 400)
        golden["minima"].append({"problem": title, "theta": minimum.tolist()})
        yield "lbfgs, its minimum", title, float(np.abs(run.network.theta - minimum).max()), MINIMUM_LIMIT


def main() -> int:
    golden: dict[str, Any] = {
        "torch": torch.__version__, "problems": {**PROBLEMS, **MINIMA}, "steps": [], "free": [], "minima": [],
    }  # fmt: skip
    passed = True
    for comparison, title, difference, limit in compare(golden):
        passed = passed and difference <= limit
        print(
            f"{comparison:32} {title:8} {difference:8.1e} {'≤' if difference <= limit else '>'} {limit:.0e}"
        )
    if "--write" in sys.argv[1:]:
        lines = json.dumps(golden).replace('}, {"problem"', '},\n{"problem"')
        GOLDEN.write_text(lines + "\n", encoding="utf-8")
        print(f"{GOLDEN.name}: {GOLDEN.stat().st_size / 1000:.0f} kB")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
