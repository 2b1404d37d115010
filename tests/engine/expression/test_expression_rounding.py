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


def test_a_half_is_rounded_up_as_one_does_by_hand():
    trace = parse("x*y").trace({"x": 0.25, "y": -0.5}, decimals=2)
    assert trace.value == -0.13
    assert parse("(x*y)*z").trace({"x": 1, "y": 0.25, "z": 0.5}, decimals=2).gradients["x"] == 0.13


def test_numbers_of_any_size_are_rounded():
    assert parse("x*x").trace({"x": 1e150}, decimals=15).value == pytest.approx(1e300)
    assert parse("1/x").trace({"x": 0}, decimals=2).value == float("inf")
