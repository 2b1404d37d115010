"""Network: the sizes of its layers, and all of its parameters as one flat vector.

The vector theta (P,) holds the layers one after another, and within a layer the units: first the
bias w_i0, then w_i1, w_i2, … So a layer's parameters are a block (units, 1 + inputs), and W and b
are views into it. The optimizer reads one vector without a loop over layers. The mathematics reads
W and b. Neither is a copy of the other.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from engine import notation
from engine.activations import ACTIVATIONS, Activation
from engine.types import Array


@dataclass(frozen=True)
class LayerSpec:
    """Description of a layer without its parameters. dropout: the share of units silenced in a step."""

    units: int
    activation: str = "tanh"
    dropout: float = 0.0

    def __post_init__(self) -> None:
        if self.units < 1:
            raise ValueError(f"a layer needs at least 1 unit, got {self.units}")
        if self.activation not in ACTIVATIONS:
            names = ", ".join(ACTIVATIONS)
            raise ValueError(f"no activation is called {self.activation!r}; use one of these: {names}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be at least 0 and below 1, got {self.dropout}")


@dataclass(frozen=True)
class Architecture:
    """Shape of a network: the number of inputs, and the layers; the last one is the output."""

    inputs: int
    layers: tuple[LayerSpec, ...]

    def __post_init__(self) -> None:
        if self.inputs < 1:
            raise ValueError(f"a network needs at least 1 input, got {self.inputs}")
        if not self.layers:
            raise ValueError("a network needs at least one layer, its output layer")

    @property
    def outputs(self) -> int:
        """The number of output units."""
        return self.layers[-1].units

    @property
    def block_shapes(self) -> tuple[tuple[int, int], ...]:
        """(units, 1 + inputs) of every layer: its weights with the bias in column 0."""
        widths = (self.inputs, *(layer.units for layer in self.layers))
        return tuple((units, 1 + inputs) for inputs, units in pairwise(widths))

    @cached_property
    def dropout_rates(self) -> tuple[float, ...]:
        """The dropout of every unit that may drop out, in the order of the layers."""
        return tuple(layer.dropout for layer in self.layers for _ in range(layer.units) if layer.dropout)

    @property
    def parameter_count(self) -> int:
        """P, the length of the flat vector."""
        return sum(rows * columns for rows, columns in self.block_shapes)


@dataclass(frozen=True)
class Layer:
    """One layer with its parameters, views into the network's vector.

    block (…, units, 1 + inputs), W (…, units, inputs), b (…, units).
    """

    block: Array
    activation: Activation
    dropout: float

    @property
    def W(self) -> Array:
        """(…, units, inputs): the weights."""
        return self.block[..., 1:]

    @property
    def b(self) -> Array:
        """(…, units): the biases."""
        return self.block[..., 0]


class Network:
    """Architecture with its parameters.

    theta (…, P): all parameters in the order described above; zeros when left out. The network does
    not copy it: writing into `theta`, `W` or `b` changes the network.
    Raises ValueError when theta's last axis is not the architecture's parameter count.
    """

    def __init__(
        self, architecture: Architecture, theta: Array | None = None, dtype: DTypeLike = np.float64
    ) -> None:
        needed = architecture.parameter_count
        if theta is None:
            theta = np.zeros(needed, dtype)
        if theta.shape[-1:] != (needed,):
            raise ValueError(f"theta has shape {theta.shape}, but this architecture has {needed} parameters")
        self.architecture = architecture
        self.theta = theta
        self.layers = tuple(
            Layer(block, ACTIVATIONS[spec.activation], spec.dropout)
            for block, spec in zip(blocks(architecture, theta), architecture.layers, strict=True)
        )

    def parameter_names(self) -> list[str]:
        """Return the slides' names in theta's order: w_10^(1), w_11^(1), … with the bias as w_i0."""
        return [
            notation.weight(layer, i, j)
            for layer, (units, columns) in enumerate(self.architecture.block_shapes, start=1)
            for i in range(1, units + 1)
            for j in range(columns)
        ]


def blocks(architecture: Architecture, theta: Array) -> list[Array]:
    """Return views of theta (…, P), one (…, units, 1 + inputs) per layer."""
    views, start = [], 0
    for shape in architecture.block_shapes:
        stop = start + shape[0] * shape[1]
        views.append(theta[..., start:stop].reshape(*theta.shape[:-1], *shape))
        start = stop
    return views


@lru_cache
def weight_mask(architecture: Architecture) -> Array:
    """Return a read-only (P,) with 1 at every weight and 0 at every bias, because penalties skip biases."""
    mask = np.ones(architecture.parameter_count)
    for block in blocks(architecture, mask):
        block[:, 0] = 0
    mask.flags.writeable = False
    return mask
