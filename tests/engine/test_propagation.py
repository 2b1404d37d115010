"""Forward and backward, as values: one unit by hand, stacks as each alone, gradients by hand."""

import numpy as np
import pytest
from hypothesis import given, settings

from engine.activations import ACTIVATIONS
from engine.backward import backward
from engine.forward import forward
from engine.losses import LOSSES
from engine.network import Network
from tests.engine.strategies import (
    SEEDS,
    architecture,
    architecture_for,
    inputs,
    network,
    targets,
    widths,
)

HALF_SQUARED = LOSSES["half_squared_error"]
PAIRS = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]


def test_forward_is_the_weighted_sum_bent_by_the_activation():
    net = Network(architecture(2, 2, 1, output="linear"), np.array([0.1, 1, 2, -0.1, 3, 4, 0.5, -1, 2]))
    trace = forward(net, np.array([[0.5, -1.0]]))
    np.testing.assert_allclose(trace.layers[0].z, [[0.1 + 0.5 - 2, -0.1 + 1.5 - 4]])
    np.testing.assert_allclose(trace.layers[0].a, np.tanh([[-1.4, -2.6]]))
    np.testing.assert_allclose(trace.output, [[0.5 - np.tanh(-1.4) + 2 * np.tanh(-2.6)]])


def test_backward_walks_the_chain_rule_link_by_link():
    net = Network(architecture(1, 1, 1), np.array([0.1, 0.7, -0.2, 0.9]))
    x, y = np.array([[0.5]]), np.array([[1.0]])
    trace = forward(net, x)
    first, second = backward(net, trace, y, HALF_SQUARED).layers
    a, out = float(trace.layers[0].a[0, 0]), float(trace.output[0, 0])
    assert second.da == pytest.approx(out - 1)
    assert second.delta == pytest.approx((out - 1) * (1 - out * out))
    assert second.dW == pytest.approx(float(second.delta[0, 0]) * a)
    assert second.db == pytest.approx(float(second.delta[0, 0]))
    assert first.da == pytest.approx(float(second.delta[0, 0]) * 0.9)
    assert first.delta == pytest.approx(float(first.da[0, 0]) * (1 - a * a))
    assert first.dW == pytest.approx(float(first.delta[0, 0]) * 0.5)


def test_the_gradient_of_a_batch_is_the_mean_of_the_gradients_of_its_examples():
    net = network(architecture(3, 4, 2), 0)
    x, y = inputs(0, 8, 3), targets("huber", 0, 8, 2)

    def gradient(rows: slice) -> np.ndarray:
        return backward(net, forward(net, x[rows]), y[rows], HALF_SQUARED).gradient

    alone = np.mean([gradient(slice(row, row + 1)) for row in range(8)], axis=0)
    np.testing.assert_allclose(gradient(slice(None)), alone, rtol=1e-12)


def test_the_flat_gradient_follows_the_order_of_the_parameters():
    net = network(architecture(3, 4, 2), 0)
    back = backward(net, forward(net, inputs(0, 5, 3)), targets("huber", 0, 5, 2), HALF_SQUARED)
    slopes = Network(net.architecture, back.gradient)
    for layer, expected in zip(slopes.layers, back.layers, strict=True):
        np.testing.assert_array_equal(layer.W, expected.dW)
        np.testing.assert_array_equal(layer.b, expected.db)


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@settings(max_examples=3)
@given(shape=widths(), seed=SEEDS)
def test_networks_behind_leading_axes_give_the_same_as_each_alone(activation, loss, shape, seed):
    nets = network(architecture_for(loss, 3, *shape, activation=activation), seed, 2, 3)
    x, y = inputs(seed, 2, 3, 4, 3), targets(loss, seed, 2, 3, 4, shape[-1])
    trace = forward(nets, x)
    together = backward(nets, trace, y, LOSSES[loss]).gradient
    for k in np.ndindex(2, 3):
        one = Network(nets.architecture, nets.theta[k])
        there = forward(one, x[k])
        np.testing.assert_allclose(trace.output[k], there.output, rtol=1e-12, atol=1e-14)
        alone = backward(one, there, y[k], LOSSES[loss]).gradient
        np.testing.assert_allclose(together[k], alone, rtol=1e-11, atol=1e-14)


def test_one_batch_may_be_shared_by_all_networks_of_a_stack():
    nets = network(architecture(3, 4, 2), 0, 5)
    x = inputs(0, 6, 3)
    output = forward(nets, x).output
    assert output.shape == (5, 6, 2)
    np.testing.assert_allclose(output[3], forward(Network(nets.architecture, nets.theta[3]), x).output)


def test_evaluating_between_forward_and_backward_changes_nothing():
    net = network(architecture(2, 3, 1), 0)
    x, y = inputs(0, 4, 2), targets("huber", 0, 4, 1)
    trace = forward(net, x)
    expected = backward(net, trace, y, HALF_SQUARED).gradient
    forward(net, inputs(1, 9, 2))
    np.testing.assert_array_equal(backward(net, trace, y, HALF_SQUARED).gradient, expected)


def test_numbers_that_overflow_go_through_without_a_warning():
    net = Network(architecture(2, 3, 1, activation="sine"), np.full(13, 1e308))
    trace = forward(net, np.full((1, 2), 1e10))
    assert not np.isfinite(backward(net, trace, np.ones((1, 1)), HALF_SQUARED).gradient).all()


def test_the_wrong_number_of_columns_is_named():
    net = network(architecture(2, 3, 1), 0)
    with pytest.raises(ValueError, match="x has 3 columns, but the network has 2 inputs"):
        forward(net, np.zeros((5, 3)))
    with pytest.raises(ValueError, match=r"y has shape \(5, 2\), but the output has shape \(5, 1\)"):
        backward(net, forward(net, np.zeros((5, 2))), np.zeros((5, 2)), HALF_SQUARED)
