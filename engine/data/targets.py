"""Targets: from class labels to the numbers that a loss compares with.

Two classes are −1 and +1, or 0 and 1, in a single output; three or more are one output per class,
one of them on. Which pair of numbers suits depends on what the output unit can say.
"""

from dataclasses import dataclass

import numpy as np

from engine.types import Array


@dataclass(frozen=True)
class Targets:
    """y (rows, outputs), and for a single output of two classes the targets `pair` of the two."""

    y: Array
    pair: tuple[float, float] | None = None

    @property
    def middle(self) -> float | None:
        """An output at or above this means the second class."""
        return None if self.pair is None else sum(self.pair) / 2


def encode(labels: Array, classes: int, activation: str, loss: str, own: bool = False) -> Targets:
    """Targets for an output layer.

    labels (rows,) class labels, or (rows, outputs) numbers to regress on when classes is 0.
    activation, loss: the output layer's, which decide between 0/1 and −1/+1.
    own: labels that a person gave stay as they are where the output can say them.
    Raises ValueError when a label is not one of the classes.
    """
    if classes == 0:
        return Targets(labels.reshape(len(labels), -1).astype(float))
    if classes > 2:
        return Targets(_one_per_class(labels, classes, activation, loss))
    given = _given_pair(labels)
    pair = _pair(activation, loss)
    if pair is None:
        pair = given if own else (-1.0, 1.0)
    return Targets(np.where(labels == given[1], pair[1], pair[0])[:, np.newaxis], pair)


def _pair(activation: str, loss: str) -> tuple[float, float] | None:
    """Return the only two targets that fit this output; None where any pair would do."""
    if activation == "sigmoid" or loss == "binary_cross_entropy":
        return 0.0, 1.0
    if activation == "tanh" or loss == "hinge":
        return -1.0, 1.0
    return None


def _given_pair(labels: Array) -> tuple[float, float]:
    """−1/+1 or 0/1, whichever the labels are written in; −1/+1 when all of them are 1."""
    values = np.unique(labels)
    for pair in ((-1.0, 1.0), (0.0, 1.0)):
        if np.isin(values, pair).all():
            return pair
    raise ValueError(f"labels of two classes must be −1 and +1 or 0 and 1, got {_sample(values)}")


def _one_per_class(labels: Array, classes: int, activation: str, loss: str) -> Array:
    if not np.isin(labels, np.arange(classes)).all():
        found = _sample(np.unique(labels))
        raise ValueError(f"labels of {classes} classes must be 0 to {classes - 1}, got {found}")
    off = -1.0 if activation == "tanh" or loss == "hinge" else 0.0
    return np.where(labels[:, np.newaxis] == np.arange(classes), 1.0, off)


def _sample(values: Array) -> str:
    return ", ".join(f"{value:g}" for value in values[:5]) + (", …" if len(values) > 5 else "")
