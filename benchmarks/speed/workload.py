"""A problem: one network, one data set and 100 batches, the same for everybody who is timed on it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.forward import forward
from engine.losses import LOSSES, mean_loss
from engine.network import Architecture, LayerSpec, Network
from engine.types import Array

STEPS = 100
"""Updates in a lap: what is timed as one piece."""

RATE = 0.03
ROWS = 2000


@dataclass(frozen=True)
class Problem:
    """Train a network of tanh units (`sizes`: inputs, units of each layer) on half squared error by SGD.

    output: the last layer's activation. shuffled: rows in random orders, or as they lie, each once.
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
        """(rows, outputs): what another network of this shape answers, so that it can be learned."""
        return forward(Network(self.architecture, 2 * self.start(seed=2)), self.x).output

    @cached_property
    def order(self) -> NDArray[np.int32]:
        """(STEPS, batch): the rows of every batch of a lap; every lap has the same."""
        return orders(len(self.x), self.batch, 3 if self.shuffled else None)

    def start(self, seed: int = 0) -> Array:
        """(P,): where everybody starts."""
        return np.random.default_rng(seed).uniform(-0.5, 0.5, self.architecture.parameter_count)

    def loss(self, theta: Array) -> float:
        """E over all rows, by which one sees that the compared runs did the same work."""
        output = forward(Network(self.architecture, theta), self.x).output
        return float(mean_loss(LOSSES["half_squared_error"], output, self.y))


def orders(rows: int, batch: int, seed: int | None) -> NDArray[np.int32]:
    """(STEPS, batch): permutations of the rows one after the other, cut into batches; None: as they lie."""
    if seed is None:
        return np.arange(STEPS * batch, dtype=np.int32).reshape(STEPS, batch)
    rng = np.random.default_rng(seed)
    epochs = [rng.permutation(rows) for _ in range(-(-STEPS * batch // rows))]
    return np.concatenate(epochs)[: STEPS * batch].reshape(STEPS, batch).astype(np.int32)
