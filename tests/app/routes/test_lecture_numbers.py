"""The lecture's numbers, over REST, to nine places."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.app.server import Network, Service

LECTURE = json.loads((Path(__file__).parents[2] / "golden" / "lecture.json").read_text())
CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]
NEAR = 1e-9


def near(value: Any) -> Any:
    return pytest.approx(value, rel=NEAR, abs=NEAR)


def neuron(bias_then_weights: list[float]) -> dict[str, Any]:
    bias, *weights = bias_then_weights
    return {"W": [weights], "b": [bias]}


@pytest.mark.parametrize("gate", ["and", "or", "nor"])
def test_one_neuron_is_the_gate_of_the_lecture(service: Service, gate: str):
    golden = LECTURE[gate]
    network = service.create(
        data={"name": "and-table"},
        layers=[{"units": 1, "activation": "sigmoid"}],
        parameters=[neuron(golden["bias_then_weights"])],
    )
    layer = network.send("POST", "/activations", {"x": CORNERS})["layers"][0]
    assert [row[0] for row in layer["z"]] == near(golden["z"])
    assert [row[0] for row in layer["a"]] == near(golden["a"])


def test_two_gates_under_a_third_are_xnor(service: Service):
    golden = LECTURE["xnor"]
    (b1, *w1), (b2, *w2) = golden["hidden"]
    network = service.create(
        data={"name": "xnor-table"},
        layers=[{"units": 2, "activation": "sigmoid"}, {"units": 1, "activation": "sigmoid"}],
        parameters=[{"W": [w1, w2], "b": [b1, b2]}, neuron(golden["output"])],
    )
    answer = network.send("POST", "/activations", {"x": CORNERS})
    assert [row[0] for row in answer["prediction"]] == near(golden["a"])
    assert network.made["train"]["accuracy"] == 1


def test_nineteen_rounds_bring_the_neuron_to_its_target(service: Service):
    golden = LECTURE["weight_update"]
    x, w = golden["x"], golden["w"]
    network = service.create(
        data={"inputs": [x], "targets": [golden["target"]]},
        layers=[{"units": 1, "activation": "sigmoid"}],
        parameters=[{"W": [w], "b": [0]}],
        frozen=[{"b": True}],
        optimizer={"learning_rate": golden["rate"]},
    )
    assert len(golden["rounds"]) == 19
    for row in golden["rounds"]:
        network.steps(1)
        assert network.get("/parameters")["layers"][0]["W"][0] == near(row["w"])
        assert network.get("/activations?example=0")["prediction"][0][0] == near(row["a"])


def worked_example(service: Service) -> Network:
    golden = LECTURE["worked_example"]
    return service.create(
        data={"inputs": [golden["x"]], "targets": [golden["y"]]},
        layers=[{"units": 2, "activation": "sigmoid"}, {"units": 2, "activation": "sigmoid"}],
        parameters=[{"W": golden["W1"], "b": golden["b1"]}, {"W": golden["W2"], "b": golden["b2"]}],
        frozen=[{"b": True}, {"b": True}],
        optimizer={"learning_rate": golden["rate"]},
    )


def test_the_worked_example_goes_forward_and_back_as_in_the_article(service: Service):
    golden = LECTURE["worked_example"]
    network = worked_example(service)
    hidden, output = network.get("/activations?example=0")["layers"]
    assert hidden["a"][0] == near(golden["hidden"])
    assert output["a"][0] == near(golden["output"])
    gradients = network.get("/gradients?example=0")
    assert gradients["loss"] == network.made["train"]["loss"] == near(golden["E"])
    first, last = gradients["layers"]
    assert last["delta"][0] == near(golden["delta_output"])
    assert first["delta"][0] == near(golden["delta_hidden"])
    assert last["dW"] == [near(row) for row in golden["dW2"]]
    assert first["dW"] == [near(row) for row in golden["dW1"]]


def test_one_update_of_the_worked_example_moves_the_weights_and_not_the_biases(service: Service):
    golden = LECTURE["worked_example"]
    network = worked_example(service)
    network.steps(1)
    first, last = network.get("/parameters")["layers"]
    assert first["W"] == [near(row) for row in golden["W1_after"]]
    assert last["W"] == [near(row) for row in golden["W2_after"]]
    assert (first["b"], last["b"]) == (golden["b1"], golden["b2"])


def test_ten_thousand_updates_bring_the_worked_example_to_the_error_of_the_article(service: Service):
    network = worked_example(service)
    state = network.steps(10_000)
    assert state["step"] == 10_000
    assert round(state["train"]["loss"], 7) == 3.51e-5
    assert [layer["b"] for layer in network.get("/parameters")["layers"]] == [[0.35, 0.35], [0.6, 0.6]]


@pytest.mark.parametrize("graph", ["graph_xyz", "graph_sigmoid"])
def test_a_formula_has_the_value_and_the_gradients_of_the_lecture(service: Service, graph: str):
    golden = LECTURE[graph]
    formula = golden.get("expression", "1/(1+exp(-(w0*x0+w1*x1+w2)))")
    answer = service.http.post(
        "/expressions", json={"expression": formula, "values": golden["values"]}
    ).json()
    assert answer["value"] == near(golden["f"])
    for name, gradient in golden["grad"].items():
        if name in golden["values"]:
            assert answer["gradients"][name] == near(gradient)
