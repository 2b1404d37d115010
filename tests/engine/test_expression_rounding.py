"""A graph can be worked out as on a blackboard: every gate rounds before it hands on."""

import pytest

from engine.expression import parse

NEURON = parse("1/(1 + exp(-(w0*x0 + w1*x1 + w2)))")
VALUES = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}


def test_rounded_at_each_gate_the_neuron_s_gradients_are_those_of_the_blackboard():
    trace = NEURON.trace(VALUES, decimals=2)
    wanted = {"w0": -0.2, "x0": 0.4, "w1": -0.4, "x1": -0.6, "w2": 0.2}
    assert trace.gradients == pytest.approx(wanted, abs=1e-12)


def test_not_rounded_the_gradients_keep_every_digit():
    assert NEURON.trace(VALUES).gradients["x0"] == pytest.approx(0.3932238664829637, abs=1e-15)
