r"""Data sets of TensorFlow Playground: circle, XOR, Gauss, spiral, and two for regression.

The generators draw their numbers in the order of TensorFlow Playground. So with its random stream
(`engine.tfplayground.arc4`) they return exactly its points. In `gauss` and `spiral` noise moves the
points. In the others noise blurs the rule for the labels, and the points do not move.
"""

import numpy as np

from engine.data.dataset import Dataset, parts, signs
from engine.rng import RandomSource, normal, uniform
from engine.types import Array

REGRESSION_EXAMPLES = 1200
XOR_GAP = 0.3
BUMPS = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)])
BUMP_SIGNS = np.array([1, -1, 1, -1, 1, -1])


def circle(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return a disc inside a ring."""
    share, angle, jitter1, jitter2 = uniform(rng, examples, (0, 1), (0, 2 * np.pi), (-5, 5), (-5, 5))
    part = parts(examples, 2)
    radius = np.where(part == 0, 2.5 * share, 3.5 + 1.5 * share)
    x1, x2 = radius * np.sin(angle), radius * np.cos(angle)
    inside = np.hypot(x1 + noise * jitter1, x2 + noise * jitter2) < 2.5
    return np.column_stack([x1, x2]), signs(inside)


def xor(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return points that are positive where x1 and x2 have the same sign, with a gap along the axes."""
    x1, x2, jitter1, jitter2 = uniform(rng, examples, (-5, 5), (-5, 5), (-5, 5), (-5, 5))
    x1 = x1 + np.where(x1 > 0, XOR_GAP, -XOR_GAP)
    x2 = x2 + np.where(x2 > 0, XOR_GAP, -XOR_GAP)
    alike = (x1 + noise * jitter1) * (x2 + noise * jitter2) >= 0
    return np.column_stack([x1, x2]), signs(alike)


def gauss(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return a cloud around (2, 2) and one around (−2, −2); noise widens both."""
    part = parts(examples, 2)
    labels = signs(part == 0)
    spread = np.sqrt(0.5 + 7 * noise)
    return 2 * labels[:, np.newaxis] + spread * normal(rng, (examples, 2)), labels


def spiral(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return two arms wound around each other."""
    x, arm = spiral_arms(examples, 2, 1.75, noise, rng)
    return x, signs(arm == 0)


def spiral_arms(
    examples: int, arms: int, turns: float, noise: float, rng: RandomSource
) -> tuple[Array, Array]:
    """Return points on spiral arms of radius 5, at equal angles: x (examples, 2), arm (examples,)."""
    jitter1, jitter2 = uniform(rng, examples, (-1, 1), (-1, 1))
    arm = parts(examples, arms)
    index = np.arange(examples) - np.searchsorted(arm, arm)
    size = np.bincount(arm)[arm]
    radius = index / size * 5
    angle = turns * index / size * 2 * np.pi + arm * (2 * np.pi / arms)
    x1 = radius * np.sin(angle) + noise * jitter1
    x2 = radius * np.cos(angle) + noise * jitter2
    return np.column_stack([x1, x2]), arm.astype(float)


def reg_plane(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return a tilted plane, a function that needs no hidden layer."""
    x, blurred = _uniform_points(examples, noise, rng)
    return x, (blurred[:, 0] + blurred[:, 1]) / 10


def reg_gauss(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return six cones of radius 2, up and down in turn; the value at a point is that of the tallest."""
    x, blurred = _uniform_points(examples, noise, rng)
    offset = blurred[:, np.newaxis, :] - BUMPS
    heights = BUMP_SIGNS * np.clip(1 - np.hypot(offset[..., 0], offset[..., 1]) / 2, 0, 1)
    tallest = np.argmax(np.abs(heights), axis=1)
    return x, heights[np.arange(examples), tallest]


def _uniform_points(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
    """Return points uniform over the plane, and the same points with noise, both (examples, 2)."""
    drawn = uniform(rng, examples, (-6, 6), (-6, 6), (-6, 6), (-6, 6)).T
    x, jitter = drawn[:, :2], drawn[:, 2:]
    return x, x + noise * jitter


SETS = (
    Dataset("circle", "Circle", r"x_1^2 + x_2^2 < 2.5^2", circle),
    Dataset("xor", "Exclusive or", r"x_1 x_2 \ge 0", xor),
    Dataset("gauss", "Two clouds", r"(x_1, x_2) \sim \mathcal{N}(\pm(2, 2), \sigma^2 I)", gauss),
    Dataset("spiral", "Spiral", r"r(\sin t, \cos t),\; t = 0.7\pi r + \{0, \pi\}", spiral),
    Dataset(
        "reg-plane", "Plane", r"y = \frac{x_1 + x_2}{10}",
        reg_plane, classes=0, examples=REGRESSION_EXAMPLES,
    ),
    Dataset(
        "reg-gauss", "Six hills", r"y = \pm\max\left(0, 1 - \tfrac12 \lVert x - c_k \rVert\right)",
        reg_gauss, classes=0, examples=REGRESSION_EXAMPLES,
    ),
)  # fmt: skip
