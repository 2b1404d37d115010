"""L-BFGS: the lecture's advanced method, on all rows at once."""

from typing import Any

import numpy as np
import pytest

from engine.lbfgs import PAIRS, Objective, lbfgs_step
from engine.training.loop import train_epochs, train_examples, train_steps
from engine.training.run import TrainingRun
from engine.types import Array
from tests.engine.strategies import architecture, run, twin

CURVATURE = np.array([1.0, 10.0, 100.0])
BOTTOM = np.array([1.0, -2.0, 0.5])


def bowl(theta: np.ndarray) -> tuple[float, np.ndarray]:
    away = theta - BOTTOM
    return float(CURVATURE @ (away * away)) / 2, CURVATURE * away


def rosenbrock(theta: np.ndarray) -> tuple[float, np.ndarray]:
    """The banana-shaped valley whose bottom is at (1, 1)."""
    x, y = theta
    error = (1 - x) ** 2 + 100 * (y - x * x) ** 2
    return float(error), np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def lbfgs_run(**config: Any) -> TrainingRun:
    return run(architecture(2, 4, 1, output="linear"), optimizer="lbfgs", **config)


def descend(objective: Objective, theta: np.ndarray, steps: int) -> np.ndarray:
    pairs: Array = np.zeros((2 * PAIRS, theta.size))
    for _ in range(steps):
        theta, pairs = lbfgs_step(objective, theta, pairs, 1.0)
    return theta


def test_a_bowl_a_hundred_times_longer_than_wide_takes_few_steps():
    np.testing.assert_allclose(descend(bowl, np.zeros(3), 20), BOTTOM, atol=1e-9)


def test_the_bottom_of_a_curved_valley_is_found():
    np.testing.assert_allclose(descend(rosenbrock, np.array([-1.2, 1.0]), 60), [1, 1], atol=1e-8)


def test_the_first_step_goes_down_the_gradient_no_farther_than_one_in_all():
    theta, pairs = lbfgs_step(bowl, np.zeros(3), np.zeros((2 * PAIRS, 3)), 1.0)
    gradient = bowl(np.zeros(3))[1]
    np.testing.assert_allclose(theta, -gradient / np.abs(gradient).sum(), rtol=1e-12)
    np.testing.assert_array_equal(pairs[0], theta)
    np.testing.assert_allclose(pairs[PAIRS], bowl(theta)[1] - gradient, rtol=1e-12)


def test_the_second_step_is_that_of_the_formula_with_one_pair():
    g, s, y = np.array([1.0, -2.0]), np.array([0.5, 0.1]), np.array([1.0, 0.3])
    pairs = np.zeros((2 * PAIRS, 2))
    pairs[0], pairs[PAIRS] = s, y
    rho = 1 / (y @ s)
    left = np.eye(2) - rho * np.outer(s, y)
    inverse = left @ ((s @ y) / (y @ y) * np.eye(2)) @ left.T + rho * np.outer(s, s)
    theta, _ = lbfgs_step(lambda theta: (float(g @ theta), g), np.zeros(2), pairs, 1.0)
    np.testing.assert_allclose(theta, -inverse @ g, rtol=1e-12)


def test_no_step_ever_raises_the_error():
    training = lbfgs_run()
    losses = []
    for _ in range(40):
        losses.append(training.metrics().train.loss)
        train_steps(training, 1)
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 2


def test_at_the_bottom_nothing_moves_any_more():
    np.testing.assert_array_equal(descend(bowl, BOTTOM.copy(), 3), BOTTOM)


def test_a_step_is_an_epoch_whatever_the_batch_size():
    training = lbfgs_run(batch_size=7)
    train_epochs(training, 3)
    assert (training.step, training.epoch) == (3, 3)
    train_steps(training, 2)
    train_examples(training, 1)
    assert (training.step, training.epoch) == (6, 6)


def test_the_next_batch_is_all_training_rows():
    training = lbfgs_run(batch_size=7)
    assert sorted(training.next_batch()) == list(range(30))


def test_a_pass_that_another_optimiser_began_is_left_aside():
    training = run(architecture(2, 4, 1, output="linear"), optimizer="sgd")
    train_steps(training, 1)
    training.change(lbfgs_run().config)
    train_steps(training, 1)
    assert (training.step, training.epoch) == (2, 1)
    assert sorted(training.next_batch()) == list(range(30))


def test_frozen_parameters_stay_where_they_are():
    training = lbfgs_run(penalty="l2", penalty_rate=0.01)
    frozen = np.arange(training.network.theta.size) % 2 == 0
    training.set_frozen(frozen)
    before = training.network.theta.copy()
    train_steps(training, 20)
    np.testing.assert_array_equal(training.network.theta[frozen], before[frozen])
    assert (training.network.theta[~frozen] != before[~frozen]).all()


def test_weights_that_l1_carries_across_zero_become_zero_and_stay():
    training = lbfgs_run(penalty="l1", penalty_rate=0.05)
    train_steps(training, 30)
    assert not training.unpinned.all()
    np.testing.assert_array_equal(training.network.theta[~training.unpinned], 0)
    dead = ~training.unpinned
    train_steps(training, 10)
    np.testing.assert_array_equal(training.network.theta[dead], 0)


def test_an_l2_penalty_is_part_of_what_is_minimised():
    training = run(architecture(2, 1, output="linear"), optimizer="lbfgs", penalty="l2", penalty_rate=0.1)
    train_steps(training, 40)
    x, y = training.examples.x[:30], training.examples.y[:30]
    design = np.column_stack([np.ones(30), x])
    ridge = np.linalg.solve(design.T @ design / 30 + np.diag([0, 0.1, 0.1]), design.T @ y[:, 0] / 30)
    np.testing.assert_allclose(training.network.theta, ridge, atol=1e-8)


def test_parameters_whose_error_is_not_finite_are_a_divergence():
    training = lbfgs_run()
    training.set_parameters(np.full(training.network.theta.size, 1e200))
    train_steps(training, 5)
    assert training.divergence is not None
    assert training.divergence.step == 1
    assert training.step == 0
    np.testing.assert_array_equal(training.network.theta, 1e200)


def test_it_goes_on_bit_for_bit_after_a_restore():
    training = lbfgs_run()
    train_steps(training, 6)
    other = twin(training)
    train_steps(training, 6)
    train_steps(other, 6)
    np.testing.assert_array_equal(other.network.theta, training.network.theta)


@pytest.mark.parametrize("setting", [{"clip_norm": 1.0}, {"dropout": 0.2}])
def test_what_does_not_go_with_a_line_search_is_refused(setting):
    dropout = setting.pop("dropout", 0.0)
    with pytest.raises(ValueError, match="lbfgs"):
        run(architecture(2, 3, 1, dropout=dropout), optimizer="lbfgs", **setting)


def test_a_change_of_the_gradient_whose_square_underflows_leaves_the_pairs():
    curvature = np.float32(1e-5)

    def flat_bowl(theta: Array) -> tuple[float, Array]:
        return float(curvature) * float(theta[0]) ** 2 / 2, curvature * theta

    theta, pairs = np.full(1, 1e-18, np.float32), np.zeros((2 * PAIRS, 1), np.float32)
    for _ in range(3):
        theta, pairs = lbfgs_step(flat_bowl, theta, pairs, 5e4)
        assert not pairs.any()
    assert 0 < theta[0] < 2e-19, "it steps down the gradient"
