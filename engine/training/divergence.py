"""Divergence: detection of a run whose numbers are no longer finite, with the step and the parameter."""

from dataclasses import dataclass
from math import isfinite, log, sqrt

import numpy as np

from engine.activations import ACTIVATIONS
from engine.network import Architecture, blocks
from engine.types import Array

SAFE_SQUARE = {np.dtype(np.float64): 1e20, np.dtype(np.float32): 1e8}
"""Below it lies the sum of the squares of parameters that have come from no overflow."""
SAFE_OUTPUT = {np.dtype(np.float64): 1e150, np.dtype(np.float32): 1e15}
"""Outputs below it have squares whose sum over all examples is far from overflowing."""


@dataclass(frozen=True)
class Divergence:
    """Where training stopped.

    step: the update that would have made E or a parameter infinite or NaN; it was not taken.
    parameter, gradient: the largest gradient of that update, and whose it was.
    """

    step: int
    parameter: str
    gradient: float

    @property
    def message(self) -> str:
        """One sentence for a person."""
        size = f"{self.gradient:.3g}" if isfinite(self.gradient) else "not a finite number"
        return (
            f"Training diverged at step {self.step}: the numbers overflowed. "
            f"The largest gradient was {size}, for {self.parameter}."
        )


def is_safe(architecture: Architecture, theta: Array, reach: float) -> bool:
    """Return whether theta (P,) is so small that neither it nor E can have overflowed on the way here.

    reach: the size of the largest example, at least 1. One product tells of theta, since a NaN or ∞
    anywhere makes the sum of its squares NaN or ∞; it warns of what overflows, unless the caller has
    that ignored. And as a layer makes a signal at most as many times longer as its own weights are
    long, the same number bounds the outputs, or where the layers are many, the layers one by one.
    """
    square = float(theta.dot(theta))
    if not square < SAFE_SQUARE[theta.dtype]:
        return False
    largest_factor = 1 + sqrt(theta.size) + sqrt(square)
    if log(reach) + len(architecture.layers) * log(largest_factor) < log(SAFE_OUTPUT[theta.dtype]):
        return True
    return _output_bound(architecture, theta, reach) < SAFE_OUTPUT[theta.dtype]


def _output_bound(architecture: Architecture, theta: Array, reach: float) -> float:
    """Return what the length of an output cannot exceed, as |g(z)| is at most about 1 + |z|."""
    length = reach
    for layer, block in zip(architecture.layers, blocks(architecture, theta), strict=True):
        bend = 1 + sqrt(layer.units)
        flat = block.reshape(-1)
        bounded = ACTIVATIONS[layer.activation].bounded
        length = bend if bounded else bend + sqrt(flat.dot(flat)) * length
    return max(length, reach)


def largest_gradient(gradient: Array) -> int:
    """Return the index of the largest gradient (P,) in size; NaN and ∞ count as largest of all."""
    return int(np.argmax(np.where(np.isfinite(gradient), np.abs(gradient), np.inf)))
