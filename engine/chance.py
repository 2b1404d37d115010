"""Chance: what a source of random numbers is here, and the three things drawn from one.

Everything random takes its source as an argument, so that the same seed gives the same numbers.
All that is asked of the source is `random(size)`: numbers spread evenly over [0, 1), in the order
they are wanted. NumPy's Generator is one; `engine.arc4.ARC4`, which replays the numbers that
another program drew, is another. The functions here draw no number more than they use, so what
is drawn after them is the same whatever the source.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array


class RandomSource(Protocol):
    """Whatever gives numbers spread evenly over [0, 1)."""

    def random(self, size: int | tuple[int, ...]) -> Array:
        """The next numbers, as an array of this size filled row by row."""


def uniform(rng: RandomSource, rows: int, *ranges: tuple[float, float]) -> Array:
    """One number from each (low, high) for every row: (ranges, rows), drawn row by row.

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


def shuffled(rows: int, rng: RandomSource) -> NDArray[np.intp]:
    """0 … rows − 1 in a random order (Fisher and Yates): the last place first, one draw a place."""
    order = np.arange(rows)
    for place, share in zip(range(rows - 1, -1, -1), rng.random(rows), strict=True):
        chosen = int(share * (place + 1))
        order[place], order[chosen] = order[chosen], order[place]
    return order
