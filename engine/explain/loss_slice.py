"""Loss slice: E along one parameter, all others fixed.

What gradient descent knows of this curve is a single point and its slope, ∂E/∂w; the slice shows the
rest of it, which no training step ever sees.
"""

import numpy as np

from engine.forward import forward
from engine.losses import Loss, mean_loss
from engine.network import Network
from engine.types import Array


@np.errstate(all="ignore")
def loss_slice(network: Network, x: Array, y: Array, loss: Loss, parameter: int, values: Array) -> Array:
    """E (values,) over x (rows, inputs), y (rows, outputs), with one parameter at each of `values`.

    parameter: its place in the network's flat vector. The network is left as it was. Where E
    overflows it is ∞ or NaN, without a warning.
    """
    theta = network.theta.copy()
    moved = Network(network.architecture, theta)
    losses = np.empty(len(values))
    for index, value in enumerate(values):
        theta[parameter] = value
        losses[index] = mean_loss(loss, forward(moved, x).output, y)
    return losses
