"""Gradient check: backpropagation against the definition of the derivative.

Move one parameter by ±h, look at how E changes, and compare: (E(θ+h) − E(θ−h)) / 2h is right to
about h², whatever the network. It costs two passes per parameter, which is why nobody trains with
it and everybody should check with it.
"""

from dataclasses import dataclass

import numpy as np

from engine.backward import backward
from engine.forward import ForwardTrace, forward
from engine.losses import Loss, mean_loss
from engine.network import Network
from engine.types import Array, Mask

ROUNDINGS = 4
"""Units in its last place by which E may be wrong."""
AGREEMENT = 1e-6


@dataclass(frozen=True)
class GradientCheck:
    """All (…, P), in the order of the network's flat vector; leading axes are networks of their own.

    kinks: True where ±h crosses a kink of an activation or of the loss. There the definition
    averages two slopes, so such a parameter is counted and left out.
    rounding (…, 1): by how much the numerical slope may be wrong because E has so many digits and no
    more. Where both slopes are within it of 0, there is nothing to compare.
    """

    backprop: Array
    numerical: Array
    kinks: Mask
    rounding: Array | float = 0.0

    @property
    def relative_error(self) -> Array:
        """Per parameter |g − n| / max(|g|, |n|, 1e-3 · max|g|): small ones are judged beside large ones."""
        g, n = np.abs(self.backprop), np.abs(self.numerical)
        scale = np.maximum(np.maximum(g, n), 1e-3 * g.max(axis=-1, initial=0, keepdims=True))
        return self._difference / np.where(scale > 0, scale, 1.0)

    @property
    def error(self) -> float:
        """‖g − n‖ / (‖g‖ + ‖n‖) over the parameters that cross no kink."""
        return self._relative(self._difference)

    @property
    def agrees(self) -> bool:
        """Whether the error, as far as rounding does not explain it, is within a millionth."""
        return self._relative(np.maximum(self._difference - self.rounding, 0)) <= AGREEMENT

    def _relative(self, difference: Array) -> float:
        g, n = self.backprop[~self.kinks], self.numerical[~self.kinks]
        size = float(np.linalg.norm(g) + np.linalg.norm(n))
        return float(np.linalg.norm(difference)) / size if size else 0.0

    @property
    def _difference(self) -> Array:
        """|g − n|; 0 at a kink, and where there is nothing to compare."""
        nothing = np.maximum(np.abs(self.backprop), np.abs(self.numerical)) <= self.rounding
        return np.where(self.kinks | nothing, 0.0, np.abs(self.backprop - self.numerical))


def gradient_check(network: Network, x: Array, y: Array, loss: Loss, h: float = 1e-5) -> GradientCheck:
    """Compare `backward` with central differences at x (…, batch, inputs), y (…, batch, outputs).

    The network is left as it was. h = 1e-5 balances the error of the formula, h², against that of
    rounding, 1e-16 / h. Meant for float64.
    """
    here = forward(network, x)
    gradient = backward(network, here, y, loss).gradient
    numerical = np.empty_like(gradient)
    kinks = np.zeros(gradient.shape, bool)
    for parameter in range(gradient.shape[-1]):
        above, below = (_moved(network, parameter, step, x) for step in (h, -h))
        rise = mean_loss(loss, above.output, y) - mean_loss(loss, below.output, y)
        numerical[..., parameter] = rise / (2 * h)
        kinks[..., parameter] = _crosses_kink(network, above, below, y, loss)
    rounding = ROUNDINGS * np.finfo(here.output.dtype).eps * mean_loss(loss, here.output, y) / h
    return GradientCheck(gradient, numerical, kinks, rounding[..., np.newaxis])


def _moved(network: Network, parameter: int, step: float, x: Array) -> ForwardTrace:
    theta = network.theta.copy()
    theta[..., parameter] += step
    return forward(Network(network.architecture, theta), x)


def _crosses_kink(network: Network, above: ForwardTrace, below: ForwardTrace, y: Array, loss: Loss) -> Mask:
    """Whether a kink of an activation, or the loss's, lies between the two passes, for each network."""
    crossed = np.zeros(above.output.shape[:-2], bool)
    if loss.kink:
        crossed |= _sides_differ(loss.kink(above.output, y), loss.kink(below.output, y))
    for layer, one, other in zip(network.layers, above.layers, below.layers, strict=True):
        for kink in layer.activation.kinks:
            crossed |= _sides_differ(one.z - kink, other.z - kink)
    return crossed


def _sides_differ(one: Array, other: Array) -> Mask:
    differ: Mask = np.asarray(((one > 0) != (other > 0)).any(axis=(-2, -1)))
    return differ
