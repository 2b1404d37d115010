from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.expression import OPERATIONS, parse

STEP = 1e-5
POINTS = {"log": (0.7,), "sqrt": (0.7,), "reciprocal": (-0.7,), "divide": (1.3, -0.7), "power": (1.3, -0.7)}
EVERY_OPERATION = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda entry: entry.name)


def numerical_slopes(function, point):
    """Central differences of a function of several numbers, one after the other."""
    slopes = []
    for place in range(len(point)):
        above, below = list(point), list(point)
        above[place] += STEP
        below[place] -= STEP
        slopes.append((function(*above) - function(*below)) / (2 * STEP))
    return slopes


def local_slopes(operation, point):
    inputs = [np.float64(number) for number in point]
    return operation.local_gradients(*inputs, operation.function(*inputs))


@EVERY_OPERATION
@pytest.mark.parametrize("sign", [1, -1])
def test_local_gradients_are_those_of_central_differences(operation, sign):
    point = POINTS.get(operation.name, (0.4 * sign, 0.9)[: operation.arity])
    assert local_slopes(operation, point) == pytest.approx(
        numerical_slopes(operation.function, np.array(point)), rel=1e-7
    )


@EVERY_OPERATION
def test_an_operation_gives_one_local_gradient_and_one_formula_for_each_input(operation):
    point = POINTS.get(operation.name, (0.4, 0.9)[: operation.arity])
    assert len(local_slopes(operation, point)) == operation.arity == len(operation.slots[: operation.arity])
    assert ("#2" in operation.tex) == (operation.arity == 2)


UNARY = ["exp", "sin", "cos", "tan", "sigmoid", "tanh", "abs", "relu"]
FORMULAS = st.recursive(
    st.sampled_from(["x", "y", "z", "2", "0.5", "-1.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: "({} {} {})".format(*parts)),
        st.tuples(st.sampled_from(UNARY), inner).map("{0[0]}({0[1]})".format),
        st.tuples(st.sampled_from(["max", "min"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
        inner.map("log(1 + ({})^2)".format),
        inner.map("sqrt(1 + ({})^2)".format),
        inner.map("(1 + ({0})^2)^(0.3 * sin({0}))".format),
        inner.map("-({})^3".format),
        inner.map("1/(2 + ({})^2)".format),
    ),
    max_leaves=8,
)  # fmt: skip
NUMBERS = st.floats(-2, 2).map(lambda number: round(number, 3))


@given(FORMULAS, st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_backpropagation_agrees_with_central_differences(text, point):
    expression = parse(text)

    def function(*numbers):
        return float(expression.evaluate(dict(zip("xyz", numbers, strict=True))))

    trace = expression.trace(dict(zip("xyz", point, strict=True)))
    assume(gentle(trace))
    numerical = dict(zip("xyz", numerical_slopes(function, point), strict=True))
    for name, gradient in trace.gradients.items():
        assert gradient == pytest.approx(numerical[name], rel=1e-4, abs=1e-4)


def gentle(trace):
    """Whether central differences can be trusted: nothing large or steep, and no kink within reach."""
    for node in trace.nodes:
        if not (abs(node.value) < 50 and abs(node.gradient) < 50):
            return False
        inputs = [trace.nodes[source].value for source in node.inputs]
        if node.operation in {"max", "min"} and abs(inputs[0] - inputs[1]) < 100 * STEP:
            return False
        if node.operation in {"abs", "relu"} and abs(inputs[0]) < 100 * STEP:
            return False
    return True


def test_a_wrong_local_gradient_is_noticed(monkeypatch):
    wrong = replace(OPERATIONS["tanh"], local_gradients=lambda _, f: (1 - f,))
    monkeypatch.setitem(OPERATIONS, "tanh", wrong)
    gradient = parse("tanh(x)").trace({"x": 0.5}).gradients["x"]
    (numerical,) = numerical_slopes(lambda x: float(parse("tanh(x)").evaluate({"x": x})), (0.5,))
    assert gradient != pytest.approx(numerical, rel=1e-2)


@pytest.mark.parametrize(
    ("text", "gradients"),
    [
        ("max(x, y)", {"x": 1, "y": 0}),
        ("min(x, y)", {"x": 1, "y": 0}),
        ("max(y, x)", {"x": 0, "y": 1}),
        ("max(x, y, z)", {"x": 1, "y": 0, "z": 0}),
        ("abs(x - y)", {"x": 0, "y": 0}),
        ("relu(x - y)", {"x": 0, "y": 0}),
    ],
)
def test_at_a_kink_the_first_of_equals_has_the_gradient_and_abs_and_relu_have_none(text, gradients):
    assert parse(text).trace({"x": 1, "y": 1, "z": 1}).gradients == gradients


@pytest.mark.parametrize(
    ("text", "x", "gradient"),
    [("x^0", 0, 0), ("x^1", 0, 1), ("x^2", 0, 0), ("0^x", 2, 0), ("x^2", -3, -6), ("x^0.5", 4, 0.25)],
)
def test_a_power_has_its_gradient_where_its_formula_divides_by_zero(text, x, gradient):
    assert parse(text).trace({"x": x}).gradients == {"x": gradient}


def test_a_negative_base_has_no_gradient_in_its_exponent_but_has_one_itself():
    gradients = parse("x^n").trace({"x": -2, "n": 2}).gradients
    assert gradients["x"] == -4
    assert np.isnan(gradients["n"])
