r"""Penalties (regularization): a cost on large weights, so that a network fits less of the noise.

Biases are never penalised, and E as shown leaves the penalty out. L2 adds its slope to the
gradient. L1 pulls every weight towards 0 by the same amount each step, after the optimiser's own
move; a weight that this pull carries across 0 is set to 0 and stays there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.types import Array


@dataclass(frozen=True)
class Penalty:
    """A penalty on weights.

    step: TeX of what it does in an update, with g or with w, where it does anything.
    gradient: (weights, rate) → what is added to ∂E/∂w before the optimiser's step.
    pull: (before, after, amount) → (moved, kept): where the weights end up, and 1 where they live
        on, 0 where the pull carried them across 0. amount is learning rate · penalty rate.
    """

    name: str
    label: str
    formula: str
    step: str = ""
    gradient: Callable[[Array, Array], Array] | None = None
    pull: Callable[[Array, Array, Array], tuple[Array, Array]] | None = None


def l2_gradient(weights: Array, rate: Array) -> Array:
    """λ w."""
    return rate * weights


def l1_pull(before: Array, after: Array, amount: Array) -> tuple[Array, Array]:
    """Towards 0 by `amount`, and to 0 for good where that would go past it."""
    moved = after - amount * np.sign(before)
    kept = np.heaviside(after * moved, 1)
    return moved * kept, kept


PENALTIES: dict[str, Penalty] = {
    entry.name: entry
    for entry in (
        Penalty("none", "None", "0"),
        Penalty(
            "l1", "L1", r"\lambda \sum |w|", r"w \mathrel{-}= \eta\lambda \operatorname{sgn} w", pull=l1_pull
        ),
        Penalty(
            "l2", "L2", r"\tfrac{\lambda}{2} \sum w^2", r"g \mathrel{+}= \lambda w", gradient=l2_gradient
        ),
    )
}
