"""Standardization: columns shifted and scaled to mean 0 and standard deviation 1.

The initial weights have the same size for all inputs, so inputs of very different scales make
training slow. The mean and the scale come from the training rows alone, because nothing of the test
rows may influence training.
"""

from dataclasses import dataclass

import numpy as np

from engine.types import Array


@dataclass(frozen=True)
class Standardization:
    """Standardization x → (x − mean) / scale of each column. mean, scale (columns,)."""

    mean: Array
    scale: Array

    @classmethod
    def of(cls, x: Array) -> "Standardization":
        """Return the standardization of x (rows, columns), the training rows; a constant column has scale 1.

        The standard deviation is that of the population: the sum of squares is divided by `rows`.
        """
        spread = x.std(axis=0)
        constant = np.ptp(x, axis=0) == 0  # its computed deviation may be a rounding error above 0
        return cls(x.mean(axis=0), np.where(constant, 1.0, spread))

    @property
    def possible(self) -> bool:
        """Whether all means and deviations are finite, and no deviation underflowed to 0."""
        return bool(np.isfinite([self.mean, self.scale]).all() and self.scale.all())

    def apply(self, x: Array) -> Array:
        """Return rows (…, columns), standardized."""
        standardized: Array = (x - self.mean) / self.scale
        return standardized
