"""Examples: the inputs and targets that a network is trained and tested on."""

from dataclasses import dataclass, replace

from engine.network import Architecture
from engine.types import Array


@dataclass(frozen=True)
class Examples:
    """Examples in the network's form: features computed, labels encoded.

    x (rows, inputs), y (rows, outputs); the first train_rows rows train, the others test.
    classes: 0 for regression. middle: see `Targets.middle`.
    """

    x: Array
    y: Array
    train_rows: int
    classes: int = 2
    middle: float | None = 0.0

    def fitting(self, architecture: Architecture, dtype: str) -> "Examples":
        """Return the examples in this number type. Raises ValueError when they do not fit the network."""
        inputs, outputs = architecture.inputs, architecture.outputs
        given = f"the examples have {self.x.shape[1]} inputs and {self.y.shape[1]} outputs"
        if (self.x.shape[1], self.y.shape[1]) != (inputs, outputs):
            raise ValueError(f"{given}, the network {inputs} and {outputs}")
        if not 1 <= self.train_rows <= len(self.x):
            raise ValueError(f"train_rows must be from 1 to {len(self.x)}, got {self.train_rows}")
        return replace(self, x=self.x.astype(dtype, copy=False), y=self.y.astype(dtype, copy=False))
