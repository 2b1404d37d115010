"""Update: from the gradient to the next parameters, by clipping, penalty and optimizer."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from engine.network import Architecture
from engine.optimizers import OPTIMIZERS, Coefficients, State
from engine.penalties import PENALTIES
from engine.types import Array


@dataclass(frozen=True)
class Updated:
    """What an update leaves behind: the next parameters, the optimiser's memory, what is still free."""

    theta: Array
    state: State
    free: Array


@dataclass(frozen=True)
class Update:
    """All that the calls of a step depend on; networks that agree in it can train as one stack.

    clipped: the gradient's norm has a limit. masked: some parameters are frozen, or may die of L1.
    """

    architecture: Architecture
    loss: str = "half_squared_error"
    optimizer: str = "sgd"
    hyperparameters: tuple[tuple[str, float], ...] = ()
    penalty: str = "none"
    clipped: bool = False
    has_mask: bool = False
    dtype: str = "float64"

    def __post_init__(self) -> None:
        if self.penalty == "l1" and not self.has_mask:
            raise ValueError("an L1 update is masked: the weights that it carries across 0 stay there")

    @property
    def coefficients_per_example(self) -> int:
        """What an example takes up in a batch: a one, inputs, targets, shares, factors of dropout."""
        architecture = self.architecture
        return 1 + architecture.inputs + 2 * architecture.outputs + len(architecture.dropout_rates)

    @cached_property
    def is_plain_sgd(self) -> bool:
        """Whether a step is η times the gradient of E and nothing else, as far as it depends on E."""
        return self.optimizer == "sgd" and not self.clipped and not PENALTIES[self.penalty].gradient

    def coefficients(self, rate: Any, t: Any) -> Coefficients:
        """What step t = 1, 2, … multiplies by: the optimiser's coefficients, and η itself for L1's pull."""
        numbers = OPTIMIZERS[self.optimizer].coefficients(rate, t, **dict(self.hyperparameters))
        return (*numbers, rate) if PENALTIES[self.penalty].pull else numbers

    def step_coefficients(self, rate: Any, t: Any) -> Coefficients:
        """The coefficients that a plan's step reads: η is not among them where the update `descends`."""
        return self.coefficients(rate, t)[self.is_plain_sgd :]

    def apply(
        self,
        theta: Array,
        g: Array,
        state: State,
        numbers: Coefficients,
        free: Array,
        decay: Array,
        clip_norm: Array,
    ) -> Updated:
        """Return the next parameters. theta, g (…, P); numbers are those of `coefficients`.

        free (…, P): 1, or 0 where a parameter must not move. decay (…, P): the penalty's rate, 0 for
        biases. clip_norm (…, 1). The three are read only where the update has use for them.
        A parameter that must not move has no gradient and no penalty, and no share in the norm.
        """
        penalty, optimizer = PENALTIES[self.penalty], OPTIMIZERS[self.optimizer]
        *own, rate = numbers if penalty.pull else (*numbers, None)
        if self.has_mask:
            g, decay = g * free, decay * free
        if self.clipped:
            g = clip_by_norm(g, clip_norm)
        if penalty.gradient:
            g = g + penalty.gradient(theta, decay)
        after, state = optimizer.update(theta, g, state, own, **dict(self.hyperparameters))
        kept: Any = 1
        if penalty.pull:
            after, kept = penalty.pull(theta, after, rate * decay)
        if self.has_mask:
            after = free * after + (1 - free) * theta
        return Updated(after, state, free * kept if penalty.pull else free)


def clip_by_norm(g: Array, limit: Array) -> Array:
    """`g` (…, P) scaled down to the norm `limit` (…, 1) where it is longer; PyTorch's clip_grad_norm_."""
    norm = np.sqrt(np.add.reduce(g * g, axis=-1, keepdims=True))
    return g * np.minimum(limit / (norm + 1e-6), 1)
