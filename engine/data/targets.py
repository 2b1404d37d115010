"""Targets: the encoding of class labels as the numbers that a loss compares outputs with.

Two classes are −1 and +1, or 0 and 1, in a single output. Three or more classes are one-hot, with
one output per class. The range of the output unit decides whether the lower target is −1 or 0.
"""

from dataclasses import dataclass

import numpy as np

from engine.types import Array


@dataclass(frozen=True)
class Targets:
    """Encoded targets y (rows, outputs). pair: both targets, for two classes in a single output."""

    y: Array
    pair: tuple[float, float] | None = None

    @property
    def middle(self) -> float | None:
        """The decision threshold: an output at or above it predicts the second class."""
        return None if self.pair is None else sum(self.pair) / 2


def encode(labels: Array, classes: int, activation: str, loss: str, own: bool = False) -> Targets:
    """Return the targets for an output layer.

    labels (rows,) class labels, or (rows, outputs) numbers to regress on when classes is 0.
    activation, loss: the output layer's, which decide between 0/1 and −1/+1.
    own: the labels are a user's own, and keep their values where the output can reach them.
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
    """Return the two targets that fit the range of this output; None where any pair fits."""
    if activation == "sigmoid" or loss == "binary_cross_entropy":
        return 0.0, 1.0
    if activation == "tanh" or loss == "hinge":
        return -1.0, 1.0
    return None


def _given_pair(labels: Array) -> tuple[float, float]:
    """Return the pair that the labels use, −1/+1 or 0/1; −1/+1 when all labels are 1."""
    values = np.unique(labels)
    for pair in ((-1.0, 1.0), (0.0, 1.0)):
        if np.isin(values, pair).all():
            return pair
    raise ValueError(f"labels of two classes must be −1 and +1 or 0 and 1, got {_sample(values)}")


def _one_per_class(labels: Array, classes: int, activation: str, loss: str) -> Array:
    if not np.isin(labels, np.arange(classes)).all():
        values = _sample(np.unique(labels))
        raise ValueError(f"labels of {classes} classes must be 0 to {classes - 1}, got {values}")
    off = -1.0 if activation == "tanh" or loss == "hinge" else 0.0
    return np.where(labels[:, np.newaxis] == np.arange(classes), 1.0, off)


def _sample(values: Array) -> str:
    return ", ".join(f"{value:g}" for value in values[:5]) + (", …" if len(values) > 5 else "")
