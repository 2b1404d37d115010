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
    """Result of an update: next parameters, next optimizer state, and the mask of free parameters."""

    theta: Array
    state: State
    free: Array


@dataclass(frozen=True)
class Update:
    """Settings that fix the calls of a training step. Networks with equal settings can train in one stack.

    clipped: the norm of the gradient has a limit.
    has_mask: some parameters are frozen, or L1 may set some to 0 for good.
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
        """Numbers per example in a batch: 1 for the bias, inputs, targets, weights in E, dropout factors."""
        architecture = self.architecture
        return 1 + architecture.inputs + 2 * architecture.outputs + len(architecture.dropout_rates)

    @cached_property
    def is_plain_sgd(self) -> bool:
        """Whether a step is η times the gradient of E, without memory, clipping or a penalty's gradient."""
        return self.optimizer == "sgd" and not self.clipped and not PENALTIES[self.penalty].gradient

    def coefficients(self, rate: Any, t: Any) -> Coefficients:
        """Return the optimizer's coefficients for step t = 1, 2, …, followed by η if the penalty is L1."""
        coefficients = OPTIMIZERS[self.optimizer].coefficients(rate, t, **dict(self.hyperparameters))
        return (*coefficients, rate) if PENALTIES[self.penalty].pull else coefficients

    def step_coefficients(self, rate: Any, t: Any) -> Coefficients:
        """Return the coefficients that a plan's step reads; η is left out where `is_plain_sgd`."""
        # A plan for plain SGD gets η with the weights of the examples, which saves one call a step.
        return self.coefficients(rate, t)[self.is_plain_sgd :]

    def apply(
        self,
        theta: Array,
        g: Array,
        state: State,
        coefficients: Coefficients,
        free: Array,
        decay: Array,
        clip_norm: Array,
    ) -> Updated:
        """Return the next parameters. theta, g (…, P); coefficients from the method of that name.

        free (…, P): 1, or 0 where a parameter must not move; read if `has_mask`.
        decay (…, P): the penalty's rate, 0 for biases; read if there is a penalty.
        clip_norm (…, 1): read if `clipped`.
        """
        penalty, optimizer = PENALTIES[self.penalty], OPTIMIZERS[self.optimizer]
        *own, rate = coefficients if penalty.pull else (*coefficients, None)
        if self.has_mask:
            # Before clipping, so that a fixed parameter has no share in the norm.
            g, decay = g * free, decay * free
        if self.clipped:
            g = clip_by_norm(g, clip_norm)
        if penalty.gradient:
            g = g + penalty.gradient(theta, decay)
        after, state = optimizer.update(theta, g, state, own, **dict(self.hyperparameters))
        alive: Any = 1
        if penalty.pull:
            after, alive = penalty.pull(theta, after, rate * decay)
        if self.has_mask:
            # Momentum and AdamW's decay move a parameter even where its gradient is 0.
            after = free * after + (1 - free) * theta
        return Updated(after, state, free * alive if penalty.pull else free)


def clip_by_norm(g: Array, limit: Array) -> Array:
    """Return `g` (…, P), scaled down to the norm `limit` (…, 1) if longer, as PyTorch's clip_grad_norm_."""
    norm = np.sqrt(np.add.reduce(g * g, axis=-1, keepdims=True))
    return g * np.minimum(limit / (norm + 1e-6), 1)
