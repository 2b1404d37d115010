"""Losses: known values, gradients that match them, probabilities behind logits."""

import numpy as np
import pytest
from hypothesis import given, settings

from engine.losses import LOSSES, mean_loss, softmax
from tests.engine.strategies import SEEDS, targets

ALL = sorted(LOSSES)
H = 1e-5
"""At 1e-6 rounding alone makes the difference quotient of a large E wrong by 1e-8."""


def case(a: list[float], y: list[float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([a]), np.array([y])


@pytest.mark.parametrize(
    ("name", "a", "y", "value", "gradient"),
    [
        ("half_squared_error", [0.5, -1], [1, 1], 0.5 * 0.25 + 0.5 * 4, [-0.5, -2]),
        ("huber", [0.5, -1], [1, 1], 0.5 * 0.25 + (2 - 0.5), [-0.5, -1]),
        ("hinge", [0.5, 2, -1], [1, 1, 1], 0.5 + 0 + 2, [-1, 0, -1]),
        ("binary_cross_entropy", [0, 0], [1, 0], 2 * np.log(2), [-0.5, 0.5]),
        ("cross_entropy", [0, np.log(3)], [1, 0], np.log(4), [0.25 - 1, 0.75]),
    ],
)
def test_value_and_gradient_are_those_worked_out_by_hand(name, a, y, value, gradient):
    loss = LOSSES[name]
    assert loss.value(*case(a, y), -1)[0] == pytest.approx(value, rel=1e-15)
    np.testing.assert_allclose(loss.gradient(*case(a, y), -1)[0], gradient, rtol=1e-15)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=40)
@given(seed=SEEDS)
def test_the_gradient_is_the_slope_of_the_value(name, seed):
    loss = LOSSES[name]
    a, y = np.random.default_rng(seed).normal(0, 2, (1, 3)), targets(name, seed, 1, 3)
    moved = np.eye(3) * H
    numerical = (loss.value(a + moved, y, -1) - loss.value(a - moved, y, -1)) / (2 * H)
    away = np.ones((1, 3), bool) if loss.kink is None else np.abs(loss.kink(a, y)) > 2 * H
    difference = np.where(away, loss.gradient(a, y, -1) - numerical, 0)
    assert np.abs(difference).max() < 1e-8


@pytest.mark.parametrize("name", ALL)
def test_the_outputs_may_lie_along_any_axis(name):
    loss, a, y = LOSSES[name], np.random.default_rng(0).normal(size=(2, 4, 3)), targets(name, 0, 2, 4, 3)
    a_first, y_first = a.swapaxes(-1, -2), y.swapaxes(-1, -2)
    np.testing.assert_allclose(loss.value(a_first, y_first, -2), loss.value(a, y, -1), rtol=1e-14)
    first = loss.gradient(a_first, y_first, -2).swapaxes(-1, -2)
    np.testing.assert_allclose(first, loss.gradient(a, y, -1), rtol=1e-14)
    np.testing.assert_allclose(
        loss.prediction(a_first, -2).swapaxes(-1, -2), loss.prediction(a, -1), rtol=1e-14
    )


@pytest.mark.parametrize("name", ALL)
def test_the_error_is_the_mean_over_the_examples_of_the_sum_over_the_outputs(name):
    loss, a, y = LOSSES[name], np.random.default_rng(0).normal(size=(2, 4, 3)), targets(name, 0, 2, 4, 3)
    each = [[loss.value(a[k, i], y[k, i], -1) for i in range(4)] for k in range(2)]
    np.testing.assert_allclose(mean_loss(loss, a, y), np.mean(each, axis=1), rtol=1e-14)


@pytest.mark.parametrize("name", ALL)
def test_the_terms_of_an_example_add_up_to_its_loss(name):
    loss, a, y = LOSSES[name], np.random.default_rng(0).normal(size=(4, 3)), targets(name, 0, 4, 3)
    np.testing.assert_allclose(loss.terms(a, y, -1).sum(axis=-1), loss.value(a, y, -1), rtol=1e-14)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "cross_entropy"])
def test_logits_of_any_size_give_a_finite_loss_and_gradient(name):
    loss, y = LOSSES[name], np.array([[1.0, 0.0]])
    for logits in ([1000.0, -1000.0], [-1000.0, 1000.0]):
        with np.errstate(over="ignore"):
            assert np.isfinite(loss.value(np.array([logits]), y, -1)).all()
            assert np.isfinite(loss.gradient(np.array([logits]), y, -1)).all()


def test_a_prediction_is_the_probability_behind_the_logits():
    np.testing.assert_allclose(LOSSES["binary_cross_entropy"].prediction(np.array([[0.0]]), -1), [[0.5]])
    np.testing.assert_allclose(softmax(np.log([[1.0, 2.0, 5.0]]), -1), [[0.125, 0.25, 0.625]])
    assert LOSSES["hinge"].prediction(np.array([[3.0]]), -1) == 3


def test_only_the_cross_entropies_read_logits():
    assert [name for name in ALL if LOSSES[name].reads_logits] == ["binary_cross_entropy", "cross_entropy"]
