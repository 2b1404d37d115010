"""Loss slices over REST: the curve goes through E, and its slope is the gradient."""

import pytest

from tests.app.server import Service

NAME = "w_12^(3)"


def test_a_slice_is_dated_and_goes_through_the_networks_own_loss(service: Service):
    network = service.create(optimizer={"learning_rate": 0.2})
    network.steps(30)
    weight = network.get("/parameters")["layers"][2]["W"][0][1]
    told = network.get(f"/slice?parameter={NAME}&low={weight}&high={weight + 1}&points=3")
    assert (told["step"], told["value"], told["rate"]) == (30, weight, 0.2)
    assert told["losses"][0] == told["loss"] == pytest.approx(network.get()["train"]["loss"])
    assert told["gradient"] == pytest.approx(network.get("/gradients")["layers"][2]["dW"][0][1])
    network.send("PATCH", "/parameters", {"changes": [{"parameter": NAME, "value": weight + 1}]})
    assert network.get()["train"]["loss"] == pytest.approx(told["losses"][2])


def test_gradients_without_rows_are_the_same_sums(service: Service):
    network = service.create()
    full, brief = network.get("/gradients"), network.get("/gradients?rows=false")
    assert [layer["dW"] for layer in brief["layers"]] == [layer["dW"] for layer in full["layers"]]
    assert brief["examples"] == brief["layers"][0]["delta"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [("parameter=w_19^(1)", "parameter"), (f"parameter={NAME}&low=2&high=1", "high"), ("", "parameter")],
)
def test_a_slice_of_nothing_is_refused_by_name(service: Service, query: str, field: str):
    network = service.create()
    assert network.refused("GET", f"/slice?{query}")["errors"][0]["field"] == field
