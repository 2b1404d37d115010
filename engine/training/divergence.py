"""Divergence: detection of a run whose numbers are no longer finite, with the step and the parameter."""

from dataclasses import dataclass
from math import isfinite, log, sqrt

import numpy as np

from engine.activations import ACTIVATIONS
from engine.network import Architecture, blocks
from engine.types import Array

SAFE_SQUARE = {np.dtype(np.float64): 1e20, np.dtype(np.float32): 1e8}
"""Limit on the sum of squared parameters; far below overflow, and far above any useful network."""
SAFE_OUTPUT = {np.dtype(np.float64): 1e150, np.dtype(np.float32): 1e15}
"""Limit on outputs, so that the sum of their squares over all examples does not overflow."""


@dataclass(frozen=True)
class Divergence:
    """Divergence of a run.

    step: the update that would have made E or a parameter infinite or NaN; it was not made.
    gradient: the largest gradient of that update. parameter: its parameter.
    """

    step: int
    parameter: str
    gradient: float

    @property
    def message(self) -> str:
        """The message for the user."""
        size = f"{self.gradient:.3g}" if isfinite(self.gradient) else "not a finite number"
        return (
            f"Training diverged at step {self.step}: the numbers overflowed. "
            f"The largest gradient was {size}, for {self.parameter}."
        )


def is_safe(architecture: Architecture, theta: Array, max_norm: float) -> bool:
    """Return True only if theta (P,) and E with it are finite. False means that this must be checked exactly.

    max_norm: an upper bound of the norms of the examples, at least 1. The caller ignores overflow
    warnings. A layer multiplies the norm of a signal by at most the norm of its weights. So the norm of
    theta bounds all outputs; for many layers, a bound by layer is sharper.
    """
    # One product checks all parameters: a NaN or ∞ anywhere makes the sum of squares NaN or ∞.
    square = float(theta.dot(theta))
    if not square < SAFE_SQUARE[theta.dtype]:
        return False
    max_factor = 1 + sqrt(theta.size) + sqrt(square)
    if log(max_norm) + len(architecture.layers) * log(max_factor) < log(SAFE_OUTPUT[theta.dtype]):
        return True
    return _output_bound(architecture, theta, max_norm) < SAFE_OUTPUT[theta.dtype]


def _output_bound(architecture: Architecture, theta: Array, max_norm: float) -> float:
    """Return an upper bound of the norm of an output, as |g(z)| is at most about 1 + |z|."""
    norm = max_norm
    for layer, block in zip(architecture.layers, blocks(architecture, theta), strict=True):
        constant = 1 + sqrt(layer.units)
        flat = block.reshape(-1)
        bounded = ACTIVATIONS[layer.activation].bounded
        norm = constant if bounded else constant + sqrt(flat.dot(flat)) * norm
    return max(norm, max_norm)


def largest_gradient(gradient: Array) -> int:
    """Return the index of the gradient (P,) with the largest absolute value; NaN and ∞ count as largest."""
    return int(np.argmax(np.where(np.isfinite(gradient), np.abs(gradient), np.inf)))
