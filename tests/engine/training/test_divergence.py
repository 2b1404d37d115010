"""Divergence: an event with a step, a gradient and a parameter; the last finite parameters stay."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.backward import backward
from engine.forward import forward
from engine.losses import LOSSES, mean_loss
from engine.penalties import PENALTIES
from engine.training.divergence import Divergence, is_safe, largest_gradient
from engine.training.loop import train_epochs, train_examples, train_steps
from engine.training.run import TrainingRun
from tests.engine.strategies import architecture, assert_same_state, run


def wild(seed: int = 0, **config: Any) -> TrainingRun:
    """A linear regression whose rate is far too large: it grows by a factor every step."""
    shape = architecture(2, 3, 1, activation="relu", output="linear")
    return run(shape, seed, **{"learning_rate": 5.0, "batch_size": 10, **config})


def error_of(training: TrainingRun) -> float:
    rows = slice(training.examples.train_rows)
    output = forward(training.network, training.examples.x[rows]).output
    return float(mean_loss(LOSSES[training.config.loss], output, training.examples.y[rows]))


def step_by_hand(training: TrainingRun) -> tuple[np.ndarray, np.ndarray]:
    """The gradient of the next batch, and the parameters after plain SGD with it."""
    rows, examples = training.next_batch(), training.examples
    trace = forward(training.network, examples.x[rows])
    gradient = backward(training.network, trace, examples.y[rows], LOSSES[training.config.loss]).gradient
    return gradient, training.network.theta - training.config.rate * gradient


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_event_names_the_step_that_would_have_left_the_finite_numbers(dtype):
    training = wild(dtype=dtype)
    train_steps(training, 10_000)
    event = training.divergence
    assert event is not None
    assert event.step == training.step + 1
    assert np.isfinite(training.network.theta).all()
    assert np.isfinite(error_of(training))
    with np.errstate(all="ignore"):
        gradient, after = step_by_hand(training)
    training.network.theta[:] = after
    assert not (np.isfinite(after).all() and np.isfinite(error_of(training)))
    worst = largest_gradient(gradient)
    assert event.parameter == training.network.parameter_names()[worst]
    assert event.gradient == pytest.approx(gradient[worst], rel=1e-5)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("segment", [1, 3, 1000])
def test_the_step_is_the_same_however_training_was_cut_up(dtype, segment):
    whole, pieces = (wild(dtype=dtype) for _ in range(2))
    train_steps(whole, 3000)
    for _ in range(-(-3000 // segment)):
        train_steps(pieces, segment)
    assert whole.divergence is not None
    assert_same_state(whole, pieces)


def test_a_run_that_diverged_makes_no_more_steps():
    training = wild()
    train_steps(training, 10_000)
    before = training.step, training.network.theta.copy()
    train_steps(training, 5)
    train_epochs(training, 5)
    train_examples(training, 5)
    assert training.step == before[0]
    np.testing.assert_array_equal(training.network.theta, before[1])


def test_large_numbers_that_are_still_finite_are_no_divergence():
    training = run(architecture(2, 1, output="linear"), learning_rate=1e-3)
    training.set_parameters(np.full(3, 1e60))
    train_steps(training, 20)
    assert training.divergence is None
    assert training.step == 20


def test_an_error_that_overflows_is_a_divergence_though_every_parameter_is_finite():
    shape = architecture(2, 3, 1, activation="relu", output="linear")
    training = run(shape, dtype="float32", learning_rate=1e-30)
    training.set_parameters(np.full(shape.parameter_count, 2e9, "float32"))
    train_steps(training, 1)
    assert training.divergence is not None
    assert training.divergence.step == 1
    np.testing.assert_array_equal(training.network.theta, np.float32(2e9))


@pytest.mark.parametrize(
    "edit",
    [
        lambda training: training.reset(),
        lambda training: training.set_parameters(training.config.initial_parameters()),
        lambda training: training.change(replace(training.config, learning_rate=1e-4)),
    ],
)
def test_an_edit_clears_the_event_and_training_goes_on(edit):
    training = wild()
    train_steps(training, 10_000)
    edit(training)
    assert training.divergence is None
    train_steps(training, 1)
    assert training.divergence is None


@given(segment=st.integers(1, 60))
def test_after_an_edit_dropout_goes_on_the_same_however_training_was_cut_up(segment):
    shape = architecture(2, 6, 1, activation="relu", output="linear", dropout=0.3)
    whole, pieces = (run(shape, learning_rate=5.0, batch_size=1) for _ in range(2))
    train_steps(whole, 2000)
    while not pieces.divergence:
        train_steps(pieces, segment)
    for training in (whole, pieces):
        training.set_parameters(training.config.initial_parameters())
        training.change(replace(training.config, learning_rate=0.01))
        train_steps(training, 10)
    assert_same_state(whole, pieces)


def test_the_message_names_step_gradient_and_parameter():
    message = Divergence(12, "w_11^(1)", -1.5e155).message
    assert "step 12" in message
    assert "-1.5e+155" in message
    assert "w_11^(1)" in message
    assert "not a finite number" in Divergence(1, "w_10^(1)", float("nan")).message


def test_a_gradient_that_is_not_finite_counts_as_the_largest():
    assert largest_gradient(np.array([1.0, -5.0, 3.0])) == 1
    assert largest_gradient(np.array([1.0, 5.0, np.nan])) == 2
    assert largest_gradient(np.array([1e300, -np.inf, 3.0])) == 1


def test_only_small_and_finite_parameters_are_safe():
    shape = architecture(1, 1)
    assert is_safe(shape, np.array([1e5, -3.0]), 10.0)
    for bad in (np.nan, np.inf, -np.inf, 1e200):
        with np.errstate(all="ignore"):
            assert not is_safe(shape, np.array([1.0, bad]), 10.0)


@pytest.mark.parametrize(("activation", "unsafe"), [("relu", True), ("silu", True), ("tanh", False)])
def test_small_parameters_of_many_layers_are_unsafe_unless_every_layer_is_bounded(activation, unsafe):
    shape = architecture(2, *[8] * 9, 1, activation=activation, output="linear")
    small = np.full(shape.parameter_count, 30, "float32")
    assert is_safe(shape, small, 10.0) != unsafe
    assert is_safe(shape, small / 300, 10.0)


def test_examples_so_large_that_the_error_overflows_are_unsafe():
    shape = architecture(2, 1, output="linear")
    assert not is_safe(shape, np.ones(3, "float32"), 1e19)
    assert is_safe(shape, np.ones(3), 1e19)


@pytest.mark.parametrize(
    ("optimizer", "rate", "clip_norm"),
    [("momentum", 0.04, None), ("rmsprop", 10.0, None), ("adam", 60.0, None), ("adam", 30.0, 1.0)],
)
@pytest.mark.parametrize("activation", ["linear", "silu"])
def test_an_error_that_overflows_in_many_layers_is_found_in_its_step(activation, optimizer, rate, clip_norm):
    def deep() -> TrainingRun:
        shape = architecture(2, *[8] * 9, 1, activation=activation, output="linear")
        chosen = {"optimizer": optimizer, "learning_rate": rate, "clip_norm": clip_norm}
        return run(shape, 8, dtype="float32", initializer=("he_normal", {}), **chosen)

    whole, pieces = deep(), deep()
    train_steps(whole, 200)
    for _ in range(200):
        train_steps(pieces, 1)
        assert np.isfinite(error_of(pieces))
    assert repr(whole.divergence) == repr(pieces.divergence)
    np.testing.assert_array_equal(whole.network.theta, pieces.network.theta)


@pytest.mark.parametrize("penalty", sorted(PENALTIES))
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_full_batch_steps_diverge_in_their_own_precision_and_without_a_warning(loss, penalty):
    shape = architecture(2, 3, 2, activation="relu", output="linear")
    config = {"loss": loss, "optimizer": "lbfgs", "penalty": penalty, "penalty_rate": 0.01}
    training = run(shape, dtype="float32", **config)
    training.set_parameters(np.full(shape.parameter_count, 1e20, "float32"))
    train_steps(training, 1)
    assert training.divergence is not None
    assert training.divergence.step == 1
