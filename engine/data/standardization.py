"""Standardization: columns shifted and scaled to mean 0 and standard deviation 1.

A network starts with weights of one size for all inputs, so inputs of very different sizes make it
begin, and step, badly. What is measured is measured on the training rows alone: the test rows must
not be seen before the test.
"""

from dataclasses import dataclass

import numpy as np

from engine.types import Array


@dataclass(frozen=True)
class Standardization:
    """x → (x − mean) / scale, column by column. mean, scale (columns,)."""

    mean: Array
    scale: Array

    @classmethod
    def of(cls, x: Array) -> "Standardization":
        """Measured on x (rows, columns), the training rows; a constant column keeps its scale.

        The standard deviation is that of the rows themselves, divided by their number.
        """
        spread = x.std(axis=0)
        constant = np.ptp(x, axis=0) == 0  # its computed deviation may be a rounding error above 0
        return cls(x.mean(axis=0), np.where(constant, 1.0, spread))

    @property
    def possible(self) -> bool:
        """Whether the numbers were of a size that has a mean and a deviation."""
        return bool(np.isfinite([self.mean, self.scale]).all() and self.scale.all())

    def apply(self, x: Array) -> Array:
        """Rows (…, columns) in the measured units."""
        standardized: Array = (x - self.mean) / self.scale
        return standardized
