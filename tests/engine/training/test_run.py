"""A run between its steps: how it counts, what it starts from, what an edit keeps and what it renews."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.backward import backward
from engine.data import DATASETS
from engine.data.examples import Examples
from engine.data.targets import encode
from engine.forward import forward
from engine.losses import LOSSES
from engine.rng import rng_for
from engine.training.loop import train_epochs, train_examples, train_steps
from engine.training.run import TrainingRun
from tests.engine.strategies import architecture, assert_same_state, examples, run

SHAPE = architecture(2, 4, 2, 1)


def test_an_epoch_may_be_the_rest_of_one_begun():
    training = run(SHAPE, train=30, batch_size=10)
    train_steps(training, 2)
    train_epochs(training, 2)
    assert (training.epoch, training.step) == (2, 6)


def test_a_batch_larger_than_the_data_is_all_of_it():
    training = run(SHAPE, train=7, batch_size=100)
    train_epochs(training, 3)
    assert training.step == 3


@given(rows=st.integers(1, 25), begun=st.integers(0, 9), count=st.integers(1, 3))
def test_epochs_end_where_the_count_says_with_no_pass_begun(rows, begun, count):
    training = run(SHAPE, train=rows, batch_size=4)
    train_steps(training, begun)
    epoch = training.epoch
    train_epochs(training, count)
    assert training.epoch == epoch + count
    assert training.batches.position == 0
    assert training.step == training.epoch * -(-rows // 4)


def test_the_last_batch_may_be_short_and_is_divided_by_its_own_size():
    training = run(SHAPE, train=25, batch_size=10)
    train_steps(training, 2)
    rows, before = training.next_batch(), training.network.theta.copy()
    assert len(rows) == 5
    trace = forward(training.network, training.examples.x[rows])
    back = backward(training.network, trace, training.examples.y[rows], LOSSES["half_squared_error"])
    train_steps(training, 1)
    assert (training.step, training.epoch) == (3, 1)
    np.testing.assert_allclose(training.network.theta, before - 0.03 * back.gradient, rtol=1e-12)


def test_an_example_step_is_a_step_of_a_batch_of_one():
    by_example, by_step = run(SHAPE, batch_size=10), run(SHAPE, batch_size=1)
    train_examples(by_example, 40)
    train_steps(by_step, 40)
    assert_same_state(by_example, by_step)


def test_example_steps_take_one_row_each_and_batches_go_on_from_there():
    training = run(SHAPE, train=30, batch_size=10)
    first = training.batches.order[:4]
    train_examples(training, 3)
    assert training.step == 3
    assert training.next_batch()[0] == first[3]


def test_reset_leads_back_to_the_same_start_and_the_same_steps():
    training = run(SHAPE, optimizer="adam")
    train_steps(training, 20)
    there = training.network.theta.copy()
    training.reset()
    assert (training.step, training.epoch) == (0, 0)
    train_steps(training, 20)
    np.testing.assert_array_equal(training.network.theta, there)


@pytest.mark.parametrize("dropout", [0.0, 0.4])
def test_after_a_reset_everything_is_as_it_was_in_the_beginning(dropout):
    shape = architecture(2, 4, 2, 1, dropout=dropout)
    trained, fresh = run(shape, optimizer="adam"), run(shape, optimizer="adam")
    train_steps(trained, 47)
    trained.reset()
    assert_same_state(trained, fresh)


def test_another_seed_draws_another_start_and_leaves_the_data_alone():
    training = run(SHAPE)
    start, x = training.start.copy(), training.examples.x
    training.reset(seed=99)
    assert (training.start != start).any()
    assert training.examples.x is x


def test_weights_set_by_hand_at_step_0_are_the_start_and_later_ones_are_not():
    training = run(SHAPE)
    by_hand = np.linspace(-1, 1, training.start.size)
    training.set_parameters(by_hand)
    train_steps(training, 5)
    training.set_parameters(np.zeros_like(by_hand))
    training.reset()
    np.testing.assert_array_equal(training.network.theta, by_hand)


@pytest.mark.parametrize(
    ("change", "renews"),
    [
        ({"learning_rate": 0.5}, False),
        ({"optimizer": "adam"}, False),
        ({"batch_size": 3}, False),
        ({"architecture": architecture(2, 4, 2, 1, activation="relu")}, False),
        ({"architecture": architecture(2, 5, 2, 1)}, True),
        ({"initializer": ("zeros", {})}, True),
        ({"seed": 5}, True),
    ],
)
def test_parameters_are_kept_wherever_they_still_fit(change, renews):
    training = run(SHAPE)
    train_steps(training, 5)
    theta = training.network.theta.copy()
    assert training.change(replace(training.config, **change)) is renews
    assert (training.step == 0) is renews
    if not renews:
        np.testing.assert_array_equal(training.network.theta, theta)


def test_other_data_at_step_0_begin_the_history_anew():
    training = run(SHAPE)
    training.change(examples=examples(SHAPE, "half_squared_error", seed=8))
    assert [row.metrics for row in training.history.rows] == [training.metrics()]


def test_what_does_not_fit_changes_nothing_and_says_what_was_needed():
    training = run(SHAPE)
    config = training.config
    with pytest.raises(ValueError, match="the examples have 2 inputs and 1 outputs, the network 3 and 1"):
        training.change(replace(config, architecture=architecture(3, 1)))
    assert training.config is config


def test_the_default_network_learns_the_circle():
    points = DATASETS["circle"].points(500, 0.0, 0.5, rng_for(7, "data"))
    targets = encode(points.labels, 2, "tanh", "half_squared_error")
    data = Examples(points.x, targets.y, points.train_rows, 2, targets.middle)
    training = TrainingRun(replace(run(SHAPE).config, seed=7), data)
    train_epochs(training, 100)
    metrics = training.metrics()
    assert metrics.test is not None
    assert metrics.test.loss < 0.05
    assert (metrics.test.accuracy or 0) > 0.98


def test_without_test_rows_there_is_no_test_score():
    assert run(SHAPE, test=0).metrics().test is None
