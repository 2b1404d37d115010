"""Memory layout of a plan: units along the first axis, examples along the second.

The z and a of a hidden layer have a row of ones above their units, so that the bias is one more
weight. All layers are contiguous in one buffer, so that neighbors with the same activation form one
range of it. The slope g'(z) and da have the extra row too, with values that nothing reads. With it
a product takes the whole block [b | W], which BLAS reads without a copy. And da times the slope is
one contiguous range, even in a stack.
"""

from itertools import groupby, pairwise
from typing import Any

import numpy as np

from engine.activations import ACTIVATIONS
from engine.compiled.tape import Tape, Tracer
from engine.network import Architecture
from engine.types import Array


class ForwardBuffers:
    """Buffers of a forward pass over a batch x (…, 1 + inputs, batch), for K networks at once.

    Per layer: inputs (…, 1 + inputs, batch) ones and a_prev · z, a (…, units, batch)
    dropout: the layer's rows of the factors (…, units that may drop out, batch), or None.
    """

    def __init__(self, architecture: Architecture, x: Array, dropout: Array | None = None) -> None:
        *lead, _, batch = x.shape
        self.dropout = _dropout_rows(architecture, dropout)
        self._activations = [ACTIVATIONS[spec.activation] for spec in architecture.layers]
        self._dtype = x.dtype
        hidden = len(architecture.layers) - 1
        self._tops = [1] * hidden + [0]
        rows = [top + spec.units for top, spec in zip(self._tops, architecture.layers, strict=True)]
        self._shapes = [(*lead, count, batch) for count in rows]
        self._ends = np.cumsum([0, *(np.prod(shape, dtype=int) for shape in self._shapes)])
        (self._z, z), (self._a, a) = self._ones(), self._ones()
        self.inputs = [x]
        for layer, activation in enumerate(self._activations[:-1]):
            if self.dropout[layer] is not None:
                self.inputs.append(np.ones(self._shapes[layer], x.dtype))
            else:
                self.inputs.append(z[layer] if activation.name == "linear" else a[layer])
        self.z, self.a = self._units(z), self._units(a)

    def _ones(self) -> tuple[Array, list[Array]]:
        """Return a buffer for all layers, and each layer's part of it (…, 1 + units or units, batch)."""
        flat = np.ones(self._ends[-1], self._dtype)
        parts = zip(pairwise(self._ends), self._shapes, strict=True)
        return flat, [flat[start:end].reshape(shape) for (start, end), shape in parts]

    def _units(self, layers: list[Array]) -> list[Array]:
        """Return views without the rows of ones."""
        return [rows[..., top:, :] for rows, top in zip(layers, self._tops, strict=True)]

    def record_activation(self, tape: Tape, layer: int) -> None:
        """Record a = g(z), and its product with the dropout factors as input of the next layer."""
        z = tape.tracer(self.z[layer])
        a = self._activations[layer].function(z)
        if a is z:
            self.a[layer] = self.z[layer]
        else:
            tape.store(a, self.a[layer])
        dropout = self.dropout[layer]
        if dropout is not None:
            silenced = tape.tracer(self.a[layer]) * tape.tracer(dropout)
            tape.store(silenced, self.inputs[layer + 1][..., 1:, :])


class StepBuffers(ForwardBuffers):
    """Buffers of a forward and a backward pass. Per layer:

    da (…, 1 + units, batch), for the output layer (…, units, batch)
    delta (…, units, batch): a view of da, in which da is overwritten with delta
    slope: g'(z), shaped like da, or None where it is 1.
    """

    def __init__(self, architecture: Architecture, x: Array, dropout: Array) -> None:
        super().__init__(architecture, x, dropout)
        self._slope, slope = self._ones()
        self.slope: list[Array | None] = [*slope]
        _, self.da = self._ones()
        self.delta = self._units(self.da)

    def record_slopes(self, tape: Tape) -> None:
        """Record g'(z) of all layers, one formula for each run of layers with the same activation."""
        groups = groupby(range(len(self._activations)), key=lambda layer: self._activations[layer].name)
        for _, group in groups:
            layers = list(group)
            span = slice(self._ends[layers[0]], self._ends[layers[-1] + 1])
            z, a = tape.tracer(self._z[span]), tape.tracer(self._a[span])
            slope: Any = self._activations[layers[0]].derivative(z, a)
            if isinstance(slope, Tracer):
                tape.store(slope, self._slope[span])
            else:  # a constant slope, which only the linear activation has
                for layer in layers:
                    self.slope[layer] = None


def _dropout_rows(architecture: Architecture, rows: Array | None) -> list[Array | None]:
    """Return the rows of dropout factors of each layer, None for a layer without dropout."""
    factors: list[Array | None] = []
    start = 0
    for spec in architecture.layers:
        if rows is None or not spec.dropout:
            factors.append(None)
        else:
            factors.append(rows[..., start : start + spec.units, :])
            start += spec.units
    return factors
