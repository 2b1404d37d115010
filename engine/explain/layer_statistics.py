"""Layer statistics: distributions of a layer's values over many examples, and its inactive units."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation
from engine.backward import LayerBackward
from engine.forward import LayerForward
from engine.types import Array

BINS = 25
FLAT = 0.05
MOST = 0.95
NARROWEST = 1e-300
SAME = 1e-12
"""Of their size: what is nearer to each other than that is one value."""
SCALE = 4.0
"""By which numbers are divided, so that no range overflows; a power of two, which costs no digit."""
LARGEST = np.finfo(float).max


@dataclass(frozen=True)
class Histogram:
    """How many of the finite numbers lie in each of BINS equal parts of low … high."""

    low: float
    high: float
    counts: NDArray[np.intp]


@dataclass(frozen=True)
class LayerDistribution:
    """One layer over a batch of examples.

    activations: a, deltas: each example's own ∂E/∂z, both over all units and examples.
    dead, saturated: units, from 1. gradient_norm: ‖(∂E/∂W, ∂E/∂b)‖.
    """

    activations: Histogram
    deltas: Histogram
    dead: list[int]
    saturated: list[int]
    gradient_norm: float


@np.errstate(all="ignore")
def layer_distribution(activation: Activation, there: LayerForward, back: LayerBackward) -> LayerDistribution:
    """Return a layer's pass forward and back over a batch, (batch, units), in few numbers."""
    dead, flat = inactive_units(activation, there)
    return LayerDistribution(
        histogram(there.a),
        histogram(back.delta * len(back.delta)),
        _numbers(dead),
        _numbers(flat & ~dead),
        float(np.sqrt(np.square(back.dW).sum() + np.square(back.db).sum())),
    )


def inactive_units(
    activation: Activation, there: LayerForward
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(dead, flat), both (units,).

    A dead unit's slope g'(z) is 0 for every example, so none of them can teach it. A flat one's is less than
    FLAT of the activation's greatest slope for MOST of the examples.
    """
    slope = np.broadcast_to(np.abs(activation.derivative(there.z, there.a)), there.z.shape)
    z = np.linspace(-6, 6, 121)
    greatest = np.abs(activation.derivative(z, activation.function(z))).max()
    return (slope == 0).all(axis=0), (slope < FLAT * greatest).mean(axis=0) >= MOST


def histogram(numbers: Array) -> Histogram:
    """Over the range of the finite numbers; a single value has a range of 1, or more, around it."""
    finite = numbers[np.isfinite(numbers)].astype(float) / SCALE
    if not finite.size:
        return Histogram(0.0, 0.0, np.zeros(BINS, np.intp))
    low, high = float(finite.min()), float(finite.max())
    size = max(abs(low), abs(high))
    if high - low <= max(NARROWEST, SAME * size):
        half = max(0.5 / SCALE, SAME * size)
        low, high = low - half, high + half
    counts, _ = np.histogram(finite, BINS, (low, high))
    most = LARGEST / SCALE
    return Histogram(max(low, -most) * SCALE, min(high, most) * SCALE, counts)


def _numbers(units: NDArray[np.bool_]) -> list[int]:
    numbers: list[int] = (np.flatnonzero(units) + 1).tolist()
    return numbers
