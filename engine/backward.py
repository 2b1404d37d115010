"""Backpropagation from the error to every weight; the result holds every delta."""

from dataclasses import dataclass

import numpy as np

from engine.forward import ForwardTrace
from engine.losses import Loss
from engine.network import Network
from engine.types import Array


@dataclass(frozen=True)
class LayerBackward:
    """One layer's gradients of E.

    da, delta (…, batch, units): ∂E/∂a and ∂E/∂z. dW (…, units, inputs), db (…, units).
    E is a mean over the batch, so each row of da and delta carries 1/batch.
    """

    da: Array
    delta: Array
    dW: Array
    db: Array


@dataclass(frozen=True)
class BackwardTrace:
    """Gradients of one backward pass, layers from the first to the output."""

    layers: tuple[LayerBackward, ...]

    @property
    def gradient(self) -> Array:
        """∂E/∂theta (…, P), in the order of the network's flat vector."""
        flat = []
        for layer in self.layers:
            block = np.concatenate([layer.db[..., np.newaxis], layer.dW], axis=-1)
            flat.append(block.reshape(*block.shape[:-2], -1))
        return np.concatenate(flat, axis=-1)


def backward(network: Network, trace: ForwardTrace, y: Array, loss: Loss) -> BackwardTrace:
    """Return the gradients of E = mean loss of trace.output against y (…, batch, outputs).

    Rumelhart, Hinton, Williams 1986: delta = da · g'(z), dW = deltaᵀ a_prev, da_prev = delta W.
    """
    if y.shape[-2:] != trace.output.shape[-2:]:
        raise ValueError(f"y has shape {y.shape}, but the output has shape {trace.output.shape}")
    batch = y.shape[-2]
    layers: list[LayerBackward] = []
    with np.errstate(all="ignore"):
        da = loss.gradient(trace.output, y, -1) / batch
        for index in reversed(range(len(network.layers))):
            layer, (z, a) = network.layers[index], (trace.layers[index].z, trace.layers[index].a)
            a_prev = trace.layers[index - 1].a if index else trace.x
            delta = da * layer.activation.derivative(z, a)
            dW = delta.swapaxes(-1, -2) @ a_prev
            db = delta.sum(axis=-2)
            layers.insert(0, LayerBackward(da, delta, dW, db))
            da = delta @ layer.W
    return BackwardTrace(tuple(layers))
