"""The gradient check: right for every activation, loss and penalty, and able to say no."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.gradcheck import GradientCheck, gradient_check
from engine.losses import LOSSES
from engine.network import Network, weight_mask
from engine.penalties import PENALTIES
from tests.engine.strategies import (
    SEEDS,
    architecture_for,
    derivative,
    inputs,
    network,
    price,
    targets,
    widths,
)

PAIRS = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]
NETWORKS_A_PAIR = 5  # 300 in all
NETWORKS_A_TRIPLE = 3  # 540 in all
LEADING_AXES = st.sampled_from([(), (2,), (2, 3)])
RATE = 0.1


def check(
    activation: str, loss: str, shape: tuple[int, ...], batch: int, seed: int, lead: tuple[int, ...] = ()
) -> GradientCheck:
    net = network(architecture_for(loss, 2, *shape, activation=activation), seed, *lead)
    x, y = inputs(seed, *lead, batch, 2), targets(loss, seed, *lead, batch, shape[-1])
    return gradient_check(net, x, y, LOSSES[loss])


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@settings(max_examples=NETWORKS_A_PAIR)
@given(shape=widths(), batch=st.integers(1, 6), seed=SEEDS, lead=LEADING_AXES)
def test_backpropagation_is_the_derivative(activation, loss, shape, batch, seed, lead):
    assert check(activation, loss, shape, batch, seed, lead).agrees


@pytest.mark.parametrize("penalty", sorted(PENALTIES))
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@settings(max_examples=NETWORKS_A_TRIPLE)
@given(widths=widths(), batch=st.integers(1, 6), seed=SEEDS, lead=LEADING_AXES)
def test_with_its_penalty_the_gradient_is_the_derivative_of_error_and_price(
    activation, loss, penalty, widths, batch, seed, lead
):
    shape = architecture_for(loss, 2, *widths, activation=activation)
    checked = check(activation, loss, widths, batch, seed, lead)
    theta, decay, h = network(shape, seed, *lead).theta, RATE * weight_mask(shape), 1e-5
    settled = np.abs(theta) > 2 * h  # the price of L1 has a kink at 0

    slope = (price(penalty, theta + h, decay) - price(penalty, theta - h, decay)) / (2 * h)
    numerical = checked.numerical + slope
    entry, analytic = PENALTIES[penalty], checked.backprop
    if entry.gradient:
        analytic = analytic + entry.gradient(theta, decay)
    if entry.pull:
        analytic = analytic + (theta - entry.pull(theta, theta, h * decay)[0]) / h
    both = GradientCheck(analytic, numerical, checked.kinks | ~settled, checked.rounding)
    assert both.agrees


def test_each_network_behind_leading_axes_is_checked_as_if_alone():
    nets = network(architecture_for("huber", 2, 3, 2, activation="relu"), 0, 2, 3)
    nets.layers[0].block[1, 2, 1] = 0
    x, y = inputs(0, 2, 3, 4, 2), targets("huber", 0, 2, 3, 4, 2)
    together = gradient_check(nets, x, y, LOSSES["huber"])
    for k in np.ndindex(2, 3):
        alone = gradient_check(Network(nets.architecture, nets.theta[k]), x[k], y[k], LOSSES["huber"])
        np.testing.assert_allclose(together.backprop[k], alone.backprop, rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(together.numerical[k], alone.numerical, atol=1e-9)
        np.testing.assert_array_equal(together.kinks[k], alone.kinks)
        np.testing.assert_allclose(together.relative_error[k], alone.relative_error, atol=1e-6)
    assert together.kinks[1, 2].any()


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
    assert checked.agrees
    assert checked.relative_error.max() <= 1e-6


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
        checked = check(activation, "half_squared_error", (3, 2), 5, seed=3)
    assert checked.error > 1e-4
    assert not checked.agrees


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_a_loss_gradient_of_the_wrong_sign_is_caught(name, monkeypatch):
    right = LOSSES[name]
    wrong = replace(right, gradient=lambda a, y, axis: -right.gradient(a, y, axis))
    monkeypatch.setitem(LOSSES, name, wrong)
    assert check("tanh", name, (3, 2), 5, seed=3).error > 0.9


def test_the_leak_that_only_the_forward_pass_knows_is_caught():
    with derivative("leaky_relu", ACTIVATIONS["relu"].derivative):
        assert check("leaky_relu", "huber", (4, 2), 6, seed=1).error > 1e-4


def test_errors_are_what_anybody_computes_from_the_slopes_beside_them():
    checked = check("tanh", "half_squared_error", (3, 2), 5, seed=3)
    g, n = checked.backprop, checked.numerical
    assert 0 < checked.error < 1e-9
    assert checked.error == np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
    largest = np.abs(g).argmax()
    wanted = abs(g[largest] - n[largest]) / max(abs(g[largest]), abs(n[largest]))
    assert checked.relative_error[largest] == wanted


def test_in_a_flat_valley_rounding_is_no_disagreement_and_a_wrong_slope_is_one():
    slopes, rounding = np.array([1e-7, -3e-8]), 1e-11
    flat = GradientCheck(slopes, slopes + 0.9 * rounding, np.zeros(2, bool), rounding)
    assert flat.error > 1e-5
    assert flat.agrees
    assert not GradientCheck(slopes, 1.01 * slopes, np.zeros(2, bool), rounding).agrees


def test_where_every_slope_is_zero_rounding_is_no_error():
    checked = check("relu", "hinge", (1, 3), 4, seed=2253976216)
    assert not checked.backprop.any()
    assert checked.numerical.any()
    assert checked.error == 0
    assert not checked.relative_error.any()


def test_the_network_is_left_as_it_was():
    net = network(architecture_for("huber", 2, 3, 2), 0)
    before = net.theta.copy()
    gradient_check(net, inputs(0, 4, 2), targets("huber", 0, 4, 2), LOSSES["huber"])
    np.testing.assert_array_equal(net.theta, before)


def test_small_gradients_are_judged_beside_the_largest():
    checked = GradientCheck(np.array([1.0, 1e-9]), np.array([1.0, 2e-9]), np.zeros(2, bool))
    np.testing.assert_allclose(checked.relative_error, [0, 1e-9 / 1e-3])
