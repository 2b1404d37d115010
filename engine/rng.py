"""Random number generators: one seed gives every purpose its own stream.

Initial weights of each layer, batch order and dropout each have their own stream. So adding a layer
leaves the initial weights of the other layers unchanged, and enabling dropout leaves the batches unchanged.

Every function that needs randomness takes its generator as an argument, so that the same seed gives
the same numbers. A generator needs one method, `random(size)`, with numbers uniform over [0, 1).
NumPy's Generator has it, and so has `engine.tfplayground.arc4.ARC4`, which reproduces the numbers of
TensorFlow Playground. The functions here draw no more numbers than they use, so the draws that
follow do not depend on the kind of generator.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.types import Array

PURPOSES = {"start": 0, "order": 1, "dropout": 2, "data": 3, "questions": 4, "sheet": 5}
SEED_LIMIT = 2**53 - 1


def rng_for(seed: int, purpose: str, index: int = 0) -> np.random.Generator:
    """Return the generator for one purpose. index: the layer, for a purpose with one stream per layer.

    Raises ValueError when the seed is not in 0 … 2⁵³ − 1, which JavaScript can hold exactly.
    """
    if not 0 <= seed <= SEED_LIMIT:
        raise ValueError(f"a seed must be a whole number from 0 to {SEED_LIMIT}, got {seed}")
    return np.random.default_rng([seed, PURPOSES[purpose], index])


class RandomSource(Protocol):
    """Generator of numbers that are uniform over [0, 1)."""

    def random(self, size: int | tuple[int, ...]) -> Array:
        """Return the next numbers, as an array of this size filled row by row."""


def uniform(rng: RandomSource, rows: int, *ranges: tuple[float, float]) -> Array:
    """Return one number from each (low, high) for every row: (ranges, rows), drawn row by row.

    The result can be unpacked by range: `radius, angle = uniform(rng, 500, (0, 5), (0, 1))`.
    """
    low, high = np.array(ranges, float).T
    drawn: Array = low + (high - low) * rng.random((rows, len(ranges)))
    return drawn.T


def normal(rng: RandomSource, shape: tuple[int, ...]) -> Array:
    """Return numbers of mean 0 and variance 1, by the polar method (Marsaglia, 1964), one per pair.

    The method draws points from the square [−1, 1]² and rejects those outside the unit circle.
    """
    accepted, missing = [np.empty((0, 2))], int(np.prod(shape))
    while missing:
        points = 2 * rng.random((missing, 2)) - 1
        square = (points**2).sum(axis=1)
        accepted.append(points[(square > 0) & (square <= 1)])
        missing -= len(accepted[-1])
    points = np.concatenate(accepted)
    square = (points**2).sum(axis=1)
    numbers: Array = np.sqrt(-2 * np.log(square) / square) * points[:, 0]
    return numbers.reshape(shape)


def shuffled_order(rows: int, rng: RandomSource) -> NDArray[np.intp]:
    """Return 0 … rows − 1 in a random order (Fisher and Yates), from the last position to the first."""
    order = np.arange(rows)
    for last, fraction in zip(range(rows - 1, -1, -1), rng.random(rows), strict=True):
        chosen = int(fraction * (last + 1))
        order[last], order[chosen] = order[chosen], order[last]
    return order
