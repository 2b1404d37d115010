"""Random number generators: one seed gives every purpose its own stream; three things are drawn from one.

Initial weights of each layer, batch order and dropout each have their own stream. So adding a layer
leaves the initial weights of the other layers unchanged, and enabling dropout leaves the batches unchanged.

Everything random takes its generator as an argument, so that the same seed gives the same numbers.
A generator needs one method, `random(size)`: numbers uniform over [0, 1), in the order of the calls.
NumPy's Generator is one. `engine.tfplayground.arc4.ARC4`, which replays the numbers that another
program drew, is another. The functions here draw exactly the numbers that they use, so later draws
do not depend on the kind of generator.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.types import Array

PURPOSES = {"start": 0, "order": 1, "dropout": 2, "data": 3, "questions": 4, "sheet": 5}
SEED_LIMIT = 2**53 - 1


def rng_for(seed: int, purpose: str, index: int = 0) -> np.random.Generator:
    """Return the source of random numbers for one purpose, and for one layer where there are several.

    Raises ValueError when the seed is not in 0 … 2⁵³ − 1, which JavaScript can hold exactly.
    """
    if not 0 <= seed <= SEED_LIMIT:
        raise ValueError(f"a seed must be a whole number from 0 to {SEED_LIMIT}, got {seed}")
    return np.random.default_rng([seed, PURPOSES[purpose], index])


class RandomSource(Protocol):
    """Whatever gives numbers spread evenly over [0, 1)."""

    def random(self, size: int | tuple[int, ...]) -> Array:
        """Return the next numbers, as an array of this size filled row by row."""


def uniform(rng: RandomSource, rows: int, *ranges: tuple[float, float]) -> Array:
    """Return one number from each (low, high) for every row: (ranges, rows), drawn row by row.

    Comes back as one array per range, so `radius, angle = uniform(rng, 500, (0, 5), (0, 1))`.
    """
    low, high = np.array(ranges, float).T
    drawn: Array = low + (high - low) * rng.random((rows, len(ranges)))
    return drawn.T


def normal(rng: RandomSource, shape: tuple[int, ...]) -> Array:
    """Numbers of mean 0 and variance 1, by the polar method (Marsaglia, 1964), one per pair.

    A point drawn evenly from the square [−1, 1]² is kept if it lies in the unit circle.
    """
    kept, missing = [np.empty((0, 2))], int(np.prod(shape))
    while missing:
        points = 2 * rng.random((missing, 2)) - 1
        square = (points**2).sum(axis=1)
        kept.append(points[(square > 0) & (square <= 1)])
        missing -= len(kept[-1])
    points = np.concatenate(kept)
    square = (points**2).sum(axis=1)
    numbers: Array = np.sqrt(-2 * np.log(square) / square) * points[:, 0]
    return numbers.reshape(shape)


def shuffled_order(rows: int, rng: RandomSource) -> NDArray[np.intp]:
    """0 … rows − 1 in a random order (Fisher and Yates): the last place first, one draw a place."""
    order = np.arange(rows)
    for place, share in zip(range(rows - 1, -1, -1), rng.random(rows), strict=True):
        chosen = int(share * (place + 1))
        order[place], order[chosen] = order[chosen], order[place]
    return order
