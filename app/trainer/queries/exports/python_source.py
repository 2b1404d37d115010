"""Python source: a trained network as a file that needs NumPy, or PyTorch, and nothing else."""

from functools import cache
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from app.paths import folder
from app.trainer.queries.exports.python_formula import Formula
from app.trainer.session import TrainingSession
from engine.activations import ACTIVATIONS
from engine.data.features import input_names, parse_features
from engine.explain.source_code import source_of
from engine.losses import LOSSES, Loss, softmax
from engine.network import blocks
from engine.types import Array

WIDTH = 96


def numpy_source(session: TrainingSession) -> str:
    """Return predict(x) in NumPy, with the source of the engine's own activations."""
    told = _template_values(session, "np")
    used = {layer["activation"].name for layer in told["layers"]} - {"linear"}
    for formula in told["formulas"]:
        used |= formula.functions
    if told["probability"] == "sigmoid":
        used.add("sigmoid")
    return _template("numpy.py.jinja").render(
        told, functions=source_of(*(ACTIVATIONS[name].function for name in sorted(used)))
    )


def pytorch_source(session: TrainingSession) -> str:
    """Return the network as a torch.nn.Module."""
    return _template("pytorch.py.jinja").render(_template_values(session, "torch"))


def _template_values(session: TrainingSession, library: str) -> dict[str, Any]:
    """Return the values that both templates show."""
    setup, run = session.setup, session.run
    formulas = parse_features(setup.spec.features, setup.source.inputs)
    inputs = input_names(setup.source.inputs)
    architecture = run.config.architecture
    widths = (architecture.inputs, *(layer.units for layer in architecture.layers))
    layers = [
        {"number": number, "inputs": block.shape[1] - 1, "units": block.shape[0], "W": block[:, 1:],
         "b": block[:, 0], "activation": layer.activation}
        for number, (block, layer) in enumerate(
            zip(blocks(architecture, run.network.theta), run.network.layers, strict=True), 1
        )
    ]  # fmt: skip
    return {
        "shape": "-".join(map(str, widths)),
        "widths": widths,
        "data": setup.spec.data.name,
        "step": run.step,
        "dtype": run.config.dtype,
        "inputs": inputs,
        "example": [0.5] * len(inputs),
        "formulas": [Formula(expression, library) for expression in formulas],
        "plain": tuple(setup.spec.features) == inputs,
        "standardization": setup.standardization,
        "layers": layers,
        "probability": _probability(LOSSES[run.config.loss]),
    }


def _probability(loss: Loss) -> str | None:
    """Return the name of the function from z to a probability; None for a loss that reads no logits."""
    if not loss.reads_logits:
        return None
    return "softmax" if loss.prediction is softmax else "sigmoid"


def literal(array: Array, indent: int = 0) -> str:
    """Return an array as nested lists, a row a line, every number to its last bit."""
    inner = " " * (indent + 4)
    if array.ndim == 2:
        return "[\n" + "".join(f"{inner}{literal(row, indent + 4)},\n" for row in array) + " " * indent + "]"
    numbers = [repr(float(number)) if np.isfinite(number) else f'float("{number}")' for number in array]
    line = f"[{', '.join(numbers)}]"
    if len(line) + indent <= WIDTH:
        return line
    return "[\n" + "".join(f"{inner}{number},\n" for number in numbers) + " " * indent + "]"


@cache
def _template(name: str) -> Template:
    environment = Environment(  # what it writes is Python, not HTML
        loader=FileSystemLoader(folder("templates") / "exports"), autoescape=False, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["literal"] = literal
    return environment.get_template(name)
