"""The gradient check: right for every activation, loss and penalty, and able to say no."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.gradcheck import GradientCheck, gradient_check
from engine.losses import LOSSES
from engine.network import weight_mask
from engine.penalties import PENALTIES
from tests.engine.samples import SEEDS, architecture_for, derivative, inputs, network, price, targets, widths

PAIRS = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]
NETWORKS_A_PAIR = 5  # 300 in all
TOLERANCE = 1e-6
RATE = 0.1


def check(activation: str, loss: str, shape: tuple[int, ...], batch: int, seed: int) -> GradientCheck:
    net = network(architecture_for(loss, 2, *shape, activation=activation), seed)
    return gradient_check(net, inputs(seed, batch, 2), targets(loss, seed, batch, shape[-1]), LOSSES[loss])


def relative(one: np.ndarray, other: np.ndarray) -> float:
    size = np.linalg.norm(one) + np.linalg.norm(other)
    return float(np.linalg.norm(one - other) / size) if size else 0.0


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@settings(max_examples=NETWORKS_A_PAIR)
@given(shape=widths(), batch=st.integers(1, 6), seed=SEEDS)
def test_backpropagation_is_the_derivative(activation, loss, shape, batch, seed):
    assert check(activation, loss, shape, batch, seed).error <= TOLERANCE


@pytest.mark.parametrize("penalty", sorted(PENALTIES))
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_with_its_penalty_the_gradient_is_the_derivative_of_error_and_price(activation, loss, penalty):
    shape = architecture_for(loss, 2, 3, 2, activation=activation)
    checked = check(activation, loss, (3, 2), 4, seed=7)
    theta, decay, h = network(shape, 7).theta, RATE * weight_mask(shape), 1e-5

    slope = (price(penalty, theta + h, decay) - price(penalty, theta - h, decay)) / (2 * h)
    numerical = checked.numerical + slope
    entry, analytic = PENALTIES[penalty], checked.backprop
    if entry.gradient:
        analytic = analytic + entry.gradient(theta, decay)
    if entry.pull:
        analytic = analytic + (theta - entry.pull(theta, theta, 1e-3 * decay)[0]) / 1e-3
    counted = ~checked.kinks
    assert relative(analytic[counted], numerical[counted]) <= TOLERANCE


def test_parameters_on_a_kink_are_counted_and_few():
    kinked = [(activation, "huber") for activation in ACTIVATIONS if ACTIVATIONS[activation].kinks]
    kinked += [("tanh", loss) for loss in LOSSES if LOSSES[loss].kink]
    kinks = [check(*pair, (4, 3, 2), 6, seed).kinks for pair in kinked for seed in range(30)]
    assert np.concatenate(kinks).mean() <= 0.02


def test_a_unit_on_its_kink_is_found_and_left_out():
    net = network(architecture_for("huber", 2, 3, 2, activation="relu"), 0)
    net.layers[0].block[1] = 0
    checked = gradient_check(net, inputs(0, 4, 2), targets("huber", 0, 4, 2), LOSSES["huber"])
    np.testing.assert_array_equal(np.flatnonzero(checked.kinks), [3, 4, 5])
    assert checked.error <= TOLERANCE
    assert checked.relative_error.max() <= TOLERANCE


def test_an_output_on_the_edge_of_the_hinge_is_found():
    net = network(architecture_for("hinge", 1, 1, activation="linear"), 0)
    net.theta[:] = 1, 0
    checked = gradient_check(net, np.ones((1, 1)), np.ones((1, 1)), LOSSES["hinge"])
    assert checked.kinks.all()
    assert checked.error == 0


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_a_slope_wrong_by_one_part_in_a_thousand_is_caught(activation):
    right = ACTIVATIONS[activation].derivative
    with derivative(activation, lambda z, a: 1.001 * right(z, a)):
        assert check(activation, "half_squared_error", (3, 2), 5, seed=3).error > 1e-4


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_a_loss_gradient_of_the_wrong_sign_is_caught(name, monkeypatch):
    right = LOSSES[name]
    wrong = replace(right, gradient=lambda a, y, axis: -right.gradient(a, y, axis))
    monkeypatch.setitem(LOSSES, name, wrong)
    assert check("tanh", name, (3, 2), 5, seed=3).error > 0.9


def test_the_leak_that_only_the_forward_pass_knows_is_caught():
    with derivative("leaky_relu", ACTIVATIONS["relu"].derivative):
        assert check("leaky_relu", "huber", (4, 2), 6, seed=1).error > 1e-4


def test_the_network_is_left_as_it_was():
    net = network(architecture_for("huber", 2, 3, 2), 0)
    before = net.theta.copy()
    gradient_check(net, inputs(0, 4, 2), targets("huber", 0, 4, 2), LOSSES["huber"])
    np.testing.assert_array_equal(net.theta, before)


def test_small_gradients_are_judged_beside_the_largest():
    checked = GradientCheck(np.array([1.0, 1e-9]), np.array([1.0, 2e-9]), np.zeros(2, bool))
    np.testing.assert_allclose(checked.relative_error, [0, 1e-9 / 1e-3])
