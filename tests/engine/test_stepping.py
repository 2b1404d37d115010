"""Steps in company: a stack changes nothing, a cut changes nothing, and no row is left out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.backward import backward
from engine.batches import Batches
from engine.forward import forward
from engine.losses import LOSSES
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.plan import Plan
from engine.stepping import train
from engine.update import Update
from tests.engine.samples import STEPWISE, architecture, assert_same_state, run, twin

SHAPE = architecture(2, 4, 2, 1)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_the_plan_makes_the_step_that_forward_and_backward_prescribe(activation, loss):
    outputs = 3 if loss == "cross_entropy" else 1
    output = "linear" if LOSSES[loss].reads_logits else activation
    shape = architecture(3, 5, 4, outputs, activation=activation, output=output)
    rng = np.random.default_rng(5)
    theta = rng.uniform(-1, 1, shape.parameter_count)
    x, y = rng.normal(size=(7, 3)), np.eye(outputs)[rng.integers(outputs, size=7)]
    network = Network(shape, theta.copy())
    prescribed = backward(network, forward(network, x), y, LOSSES[loss]).gradient
    plan = Plan(Update(shape, loss), 7)
    plan.theta[0] = theta
    plan.run(
        np.concatenate([np.ones((7, 1)), x, y], axis=1).T[np.newaxis, np.newaxis], np.full((1, 1, 1, 1), 0.1)
    )
    np.testing.assert_allclose(plan.gradient[0], prescribed, rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(plan.theta[0], theta - 0.1 * prescribed, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("company", [1, 15, 63])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_network_cannot_tell_who_trains_beside_it(company, optimizer):
    alone, among = run(SHAPE, 1, optimizer=optimizer), run(SHAPE, 1, optimizer=optimizer)
    others = [
        run(SHAPE, 2 + index, optimizer=optimizer, learning_rate=0.01 + index) for index in range(company)
    ]
    for index, other in enumerate(others):
        other.train_steps(index % 3)
    alone.train_steps(30)
    train([*others[: company // 2], among, *others[company // 2 :]], 30)
    assert_same_state(alone, among)


def test_one_that_diverges_takes_nobody_along():
    shape = architecture(2, 4, 1, activation="relu", output="linear")
    alone, among, wild = run(shape, 1), run(shape, 1), run(shape, 2, learning_rate=1e9)
    alone.train_steps(25)
    train([wild, among], 25)
    assert wild.divergence
    assert_same_state(alone, among)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@given(cut=st.integers(1, 24))
@settings(max_examples=8, deadline=None)
def test_steps_made_in_two_goes_are_the_same_steps(optimizer, cut):
    whole, parts = run(SHAPE, 3, optimizer=optimizer), run(SHAPE, 3, optimizer=optimizer)
    whole.train_steps(25)
    parts.train_steps(cut)
    parts.train_steps(25 - cut)
    assert_same_state(whole, parts)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_restored_run_goes_on_bit_for_bit_in_the_middle_of_an_epoch(optimizer):
    dropout = 0.0 if OPTIMIZERS[optimizer].full_batch else 0.3
    first = run(
        architecture(2, 6, 3, 1, output="tanh", dropout=dropout), 4, optimizer=optimizer, batch_size=5
    )
    first.train_steps(10)
    second = twin(first)
    first.train_steps(17)
    second.train_steps(17)
    assert_same_state(first, second)


@given(rows=st.integers(1, 40), batch=st.integers(1, 50), shuffle=st.booleans(), seed=st.integers(0, 99))
@settings(deadline=None)
def test_every_row_is_used_exactly_once_an_epoch(rows, batch, shuffle, seed):
    x = np.arange(rows, dtype=float)[:, np.newaxis]
    batches = Batches(x, x, seed, shuffle)
    for _ in range(3):
        seen: list[int] = []
        ended = False
        while not ended:
            size = batches.size(batch)
            seen += batches.rows(batch).tolist()
            ended = batches.advance(size)
        assert sorted(seen) == list(range(rows))


@pytest.mark.parametrize("optimizer", STEPWISE)
@pytest.mark.parametrize("penalty", ["none", "l1", "l2"])
def test_a_frozen_parameter_keeps_its_value(optimizer, penalty):
    training = run(SHAPE, 5, optimizer=optimizer, penalty=penalty, penalty_rate=0.1, clip_norm=0.5)
    frozen = np.random.default_rng(0).random(training.frozen.size) < 0.4
    before = training.network.theta.copy()
    training.set_frozen(frozen)
    training.train_steps(40)
    np.testing.assert_array_equal(training.network.theta[frozen], before[frozen])
    assert (training.network.theta[~frozen] != before[~frozen]).any()


def test_a_weight_that_l1_carries_across_zero_stays_there_until_it_is_edited():
    training = run(SHAPE, 6, penalty="l1", penalty_rate=0.3, learning_rate=0.3)
    training.train_epochs(10)
    dead = ~training.alive
    assert dead.any()
    training.train_epochs(5)
    assert not training.network.theta[dead].any()
    edited = training.network.theta.copy()
    edited[dead] = 0.5
    training.set_parameters(edited)
    assert training.alive[dead].all()


def test_a_float32_run_stays_float32():
    training = run(SHAPE, 7, dtype="float32")
    training.train_epochs(3)
    assert training.network.theta.dtype == np.float32


def test_another_rate_takes_effect_with_the_next_step():
    slow, fast = run(SHAPE, 8), run(SHAPE, 8)
    fast.change(replace(fast.recipe, learning_rate=2 * fast.recipe.rate))
    start = slow.network.theta.copy()
    slow.train_steps(1)
    fast.train_steps(1)
    np.testing.assert_allclose(fast.network.theta - start, 2 * (slow.network.theta - start), rtol=1e-9)
