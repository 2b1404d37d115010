"""Batches: the training rows, in the order in which a run meets them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array
from engine.streams import stream


class Batches:
    """The rows of one epoch after the other, each row exactly once an epoch.

    x (rows, inputs), y (rows, outputs). With `shuffle` every epoch has an order of its own, drawn
    from the seed. `order` is this epoch's, and `position` says how many of it are used up.
    """

    def __init__(self, x: Array, y: Array, seed: int, shuffle: bool) -> None:
        self._table = np.concatenate([np.ones((len(x), 1), x.dtype), x, y], axis=1)
        self._stream = stream(seed, "order")
        self.shuffle = shuffle
        self._begin_epoch()

    def __len__(self) -> int:
        return len(self._table)

    def size(self, batch_size: int) -> int:
        """The next batch's size: the last batch of an epoch may be short."""
        return min(batch_size, len(self) - self.position)

    def steps_left(self, batch_size: int) -> int:
        """How many batches of the next batch's size follow each other before the epoch ends."""
        return (len(self) - self.position) // self.size(batch_size)

    def rows(self, batch_size: int) -> NDArray[np.intp]:
        """Which rows the next batch has, in order."""
        return self.order[self.position : self.position + self.size(batch_size)]

    def blocks(self, steps: int, size: int) -> Array:
        """The next batches as a plan reads them: (steps, 1 + inputs + outputs, size), ones on top."""
        taken = self._epoch[self.position : self.position + steps * size]
        return taken.reshape(steps, size, -1).swapaxes(1, 2).copy()

    def advance(self, rows: int) -> bool:
        """Count rows as used. True when that ended the epoch, and the next one has begun."""
        self.position += rows
        if self.position < len(self):
            return False
        self._begin_epoch()
        return True

    def _begin_epoch(self) -> None:
        count = len(self._table)
        self.order = self._stream.permutation(count) if self.shuffle else np.arange(count)
        self._epoch = self._table[self.order]
        self.position = 0

    def snapshot(self) -> dict[str, Any]:
        """What the coming batches depend on, besides the rows themselves."""
        return {
            "order": self.order.copy(), "position": self.position, "stream": self._stream.bit_generator.state
        }  # fmt: skip

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Go on as the batches did that made the snapshot, on the same rows."""
        self.order, self.position = snapshot["order"].copy(), snapshot["position"]
        self._stream.bit_generator.state = snapshot["stream"]
        self._epoch = self._table[self.order]
