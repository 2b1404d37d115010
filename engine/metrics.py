"""Metrics: loss, accuracy, R² and confusion of a network on some examples."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.losses import Loss, mean_loss
from engine.types import Array


@dataclass(frozen=True, slots=True)
class Score:
    """Scores of one set of rows.

    loss: E over the examples.
    accuracy: the share of examples whose class is predicted correctly; None for regression.
    r2: the coefficient of determination; None for classification and for constant targets.
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
    Overflow gives ∞ or NaN without a warning, because runs that diverge are scored too.
    """
    error = float(mean_loss(loss, a, y))
    if not classes:
        return Score(error, None, r_squared(a, y))
    predicted = predicted_classes(loss.prediction(a, -1), decision_threshold(loss, middle))
    correct = predicted == predicted_classes(y, middle)
    return Score(error, float(np.count_nonzero(correct)) / len(correct), None)


def predicted_classes(values: Array, middle: float | None) -> NDArray[Any]:
    """Return the class of each row of values (…, rows, outputs).

    With several outputs it is the index of the largest one. With a single output and a `middle` it
    is True at or above `middle` and False below.
    """
    if values.shape[-1] == 1 and middle is not None:
        return values[..., 0] >= middle
    return np.asarray(values.argmax(axis=-1))


@np.errstate(all="ignore")
def confusion_matrix(a: Array, y: Array, loss: Loss, middle: float | None, classes: int) -> NDArray[np.intp]:
    """Return the counts (classes, classes) of examples by their class (row) and predicted class (column)."""
    predicted = predicted_classes(loss.prediction(a, -1), decision_threshold(loss, middle))
    cells = predicted_classes(y, middle) * classes + predicted
    return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


def r_squared(a: Array, y: Array) -> float | None:
    """Return 1 − Σ(y − a)² / Σ(y − ȳ)², the explained share of the targets' variance."""
    spread = float(np.square(y - y.mean(axis=0)).sum())
    return 1 - float(np.square(y - a).sum()) / spread if spread else None


def decision_threshold(loss: Loss, middle: float | None) -> float | None:
    """Return the threshold for predictions: a probability has ½ where a logit has `middle`."""
    return 0.5 if loss.reads_logits and middle is not None else middle
