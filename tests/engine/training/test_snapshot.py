"""Snapshots: a run goes on bit for bit, in another process and however its steps are cut up."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.optimizers import OPTIMIZERS
from engine.training.loop import train_epochs, train_examples, train_steps
from engine.training.run import TrainingRun
from tests.engine.strategies import architecture, assert_same_state, run

ALL = sorted(OPTIMIZERS)


def begun(optimizer: str, **config) -> TrainingRun:
    """In the middle of an epoch, with everything on that has a state."""
    dropout = 0.0 if OPTIMIZERS[optimizer].full_batch else 0.3
    shape = architecture(2, 6, 3, 1, dropout=dropout)
    return run(shape, optimizer=optimizer, penalty="l1", penalty_rate=0.1, batch_size=7, **config)


@pytest.mark.parametrize("optimizer", ALL)
def test_a_restored_run_goes_on_bit_for_bit_from_the_middle_of_an_epoch(optimizer):
    first = begun(optimizer)
    first.set_frozen(np.arange(first.frozen.size) % 5 == 0)
    train_steps(first, 7)
    saved = pickle.dumps(first.snapshot())
    train_steps(first, 13)
    second = begun(optimizer)
    train_steps(second, 2)
    second.restore(pickle.loads(saved))
    assert second.step == 7
    train_steps(second, 13)
    assert_same_state(first, second)


@pytest.mark.parametrize("optimizer", ALL)
def test_a_snapshot_does_not_change_when_the_run_goes_on(optimizer):
    training = begun(optimizer)
    train_steps(training, 7)
    snapshot = training.snapshot()
    saved = pickle.dumps(snapshot)
    train_steps(training, 13)
    np.testing.assert_equal(snapshot, pickle.loads(saved))


def test_a_run_that_goes_on_from_a_snapshot_does_not_change_it():
    training = begun("adam")
    train_steps(training, 7)
    snapshot = training.snapshot()
    saved = pickle.dumps(snapshot)
    other = begun("adam")
    other.restore(snapshot)
    train_steps(other, 13)
    np.testing.assert_equal(snapshot, pickle.loads(saved))


@pytest.mark.parametrize("optimizer", ALL)
@settings(max_examples=8)
@given(segments=st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_steps_cut_into_segments_are_the_same_steps(optimizer, segments):
    whole, pieces = begun(optimizer), begun(optimizer)
    train_steps(whole, sum(segments))
    for segment in segments:
        train_steps(pieces, segment)
    assert_same_state(whole, pieces)


def test_an_epoch_is_the_steps_it_has():
    by_epoch, by_step = begun("adam"), begun("adam")
    train_steps(by_epoch, 2)
    train_epochs(by_epoch, 2)
    train_steps(by_step, 5 + 5)
    assert_same_state(by_epoch, by_step)


def test_examples_cut_into_segments_are_the_same_examples():
    whole, pieces = begun("momentum"), begun("momentum")
    train_examples(whole, 45)
    for count in (1, 30, 14):
        train_examples(pieces, count)
    assert_same_state(whole, pieces)


def test_two_runs_of_one_recipe_are_the_same_run():
    one, other = begun("adam", seed=5), begun("adam", seed=5)
    train_epochs(one, 3)
    train_epochs(other, 3)
    assert_same_state(one, other)


def test_a_restored_run_resets_to_the_start_of_the_one_that_was_saved():
    first = begun("sgd")
    first.set_parameters(np.linspace(-1, 1, first.start.size))
    train_steps(first, 9)
    second = begun("sgd")
    second.restore(first.snapshot())
    second.reset()
    np.testing.assert_array_equal(second.network.theta, np.linspace(-1, 1, first.start.size))


def test_a_divergence_survives_a_restore():
    first = run(architecture(2, 3, 1, activation="relu", output="linear"), learning_rate=5.0)
    train_steps(first, 2000)
    second = run(architecture(2, 3, 1, activation="relu", output="linear"), learning_rate=5.0)
    second.restore(pickle.loads(pickle.dumps(first.snapshot())))
    assert second.divergence == first.divergence
    assert second.divergence is not None


def test_a_thinned_history_goes_on_being_thinned_after_a_restore():
    first, second = (run(architecture(1, 1), train=1, test=0) for _ in range(2))
    train_epochs(first, 1100)
    second.restore(first.snapshot())
    train_epochs(first, 5)
    train_epochs(second, 5)
    assert [row.epoch for row in second.history.rows] == [row.epoch for row in first.history.rows]
    assert second.history.stride == 2
