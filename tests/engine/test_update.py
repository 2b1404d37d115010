"""One update: clipping, penalty, optimiser and frozen parameters, in that company."""

from typing import Any

import numpy as np
import pytest

from engine.network import weight_mask
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.training.loop import train_steps
from engine.training.run import TrainingRun
from engine.update import Update, clip_by_norm
from tests.engine.strategies import STEPWISE, architecture, run

SHAPE = architecture(2, 5, 1)
SIZE = SHAPE.parameter_count
FROZEN = np.arange(SIZE) % 3 == 0


def half_frozen(**config: Any) -> TrainingRun:
    training = run(SHAPE, **config)
    training.set_frozen(FROZEN)
    return training


@pytest.mark.parametrize("clip_norm", [None, 0.01])
@pytest.mark.parametrize("penalty", sorted(PENALTIES))
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_frozen_parameters_never_move(optimizer, penalty, clip_norm):
    if OPTIMIZERS[optimizer].full_batch:
        clip_norm = None
    training = half_frozen(optimizer=optimizer, penalty=penalty, penalty_rate=0.3, clip_norm=clip_norm)
    before = training.network.theta.copy()
    train_steps(training, 40)
    np.testing.assert_array_equal(training.network.theta[FROZEN], before[FROZEN])
    assert (training.network.theta[~FROZEN] != before[~FROZEN]).all()


@pytest.mark.parametrize("penalty", ["none", "l2"])
@pytest.mark.parametrize("optimizer", STEPWISE)
def test_the_optimiser_remembers_nothing_of_a_frozen_parameter(optimizer, penalty):
    training = half_frozen(optimizer=optimizer, penalty=penalty, penalty_rate=0.3)
    train_steps(training, 10)
    np.testing.assert_array_equal(training.state[:, FROZEN], 0)


def test_thawed_parameters_move_again():
    training = half_frozen()
    train_steps(training, 3)
    training.set_frozen(np.zeros(SIZE, bool))
    before = training.network.theta.copy()
    train_steps(training, 1)
    assert (training.network.theta != before).all()


def test_frozen_parameters_have_no_share_in_the_norm_that_is_clipped():
    training = half_frozen(clip_norm=0.01, learning_rate=1.0)
    before = training.network.theta.copy()
    train_steps(training, 1)
    assert np.linalg.norm(training.network.theta - before) == pytest.approx(0.01, rel=1e-3)


def test_a_long_gradient_is_clipped_and_a_short_one_is_left_alone():
    g = np.array([3.0, 4.0])
    np.testing.assert_allclose(clip_by_norm(g, np.array([1.0])), [0.6, 0.8], rtol=1e-6)
    np.testing.assert_array_equal(clip_by_norm(g, np.array([5.1])), g)


def test_a_step_of_sgd_is_never_longer_than_rate_times_clip_norm():
    training = run(SHAPE, learning_rate=2.0, clip_norm=0.01)
    for _ in range(10):
        before = training.network.theta.copy()
        train_steps(training, 1)
        assert np.linalg.norm(training.network.theta - before) <= 0.02


def test_clipping_comes_before_the_penalty():
    training = run(SHAPE, learning_rate=1.0, clip_norm=1e-9, penalty="l2", penalty_rate=0.25)
    before = training.network.theta.copy()
    train_steps(training, 1)
    expected = before * (1 - 0.25 * weight_mask(SHAPE))
    np.testing.assert_allclose(training.network.theta, expected, atol=1e-8)


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_no_penalty_pulls_at_a_bias(penalty):
    plain, priced = run(SHAPE), run(SHAPE, penalty=penalty, penalty_rate=0.3)
    train_steps(plain, 1)
    train_steps(priced, 1)
    for without, given in zip(plain.network.layers, priced.network.layers, strict=True):
        np.testing.assert_array_equal(given.b, without.b)
        assert (np.abs(given.W) < np.abs(without.W)).all()


def test_the_penalty_is_left_out_of_the_error_that_is_shown():
    plain, priced = run(SHAPE), run(SHAPE, penalty="l2", penalty_rate=10.0)
    assert priced.metrics() == plain.metrics()


def dying(**config: Any) -> TrainingRun:
    training = run(SHAPE, **{"penalty": "l1", "penalty_rate": 0.1, **config})
    train_steps(training, 150)
    assert 0 < np.count_nonzero(training.network.theta == 0) < SIZE
    return training


@pytest.mark.parametrize("optimizer", STEPWISE)
def test_a_weight_that_l1_carried_across_zero_stays_there(optimizer):
    rate = {"adadelta": 1.0}.get(optimizer, 0.03)
    training = run(SHAPE, optimizer=optimizer, penalty="l1", penalty_rate=0.5, learning_rate=rate)
    train_steps(training, 60)
    dead = training.network.theta == 0
    assert dead.any()
    train_steps(training, 60)
    np.testing.assert_array_equal(training.network.theta[dead], 0)
    assert not dead[weight_mask(SHAPE) == 0].any()


def test_a_dead_weight_lives_again_when_it_is_edited_and_it_alone():
    training = dying()
    first, *others = np.flatnonzero(training.network.theta == 0)
    training.set_parameters(np.where(np.arange(SIZE) == first, 0.9, training.network.theta))
    train_steps(training, 5)
    assert training.network.theta[first] not in (0, 0.9)
    np.testing.assert_array_equal(training.network.theta[others], 0)


@pytest.mark.parametrize("free", [lambda training: training.change(run(SHAPE).config), TrainingRun.reset])
def test_all_dead_weights_live_again_after_a_reset_or_under_another_penalty(free):
    training = dying()
    free(training)
    before = training.network.theta.copy()
    train_steps(training, 2)
    assert (training.network.theta != before).all()


def test_a_change_of_anything_else_leaves_dead_weights_dead():
    training = dying()
    dead = training.network.theta == 0
    training.change(run(SHAPE, penalty="l1", penalty_rate=0.1, optimizer="adam").config)
    train_steps(training, 10)
    np.testing.assert_array_equal(training.network.theta[dead], 0)


def test_an_l1_update_without_a_mask_is_refused():
    with pytest.raises(ValueError, match="masked"):
        Update(SHAPE, penalty="l1")


def test_what_is_said_of_one_network_holds_for_a_stack_of_them():
    update = Update(SHAPE, optimizer="adam", hyperparameters=tuple(OPTIMIZERS["adam"].parameters.items()),
                    penalty="l1", clipped=True, has_mask=True)  # fmt: skip
    rng = np.random.default_rng(0)
    theta, g, m, v = rng.uniform(0.1, 1, (4, 3, SIZE))
    rates = np.array([[0.1], [0.2], [0.3]])
    free, decay = rng.integers(2, size=(3, SIZE)).astype(float), rng.uniform(0, 1, (3, SIZE))
    limit = np.array([[0.1], [1.0], [10.0]])
    together = update.apply(theta, g, (m, v), update.coefficients(rates, 3), free, decay, limit)
    for k in range(3):
        numbers = update.coefficients(rates[k, 0], 3)
        alone = update.apply(theta[k], g[k], (m[k], v[k]), numbers, free[k], decay[k], limit[k])
        np.testing.assert_allclose(together.theta[k], alone.theta, rtol=1e-14)
        np.testing.assert_array_equal(together.free[k], alone.free)
