"""Metrics: loss, accuracy, R² and confusion of a network on some examples."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.losses import Loss, mean_loss
from engine.types import Array


@dataclass(frozen=True, slots=True)
class Score:
    """loss: E over the examples. accuracy: the share classified right. r2: for regression.

    Accuracy and r2 are None where they mean nothing: accuracy for regression, r2 for classes and
    for targets that are all the same.
    """

    loss: float
    accuracy: float | None
    r2: float | None


@dataclass(frozen=True, slots=True)
class Metrics:
    """The scores on the training rows and on the test rows; test is None where there are none."""

    train: Score
    test: Score | None = None


@np.errstate(all="ignore")
def score(a: Array, y: Array, loss: Loss, middle: float | None, classes: int) -> Score:
    """Score outputs a against targets y, both (rows, outputs).

    classes: 0 for regression. middle: for a single output of two classes, see `Targets.middle`.
    Numbers that overflow become ∞ or NaN without a warning: a run that diverges is scored too.
    """
    error = float(mean_loss(loss, a, y))
    if not classes:
        return Score(error, None, r_squared(a, y))
    right = predicted_classes(loss.prediction(a, -1), decision_threshold(loss, middle)) == predicted_classes(
        y, middle
    )
    return Score(error, float(np.count_nonzero(right)) / len(right), None)


def predicted_classes(values: Array, middle: float | None) -> NDArray[Any]:
    """The class that each row (…, rows, outputs) speaks for: the largest output, or the side of `middle`.

    Classes are numbers, or False and True for the two of a single output.
    """
    if values.shape[-1] == 1 and middle is not None:
        return values[..., 0] >= middle
    return np.asarray(values.argmax(axis=-1))


@np.errstate(all="ignore")
def confusion_matrix(a: Array, y: Array, loss: Loss, middle: float | None, classes: int) -> NDArray[np.intp]:
    """(classes, classes): how many examples of class `row` were taken for class `column`."""
    predicted = predicted_classes(loss.prediction(a, -1), decision_threshold(loss, middle))
    cells = predicted_classes(y, middle) * classes + predicted
    return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


def r_squared(a: Array, y: Array) -> float | None:
    """1 − Σ(y − a)² / Σ(y − ȳ)²: the share of the targets' variance that is explained."""
    spread = float(np.square(y - y.mean(axis=0)).sum())
    return 1 - float(np.square(y - a).sum()) / spread if spread else None


def decision_threshold(loss: Loss, middle: float | None) -> float | None:
    """The side that a prediction has to be on, where outputs have to be on that of `middle`."""
    return 0.5 if loss.reads_logits and middle is not None else middle
