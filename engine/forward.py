"""Forward propagation from the inputs to the outputs; the result holds every z and a."""

from dataclasses import dataclass

import numpy as np

from engine.network import Network
from engine.types import Array


@dataclass(frozen=True)
class LayerForward:
    """One layer's pre-activations z and activations a, both (…, batch, units)."""

    z: Array
    a: Array


@dataclass(frozen=True)
class ForwardTrace:
    """Values of one forward pass. x (…, batch, inputs); layers from the first to the output."""

    x: Array
    layers: tuple[LayerForward, ...]

    @property
    def output(self) -> Array:
        """The last layer's activations (…, batch, outputs)."""
        return self.layers[-1].a


def forward(network: Network, x: Array) -> ForwardTrace:
    """Run the network on x (…, batch, inputs): z = a_prev Wᵀ + b, a = g(z), layer by layer.

    Dropout is off here, because only training uses it. Overflow gives ±∞ or NaN without a warning,
    because the training loop checks for divergence itself.
    Raises ValueError when x does not have the network's number of inputs.
    """
    if x.shape[-1] != network.architecture.inputs:
        needed = network.architecture.inputs
        raise ValueError(f"x has {x.shape[-1]} columns, but the network has {needed} inputs")
    layers = []
    a = x
    with np.errstate(all="ignore"):
        for layer in network.layers:
            z = a @ layer.W.swapaxes(-1, -2)
            z += layer.b[..., np.newaxis, :]
            a = layer.activation.function(z)
            layers.append(LayerForward(z, a))
    return ForwardTrace(x, tuple(layers))
