"""What a person does to a run between two steps: what it keeps, what it renews, what it leaves alone."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.data.examples import Examples
from engine.network import LayerSpec
from engine.training.loop import train_epochs, train_steps
from engine.training.run import TrainingRun
from tests.engine.strategies import architecture, assert_same_state, examples, inputs, run, targets

SHAPE = architecture(2, 4, 2, 1)
SIZE = SHAPE.parameter_count


def trained(steps: int = 20, **config: Any) -> TrainingRun:
    training = run(SHAPE, **{"optimizer": "adam", **config})
    train_steps(training, steps)
    return training


@pytest.mark.parametrize(
    "change",
    [
        {"learning_rate": 0.5}, {"hyperparameters": {"beta1": 0.5}}, {"batch_size": 3}, {"loss": "huber"},
        {"schedule": ("step", {})}, {"clip_norm": 1.0}, {"penalty": "l2", "penalty_rate": 0.1},
        {"architecture": architecture(2, 4, 2, 1, activation="relu")},
    ],
)  # fmt: skip
def test_the_optimisers_memory_is_kept_while_it_is_the_same_optimiser(change):
    training = trained()
    state, updates = training.state.copy(), training.updates
    training.change(replace(training.config, **change))
    np.testing.assert_array_equal(training.state, state)
    assert training.updates == updates


def test_another_optimiser_begins_with_a_memory_of_its_own_and_counts_from_one():
    training, fresh = trained(), run(SHAPE, optimizer="momentum")
    theta = training.network.theta.copy()
    training.change(replace(training.config, optimizer="momentum"))
    assert training.state.shape == fresh.state.shape
    assert not training.state.any()
    assert training.updates == 0
    assert training.step == 20
    np.testing.assert_array_equal(training.network.theta, theta)


def test_adam_taken_up_late_corrects_its_moments_from_its_own_first_step():
    training = trained(optimizer="sgd")
    training.change(replace(training.config, optimizer="adam", learning_rate=0.01))
    before = training.network.theta.copy()
    train_steps(training, 1)
    np.testing.assert_allclose(np.abs(training.network.theta - before), 0.01, rtol=1e-3)


def test_a_change_takes_effect_with_the_next_step_and_not_before():
    training = trained(3, optimizer="sgd")
    other = trained(3, optimizer="sgd")
    before = training.network.theta.copy()
    training.change(replace(training.config, learning_rate=0.06))
    np.testing.assert_array_equal(training.network.theta, before)
    train_steps(training, 1)
    train_steps(other, 1)
    np.testing.assert_allclose(training.network.theta - before, 2 * (other.network.theta - before), rtol=1e-9)


def test_another_activation_keeps_the_weights_and_bends_them_anew():
    training = trained()
    theta, loss = training.network.theta.copy(), training.metrics().train.loss
    assert (
        training.change(replace(training.config, architecture=architecture(2, 4, 2, 1, activation="sine")))
        is False
    )
    np.testing.assert_array_equal(training.network.theta, theta)
    assert training.metrics().train.loss != loss
    train_steps(training, 3)
    assert training.divergence is None


def test_dropout_may_be_switched_on_and_off_while_training():
    training = trained()
    dropping = replace(training.config, architecture=architecture(2, 4, 2, 1, dropout=0.5))
    assert training.change(dropping) is False
    train_steps(training, 3)
    assert training.change(replace(dropping, architecture=SHAPE)) is False
    train_steps(training, 3)
    assert training.step == 26


def test_new_parameters_begin_at_step_0_with_a_fresh_history():
    training = trained()
    assert training.change(replace(training.config, architecture=architecture(2, 5, 1))) is True
    assert (training.step, training.epoch, len(training.history.rows)) == (0, 0, 1)
    assert training.network.theta.size == training.frozen.size == training.state.shape[1]
    assert_same_state(training, run(architecture(2, 5, 1), optimizer="adam"))


def test_another_seed_keeps_frozen_parameters_where_they_started():
    training = trained()
    frozen = np.arange(SIZE) < 5
    training.set_frozen(frozen)
    start = training.start.copy()
    training.reset(seed=9)
    np.testing.assert_array_equal(training.network.theta[frozen], start[frozen])
    assert (training.network.theta[5:] != start[5:]).any()
    training.change(replace(training.config, seed=10))
    np.testing.assert_array_equal(training.network.theta[frozen], start[frozen])


def test_another_number_of_units_thaws_everything():
    training = trained()
    training.set_frozen(np.ones(SIZE, bool))
    training.change(replace(training.config, architecture=architecture(2, 4, 3, 1)))
    assert not training.frozen.any()


def test_other_examples_keep_the_parameters_and_begin_a_pass_over_them():
    training = trained(4)
    theta, epoch = training.network.theta.copy(), training.epoch
    other = examples(SHAPE, "huber", seed=5, train=12)
    assert training.change(examples=other) is False
    np.testing.assert_array_equal(training.network.theta, theta)
    assert training.epoch == epoch
    assert training.batches.position == 0
    train_epochs(training, 1)
    assert training.step == 4 + 2


def test_the_same_examples_leave_the_pass_that_has_begun_alone():
    training = trained(4)
    order, position = training.batches.order.copy(), training.batches.position
    training.change(replace(training.config, learning_rate=0.5), training.examples)
    np.testing.assert_array_equal(training.batches.order, order)
    assert training.batches.position == position != 0


def test_weights_and_examples_are_copied_so_that_nobody_trains_the_caller_s_array():
    theta, training = np.full(SIZE, 0.1), trained()
    training.set_parameters(theta)
    train_steps(training, 5)
    np.testing.assert_array_equal(theta, 0.1)
    given = TrainingRun(training.config, training.examples, theta)
    train_steps(given, 5)
    np.testing.assert_array_equal(theta, 0.1)


def test_an_edit_after_step_0_keeps_the_memory_and_is_dropped_by_a_reset():
    training = trained()
    start, state = training.start.copy(), training.state.copy()
    training.set_parameters(np.zeros(SIZE))
    np.testing.assert_array_equal(training.state, state)
    training.reset()
    np.testing.assert_array_equal(training.network.theta, start)


def test_a_reset_goes_back_with_todays_settings_and_frozen_flags():
    training = trained()
    training.change(replace(training.config, learning_rate=0.5))
    training.set_frozen(np.arange(SIZE) < 3)
    training.reset()
    assert training.config.rate == 0.5
    assert training.frozen[:3].all()
    assert len(training.history.rows) == 1


@pytest.mark.parametrize(
    ("x", "y", "rows", "message"),
    [
        ((9, 3), (9, 1), 5, "the examples have 3 inputs and 1 outputs, the network 2 and 1"),
        ((9, 2), (9, 2), 5, "the examples have 2 inputs and 2 outputs, the network 2 and 1"),
        ((9, 2), (9, 1), 0, "train_rows must be from 1 to 9, got 0"),
        ((9, 2), (9, 1), 10, "train_rows must be from 1 to 9, got 10"),
    ],
)
def test_examples_that_do_not_fit_change_nothing_and_say_what_was_needed(x, y, rows, message):
    training = trained()
    before = training.snapshot()
    with pytest.raises(ValueError, match=message):
        training.change(examples=Examples(inputs(0, *x), targets("huber", 0, *y), rows))
    np.testing.assert_equal(training.snapshot(), before)


@pytest.mark.parametrize("edit", ["set_parameters", "set_frozen"])
def test_an_edit_of_the_wrong_length_changes_nothing_and_says_what_was_needed(edit):
    training = trained()
    before = training.snapshot()
    with pytest.raises(ValueError, match=f"{SIZE} parameters"):
        getattr(training, edit)(np.ones(3, bool))
    np.testing.assert_equal(training.snapshot(), before)


def test_a_run_given_parameters_of_the_wrong_length_says_what_was_needed():
    data = examples(SHAPE, "huber", 0)
    with pytest.raises(ValueError, match=f"{SIZE} parameters"):
        TrainingRun(run(SHAPE).config, data, np.ones(3))
    with pytest.raises(ValueError, match=f"{SIZE} parameters"):
        TrainingRun(run(SHAPE).config, data, frozen=np.ones(3, bool))


def test_freezing_is_seen_by_the_next_step_and_thawing_too():
    training = trained(optimizer="sgd")
    training.set_frozen(np.ones(SIZE, bool))
    before = training.network.theta.copy()
    train_steps(training, 4)
    np.testing.assert_array_equal(training.network.theta, before)
    training.set_frozen(np.zeros(SIZE, bool))
    train_steps(training, 1)
    assert (training.network.theta != before).any()


def test_the_metrics_are_taken_with_dropout_off():
    shape = replace(SHAPE, layers=(LayerSpec(4, dropout=0.9), *SHAPE.layers[1:]))
    assert run(shape).metrics() == run(SHAPE).metrics()
