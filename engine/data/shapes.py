r"""Data sets of other shapes: bent, nested, tiled, in three classes, and two functions.

In `moons`, `rings`, `blobs` and `spirals` noise moves the points. In `checkerboard` and `curve` noise
blurs the rule for the labels. In `sine` noise is added to the value.
"""

import numpy as np

from engine.data.dataset import Dataset, parts, signs
from engine.data.playground import REGRESSION_EXAMPLES, spiral_arms
from engine.rng import RandomSource, normal, uniform
from engine.types import Array

MOON_RADIUS = 3.0
RINGS = np.array([(0, 1), (1.75, 2.5), (3.25, 4), (4.75, 5.5)])
CELL = 2.5
BLOB_DISTANCE = 3.5


def moons(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return two half circles that interlock."""
    (angle,) = uniform(rng, examples, (0, np.pi))
    part = parts(examples, 2)
    labels = signs(part == 0)
    x1 = labels * (MOON_RADIUS * np.cos(angle) - MOON_RADIUS / 2)
    x2 = labels * (MOON_RADIUS * np.sin(angle) - MOON_RADIUS / 4)
    return np.column_stack([x1, x2]) + 2 * noise * normal(rng, (examples, 2)), labels


def rings(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return a disc and three rings around it, of alternating class."""
    share, angle = uniform(rng, examples, (0, 1), (0, 2 * np.pi))
    part = parts(examples, len(RINGS))
    inner, outer = RINGS[part].T
    radius = inner + (outer - inner) * share
    x = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    return x + noise * normal(rng, (examples, 2)), signs(part % 2 == 0)


def checkerboard(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return points whose class alternates over four by four squares."""
    x1, x2, jitter1, jitter2 = uniform(rng, examples, (-5, 5), (-5, 5), (-CELL, CELL), (-CELL, CELL))
    cell = np.floor((x1 + noise * jitter1) / CELL) + np.floor((x2 + noise * jitter2) / CELL)
    return np.column_stack([x1, x2]), signs(cell % 2 == 0)


def curve(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return points that are positive above the cubic x2 = x1³/18 − x1."""
    x1, x2, jitter1, jitter2 = uniform(rng, examples, (-6, 6), (-6, 6), (-6, 6), (-6, 6))
    blurred1, blurred2 = x1 + noise * jitter1, x2 + noise * jitter2
    return np.column_stack([x1, x2]), signs(blurred2 > blurred1**3 / 18 - blurred1)


def blobs(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return three clouds, a third of a turn apart; noise widens them."""
    labels = parts(examples, 3).astype(float)
    angle = labels * (2 * np.pi / 3)
    centers = BLOB_DISTANCE * np.column_stack([np.sin(angle), np.cos(angle)])
    return centers + np.sqrt(0.5 + 7 * noise) * normal(rng, (examples, 2)), labels


def spirals(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return three arms wound around each other."""
    return spiral_arms(examples, 3, 1.0, noise, rng)


def sine(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return values that depend on x1 alone; the network has to learn to ignore x2."""
    x1, x2, error = uniform(rng, examples, (-6, 6), (-6, 6), (-1, 1))
    return np.column_stack([x1, x2]), np.sin(x1) + noise * error


SETS = (
    Dataset(
        "moons", "Moons", r"\pm\left(3\cos t - \tfrac32,\; 3\sin t - \tfrac34\right),\; 0 \le t \le \pi",
        moons,
    ),
    Dataset("rings", "Rings", r"r \in [0, 1] \cup [3.25, 4]", rings),
    Dataset(
        "checkerboard", "Checkerboard",
        r"\lfloor x_1 / 2.5 \rfloor + \lfloor x_2 / 2.5 \rfloor \equiv 0 \pmod 2", checkerboard,
    ),
    Dataset(
        "blobs", "Three clouds", r"(x_1, x_2) \sim \mathcal{N}(c_k, \sigma^2 I),\; k = 0, 1, 2",
        blobs, classes=3,
    ),
    Dataset(
        "spirals", "Three arms", r"r(\sin t, \cos t),\; t = 0.4\pi r + \tfrac{2\pi}{3} k", spirals, classes=3,
    ),
    Dataset("sine", "Sine", r"y = \sin x_1", sine, classes=0, examples=REGRESSION_EXAMPLES),
    Dataset("curve", "Above a curve", r"x_2 > \tfrac{1}{18} x_1^3 - x_1", curve),
)  # fmt: skip
