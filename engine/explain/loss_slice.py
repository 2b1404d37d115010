"""Loss slice: E as a function of one parameter, all others fixed.

Gradient descent uses one point of this curve and its slope, ∂E/∂w. The slice shows the whole curve.
"""

import numpy as np

from engine.forward import forward
from engine.losses import Loss, mean_loss
from engine.network import Network
from engine.types import Array


@np.errstate(all="ignore")
def loss_slice(network: Network, x: Array, y: Array, loss: Loss, parameter: int, values: Array) -> Array:
    """Return E (values,) over x (rows, inputs), y (rows, outputs), with one parameter at each of `values`.

    parameter: its index in the network's flat vector. The network does not change. Overflow of E
    gives ∞ or NaN without a warning.
    """
    theta = network.theta.copy()
    shifted = Network(network.architecture, theta)  # it reads theta, so the loop below moves it
    losses = np.empty(len(values))
    for index, value in enumerate(values):
        theta[parameter] = value
        losses[index] = mean_loss(loss, forward(shifted, x).output, y)
    return losses
