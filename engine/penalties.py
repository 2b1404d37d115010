r"""Penalties (regularization): a cost on large weights, so that a network fits less of the noise.

Biases are never penalized, and the displayed E does not contain the penalty. L2 adds its slope to
the gradient. L1 pulls every weight towards 0 by the same amount each step, after the step of the
optimizer. A weight that this pull moves across 0 is set to 0 and stays 0.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.types import Array


@dataclass(frozen=True)
class Penalty:
    """Penalty on weights.

    step: TeX of its effect in an update, on g or on w; empty for no penalty.
    gradient: (weights, rate) → the term added to ∂E/∂w before the optimizer's step.
    pull: (before, after, amount) → (moved, alive): the weights after the pull, and 0 where it moved
        a weight across 0, else 1. amount is learning rate · penalty rate.
    """

    name: str
    label: str
    formula: str
    step: str = ""
    gradient: Callable[[Array, Array], Array] | None = None
    pull: Callable[[Array, Array, Array], tuple[Array, Array]] | None = None


def l2_gradient(weights: Array, rate: Array) -> Array:
    """Return λ w."""
    return rate * weights


def l1_pull(before: Array, after: Array, amount: Array) -> tuple[Array, Array]:
    """Move the weights towards 0 by `amount`, and to exactly 0 where that would change their sign."""
    moved = after - amount * np.sign(before)
    alive = np.heaviside(after * moved, 1)
    return moved * alive, alive


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
