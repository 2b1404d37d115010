"""Batches: the training rows, in the order in which a run uses them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.compiled.batch_buffer import BatchBuffer, with_ones
from engine.rng import rng_for
from engine.types import Array


class Batches:
    """The rows of one epoch after the other, each row exactly once an epoch.

    x (rows, inputs), y (rows, outputs). With `shuffle` every epoch has an order of its own, drawn
    from the seed. `order` is this epoch's, and `position` says how many of it are used up.
    reach: no row with its one, and no target, is longer than that.
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
        """Return how many rows the next batch has: the last batch of an epoch may be short."""
        return min(batch_size, len(self) - self.position)

    def steps_left(self, batch_size: int, epochs: int = 1) -> int:
        """Return how many batches there are until so many epochs have ended, the first of them this one."""
        rows = len(self._x)
        return (
            -((self.position - rows) // batch_size) - (epochs - 1) * (-rows // batch_size)
            if epochs > 0
            else 0
        )

    def rows(self, batch_size: int) -> NDArray[np.intp]:
        """Return which rows the next batch has, in order."""
        return self.order[self.position : self.position + self.size(batch_size)]

    def fill(self, window: BatchBuffer, weight: Array | float = 1.0) -> None:
        """Write the next batches of this epoch into the slots of a place: see `BatchBuffer.gather`."""
        steps, size, _ = window.x.shape
        window.gather(self._x, self._y, self.order[self.position : self.position + steps * size], weight)

    def advance(self, rows: int) -> bool:
        """Count rows as used, as many as there are. True when that ended the epoch: the next has begun."""
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
        """Return what the coming batches depend on, besides the rows themselves."""
        return {
            "order": self.order.copy(), "position": self.position, "stream": self._stream.bit_generator.state
        }  # fmt: skip

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Go on as the batches did that made the snapshot, on the same rows."""
        self.order, self.position = snapshot["order"].copy(), snapshot["position"]
        self._stream.bit_generator.state = snapshot["stream"]
