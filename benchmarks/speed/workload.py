"""Workload of the comparisons: one network, one data set and 100 batches, the same for all contestants."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.forward import forward
from engine.losses import LOSSES, mean_loss
from engine.network import Architecture, LayerSpec, Network
from engine.types import Array

STEPS = 100
"""Updates in a lap, the unit that is timed."""

RATE = 0.03
ROWS = 2000


@dataclass(frozen=True)
class Problem:
    """Training of a network of tanh units by SGD on half squared error.

    sizes: inputs, units of each layer.
    output: the last layer's activation. shuffled: rows in random orders, or else in order, each once.
    """

    sizes: tuple[int, ...]
    batch: int
    output: str = "tanh"
    shuffled: bool = True

    @property
    def name(self) -> str:
        return f"{'-'.join(map(str, self.sizes))}, batch {self.batch}"

    @cached_property
    def architecture(self) -> Architecture:
        *hidden, outputs = self.sizes[1:]
        layers = (*(LayerSpec(units) for units in hidden), LayerSpec(outputs, self.output))
        return Architecture(self.sizes[0], layers)

    @cached_property
    def x(self) -> Array:
        """(rows, inputs)."""
        rows = ROWS if self.shuffled else STEPS * self.batch
        return np.random.default_rng(1).uniform(-1, 1, (rows, self.sizes[0]))

    @cached_property
    def y(self) -> Array:
        """(rows, outputs): the outputs of another network of this shape, so that it can be learned."""
        return forward(Network(self.architecture, 2 * self.start(seed=2)), self.x).output

    @cached_property
    def order(self) -> NDArray[np.int32]:
        """(STEPS, batch): the rows of every batch of a lap; all laps have the same."""
        return orders(len(self.x), self.batch, 3 if self.shuffled else None)

    def start(self, seed: int = 0) -> Array:
        """Return the initial parameters (P,)."""
        return np.random.default_rng(seed).uniform(-0.5, 0.5, self.architecture.parameter_count)

    def loss(self, theta: Array) -> float:
        """Return E over all rows, which shows whether the compared runs did the same work."""
        output = forward(Network(self.architecture, theta), self.x).output
        return float(mean_loss(LOSSES["half_squared_error"], output, self.y))


def orders(rows: int, batch: int, seed: int | None) -> NDArray[np.int32]:
    """Return batches (STEPS, batch) of consecutive permutations of the rows; seed None: rows in order."""
    if seed is None:
        return np.arange(STEPS * batch, dtype=np.int32).reshape(STEPS, batch)
    rng = np.random.default_rng(seed)
    epochs = [rng.permutation(rows) for _ in range(-(-STEPS * batch // rows))]
    return np.concatenate(epochs)[: STEPS * batch].reshape(STEPS, batch).astype(np.int32)
