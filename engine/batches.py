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
        self._table = table_of(x, y)
        self._stream = stream(seed, "order")
        self.shuffle = shuffle
        self._begin_epoch()

    def __len__(self) -> int:
        return len(self._table)

    def size(self, batch_size: int) -> int:
        """How many rows the next batch has: the last batch of an epoch may be short."""
        return min(batch_size, len(self) - self.position)

    def steps_left(self, batch_size: int, epochs: int = 1) -> int:
        """How many batches there are until so many epochs have ended, the first of them this one."""
        rows = len(self._table)
        return (
            -((self.position - rows) // batch_size) - (epochs - 1) * (-rows // batch_size)
            if epochs > 0
            else 0
        )

    def rows(self, batch_size: int) -> NDArray[np.intp]:
        """Which rows the next batch has, in order."""
        return self.order[self.position : self.position + self.size(batch_size)]

    def fill(self, blocks: Array) -> None:
        """Write the next batches of this epoch into blocks (steps, rows, size): see `gather`."""
        steps, _, size = blocks.shape
        gather(self._table, self.order[self.position : self.position + steps * size], blocks)

    def advance(self, rows: int) -> bool:
        """Count rows as used, as many as there are. True when that ended the epoch: the next has begun."""
        self.position += rows
        if self.position < len(self):
            return False
        self._begin_epoch()
        return True

    def _begin_epoch(self) -> None:
        count = len(self._table)
        self.order = self._stream.permutation(count) if self.shuffle else np.arange(count)
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


def table_of(x: Array, y: Array) -> Array:
    """The rows as batches are gathered from: (rows, 1 + inputs + outputs), ones first."""
    return np.concatenate([np.ones((len(x), 1), x.dtype), x, y], axis=1)


def gather(table: Array, order: NDArray[np.intp], blocks: Array) -> None:
    """Write rows of the table into blocks (batches, 1 + inputs + outputs + 1, size): ones, x, y, shares.

    An example's share is what it counts for in E, 1 by the number of its batch's examples. A short
    last batch is filled up with an example that has no share.
    """
    columns, size = table.shape[1], blocks.shape[-1]
    missing = -len(order) % size
    if missing:
        order = np.concatenate([order, np.repeat(order[-1], missing)])
    blocks[:, :columns] = table.take(order, axis=0).reshape(-1, size, columns).swapaxes(1, 2)
    blocks[:, columns] = 1 / size
    if missing:
        blocks[-1, columns] = (np.arange(size) < size - missing) / (size - missing)
