"""Recipes: what a start is drawn from, and errors that say what was given and what was needed."""

from typing import Any

import numpy as np
import pytest

from engine.initializers import INITIALIZERS
from engine.network import Network
from engine.rng import SEED_LIMIT, rng_for
from engine.training.config import TrainingConfig
from engine.training.loop import train_epochs
from engine.training.run import TrainingRun
from tests.engine.strategies import architecture, examples

SHAPE = architecture(2, 3, 3, 1)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"loss": "mse"}, "no loss is called 'mse'; use one of these: half_squared_error"),
        ({"optimizer": "adm"}, "no optimizer is called 'adm'; use one of these: .*adam"),
        ({"schedule": ("linear", {})}, "no schedule is called 'linear'; use one of these: constant"),
        ({"schedule": ("step", {"every": 0})}, "step's every must be at least 1, got 0"),
        ({"penalty": "l3"}, "no penalty is called 'l3'; use one of these: none, l1, l2"),
        (
            {"initializer": ("xavier", {})},
            "no initializer is called 'xavier'; use one of these: .*glorot_uniform",
        ),
        ({"initializer": ("uniform", {"low": 1})}, "uniform has no parameter 'low'; its parameters: limit"),
        ({"dtype": "float16"}, "no dtype is called 'float16'; use one of these: float64, float32"),
        ({"hyperparameters": {"momentum": 0.5}}, "sgd has no parameter 'momentum'; its parameters: none"),
        ({"optimizer": "adam", "hyperparameters": {"beta2": 1}}, "beta2 must be at least 0 and less than 1"),
        ({"optimizer": "adam", "hyperparameters": {"beta": 1}}, "parameters: beta1, beta2, epsilon"),
        ({"learning_rate": 0.0}, "learning_rate must be a finite number above 0, got 0"),
        ({"learning_rate": float("nan")}, "learning_rate must be a finite number above 0, got nan"),
        ({"penalty_rate": -1.0}, "penalty rate must be a finite number of at least 0, got -1"),
        ({"clip_norm": 0.0}, "clip_norm must be a number above 0 or None, got 0"),
        ({"batch_size": 0}, "batch_size must be at least 1, got 0"),
        ({"loss": "binary_cross_entropy"}, "reads z and needs a linear output layer, but it is tanh"),
        (
            {"loss": "cross_entropy", "architecture": architecture(2, 1, output="linear")},
            "needs at least 2 outputs, but there is 1",
        ),
        ({"optimizer": "lbfgs", "clip_norm": 1.0}, "does not work with clip_norm"),
    ],
)
def test_what_cannot_be_trained_says_what_was_given_and_what_is_needed(settings, message):
    with pytest.raises(ValueError, match=message):
        TrainingConfig(**{"architecture": SHAPE, **settings})


def blocks(config: TrainingConfig) -> list[np.ndarray]:
    return [layer.block for layer in Network(config.architecture, config.initial_parameters()).layers]


@pytest.mark.parametrize("name", [name for name in INITIALIZERS if name not in ("zeros", "constant")])
def test_the_start_is_drawn_from_the_seed_alone(name):
    one, again, other = (
        TrainingConfig(SHAPE, initializer=(name, {}), seed=seed, optimizer=optimizer).initial_parameters()
        for seed, optimizer in ((1, "sgd"), (1, "adam"), (2, "sgd"))
    )
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


def test_adding_a_layer_leaves_the_start_of_the_others_as_it_was():
    before, after = blocks(TrainingConfig(SHAPE)), blocks(TrainingConfig(architecture(2, 3, 3, 3, 1)))
    np.testing.assert_array_equal(after[0], before[0])
    np.testing.assert_array_equal(after[1], before[1])
    np.testing.assert_array_equal(after[3], before[2])


def test_another_activation_leaves_the_start_as_it_was():
    relu = TrainingConfig(architecture(2, 3, 3, 1, activation="relu"))
    np.testing.assert_array_equal(relu.initial_parameters(), TrainingConfig(SHAPE).initial_parameters())


def test_the_usual_start_is_half_around_zero_with_biases_of_a_tenth():
    config = TrainingConfig(architecture(50, 50, 1))
    net = Network(config.architecture, config.initial_parameters())
    np.testing.assert_array_equal(net.layers[0].b, 0.1)
    assert 0.49 < np.abs(net.layers[0].W).max() <= 0.5
    assert abs(net.layers[0].W.mean()) < 0.03


def test_the_parameters_of_an_initialiser_are_used():
    start = TrainingConfig(
        SHAPE, initializer=("constant", {"value": 0.25, "bias": -1.0})
    ).initial_parameters()
    net = Network(SHAPE, start)
    np.testing.assert_array_equal(net.layers[1].W, 0.25)
    np.testing.assert_array_equal(net.layers[1].b, -1)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_everything_in_a_run_has_the_number_type_of_its_recipe(dtype):
    config = TrainingConfig(
        SHAPE, dtype=dtype, optimizer="adam", penalty="l2", penalty_rate=0.1, clip_norm=1.0
    )
    training = TrainingRun(config, examples(SHAPE, "half_squared_error", 0))
    train_epochs(training, 2)
    arrays: list[Any] = [training.network.theta, training.state, training.examples.x, training.examples.y]
    assert [array.dtype.name for array in arrays] == [dtype] * 4


def test_streams_of_different_purposes_and_layers_differ():
    drawn = [
        rng_for(3, purpose, index).random()
        for purpose in ("start", "order", "dropout", "data")
        for index in (0, 1)
    ]
    assert len(set(drawn)) == 8
    assert rng_for(3, "start", 1).random() == drawn[1]


@pytest.mark.parametrize("seed", [-1, SEED_LIMIT + 1])
def test_a_seed_out_of_range_is_refused_with_the_range(seed):
    with pytest.raises(ValueError, match=f"from 0 to {SEED_LIMIT}, got {seed}"):
        rng_for(seed, "start")
