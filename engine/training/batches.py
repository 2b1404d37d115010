"""Batches: the training rows, in the order in which a run uses them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.compiled.batch_buffer import BatchBuffer, with_ones
from engine.rng import rng_for
from engine.types import Array


class Batches:
    """Batches of a run: each epoch uses each training row exactly once.

    x (rows, inputs), y (rows, outputs).
    shuffle: whether every epoch draws a new order from the seed; it applies from the next epoch on.
    order: the order of this epoch. position: the number of its rows that are used.
    max_norm: an upper bound of the norm of every input row (with its one) and of every target value.
    """

    def __init__(self, x: Array, y: Array, seed: int, shuffle: bool) -> None:
        self._x, self._y = with_ones(x), y.copy()
        self.max_norm = float(max(np.abs(self._x).max(), np.abs(y).max(initial=0))) * self._x.shape[1] ** 0.5
        self._stream = rng_for(seed, "order")
        self.shuffle = shuffle
        self._begin_epoch()

    def __len__(self) -> int:
        return len(self._x)

    def size(self, batch_size: int) -> int:
        """Return the number of rows in the next batch; the last batch of an epoch may be short."""
        return min(batch_size, len(self) - self.position)

    def steps_left(self, batch_size: int, epochs: int = 1) -> int:
        """Return the number of batches until `epochs` epochs have ended, this one included."""
        rows = len(self._x)
        return (
            -((self.position - rows) // batch_size) - (epochs - 1) * (-rows // batch_size)
            if epochs > 0
            else 0
        )

    def rows(self, batch_size: int) -> NDArray[np.intp]:
        """Return the indices of the next batch's rows, in order."""
        return self.order[self.position : self.position + self.size(batch_size)]

    def fill(self, buffer: BatchBuffer, weight: Array | float = 1.0) -> None:
        """Write the next batches of this epoch into the slots of one network: see `BatchBuffer.gather`."""
        steps, size, _ = buffer.x.shape
        buffer.gather(self._x, self._y, self.order[self.position : self.position + steps * size], weight)

    def advance(self, rows: int) -> bool:
        """Count rows of this epoch as used. Return whether that ended the epoch and began the next."""
        self.position += rows
        if self.position < len(self):
            return False
        self._begin_epoch()
        return True

    def _begin_epoch(self) -> None:
        count = len(self._x)
        self.order = self._stream.permutation(count) if self.shuffle else np.arange(count)
        self.position = 0

    def snapshot(self) -> dict[str, Any]:
        """Return the state that determines the next batches, without the rows themselves."""
        return {
            "order": self.order.copy(), "position": self.position, "stream": self._stream.bit_generator.state
        }  # fmt: skip

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Continue on the same rows as the batches that made the snapshot."""
        self.order, self.position = snapshot["order"].copy(), snapshot["position"]
        self._stream.bit_generator.state = snapshot["stream"]
