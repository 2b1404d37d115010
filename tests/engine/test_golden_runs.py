"""The engine's optimizers against numbers of PyTorch (`benchmarks.reference.torch_reference`)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.optimizers import OPTIMIZERS
from engine.training.loop import train_steps
from tests.engine.golden_runs import next_gradient, put, run_of
from tests.engine.strategies import STEPWISE

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "golden" / "torch.json").read_text())


def named(kept: dict[str, Any]) -> str:
    return f"{kept['problem']} {kept.get('optimizer', 'lbfgs')} {kept.get('updates', '')}"


@pytest.mark.parametrize("kept", GOLDEN["steps"], ids=named)
def test_a_step_from_pytorchs_parameters_and_state_is_pytorchs_step(kept):
    run = run_of(GOLDEN["problems"][kept["problem"]], kept["optimizer"])
    put(run, np.array(kept["theta"]), np.array(kept["state"]).reshape(run.state.shape), kept["updates"])
    np.testing.assert_allclose(next_gradient(run), kept["gradient"], rtol=0, atol=1e-12)
    train_steps(run, 1)
    np.testing.assert_allclose(run.network.theta, kept["after"], rtol=0, atol=1e-12)


@pytest.mark.parametrize("kept", GOLDEN["free"], ids=named)
def test_left_to_itself_from_the_same_start_the_engine_ends_where_pytorch_does(kept):
    run = run_of(GOLDEN["problems"][kept["problem"]], kept["optimizer"])
    train_steps(run, kept["steps"])
    np.testing.assert_allclose(run.network.theta, kept["theta"], rtol=0, atol=1e-9)


@pytest.mark.parametrize("kept", GOLDEN["minima"], ids=named)
def test_lbfgs_finds_the_minimum_that_pytorch_finds(kept):
    run = run_of(GOLDEN["problems"][kept["problem"]], "lbfgs")
    train_steps(run, 300)
    np.testing.assert_allclose(run.network.theta, kept["theta"], rtol=0, atol=1e-6)


def test_every_optimiser_has_been_compared():
    assert {kept["optimizer"] for kept in GOLDEN["steps"]} == set(STEPWISE)
    assert {kept["optimizer"] for kept in GOLDEN["free"]} == set(STEPWISE)
    assert len(OPTIMIZERS) == len(STEPWISE) + 1
