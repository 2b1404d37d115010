"""Divergence: a run whose numbers left the finite ones. It is an event with a place, not a crash."""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from engine.arrays import Array

SAFE_SQUARE = {np.dtype(np.float64): 1e20, np.dtype(np.float32): 1e8}


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
            f"Training diverged at step {self.step}: the numbers grew beyond all bounds. "
            f"The largest gradient, {size}, was that of {self.parameter}."
        )


def safe(theta: Array) -> bool:
    """Whether theta (P,) is so small that neither it nor E can have overflowed on the way here.

    One product tells: a NaN or ∞ anywhere in theta makes the sum of its squares NaN or ∞. It warns of
    what overflows, unless the caller has that ignored.
    """
    return bool(theta.dot(theta) < SAFE_SQUARE[theta.dtype])


def largest(gradient: Array) -> int:
    """The index of the largest gradient (P,) in size; NaN and ∞ count as largest of all."""
    return int(np.argmax(np.where(np.isfinite(gradient), np.abs(gradient), np.inf)))
