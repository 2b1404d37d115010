"""Loss slices: E along one parameter is E of the network with that parameter, its slope the gradient."""

import numpy as np
import pytest

from engine.backward import backward
from engine.explain.loss_slice import loss_slice
from engine.forward import forward
from engine.losses import LOSSES, mean_loss
from engine.network import Architecture, LayerSpec, Network

RNG = np.random.default_rng(7)
X, Y = RNG.normal(size=(12, 2)), RNG.choice([-1.0, 1.0], size=(12, 1))
LOSS = LOSSES["half_squared_error"]


@pytest.fixture
def network() -> Network:
    architecture = Architecture(2, (LayerSpec(3), LayerSpec(1)))
    return Network(architecture, RNG.normal(size=architecture.parameter_count))


@pytest.mark.parametrize("parameter", [0, 1, 9, 10], ids=["bias", "weight", "output bias", "output weight"])
def test_the_slope_of_a_slice_where_the_parameter_stands_is_its_gradient(network: Network, parameter: int):
    value, h = network.theta[parameter], 1e-5
    below, here, above = loss_slice(network, X, Y, LOSS, parameter, np.array([value - h, value, value + h]))
    there = forward(network, X)
    assert here == mean_loss(LOSS, there.output, Y)
    gradient = backward(network, there, Y, LOSS).gradient[parameter]
    assert (above - below) / (2 * h) == pytest.approx(gradient, rel=1e-6)


def test_a_slice_leaves_the_network_as_it_was_and_bears_an_overflow(network: Network):
    before = network.theta.copy()
    linear = Network(Architecture(2, (LayerSpec(1, "linear"),)), np.ones(3))
    assert not np.isfinite(loss_slice(linear, X, Y, LOSS, 1, np.array([1e200])))
    loss_slice(network, X, Y, LOSS, 2, np.array([3.0, -3.0]))
    assert (network.theta == before).all()
