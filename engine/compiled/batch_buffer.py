"""Batch buffer: a ring of slots with the batches of the coming steps, where a plan's calls read them.

Inputs lie an example a row, as they are gathered; the rest lies an example a column, as the pass
back meets it. BLAS reads a matrix either way, so no inputs are turned round on their way to it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.types import Array
from engine.update import Update

BUFFER_BYTES = 256_000
"""Bytes of one network's coming batches: what is gathered should still be near when it is read."""

MAX_BUFFER_BYTES = 1_000_000
"""The same, of all networks in a stack."""

MOST_SLOTS, FEWEST_SLOTS = 64, 2


@dataclass(frozen=True, eq=False)
class BatchBuffer:
    """What the coming steps of a stack of networks read: a slot for each step, a place for each network.

    x (slots, stack, batch, 1 + inputs) a one and the inputs of every example
    y (slots, stack, outputs, batch) the targets
    share, like y: what each example counts for in E, the same for all its outputs; times η where the
        update `descends`: one call less
    dropout (slots, stack, units that may drop out, batch) a factor for every activation
    numbers (slots, stack, coefficients, 1) what the step multiplies by: see `Update.numbers`
    """

    x: Array
    y: Array
    example_weight: Array
    dropout: Array
    coefficients: Array

    @classmethod
    def zeros(cls, update: Update, batch: int, stack: int) -> "BatchBuffer":
        """Return a window for batches of this size, with as many slots as are good for it."""
        inputs, outputs = update.architecture.inputs, update.architecture.outputs
        slots = slot_count(update, batch, stack)

        def zeros(*shape: int) -> Array:
            return np.zeros((slots, stack, *shape), update.dtype)

        return cls(
            zeros(batch, 1 + inputs), zeros(outputs, batch), zeros(outputs, batch),
            zeros(len(update.architecture.dropout_rates), batch),
            zeros(len(update.step_coefficients(1.0, 1)), 1),
        )  # fmt: skip

    @property
    def arrays(self) -> tuple[Array, ...]:
        """The five of them."""
        return self.x, self.y, self.example_weight, self.dropout, self.coefficients

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, place: Any) -> "BatchBuffer":
        """Views of some slots, or of a place in them, by NumPy's rules: `window[3:5, 0]`."""
        return BatchBuffer(*(array[place] for array in self.arrays))

    def __setitem__(self, place: Any, other: "BatchBuffer") -> None:
        for array, values in zip(self.arrays, other.arrays, strict=True):
            array[place] = values

    def copy(self) -> "BatchBuffer":
        """Return one with memory of its own."""
        return BatchBuffer(*(array.copy() for array in self.arrays))

    def gather(self, x: Array, y: Array, order: NDArray[np.intp], weight: Array | float = 1.0) -> None:
        """Fill the slots of one place with rows of x (rows, 1 + inputs) and y (rows, outputs).

        weight: of an example's share, one for all or one (slots,) for each. A short last batch is
        filled up with an example that has no share.
        """
        slots, size = self.x.shape[:2]
        missing = -len(order) % size
        if missing:
            order = np.concatenate([order, np.repeat(order[-1], missing)])
        batches = order.reshape(slots, size)
        self.x[:] = x.take(batches, axis=0)
        self.y[:] = y.take(batches, axis=0).swapaxes(1, 2)
        self.example_weight.T[:] = weight / size
        if missing:
            self.example_weight[-1] = (
                np.ravel(weight)[-1] / (size - missing) * (np.arange(size) < size - missing)
            )

    def set_coefficients(self, update: Update, rates: Array | float, counts: Array) -> None:
        """Tell the steps of one place their learning rates, and which steps 1, 2, … of the run they are."""
        for row, number in enumerate(update.step_coefficients(rates, counts)):
            self.coefficients[:, row, 0] = number


def slot_count(update: Update, batch: int, stack: int) -> int:
    """Return how many batches a window holds."""
    step_bytes = stack * update.coefficients_per_example * batch * 8
    return min(MOST_SLOTS, max(FEWEST_SLOTS, min(stack * BUFFER_BYTES, MAX_BUFFER_BYTES) // step_bytes))


def with_ones(x: Array) -> Array:
    """x (rows, inputs) with a one before the inputs of every row, for the bias to be multiplied by."""
    return np.concatenate([np.ones((len(x), 1), x.dtype), x], axis=1)
