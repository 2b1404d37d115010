r"""Losses: the error of one example's output, and the gradient that starts backpropagation.

Training minimizes E, the mean of the loss over the examples. The loss of several outputs is the sum
over them. The two cross-entropies read the pre-activation of a linear output layer (the "logits"),
not a probability. Their formulas contain σ and softmax: so the gradient is `prediction − y`, and
nothing overflows.

To add one, write its value and its gradient with NumPy ufuncs alone and add its entry to LOSSES.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import sigmoid
from engine.types import Array


@dataclass(frozen=True)
class Loss:
    """Loss over outputs a and targets y, both (batch, outputs) with the outputs along `axis`.

    terms: (a, y, axis) → the part of each output in the loss of its example, of a's shape.
    gradient: (a, y, axis) → ∂loss/∂a, of a's shape.
    prediction: (a, axis) → the network's prediction: a itself, or the probability of a logit.
    classes: the number of classes that the data must have; 0 where any values fit.
    formula, slope: TeX of the loss, and of ∂loss/∂a at output i.
    kink: (a, y) → a number; the slope jumps where its sign changes. None for a smooth loss.
    """

    name: str
    label: str
    formula: str
    slope: str
    terms: Callable[[Array, Array, int], Array]
    gradient: Callable[[Array, Array, int], Array]
    prediction: Callable[[Array, int], Array] = lambda a, axis: a
    reads_logits: bool = False
    classes: int = 0
    kink: Callable[[Array, Array], Array] | None = None

    def value(self, a: Array, y: Array, axis: int) -> Array:
        """Return the loss of each example: its terms summed along `axis`."""
        total: Array = np.add.reduce(self.terms(a, y, axis), axis=axis)
        return total


def half_squared_error(a: Array, y: Array, axis: int) -> Array:
    """Return ½ (a − y)² per output; the ½ cancels the 2 in the slope."""
    return 0.5 * (a - y) * (a - y)


def half_squared_error_gradient(a: Array, y: Array, axis: int) -> Array:
    """Return a − y."""
    return a - y


def huber(a: Array, y: Array, axis: int) -> Array:
    """Return half the square of small errors and the size, less ½, of large ones (Huber 1964, δ = 1)."""
    error = a - y
    bounded = np.minimum(np.maximum(error, -1), 1)
    return bounded * (error - 0.5 * bounded)


def huber_gradient(a: Array, y: Array, axis: int) -> Array:
    """Return the error, limited to [−1, 1], so that an outlier has a bounded effect."""
    return np.minimum(np.maximum(a - y, -1), 1)


def hinge(a: Array, y: Array, axis: int) -> Array:
    """Return the distance by which y a is below the margin 1, with y −1 or +1."""
    return np.maximum(1 - y * a, 0)


def hinge_gradient(a: Array, y: Array, axis: int) -> Array:
    """Return −y below the margin, else 0."""
    return -y * np.heaviside(1 - y * a, 0)


def binary_cross_entropy(z: Array, y: Array, axis: int) -> Array:
    """Return −ln of the probability of the true class: ln(1 + eᶻ) − y z with y 0 or 1."""
    return np.logaddexp(z, 0) - y * z


def binary_cross_entropy_gradient(z: Array, y: Array, axis: int) -> Array:
    """Return σ(z) − y."""
    return sigmoid(z) - y


def softmax(z: Array, axis: int) -> Array:
    """Return e^z / Σ e^z along `axis`, shifted by the largest z so that nothing overflows."""
    powers = np.exp(z - np.maximum.reduce(z, axis=axis, keepdims=True))
    shares: Array = powers / np.add.reduce(powers, axis=axis, keepdims=True)
    return shares


def cross_entropy(z: Array, y: Array, axis: int) -> Array:
    """Return −ln of the probability that softmax gives to the true class."""
    shifted = z - np.maximum.reduce(z, axis=axis, keepdims=True)
    return y * (np.log(np.add.reduce(np.exp(shifted), axis=axis, keepdims=True)) - shifted)


def cross_entropy_gradient(z: Array, y: Array, axis: int) -> Array:
    """Return softmax(z) − y."""
    return softmax(z, axis) - y


LOSSES: dict[str, Loss] = {
    entry.name: entry
    for entry in (
        Loss(
            "half_squared_error", "Half squared error", r"\tfrac12 \sum (a - y)^2", "a_i - y_i",
            half_squared_error, half_squared_error_gradient,
        ),
        Loss(
            "huber", "Huber",
            r"\sum \begin{cases}\tfrac12 r^2 & |r| \le 1\\|r| - \tfrac12 & |r| > 1\end{cases},\; r = a - y",
            r"\max(-1, \min(1, a_i - y_i))", huber, huber_gradient,
        ),
        Loss(
            "hinge", "Hinge", r"\sum \max(0, 1 - y\,a)",
            r"\begin{cases}-y_i & y_i\,a_i < 1\\0 & y_i\,a_i \ge 1\end{cases}",
            hinge, hinge_gradient, classes=2, kink=lambda a, y: 1 - y * a,
        ),
        Loss(
            "binary_cross_entropy", "Binary cross-entropy", r"\sum \ln(1 + e^z) - y\,z", r"\sigma(z_i) - y_i",
            binary_cross_entropy, binary_cross_entropy_gradient,
            prediction=lambda z, axis: sigmoid(z), reads_logits=True, classes=2,
        ),
        Loss(
            "cross_entropy", "Cross-entropy", r"-\ln \operatorname{softmax}(z)_y",
            r"\operatorname{softmax}(z)_i - y_i",
            cross_entropy, cross_entropy_gradient, prediction=softmax, reads_logits=True, classes=3,
        ),
    )
}  # fmt: skip


@np.errstate(all="ignore")
def mean_loss(loss: Loss, a: Array, y: Array) -> Array:
    """Return E, the mean over the batch of the loss: a, y (…, batch, outputs) → (…); ∞ on overflow."""
    return np.asarray(loss.value(a, y, -1).mean(axis=-1))
