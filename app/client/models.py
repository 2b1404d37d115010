"""Responses with NumPy arrays where `app.schemas.responses` has lists of numbers.

A number that is not finite is null on the way and NaN here.
"""

import io
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, PlainValidator

from app.schemas.base import ResponseModel
from app.schemas.spec import ResolvedPlane, Task


def _numbers(value: Any) -> NDArray[np.float64]:
    return np.array(value, np.float64)


Numbers = Annotated[NDArray[np.float64], PlainValidator(_numbers)]
Words = Annotated[NDArray[np.str_], PlainValidator(np.array)]


class Arrays(ResponseModel):
    """An answer with arrays in it."""

    model_config = ConfigDict(arbitrary_types_allowed=True)


class LayerActivations(Arrays):
    """z, a (rows, units)."""

    z: Numbers
    a: Numbers


class Activations(Arrays):
    """x (rows, inputs) raw, features (rows, features) as shown to the network, prediction (rows, outputs)."""

    step: int
    x: Numbers
    features: Numbers
    layers: list[LayerActivations]
    prediction: Numbers


class LayerGradients(Arrays):
    """da, delta (rows, units), with the mean's 1/rows; dW, penalty_dW (units, inputs); db (units,)."""

    da: Numbers
    delta: Numbers
    dW: Numbers
    db: Numbers
    penalty_dW: Numbers


class Gradients(Arrays):
    """examples: which rows these are. x (rows, inputs) raw, y (rows, outputs) as trained towards."""

    step: int
    loss: float | None
    examples: list[int]
    x: Numbers
    y: Numbers
    layers: list[LayerGradients]


class Boundary(Arrays):
    """values (x2, x1): rows x2 ascending, columns x1 ascending, as `origin="lower"` draws them."""

    step: int
    x1: tuple[float, float]
    x2: tuple[float, float]
    values: Numbers


class Data(Arrays):
    """x (rows, inputs), y (rows, outputs) as trained towards, labels as given, split "train" or "test"."""

    task: Task
    classes: int
    inputs: list[str]
    x: Numbers
    y: Numbers
    class_names: list[str] | None
    labels: Numbers
    split: Words
    plane: ResolvedPlane | None


class ActivationCurve(Arrays):
    """z, a = g(z) and slope g'(z), all (n,)."""

    name: str
    z: Numbers
    a: Numbers
    slope: Numbers


class Layer(NamedTuple):
    """W (units, inputs) and b (units,) of one layer."""

    W: NDArray[np.floating[Any]]
    b: NDArray[np.floating[Any]]


def layers_of(archive: bytes) -> list[Layer]:
    """Return the layers in an archive of W1, b1, W2, b2, …"""
    with np.load(io.BytesIO(archive), allow_pickle=False) as arrays:
        count = sum(name.startswith("W") for name in arrays.files)
        return [Layer(arrays[f"W{layer}"], arrays[f"b{layer}"]) for layer in range(1, count + 1)]
