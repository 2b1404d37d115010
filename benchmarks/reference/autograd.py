"""Comparison of expressions and traces with PyTorch's autograd.

    python -m benchmarks.reference.autograd           print the largest differences; exit status 1 above 1e-12
    python -m benchmarks.reference.autograd --write   and write the numbers of tests/engine/test_autograd.py

Expressions: the value and the gradients at random points, against PyTorch's evaluation and `backward`.
Networks: each z, a, E, δ, gradient and new weight of a trace, against a forward pass, `backward` and one
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
POINTS = 20
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
ACTIVATIONS: Json = {
    "linear": lambda z: z, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu,
    "leaky_relu": lambda z: functional.leaky_relu(z, 0.01), "elu": functional.elu,
    "softplus": functional.softplus, "silu": functional.silu, "sine": torch.sin,
}  # fmt: skip


def expression_case(text: str, names: tuple[str, ...], rng: np.random.Generator) -> Json:
    """Return an expression at a random point, with PyTorch's value and gradients."""
    values = {name: round(float(rng.uniform(-2, 2)), 3) for name in names}
    leaves = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in values.items()
    }
    result = eval(text.replace("^", "**"), {"__builtins__": {}}, {**NAMES, **leaves})
    result.backward()
    gradients = {name: float(np.asarray(leaf.grad)) for name, leaf in leaves.items()}
    return {"expression": text, "values": values, "value": result.item(), "gradients": gradients}


def network_case(inputs: int, layers: list[tuple[int, str]], loss: str, rng: np.random.Generator) -> Json:
    """Return a network and one example, with PyTorch's number for each line of its trace."""
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
    """Return the engine's run on the example of a case."""
    architecture = Architecture(
        case["inputs"], tuple(LayerSpec(units, activation) for units, activation in case["layers"])
    )
    config = TrainingConfig(architecture, loss=case["loss"], learning_rate=RATE, batch_size=1)
    classes = len(case["y"]) if case["loss"] == "cross_entropy" else 0
    examples = Examples(np.array([case["x"]]), np.array([case["y"]]), 1, classes=classes, middle=None)
    return TrainingRun(config, examples, np.array(case["theta"]), np.zeros(len(case["theta"]), bool))


def lines_of(run: TrainingRun) -> Json:
    """Return the values of a trace by phase and symbol."""
    return {f"{line.phase} {line.symbol}": line.value for line in trace(run, 0)}


def _referee(case: Json) -> Iterator[tuple[str, float]]:
    """Yield the name and PyTorch's value of each line of the trace."""
    run = run_of(case)
    start = blocks(run.config.architecture, run.network.theta)
    weights = [torch.tensor(np.array(block), requires_grad=True) for block in start]
    layers, error = _forward(case, weights)
    error.backward()
    gradients = [block.grad.clone() for block in weights if block.grad is not None]
    torch.optim.SGD(weights, lr=RATE).step()
    for line in trace(run, 0):
        layer, unit = line.layer - 2, line.unit - 1
        name = f"{line.phase} {line.symbol}"
        if line.phase == "loss":
            yield name, error.item()
        elif column := COLUMN.search(line.symbol):
            layer_blocks = weights if line.phase == "update" else gradients
            yield name, float(layer_blocks[layer][unit, int(column[1] or column[2])].detach())
        else:
            yield name, _unit_value(line.symbol, *layers[layer], unit)


def _forward(case: Json, weights: list[torch.Tensor]) -> tuple[list[tuple[Any, Any]], torch.Tensor]:
    """Return (z, a) of each layer, and E."""
    a, layers = torch.tensor(case["x"], dtype=torch.float64), []
    for block, (_, activation) in zip(weights, case["layers"], strict=True):
        z = block[:, 0] + block[:, 1:] @ a
        a = ACTIVATIONS[activation](z) * 1.0
        z.retain_grad()
        a.retain_grad()
        layers.append((z, a))
    return layers, _loss(case["loss"], a, torch.tensor(case["y"], dtype=torch.float64))


def _unit_value(symbol: str, z: Any, a: Any, unit: int) -> float:
    """Return z, a, δ = ∂E/∂z or ∂E/∂a of a unit."""
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


def difference(actual: float, expected: float) -> float:
    return abs(actual - expected) / max(1.0, abs(expected))


def compare() -> Iterator[tuple[str, float, Json]]:
    """Yield the name of each case, its largest difference, and the case."""
    rng = np.random.default_rng(6)
    for text, names in EXPRESSIONS.items():
        for _ in range(POINTS):
            case = expression_case(text, tuple(names), rng)
            result = parse(text).trace(case["values"])
            pairs = [(result.value, case["value"])]
            pairs += [(result.gradients[name], expected) for name, expected in case["gradients"].items()]
            if all(np.isfinite(expected) for _, expected in pairs):
                yield text, max(difference(*pair) for pair in pairs), case
    for inputs, layers, loss in NETWORKS:
        for _ in range(POINTS):
            case = network_case(inputs, layers, loss, rng)
            lines = lines_of(run_of(case))
            name = f"{inputs}-{'-'.join(f'{units} {activation}' for units, activation in layers)}, {loss}"
            yield name, max(difference(lines[key], value) for key, value in case["lines"].items()), case


def main(arguments: list[str]) -> int:
    worst: dict[str, float] = {}
    first: dict[str, Json] = {}
    for name, error, case in compare():
        worst[name] = max(worst.get(name, 0.0), error)
        first.setdefault(name, case)
    for name, error in worst.items():
        print(f"{error:8.1e}  {name}")
    if "--write" in arguments:
        golden = {"torch": torch.__version__, "cases": list(first.values())}
        GOLDEN.write_text(json.dumps(golden, ensure_ascii=False, indent=None) + "\n", encoding="utf-8")
    return int(max(worst.values()) > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
