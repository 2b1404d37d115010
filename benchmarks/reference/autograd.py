"""PyTorch's autograd as referee of the lecture: expressions and traces, each number against its own.

    python -m benchmarks.reference.autograd           print the largest differences; exit status 1 above 1e-12
    python -m benchmarks.reference.autograd --write   and write the numbers of tests/engine/test_autograd.py

Expressions: each is evaluated at several places, in PyTorch as Python reads it, and backward by autograd.
Networks: each z, a, E, δ, gradient and new weight of a trace against a forward pass, `backward` and one
step of `torch.optim.SGD` in float64.
"""

import json
import re
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from engine.data.examples import Examples
from engine.explain.trace import trace
from engine.expression import parse
from engine.network import Architecture, LayerSpec, blocks
from engine.training.config import TrainingConfig
from engine.training.run import TrainingRun

GOLDEN = Path(__file__).parents[2] / "tests" / "golden" / "autograd.json"
LIMIT = 1e-12
PLACES = 20
RATE = 0.3
COLUMN = re.compile(r"w_(?:\{\d+,(\d+)\}|\d(\d))\^")
Json = dict[str, Any]

FIVE = ("w0", "x0", "w1", "x1", "w2")
EXPRESSIONS = {
    "(x+y)*z": "xyz", "1/(1 + exp(-(w0*x0 + w1*x1 + w2)))": FIVE, "sigmoid(w0*x0 + w1*x1 + w2)": FIVE,
    "max(x, y)*min(x, z) - abs(y)": "xyz", "tanh(x*y) + relu(z - x)^2": "xyz",
    "x^3/y - sqrt(z^2 + 1)": "xyz", "log(x^2 + 1)*cos(y) + tan(z/3)": "xyz",
    "(sigmoid(a)*b - y)^2/2": "aby", "x*x*x + x": "x", "softplus(x)*silu(y) + gelu(z)": "xyz",
    "exp(sin(x)*y)/(1 + z^2)": "xyz", "2^x - x^2": "x",
}  # fmt: skip
NAMES: Json = {
    "exp": torch.exp, "log": torch.log, "sin": torch.sin, "cos": torch.cos, "tan": torch.tan,
    "sqrt": torch.sqrt, "abs": torch.abs, "max": torch.maximum, "min": torch.minimum, "tanh": torch.tanh,
    "relu": torch.relu, "sigmoid": torch.sigmoid, "softplus": functional.softplus, "silu": functional.silu,
    "gelu": partial(functional.gelu, approximate="tanh"),
}  # fmt: skip
NETWORKS: list[tuple[int, list[tuple[int, str]], str]] = [
    (2, [(2, "sigmoid"), (2, "sigmoid")], "half_squared_error"),
    (3, [(3, "sigmoid"), (2, "sigmoid"), (1, "sigmoid")], "half_squared_error"),
    (2, [(5, "tanh"), (4, "relu"), (3, "elu"), (1, "tanh")], "half_squared_error"),
    (4, [(6, "leaky_relu"), (3, "linear")], "cross_entropy"),
    (2, [(4, "softplus"), (1, "linear")], "binary_cross_entropy"),
    (5, [(12, "silu"), (11, "sine"), (2, "linear")], "huber"),
]
BENDS: Json = {
    "linear": lambda z: z, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu,
    "leaky_relu": lambda z: functional.leaky_relu(z, 0.01), "elu": functional.elu,
    "softplus": functional.softplus, "silu": functional.silu, "sine": torch.sin,
}  # fmt: skip


def expression_case(text: str, names: tuple[str, ...], rng: np.random.Generator) -> Json:
    """An expression somewhere, with PyTorch's value and gradients."""
    values = {name: round(float(rng.uniform(-2, 2)), 3) for name in names}
    leaves = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in values.items()
    }
    result = eval(text.replace("^", "**"), {"__builtins__": {}}, {**NAMES, **leaves})
    result.backward()
    gradients = {name: float(np.asarray(leaf.grad)) for name, leaf in leaves.items()}
    return {"expression": text, "values": values, "value": result.item(), "gradients": gradients}


def network_case(inputs: int, layers: list[tuple[int, str]], loss: str, rng: np.random.Generator) -> Json:
    """A network and one example, with PyTorch's number for each line of its trace."""
    outputs = layers[-1][0]
    count = sum(
        units * (1 + below)
        for (units, _), below in zip(layers, [inputs, *(n for n, _ in layers)], strict=False)
    )
    x, theta = rng.uniform(-1.5, 1.5, inputs).round(4), rng.uniform(-0.9, 0.9, count).round(4)
    y = (
        np.eye(outputs)[rng.integers(outputs)]
        if loss == "cross_entropy"
        else rng.integers(2, size=outputs) * 1.0
    )
    case = {
        "inputs": inputs,
        "layers": layers,
        "loss": loss,
        "x": x.tolist(),
        "y": y.tolist(),
        "theta": theta.tolist(),
    }
    return {**case, "lines": dict(_referee(case))}


def run_of(case: Json) -> TrainingRun:
    """The engine's run on the one example of a case."""
    architecture = Architecture(
        case["inputs"], tuple(LayerSpec(units, bend) for units, bend in case["layers"])
    )
    config = TrainingConfig(architecture, loss=case["loss"], learning_rate=RATE, batch_size=1)
    classes = len(case["y"]) if case["loss"] == "cross_entropy" else 0
    examples = Examples(np.array([case["x"]]), np.array([case["y"]]), 1, classes=classes, middle=None)
    return TrainingRun(config, examples, np.array(case["theta"]), np.zeros(len(case["theta"]), bool))


def lines_of(run: TrainingRun) -> Json:
    """What a trace says, by phase and symbol."""
    return {f"{line.phase} {line.symbol}": line.value for line in trace(run, 0)}


def _referee(case: Json) -> Iterator[tuple[str, float]]:
    """Each line of the trace by PyTorch."""
    run = run_of(case)
    start = blocks(run.config.architecture, run.network.theta)
    weights = [torch.tensor(np.array(block), requires_grad=True) for block in start]
    steps, error = _passed(case, weights)
    error.backward()
    gradients = [block.grad.clone() for block in weights if block.grad is not None]
    torch.optim.SGD(weights, lr=RATE).step()
    for line in trace(run, 0):
        place = line.layer - 2, line.unit - 1
        name = f"{line.phase} {line.symbol}"
        if line.phase == "loss":
            yield name, error.item()
        elif column := COLUMN.search(line.symbol):
            blocks_of = weights if line.phase == "update" else gradients
            yield name, float(blocks_of[place[0]][place[1], int(column[1] or column[2])].detach())
        else:
            yield name, _of_a_unit(line.symbol, *steps[place[0]], place[1])


def _passed(case: Json, weights: list[torch.Tensor]) -> tuple[list[tuple[Any, Any]], torch.Tensor]:
    """(z, a) of each layer, and E."""
    a, steps = torch.tensor(case["x"], dtype=torch.float64), []
    for block, (_, bend) in zip(weights, case["layers"], strict=True):
        z = block[:, 0] + block[:, 1:] @ a
        a = BENDS[bend](z) * 1.0
        z.retain_grad()
        a.retain_grad()
        steps.append((z, a))
    return steps, _loss(case["loss"], a, torch.tensor(case["y"], dtype=torch.float64))


def _of_a_unit(symbol: str, z: Any, a: Any, unit: int) -> float:
    """z, a, δ = ∂E/∂z or ∂E/∂a of a unit."""
    kinds = {"z_": z.detach(), "a_": a.detach(), "δ_": z.grad, "∂E/∂a": a.grad}
    return float(next(values[unit] for start, values in kinds.items() if symbol.startswith(start)))


def _loss(name: str, a: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    if name == "cross_entropy":
        return -(y * torch.log_softmax(a, 0)).sum()
    if name == "binary_cross_entropy":
        return functional.binary_cross_entropy_with_logits(a, y, reduction="sum")
    if name == "huber":
        return functional.huber_loss(a, y, reduction="sum")
    return 0.5 * ((a - y) ** 2).sum()


def difference(told: float, wanted: float) -> float:
    return abs(told - wanted) / max(1.0, abs(wanted))


def compared() -> Iterator[tuple[str, float, Json]]:
    """Each case with its largest difference."""
    rng = np.random.default_rng(6)
    for text, names in EXPRESSIONS.items():
        for _ in range(PLACES):
            case = expression_case(text, tuple(names), rng)
            told = parse(text).trace(case["values"])
            pairs = [(told.value, case["value"])]
            pairs += [(told.gradients[name], wanted) for name, wanted in case["gradients"].items()]
            if all(np.isfinite(wanted) for _, wanted in pairs):
                yield text, max(difference(*pair) for pair in pairs), case
    for inputs, layers, loss in NETWORKS:
        for _ in range(PLACES):
            case = network_case(inputs, layers, loss, rng)
            told_lines = lines_of(run_of(case))
            name = f"{inputs}-{'-'.join(f'{units} {bend}' for units, bend in layers)}, {loss}"
            yield (
                name,
                max(difference(told_lines[key], wanted) for key, wanted in case["lines"].items()),
                case,
            )


def main(arguments: list[str]) -> int:
    worst: dict[str, float] = {}
    first: dict[str, Json] = {}
    for name, error, case in compared():
        worst[name] = max(worst.get(name, 0.0), error)
        first.setdefault(name, case)
    for name, error in worst.items():
        print(f"{error:8.1e}  {name}")
    if "--write" in arguments:
        kept = {"torch": torch.__version__, "cases": list(first.values())}
        GOLDEN.write_text(json.dumps(kept, ensure_ascii=False, indent=None) + "\n", encoding="utf-8")
    return int(max(worst.values()) > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
