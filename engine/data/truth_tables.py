r"""Data sets of truth tables: four rows each.

One straight line, and so one neuron, separates the classes of AND and of OR. XOR and XNOR are not
linearly separable and need a hidden layer. The rows keep the order (0, 0), (0, 1), (1, 0), (1, 1),
and all of them train. More than four examples repeat the table. Noise moves the points off their
corners.
"""

from collections.abc import Callable

import numpy as np

from engine.data.dataset import Dataset, Generator, signs
from engine.rng import RandomSource, uniform
from engine.types import Array, Mask

CORNERS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], float)


def table(rule: Callable[[Mask, Mask], Mask]) -> Generator:
    """Return the generator of the table whose rows are positive where the rule is true."""

    def generate(examples: int, noise: float, rng: RandomSource) -> tuple[Array, Array]:
        corners = np.resize(CORNERS, (examples, 2))
        true = corners == 1
        jitter = uniform(rng, examples, (-1, 1), (-1, 1)).T
        return corners + noise * jitter, signs(rule(true[:, 0], true[:, 1]))

    return generate


def _truth_table(name: str, label: str, formula: str, rule: Callable[[Mask, Mask], Mask]) -> Dataset:
    return Dataset(
        name, label, formula, table(rule),
        plane=((-0.5, 1.5), (-0.5, 1.5)), examples=4, train_fraction=1.0, batch_size=4, in_order=True,
    )  # fmt: skip


SETS = (
    _truth_table("and-table", "AND", r"x_1 \land x_2", np.logical_and),
    _truth_table("or-table", "OR", r"x_1 \lor x_2", np.logical_or),
    _truth_table("xor-table", "XOR", r"x_1 \oplus x_2", np.not_equal),
    _truth_table("xnor-table", "XNOR", r"\overline{x_1 \oplus x_2}", np.equal),
)
