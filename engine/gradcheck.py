"""Gradient check: backpropagation against the definition of the derivative.

The check moves one parameter by ±h and measures how E changes. The central difference
(E(θ+h) − E(θ−h)) / 2h equals the derivative up to an error of about h², for any network.
It costs two passes per parameter: too slow for training, but a good test of backpropagation.
"""

from dataclasses import dataclass

import numpy as np

from engine.backward import backward
from engine.forward import ForwardTrace, forward
from engine.losses import Loss, mean_loss
from engine.network import Network
from engine.types import Array, Mask

ROUNDING_ULPS = 4
"""Assumed rounding error of E, in units in the last place (ulp)."""
AGREEMENT = 1e-6


@dataclass(frozen=True)
class GradientCheck:
    """Both gradients, (…, P), in the order of the network's flat vector. Leading axes are separate networks.

    kinks: True where ±h crosses a kink of an activation or of the loss. There the central
    difference averages two slopes, so the comparison leaves such a parameter out.
    rounding (…, 1): the error of the numerical slope that the rounding of E can cause. Where both
    slopes are smaller than it, they are not compared.
    """

    backprop: Array
    numerical: Array
    kinks: Mask
    rounding: Array | float = 0.0

    @property
    def relative_error(self) -> Array:
        """|g − n| / max(|g|, |n|, 1e-3 · max|g|) per parameter; the last term is for tiny gradients."""
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
        """|g − n|; 0 at a kink, and where rounding could explain both slopes."""
        negligible = np.maximum(np.abs(self.backprop), np.abs(self.numerical)) <= self.rounding
        return np.where(self.kinks | negligible, 0.0, np.abs(self.backprop - self.numerical))


def gradient_check(network: Network, x: Array, y: Array, loss: Loss, h: float = 1e-5) -> GradientCheck:
    """Compare `backward` with central differences at x (…, batch, inputs), y (…, batch, outputs).

    The network does not change. h = 1e-5 balances the error of the formula, h², against that of
    rounding, 1e-16 / h. Both estimates hold for float64.
    """
    trace = forward(network, x)
    gradient = backward(network, trace, y, loss).gradient
    numerical = np.empty_like(gradient)
    kinks = np.zeros(gradient.shape, bool)
    for parameter in range(gradient.shape[-1]):
        above, below = (_shifted_forward(network, parameter, step, x) for step in (h, -h))
        rise = mean_loss(loss, above.output, y) - mean_loss(loss, below.output, y)
        numerical[..., parameter] = rise / (2 * h)
        kinks[..., parameter] = _crosses_kink(network, above, below, y, loss)
    rounding = ROUNDING_ULPS * np.finfo(trace.output.dtype).eps * mean_loss(loss, trace.output, y) / h
    return GradientCheck(gradient, numerical, kinks, rounding[..., np.newaxis])


def _shifted_forward(network: Network, parameter: int, step: float, x: Array) -> ForwardTrace:
    theta = network.theta.copy()
    theta[..., parameter] += step
    return forward(Network(network.architecture, theta), x)


def _crosses_kink(network: Network, above: ForwardTrace, below: ForwardTrace, y: Array, loss: Loss) -> Mask:
    """Return for each network whether a kink of an activation or of the loss lies between the two passes."""
    crossed = np.zeros(above.output.shape[:-2], bool)
    if loss.kink:
        crossed |= _signs_differ(loss.kink(above.output, y), loss.kink(below.output, y))
    for layer, layer_above, layer_below in zip(network.layers, above.layers, below.layers, strict=True):
        for kink in layer.activation.kinks:
            crossed |= _signs_differ(layer_above.z - kink, layer_below.z - kink)
    return crossed


def _signs_differ(above: Array, below: Array) -> Mask:
    differ: Mask = np.asarray(((above > 0) != (below > 0)).any(axis=(-2, -1)))
    return differ
