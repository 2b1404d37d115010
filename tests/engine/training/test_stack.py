"""Stacks: a network's numbers are the same to the last bit alone and in any company."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.training.loop import train, train_steps
from engine.training.run import TrainingRun
from tests.engine.strategies import (
    SEEDS,
    STEPWISE,
    architecture,
    architecture_for,
    assert_same_state,
    run,
    twin,
    widths,
)


def company(size: int, seed: int, **config: Any) -> list[TrainingRun]:
    """Runs that agree in their update and in nothing else: rates, data, batches, places in the epoch."""
    rng, runs = np.random.default_rng(seed), []
    for member in range(size):
        own = {
            "learning_rate": float(rng.uniform(0.001, 0.3)), "shuffle": bool(rng.integers(2)),
            "batch_size": int(rng.choice([3, 7, 10])), "penalty_rate": float(rng.uniform(0, 0.1)),
        }  # fmt: skip
        train_rows = int(rng.choice([20, 30, 31]))
        chosen = {"train": train_rows, **own, **config}
        if config.get("clip_norm"):
            chosen["clip_norm"] = config["clip_norm"] * float(rng.uniform(0.2, 1))
        training = run(seed=seed + member, **chosen)
        train_steps(training, int(rng.integers(12)))
        runs.append(training)
    return runs


def assert_company_changes_nothing(runs: list[TrainingRun], steps: int) -> None:
    alone = [twin(training) for training in runs]
    goals = [training.step + steps for training in runs]
    for training in alone:
        train_steps(training, steps)
    train(runs, steps)
    for together, by_itself, goal in zip(runs, alone, goals, strict=True):
        assert_same_state(together, by_itself)
        assert together.divergence or together.step == goal


@pytest.mark.parametrize("size", [1, 2, 16, 64])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_run_is_the_same_alone_and_among_others(size, optimizer):
    shape = architecture(2, 4, 2, 1)
    assert_company_changes_nothing(company(size, 1, shape=shape, optimizer=optimizer), 25)


@pytest.mark.parametrize("batch_size", [1, 7, 30])
@pytest.mark.parametrize("widths", [(20, 17, 2), (9, 10), (64, 64, 3)])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_wide_layers_and_batches_of_one_add_up_in_the_same_order(widths, batch_size, dtype):
    chosen = {"shape": architecture(3, *widths), "dtype": dtype, "batch_size": batch_size, "clip_norm": 0.5}
    assert_company_changes_nothing(company(3, 8, **chosen), 4)


@settings(max_examples=60)
@given(
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    loss=st.sampled_from(sorted(LOSSES)),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    penalty=st.sampled_from(sorted(PENALTIES)),
    dtype=st.sampled_from(["float64", "float32"]),
    clip_norm=st.sampled_from([None, 0.1]),
    shape=widths(most=9),
    seed=SEEDS,
)
@pytest.mark.slow
def test_whatever_they_train_company_changes_nothing(
    activation, loss, optimizer, penalty, dtype, clip_norm, shape, seed
):
    built = architecture_for(loss, 3, *shape, activation=activation)
    chosen = {"loss": loss, "optimizer": optimizer, "penalty": penalty, "dtype": dtype}
    if not OPTIMIZERS[optimizer].full_batch:
        chosen["clip_norm"] = clip_norm
    assert_company_changes_nothing(company(5, seed % 1000, shape=built, **chosen), 9)


@pytest.mark.parametrize("optimizer", STEPWISE)
def test_each_drops_out_units_of_its_own(optimizer):
    shape = architecture(2, 6, 4, 1, dropout=0.4)
    assert_company_changes_nothing(company(6, 2, shape=shape, optimizer=optimizer), 15)


def test_one_that_diverges_takes_nobody_along_and_stops_where_it_would_alone():
    shape = architecture(2, 4, 1, activation="relu", output="linear", dropout=0.2)
    runs = company(7, 3, shape=shape, batch_size=7, train=30)
    wild = run(shape, seed=99, learning_rate=50.0, batch_size=7)
    assert_company_changes_nothing([*runs[:3], wild, *runs[3:]], 200)
    assert wild.divergence is not None
    assert not any(training.divergence for training in runs)


def test_frozen_parameters_are_those_of_each():
    runs = company(5, 4, shape=architecture(2, 4, 1))
    for member, training in enumerate(runs):
        training.set_frozen(np.arange(training.network.theta.size) % (member + 2) == 0)
    assert_company_changes_nothing(runs, 20)


def test_runs_of_different_shapes_train_side_by_side():
    runs = [*company(2, 5, shape=architecture(2, 4, 1)), *company(2, 6, shape=architecture(3, 2, 2))]
    assert_company_changes_nothing(runs, 20)


def test_a_run_that_diverged_before_is_left_where_it_is():
    good, bad = company(2, 7, shape=architecture(2, 3, 1, activation="relu", output="linear"))
    bad.set_parameters(np.full(bad.network.theta.size, 1e200))
    train_steps(bad, 1)
    step = bad.step
    train([good, bad], 3)
    assert bad.divergence is not None
    assert bad.step == step
