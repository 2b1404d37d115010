"""Layer statistics: distributions of a layer's values over many examples, and its inactive units."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation
from engine.backward import LayerBackward
from engine.forward import LayerForward
from engine.types import Array

BINS = 25
SATURATED_SLOPE = 0.05
"""A slope below this fraction of the activation's maximum slope counts as flat."""
SATURATED_SHARE = 0.95
"""A unit is saturated if its slope is flat for this share of the examples."""
MIN_RANGE = 1e-300
MIN_RELATIVE_RANGE = 1e-12
"""Numbers within a range below this fraction of their size count as a single value (rounding)."""
SCALE = 4.0
"""Divisor of the numbers, so that `high - low` cannot overflow; a power of two, so that it is exact."""
MAX_FLOAT = np.finfo(float).max


@dataclass(frozen=True)
class Histogram:
    """Histogram: the counts of the finite numbers in each of BINS equal parts of low … high."""

    low: float
    high: float
    counts: NDArray[np.intp]


@dataclass(frozen=True)
class LayerDistribution:
    """Distributions of one layer over a batch of examples.

    activations: a, over all units and examples.
    deltas: ∂E/∂z of each example alone, over all units and examples.
    dead, saturated: numbers of units, from 1. gradient_norm: ‖(∂E/∂W, ∂E/∂b)‖.
    """

    activations: Histogram
    deltas: Histogram
    dead: list[int]
    saturated: list[int]
    gradient_norm: float


@np.errstate(all="ignore")
def layer_distribution(activation: Activation, fwd: LayerForward, bwd: LayerBackward) -> LayerDistribution:
    """Return the distributions of a layer's forward and backward pass over a batch, (batch, units)."""
    dead, saturated = inactive_units(activation, fwd)
    return LayerDistribution(
        histogram(fwd.a),
        histogram(bwd.delta * len(bwd.delta)),  # E is a mean: delta of one example alone is n times that
        _unit_numbers(dead),
        _unit_numbers(saturated & ~dead),
        float(np.sqrt(np.square(bwd.dW).sum() + np.square(bwd.db).sum())),
    )


def inactive_units(activation: Activation, fwd: LayerForward) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return (dead, saturated), both (units,).

    A dead unit has slope g'(z) = 0 for every example, so its weights get no gradient. A saturated
    unit has a flat slope for nearly all examples: see SATURATED_SLOPE and SATURATED_SHARE.
    """
    slope = np.broadcast_to(np.abs(activation.derivative(fwd.z, fwd.a)), fwd.z.shape)
    z = np.linspace(-6, 6, 121)
    max_slope = np.abs(activation.derivative(z, activation.function(z))).max()
    flat = slope < SATURATED_SLOPE * max_slope
    return (slope == 0).all(axis=0), flat.mean(axis=0) >= SATURATED_SHARE


def histogram(numbers: Array) -> Histogram:
    """Return the histogram over the range of the finite numbers; a single value gets a range of 1 or more."""
    finite = numbers[np.isfinite(numbers)].astype(float) / SCALE
    if not finite.size:
        return Histogram(0.0, 0.0, np.zeros(BINS, np.intp))
    low, high = float(finite.min()), float(finite.max())
    size = max(abs(low), abs(high))
    if high - low <= max(MIN_RANGE, MIN_RELATIVE_RANGE * size):
        half = max(0.5 / SCALE, MIN_RELATIVE_RANGE * size)
        low, high = low - half, high + half
    counts, _ = np.histogram(finite, BINS, (low, high))
    limit = MAX_FLOAT / SCALE
    return Histogram(max(low, -limit) * SCALE, min(high, limit) * SCALE, counts)


def _unit_numbers(units: NDArray[np.bool_]) -> list[int]:
    numbers: list[int] = (np.flatnonzero(units) + 1).tolist()
    return numbers
