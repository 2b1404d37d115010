"""Data set: its generator and defaults, and the split of its rows into training and test."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from engine.rng import RandomSource, shuffled_order
from engine.types import Array, Mask

NOISE_LIMIT = 0.5

Range = tuple[float, float]
Generator = Callable[[int, float, RandomSource], tuple[Array, Array]]

PLANE: tuple[Range, Range] = ((-6.0, 6.0), (-6.0, 6.0))
"""The part of the plane shown for generated points, as ranges of x1 and x2."""


@dataclass(frozen=True)
class Points:
    """Examples without encoded targets: x (rows, inputs), labels (rows,); the first train_rows train."""

    x: Array
    labels: Array
    train_rows: int


@dataclass(frozen=True)
class Dataset:
    """Data set in the plane.

    generator: (examples, noise, rng) → x (examples, 2), labels (examples,), unchecked. Labels are
        −1 and +1 for two classes, 0 … classes − 1 for more, real numbers for regression.
    formula: TeX of the distribution of the points, or of the rule for the label.
    classes: the number of classes; 0 for regression.
    plane: the displayed ranges of x1 and x2.
    examples, train_fraction, batch_size: defaults.
    in_order: whether the rows stay in the order in which they are generated, without a shuffle.
    """

    name: str
    label: str
    formula: str
    generator: Generator
    classes: int = 2
    plane: tuple[Range, Range] = PLANE
    examples: int = 500
    train_fraction: float = 0.5
    batch_size: int = 10
    in_order: bool = False

    @property
    def task(self) -> str:
        """The kind of problem: "classification" or "regression"."""
        return "classification" if self.classes else "regression"

    def generate(self, examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
        """Draw x (examples, 2) and labels (examples,). Raises ValueError outside the limits."""
        if examples < 1:
            raise ValueError(f"{self.name} needs at least 1 example, got {examples}")
        if not 0 <= noise <= NOISE_LIMIT:
            raise ValueError(f"noise must be from 0 to {NOISE_LIMIT}, got {noise}")
        return self.generator(examples, noise, rng)

    def points(self, examples: int, noise: float, train_fraction: float, rng: RandomSource) -> Points:
        """Return generated examples, split into training and test rows. Raises as `generate` and `split`."""
        x, labels = self.generate(examples, noise, rng)
        if self.in_order:
            return Points(x, labels, train_rows(len(x), train_fraction))
        return split(x, labels, train_fraction, rng)


def split(x: Array, labels: Array, train_fraction: float, rng: RandomSource) -> Points:
    """Shuffle the rows once; the first floor(rows · train_fraction) of them train.

    x (rows, inputs), labels (rows, …). Raises ValueError when there would be no training row.
    """
    order = shuffled_order(len(x), rng)
    return Points(x[order], labels[order], train_rows(len(x), train_fraction))


def train_rows(rows: int, train_fraction: float) -> int:
    """Return floor(rows · train_fraction). Raises ValueError for 0 rows or a fraction outside (0, 1]."""
    if not 0 < train_fraction <= 1:
        raise ValueError(f"the training share must be above 0 and at most 1, got {train_fraction}")
    training = floor(rows * train_fraction + 1e-9)  # 100 · 0.29 is 28.999…, and 29 rows are meant
    if training < 1:
        raise ValueError(f"a training share of {train_fraction} of {rows} rows leaves no row to train on")
    return training


def signs(positive: Mask) -> Array:
    """Return labels of two classes: +1 where positive, −1 elsewhere."""
    return np.where(positive, 1.0, -1.0)


def parts(examples: int, count: int) -> NDArray[np.intp]:
    """Return for each row the index of its part: 0, 0, …, count − 1. Sizes differ by at most one row."""
    return np.arange(examples) * count // examples
