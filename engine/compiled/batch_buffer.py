"""Batch buffer: slots with the batches of the next steps, in the memory that a plan's calls read.

The inputs have one row per example, as they are gathered. All other arrays have one column per
example, as the backward pass needs them. BLAS reads a matrix in either order, so the inputs are never
transposed in memory.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.types import Array
from engine.update import Update

BUFFER_BYTES = 256_000
"""Maximum size per network. A gathered batch should still be in the cache when its step reads it."""

MAX_BUFFER_BYTES = 1_000_000
"""Maximum size for all networks of a stack together."""

MIN_SLOTS, MAX_SLOTS = 2, 64


@dataclass(frozen=True, eq=False)
class BatchBuffer:
    """Batches of a stack of networks. The first axis is the step (slot), the second the network.

    x (slots, stack, batch, 1 + inputs) a one and the inputs of every example
    y (slots, stack, outputs, batch) the targets
    example_weight, shaped like y: the weight of each example in E, the same for all its outputs. Where
        `Update.is_plain_sgd` it contains the factor η, which saves one call per step.
    dropout (slots, stack, units that may drop out, batch) a factor for every activation
    coefficients (slots, stack, coefficients, 1) see `Update.step_coefficients`
    """

    x: Array
    y: Array
    example_weight: Array
    dropout: Array
    coefficients: Array

    @classmethod
    def zeros(cls, update: Update, batch: int, stack: int) -> "BatchBuffer":
        """Return an empty buffer for batches of this size, with `slot_count` slots."""
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
        """All five arrays."""
        return self.x, self.y, self.example_weight, self.dropout, self.coefficients

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, index: Any) -> "BatchBuffer":
        """Return views of all arrays by NumPy's indexing rules: `buffer[3:5, 0]` has slots of network 0."""
        return BatchBuffer(*(array[index] for array in self.arrays))

    def __setitem__(self, index: Any, other: "BatchBuffer") -> None:
        for array, values in zip(self.arrays, other.arrays, strict=True):
            array[index] = values

    def copy(self) -> "BatchBuffer":
        """Return a copy with separate memory."""
        return BatchBuffer(*(array.copy() for array in self.arrays))

    def gather(self, x: Array, y: Array, order: NDArray[np.intp], weight: Array | float = 1.0) -> None:
        """Fill the slots of one network with rows of x (rows, 1 + inputs) and y (rows, outputs).

        weight: a factor on the example weights, one number or one (slots,) per slot. A short last batch
        is padded with an example of weight 0.
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
        """Set the coefficients of one network's slots. counts: the numbers 1, 2, … of their updates."""
        for index, coefficient in enumerate(update.step_coefficients(rates, counts)):
            self.coefficients[:, index, 0] = coefficient


def slot_count(update: Update, batch: int, stack: int) -> int:
    """Return the number of slots of a buffer."""
    slot_bytes = stack * update.coefficients_per_example * batch * 8
    return min(MAX_SLOTS, max(MIN_SLOTS, min(stack * BUFFER_BYTES, MAX_BUFFER_BYTES) // slot_bytes))


def with_ones(x: Array) -> Array:
    """Return x (rows, inputs) with a column of ones in front, which multiplies the bias."""
    return np.concatenate([np.ones((len(x), 1), x.dtype), x], axis=1)
