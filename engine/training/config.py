"""Training configuration: all settings of a run, except the data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.network import Architecture, blocks
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.rng import rng_for
from engine.schedules import SCHEDULES
from engine.types import Array
from engine.update import Update

Choice = tuple[str, Mapping[str, float]]
"""Name of a registry entry, with the parameters that differ from its defaults."""


@dataclass(frozen=True)
class TrainingConfig:
    """Configuration of a training run. Names are those of the registries.

    learning_rate: None for the optimizer's default. clip_norm: the maximum norm of the gradient, None
    for no limit. batch_size: a size above the number of rows means all rows.
    Raises ValueError, naming the field, for values that cannot be trained.
    """

    architecture: Architecture
    loss: str = "half_squared_error"
    optimizer: str = "sgd"
    hyperparameters: Mapping[str, float] = field(default_factory=dict)
    learning_rate: float | None = None
    schedule: Choice = ("constant", {})
    clip_norm: float | None = None
    penalty: str = "none"
    penalty_rate: float = 0.0
    initializer: Choice = ("uniform", {})
    batch_size: int = 10
    shuffle: bool = True
    seed: int = 0
    dtype: str = "float64"

    def __post_init__(self) -> None:
        self._check_names()
        self._check_numbers()
        self._check_compatibility()

    def _check_names(self) -> None:
        for kind, name, registry in (
            ("loss", self.loss, LOSSES), ("optimizer", self.optimizer, OPTIMIZERS),
            ("schedule", self.schedule[0], SCHEDULES), ("penalty", self.penalty, PENALTIES),
            ("initializer", self.initializer[0], INITIALIZERS),
            ("dtype", self.dtype, ("float64", "float32")),
        ):  # fmt: skip
            if name not in registry:
                raise ValueError(f"no {kind} is called {name!r}; use one of these: {', '.join(registry)}")
        OPTIMIZERS[self.optimizer].check(**self.hyperparameters)
        SCHEDULES[self.schedule[0]].check(**self.schedule[1])
        INITIALIZERS[self.initializer[0]].check(**self.initializer[1])

    def _check_numbers(self) -> None:
        if not (isfinite(self.rate) and self.rate > 0):
            raise ValueError(f"learning_rate must be a finite number above 0, got {self.rate}")
        if not (isfinite(self.penalty_rate) and self.penalty_rate >= 0):
            raise ValueError(f"penalty rate must be a finite number of at least 0, got {self.penalty_rate}")
        if self.clip_norm is not None and not self.clip_norm > 0:
            raise ValueError(f"clip_norm must be a number above 0 or None, got {self.clip_norm}")
        if self.batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, got {self.batch_size}")

    def _check_compatibility(self) -> None:
        output, specs = self.architecture.layers[-1], self.architecture.layers
        if LOSSES[self.loss].reads_logits and output.activation != "linear":
            raise ValueError(
                f"{self.loss} reads z and needs a linear output layer, but it is {output.activation}"
            )
        if self.loss == "cross_entropy" and output.units < 2:
            raise ValueError("cross_entropy needs at least 2 outputs, but there is 1")
        if output.dropout:  # it would replace predictions by 0
            raise ValueError("the output layer cannot have dropout")
        # The line search evaluates E several times per step, and needs the same function each time.
        if self.full_batch and any(spec.dropout for spec in specs):
            raise ValueError(f"{self.optimizer} does not work with dropout; use only one of the two")
        if self.full_batch and self.clip_norm is not None:
            raise ValueError(f"{self.optimizer} does not work with clip_norm; use only one of the two")

    @property
    def full_batch(self) -> bool:
        """Whether the optimizer needs all training rows in each step and ignores batch_size."""
        return OPTIMIZERS[self.optimizer].full_batch

    @property
    def rate(self) -> float:
        """The learning rate before its schedule."""
        return OPTIMIZERS[self.optimizer].learning_rate if self.learning_rate is None else self.learning_rate

    def rate_at(self, step: int, epoch: int) -> float:
        """Return the learning rate η of the update after `step` updates and `epoch` finished epochs."""
        name, parameters = self.schedule
        return self.rate * SCHEDULES[name].factor(step, epoch, **parameters)

    def rates(self, step: int, epoch: int, steps: int) -> Array | float:
        """Return η of the next `steps` updates; one number where the schedule depends on epochs alone."""
        name, _ = self.schedule
        if not SCHEDULES[name].counts_steps:
            return self.rate_at(step, epoch)
        return np.array([self.rate_at(step + offset, epoch) for offset in range(steps)])

    def update(self, frozen: bool) -> Update:
        """Return the settings that fix the calls of a step. frozen: whether any parameter is frozen."""
        return Update(
            self.architecture,
            self.loss,
            self.optimizer,
            tuple({**OPTIMIZERS[self.optimizer].parameters, **self.hyperparameters}.items()),
            self.penalty,
            clipped=self.clip_norm is not None,
            has_mask=frozen or self.penalty == "l1",
            dtype=self.dtype,
        )

    def initial_parameters(self) -> Array:
        """Return the parameters at step 0 (P,), drawn from the seed."""
        name, parameters = self.initializer
        theta = np.empty(self.architecture.parameter_count, self.dtype)
        layers = blocks(self.architecture, theta)
        for index, block in enumerate(layers, start=1):
            # The output layer always has stream 0. So a new hidden layer changes the random numbers
            # neither of the output layer nor of the layers before.
            rng = rng_for(self.seed, "start", index % len(layers))
            W, b = INITIALIZERS[name].draw(block.shape[0], block.shape[1] - 1, rng, **parameters)
            block[:, 1:], block[:, 0] = W, b
        return theta
