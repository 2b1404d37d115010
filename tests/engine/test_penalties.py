"""Penalties: slopes that match their prices, and weights that stop at zero."""

import numpy as np
import pytest

from engine.penalties import PENALTIES, l1_pull, l2_gradient
from tests.engine.strategies import price

RATE = np.array(0.3)
W = np.array([0.7, -0.2, 1.5, -3.0])


def slope(name: str, weights: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """What the penalty takes from a weight per unit of learning rate."""
    penalty = PENALTIES[name]
    if penalty.gradient:
        return penalty.gradient(weights, rate)
    if penalty.pull:
        amount = 1e-3
        moved, _ = penalty.pull(weights, weights, amount * rate)
        return (weights - moved) / amount
    return 0 * weights


@pytest.mark.parametrize("name", sorted(PENALTIES))
def test_what_a_penalty_takes_is_the_slope_of_its_price(name):
    h = 1e-6
    numerical = (price(name, W + h, RATE) - price(name, W - h, RATE)) / (2 * h)
    np.testing.assert_allclose(slope(name, W, RATE), numerical, rtol=1e-8, atol=1e-12)


def test_l2_pulls_in_proportion_to_the_weight():
    np.testing.assert_array_equal(l2_gradient(np.array([2.0, -4.0]), np.array(0.5)), [1, -2])


def test_l1_pulls_every_weight_by_the_same_amount():
    moved, kept = l1_pull(np.array([2.0, -4.0]), np.array([1.9, -4.2]), np.array(0.25))
    np.testing.assert_allclose(moved, [1.65, -3.95], rtol=1e-15)
    np.testing.assert_array_equal(kept, [1, 1])


def test_l1_stops_a_weight_that_it_would_carry_across_zero():
    moved, kept = l1_pull(np.array([0.2, -0.2]), np.array([0.1, -0.1]), np.array(0.25))
    np.testing.assert_array_equal(moved, [0, 0])
    np.testing.assert_array_equal(kept, [0, 0])


def test_a_weight_that_the_gradient_carries_across_zero_lives_on():
    moved, kept = l1_pull(np.array([0.2]), np.array([-0.5]), np.array(0.25))
    np.testing.assert_array_equal(moved, [-0.75])
    np.testing.assert_array_equal(kept, [1])
