import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.explain.trace import trace
from engine.explain.unit_expression import unit_expression
from engine.expression import elementary, parse
from tests.engine.strategies import architecture_for, run


def test_a_gate_that_many_use_makes_no_endless_formula():
    nested = parse("gelu(" * 40 + "x" + ")" * 40)
    cut = elementary(nested)
    assert cut.tex == ""
    assert len(cut.nodes) < 400
    assert len(nested.tex) < 2_000


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_cut_into_elementary_gates_is_the_same_function(name):
    entry = ACTIVATIONS[name]
    z = np.array([-3.0, -0.4, 0.7, 2.5])
    for text in (f"{entry.gate}(z)" if entry.gate else "z", entry.gates):
        expression = parse(text)
        cut = elementary(expression)
        assert not any(node.operation in ACTIVATIONS and node.operation != "tanh" for node in cut.nodes)
        assert cut.evaluate({"z": z}) == pytest.approx(entry.function(z), rel=1e-12, abs=1e-15)
        slopes = [cut.trace({"z": place}).gradients["z"] for place in z]
        assert slopes == pytest.approx(np.broadcast_to(entry.derivative(z, entry.function(z)), z.shape))


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "linear", "softplus", "sine"])
def test_a_unit_opened_into_gates_has_the_gradients_of_backpropagation(name):
    made = run(architecture_for("half_squared_error", 3, 4, 3, 1, activation=name), seed=5)
    lines = {line.symbol: line.value for line in trace(made, 7)}
    for layer, unit in ((2, 4), (3, 2), (4, 1)):
        opened = unit_expression(made, 7, layer, unit)
        for cut in (parse(opened.text), elementary(parse(opened.text))):
            seen = cut.trace(opened.values, arriving=opened.gradient)
            assert seen.value == pytest.approx(lines[f"a_{unit}^({layer})"])
            for j in range(4 if layer < 4 else 3):
                told = lines[f"∂E/∂w_{unit}{j}^({layer - 1})"]
                assert seen.gradients[f"w{unit}{j}"] == pytest.approx(told, abs=1e-12)


def test_from_ten_units_on_the_names_of_weights_part_their_indices():
    made = run(architecture_for("half_squared_error", 11, 12, 1), seed=1)
    opened = unit_expression(made, 0, 2, 10)
    assert opened.text.startswith("tanh(w10_0 + w10_1*x1 + ")
    assert list(opened.values)[-2:] == ["w10_11", "x11"]
