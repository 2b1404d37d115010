"""Optimisers: two steps worked out by hand with the moments on, and the bottom of a bowl."""

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest

from engine.data.examples import Examples
from engine.optimizers import OPTIMIZERS, State
from engine.training.loop import train_epochs, train_steps
from engine.training.run import TrainingRun
from engine.types import Array
from tests.engine.strategies import STEPWISE, architecture, inputs, run

RATE = 0.1
FIRST, SECOND = 0.5, -0.25  # the gradients of the two steps


def two_steps(name: str, **parameters: float) -> tuple[list[float], list[list[float]]]:
    """θ after each of two steps from 1, and the memory after each."""
    optimizer = OPTIMIZERS[name]
    chosen = {**optimizer.parameters, **parameters}
    theta: Array = np.array([1.0])
    state: State = tuple(np.zeros(1) for _ in optimizer.state)
    places, memories = [], []
    for t, g in enumerate((FIRST, SECOND), start=1):
        numbers = optimizer.coefficients(RATE, t, **chosen)
        theta, state = optimizer.update(theta, np.array([g]), state, numbers, **chosen)
        places.append(float(theta[0]))
        memories.append([float(vector[0]) for vector in state])
    return places, memories


def assert_two_steps(name: str, places: list[float], memories: list[list[float]], **parameters: float):
    got_places, got_memories = two_steps(name, **parameters)
    assert got_places == pytest.approx(places, rel=1e-13)
    assert [pytest.approx(memory, rel=1e-13) for memory in memories] == got_memories


def test_sgd_goes_straight_downhill():
    assert_two_steps("sgd", [0.95, 0.975], [[], []])


def test_momentum_keeps_nine_tenths_of_its_velocity():
    # v = 0.5, then 0.45 − 0.25 = 0.2
    assert_two_steps("momentum", [0.95, 0.93], [[0.5], [0.2]])


def test_nesterov_steps_by_gradient_and_coming_velocity():
    # g + 0.9 v = 0.5 + 0.45, then −0.25 + 0.18
    assert_two_steps("nesterov", [1 - 0.095, 0.905 + 0.007], [[0.5], [0.2]])


def test_adagrad_divides_by_the_root_of_all_squares():
    # s = 0.25, then 0.3125
    first = 1 - 0.05 / (0.5 + 1e-10)
    assert_two_steps("adagrad", [first, first + 0.025 / (sqrt(0.3125) + 1e-10)], [[0.25], [0.3125]])


def test_rmsprop_divides_by_the_root_of_a_running_mean_of_squares():
    # s = 0.01 · 0.25, then 0.99 · 0.0025 + 0.01 · 0.0625
    first = 1 - 0.05 / (0.05 + 1e-8)
    assert_two_steps("rmsprop", [first, first + 0.025 / (sqrt(0.0031) + 1e-8)], [[0.0025], [0.0031]])


def test_adadelta_moves_by_the_size_of_its_own_moves():
    # s = 0.1 · 0.25, Δ = 0.5 √1e-6 / √(0.025 + 1e-6), d = 0.1 Δ²; then s = 0.0225 + 0.00625
    move = 0.5 * 1e-3 / sqrt(0.025001)
    d = 0.1 * move**2
    second = -0.25 * sqrt(d + 1e-6) / sqrt(0.02875 + 1e-6)
    places = [1 - 0.1 * move, 1 - 0.1 * move - 0.1 * second]
    assert_two_steps("adadelta", places, [[0.025, d], [0.02875, 0.9 * d + 0.1 * second**2]])


def test_adam_corrects_both_moments_for_starting_at_zero():
    # m = 0.05, v = 0.00025: corrected 0.5 and 0.25. Then m = 0.045 − 0.025 = 0.02, v = 0.00024975 + 0.0000625
    first = 1 - 0.1 * 0.5 / (0.5 + 1e-8)
    m, v = 0.02 / (1 - 0.81), 0.00031225 / (1 - 0.998001)
    second = first - 0.1 * m / (sqrt(v) + 1e-8)
    assert_two_steps("adam", [first, second], [[0.05, 0.00025], [0.02, 0.00031225]])


def test_adamw_shrinks_the_parameter_first_and_leaves_the_moments_alone():
    shrink = 1 - 0.1 * 0.01
    first = shrink - 0.1 * 0.5 / (0.5 + 1e-8)
    m, v = 0.02 / (1 - 0.81), 0.00031225 / (1 - 0.998001)
    second = shrink * first - 0.1 * m / (sqrt(v) + 1e-8)
    assert_two_steps("adamw", [first, second], [[0.05, 0.00025], [0.02, 0.00031225]])


def test_hyper_parameters_take_the_place_of_the_usual_ones():
    assert_two_steps("momentum", [0.95, 0.95], [[0.5], [0.0]], momentum=0.5)


@pytest.mark.parametrize("name", STEPWISE)
def test_the_memory_has_as_many_vectors_as_it_has_names(name):
    optimizer, theta = OPTIMIZERS[name], np.ones((2, 3))
    state = tuple(np.zeros((2, 3)) for _ in optimizer.state)
    numbers = optimizer.coefficients(0.1, 1, **optimizer.parameters)
    after, remembered = optimizer.update(theta, theta, state, numbers, **optimizer.parameters)
    assert after.shape == theta.shape
    assert [vector.shape for vector in remembered] == [theta.shape] * len(optimizer.state)


@pytest.mark.parametrize("name", STEPWISE)
def test_coefficients_of_many_steps_are_those_of_each(name):
    optimizer = OPTIMIZERS[name]
    rates, counts = np.array([0.1, 0.2, 0.3]), np.array([1.0, 2.0, 3.0])
    together = np.broadcast_arrays(*optimizer.coefficients(rates, counts, **optimizer.parameters))
    for k in range(3):
        alone = optimizer.coefficients(rates[k], counts[k], **optimizer.parameters)
        assert [column[k] for column in together] == list(alone)


def test_adams_bias_corrections_fade():
    adam = OPTIMIZERS["adam"]
    first, late = (adam.coefficients(0.1, t, **adam.parameters) for t in (1, 100_000))
    assert first == pytest.approx((sqrt(0.001), 1e-8 * sqrt(0.001)), rel=1e-9)
    assert late == pytest.approx((0.1, 1e-8), rel=1e-9)
    assert adam.counts_steps
    assert not OPTIMIZERS["momentum"].counts_steps


def test_lbfgs_is_no_function_of_one_gradient():
    lbfgs = OPTIMIZERS["lbfgs"]
    with pytest.raises(TypeError, match=r"engine\.lbfgs runs it"):
        lbfgs.update(np.zeros(1), np.zeros(1), (), ())


BOWL: dict[str, dict[str, Any]] = {
    "sgd": {"learning_rate": 0.3},
    "momentum": {"learning_rate": 0.03},
    "nesterov": {"learning_rate": 0.03},
    "adagrad": {"learning_rate": 0.5},
    "rmsprop": {"learning_rate": 0.03, "schedule": ("exponential", {"decay": 0.99})},
    "adadelta": {},
    "adam": {"learning_rate": 0.03},
    "adamw": {"learning_rate": 0.03, "hyperparameters": {"weight_decay": 0.0}},
    "lbfgs": {},
}


def bowl(name: str) -> TrainingRun:
    """A linear unit on points of a plane, all at once: E is a bowl with its bottom at the plane."""
    training = run(architecture(2, 1, output="linear"), optimizer=name, batch_size=30, **BOWL[name])
    x = inputs(0, 30, 2)
    plane = (0.5 + 2 * x[:, 0] - x[:, 1])[:, np.newaxis]
    training.change(examples=Examples(x, plane, 30, classes=0, middle=None))
    return training


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_every_optimiser_reaches_the_bottom_of_a_bowl(name):
    training = bowl(name)
    train_steps(training, 30 if training.config.full_batch else 800)
    np.testing.assert_allclose(training.network.theta, [0.5, 2, -1], atol=1e-4)


def test_the_usual_rate_is_that_of_the_optimiser():
    rates = {name: run(architecture(2, 1), optimizer=name).config.rate for name in OPTIMIZERS}
    assert rates == {name: 1.0 if name in ("adadelta", "lbfgs") else 0.03 for name in OPTIMIZERS}


@pytest.mark.parametrize("name", STEPWISE)
def test_the_rate_of_the_schedule_is_the_rate_of_the_step(name):
    falling = run(architecture(2, 3, 1), optimizer=name, schedule=("exponential", {"decay": 0.5}))
    half = run(architecture(2, 3, 1), optimizer=name, learning_rate=falling.config.rate / 2)
    train_epochs(falling, 1)
    half.restore({**falling.snapshot(), "batches": falling.batches.snapshot()})
    train_steps(falling, 1)
    train_steps(half, 1)
    np.testing.assert_array_equal(falling.network.theta, half.network.theta)


def test_warm_up_rises_from_step_to_step_within_an_epoch():
    shape, warm = architecture(2, 1, output="linear"), ("warmup", {"steps": 10})
    together, one_by_one = (run(shape, schedule=warm, learning_rate=1.0) for _ in range(2))
    assert [together.config.rate_at(step, 0) for step in (0, 4, 9, 20)] == [0.1, 0.5, 1, 1]
    train_steps(together, 3)
    for rate in (0.1, 0.2, 0.3):
        one_by_one.change(replace(one_by_one.config, schedule=("constant", {}), learning_rate=rate))
        train_steps(one_by_one, 1)
    np.testing.assert_allclose(together.network.theta, one_by_one.network.theta, rtol=1e-14)
