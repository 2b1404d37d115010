"""Dropout: which units are silenced, how often, and what makes up for it."""

import numpy as np
import pytest

from engine.compiled.plan import Plan
from engine.network import Architecture, LayerSpec
from engine.training.loop import train_epochs, train_steps
from tests.engine.strategies import architecture, assert_same_state, run


@pytest.fixture
def factors(monkeypatch) -> list[np.ndarray]:
    """The dropout factors (units, examples) of every update, as they reach the plan of a 2-…-1 network."""
    seen: list[np.ndarray] = []
    right = Plan.run

    def noted(plan: Plan, slots: slice) -> None:
        seen.extend(plan.buffer.dropout[slots, 0].copy())
        right(plan, slots)

    monkeypatch.setattr(Plan, "run", noted)
    return seen


def test_a_unit_is_silent_or_makes_up_for_those_that_are(factors):
    train_epochs(run(architecture(2, 5, 1, dropout=0.2)), 200)
    drawn = np.concatenate([step.ravel() for step in factors])
    np.testing.assert_allclose(np.unique(drawn), [0, 1 / 0.8])
    assert (drawn == 0).mean() == pytest.approx(0.2, abs=0.01)
    assert drawn.mean() == pytest.approx(1, abs=0.01)


def test_every_unit_every_example_and_every_step_has_a_chance_of_its_own(factors):
    train_steps(run(architecture(2, 5, 1, dropout=0.5)), 3)
    units = np.concatenate(factors, axis=1)
    assert len({tuple(row) for row in units}) == 5
    assert len({step.tobytes() for step in factors}) == 3


def test_each_layer_drops_out_by_its_own_share(factors):
    specs = (LayerSpec(3, dropout=0.1), LayerSpec(4), LayerSpec(2, dropout=0.6), LayerSpec(1))
    train_epochs(run(Architecture(2, specs)), 200)
    silent = (np.concatenate(factors, axis=1) == 0).mean(axis=1)
    np.testing.assert_allclose(silent, [0.1] * 3 + [0.6] * 2, atol=0.03)


def test_without_dropout_no_factor_is_drawn(factors):
    training = run(architecture(2, 5, 1))
    state = training.dropout.bit_generator.state
    train_steps(training, 3)
    assert [step.shape for step in factors] == [(0, 10)] * 3
    assert training.dropout.bit_generator.state == state


def test_the_same_seed_drops_out_the_same_units():
    one, other = (run(architecture(2, 5, 1, dropout=0.5)) for _ in range(2))
    train_epochs(one, 2)
    train_epochs(other, 2)
    assert_same_state(one, other)


def test_the_output_layer_never_drops_out():
    with pytest.raises(ValueError, match="the output layer cannot have dropout"):
        run(Architecture(2, (LayerSpec(3), LayerSpec(1, dropout=0.1))))
