import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.expression import OPERATIONS, ExpressionError, parse

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "lecture.json").read_text())
NEURON = "1/(1+exp(-(w0*x0+w1*x1+w2)))"


def value(text, **values):
    return float(parse(text).evaluate(values))


def test_the_lectures_x_plus_y_times_z_comes_out_forward_and_backward():
    golden = GOLDEN["graph_xyz"]
    trace = parse(golden["expression"]).trace(golden["values"])
    assert trace.value == golden["f"]
    assert trace.gradients == {name: golden["grad"][name] for name in "xyz"}
    (add,) = (node for node in trace.nodes if node.operation == "add")
    assert (add.value, add.gradient) == (golden["q"], golden["grad"]["q"])


def test_the_lectures_neuron_falls_into_the_lectures_gates_with_its_numbers():
    golden = GOLDEN["graph_sigmoid"]
    trace = parse(NEURON).trace(golden["values"])
    assert trace.value == pytest.approx(golden["f"], abs=1e-15)
    assert trace.gradients == pytest.approx(golden["grad"], abs=1e-15)
    gates = [
        (node.label, round(node.value, 2), round(node.gradient, 2)) for node in trace.nodes if node.inputs
    ]
    assert gates == [
        ("×", -2, 0.20),
        ("×", 6, 0.20),
        ("+", 4, 0.20),
        ("+", 1, 0.20),
        ("×−1", -1, -0.20),
        ("exp", 0.37, -0.53),
        ("+", 1.37, -0.53),
        ("1/x", 0.73, 1),
    ]


def test_one_sigmoid_gate_gives_the_same_gradients_as_the_chain_of_gates():
    values = GOLDEN["graph_sigmoid"]["values"]
    chain, gate = parse(NEURON).trace(values), parse("sigmoid(w0*x0 + w1*x1 + w2)").trace(values)
    assert gate.gradients == pytest.approx(chain.gradients, rel=1e-12)
    assert len(gate.nodes) < len(chain.nodes)


def test_a_name_is_one_node_and_gathers_the_gradients_of_all_its_places():
    expression = parse("x + x")
    assert [node.operation for node in expression.nodes] == ["variable", "add"]
    assert expression.trace({"x": 3}).gradients == {"x": 2}


def test_equal_parts_are_one_node():
    expression = parse("(x + y)^2 * (x + y)^2")
    assert [node.operation for node in expression.nodes] == [
        "variable", "variable", "add", "constant", "power", "multiply",
    ]  # fmt: skip
    assert expression.trace({"x": 1, "y": 0}).gradients == {"x": 4, "y": 4}


def test_zero_and_minus_zero_are_two_constants():
    assert value("1/0") == np.inf
    assert value("1/-0 + 0*x", x=0) == -np.inf


def test_every_node_reads_only_nodes_before_it_and_all_serve_the_last_one():
    nodes = parse("-(-2) + 1/(x - 1/y) * max(x, -1, 1)").nodes
    assert [node.id for node in nodes] == list(range(len(nodes)))
    assert all(source < node.id for node in nodes for source in node.inputs)
    assert {source for node in nodes for source in node.inputs} == set(range(len(nodes) - 1))


def test_names_are_listed_in_the_order_they_first_stand():
    assert parse("w2*x1 + w1*x1 + b").names == ("w2", "x1", "w1", "b")


def test_arrays_are_evaluated_element_by_element():
    grid = np.linspace(-2, 2, 12).reshape(3, 4)
    result = parse("sin(x)^2 + relu(y)").evaluate({"x": grid, "y": 1.5})
    np.testing.assert_allclose(result, np.sin(grid) ** 2 + 1.5)
    backward = parse("x^2").backward(parse("x^2").forward({"x": grid}))
    np.testing.assert_allclose(backward.gradients[0], 2 * grid)


def test_a_name_without_a_value_is_an_error_at_its_first_place():
    with pytest.raises(ExpressionError, match="bias has no value") as caught:
        parse("w*x + bias").evaluate({"w": 1, "x": 2})
    assert caught.value.position == 6


def test_values_for_names_that_do_not_occur_are_left_alone():
    assert value("x", x=1, y=2) == 1


def test_what_has_no_value_is_not_a_number_and_warns_nobody():
    trace = parse("log(x) + sqrt(x) + 1/y").trace({"x": -1, "y": 0})
    assert np.isnan(trace.value)
    assert np.isnan(trace.gradients["x"])
    assert trace.gradients["y"] == -np.inf


def test_the_node_list_is_what_an_interpreter_needs_and_nothing_else():
    assert parse("x1^2 - 0.5").node_list() == [
        {"operation": "variable", "name": "x1"},
        {"operation": "constant", "value": 2.0},
        {"operation": "power", "inputs": [0, 1]},
        {"operation": "constant", "value": 0.5},
        {"operation": "subtract", "inputs": [2, 3]},
    ]


def interpret(node_list, given):
    values: list[Any] = []
    for node in node_list:
        if "inputs" in node:
            inputs = (values[source] for source in node["inputs"])
            values.append(OPERATIONS[node["operation"]].function(*inputs))
        else:
            values.append(given[node["name"]] if "name" in node else node["value"])
    return values[-1]


def test_an_interpreter_of_the_node_list_gets_the_same_value():
    text, given = "max(x, 2, y) / (1 + tanh(x - y)^2)", {"x": 0.3, "y": 2.5}
    assert interpret(parse(text).node_list(), given) == value(text, **given)


@pytest.mark.parametrize(
    ("text", "label"), [("x", "x"), ("2", "2"), ("-0.5", "−0.5"), ("x*y", "×"), ("1/x", "1/x"), ("-x", "×−1")]
)
def test_a_nodes_label_is_its_name_its_number_or_its_sign(text, label):
    assert parse(text).nodes[-1].label == label


def test_a_trace_carries_the_formula_of_each_local_gradient_beside_its_number():
    node = parse("exp(x)").trace({"x": 1}).nodes[-1]
    assert (node.formula, node.local_formulas) == ("e^{u}", ("e^u",))
    assert node.local_gradients == pytest.approx((np.e,))
