"""Single examples: added, moved, relabelled and removed, as a person does on the plane."""

import pytest

from tests.app.server import Network, Service


@pytest.fixture
def network(service: Service) -> Network:
    return service.create()


def test_single_examples_are_added_moved_relabelled_and_removed_while_the_parameters_stay(network: Network):
    network.send("POST", "/steps", {"count": 20})
    before, told = network.get("/parameters"), network.get("/data")
    state = network.send(
        "PATCH",
        "/data",
        {
            "change": [{"row": 0, "x": [1, 2], "y": 1, "split": "test"}, {"row": 1, "y": 1}],
            "remove": [2, 499],
            "add": [{"x": [0.5, -1], "y": -1}],
        },
    )
    assert (state["parameters"], state["step"], state["spec"]["data"]["name"]) == ("kept", 20, "own")
    assert (state["spec"]["batch_size"], state["plane"]) == (10, {"x1": [-6, 6], "x2": [-6, 6]})
    assert network.get("/parameters") == before
    now = network.get("/data")
    assert now["x"] == [[1, 2], told["x"][1], *told["x"][3:499], [0.5, -1]]
    assert (now["labels"][:2], now["labels"][2:]) == ([1, 1], [*told["labels"][3:499], -1])
    assert now["split"] == ["test", *["train"] * 248, *["test"] * 249, "train"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"add": [{"x": [0, 0], "y": 0}]}, "add.0.y"),
        ({"add": [{"x": [0, 0, 0], "y": 1}]}, "add.0.x"),
        ({"remove": [500]}, "remove.0"),
        ({"change": [{"row": 0, "x": [1, 1]}, {"row": 900, "y": 1}]}, "change.1.row"),
        ({"remove": list(range(250))}, "remove"),
    ],
)
def test_examples_that_cannot_be_are_refused_by_name_and_nothing_changes(
    network: Network, change, field: str
):
    problem = network.refused("PATCH", "/data", json=change)
    assert problem["errors"][0]["field"] == field
    assert network.get() == network.made


def test_classes_stay_as_many_when_the_last_example_of_one_goes(service: Service):
    network = service.create(data={"points": [[0, 0, 0], [1, 0, 1], [0, 1, 2]]})
    with network.live() as live:
        live.command("rows", remove=[2])
        assert live.event("done")["state"]["classes"] == 3
    assert network.send("PATCH", "/data", {"add": [{"x": [0, 1], "y": 2}]})["parameters"] == "kept"


def test_values_are_changed_where_there_are_several_outputs(service: Service):
    network = service.create(data={"inputs": [[0], [1]], "targets": [[0.5, 1], [1, 0]]})
    network.send("PATCH", "/data", {"change": [{"row": 1, "y": [7, 8]}], "add": [{"x": [2], "y": [1, 1]}]})
    assert network.get("/data")["labels"] == [[0.5, 1], [7, 8], [1, 1]]


def test_a_generated_value_is_changed_like_any_other(service: Service):
    network = service.create(data={"name": "reg-plane", "examples": 20})
    network.send("PATCH", "/data", {"change": [{"row": 3, "y": 0.25}], "add": [{"x": [0, 0], "y": -1}]})
    data = network.get("/data")
    assert (data["task"], data["labels"][3], data["labels"][20]) == ("regression", 0.25, -1)
