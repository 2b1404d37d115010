"""Networks: what `{}` gives, how missing fields follow the data, and what does not fit."""

import re

import pytest

from tests.app.server import Network, Service

XOR = [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]


@pytest.fixture
def network(service: Service) -> Network:
    return service.create()


def test_nothing_said_is_four_and_two_tanh_units_on_circle(service: Service):
    answer = service.http.post("/networks", json={})
    state = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/networks/{state['id']}"
    assert [(layer["units"], layer["activation"]) for layer in state["spec"]["layers"]] == [
        (4, "tanh"),
        (2, "tanh"),
        (1, "tanh"),
    ]
    assert state["spec"]["data"] | {"seed": 7} == {
        "name": "circle", "examples": 500, "noise": 0, "train_fraction": 0.5, "seed": 7,
        "standardize": False, "task": "classification", "class_names": None,
    }  # fmt: skip
    assert (state["status"], state["step"], state["version"]) == ("paused", 0, 1)


def test_the_same_spec_gives_the_same_network_every_time(service: Service):
    one, other = (service.create(seed=5) for _ in range(2))
    assert one.get("/parameters") == other.get("/parameters")
    assert one.steps(30)["train"] == other.steps(30)["train"]
    assert one.id != other.id


def test_ids_are_of_128_bits(service: Service):
    ids = {service.create().id for _ in range(5)}
    assert len(ids) == 5
    assert all(re.fullmatch(r"[\w-]{22}", made) for made in ids)


@pytest.mark.parametrize(
    ("spec", "loss", "units", "activation", "fraction", "batch"),
    [
        ({"data": {"name": "reg-plane"}}, "half_squared_error", 1, "linear", 0.5, 10),
        ({"data": {"name": "blobs"}}, "cross_entropy", 3, "linear", 0.5, 10),
        ({"data": {"name": "xor-table"}}, "half_squared_error", 1, "tanh", 1, 4),
        ({"loss": "binary_cross_entropy"}, "binary_cross_entropy", 1, "linear", 0.5, 10),
        ({"data": {"points": XOR}}, "half_squared_error", 1, "tanh", 1, 10),
        (
            {"data": {"inputs": [[1], [2]], "targets": [[0.5, 1], [2, 3]]}},
            "half_squared_error",
            2,
            "linear",
            1,
            10,
        ),
    ],
)
def test_what_is_left_out_follows_the_data(
    service: Service, spec, loss: str, units: int, activation: str, fraction: float, batch: int
):
    full = service.create(**spec).made["spec"]
    output = full["layers"][-1]
    assert (full["loss"], output["units"], output["activation"]) == (loss, units, activation)
    assert (full["data"]["train_fraction"], full["batch_size"]) == (fraction, batch)


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        ({"layers": [{"units": 0}, {"units": 1}]}, "layers.0.units"),
        ({"layers": [{"units": 65}, {"units": 1}]}, "layers.0.units"),
        ({"layers": [{"units": 4}, {"units": 2}]}, "layers.1.units"),
        ({"layers": [{}, {"units": 1}]}, "layers.0.units"),
        ({"layers": [{"units": 2}] * 12}, "layers"),
        ({"layers": [{"units": 64}] * 9 + [{"units": 1}]}, "layers"),
        ({"layers": []}, "layers"),
        ({"layers": [{"units": 1, "activation": "softmax"}]}, "layers.0.activation"),
        (
            {"layers": [{"units": 1, "activation": "tanh"}], "loss": "binary_cross_entropy"},
            "layers.0.activation",
        ),
        ({"layers": [{"units": 1, "dropout": 0.5}]}, "layers.0.dropout"),
        ({"loss": "cross_entropy"}, "loss"),
        ({"loss": "hinge", "data": {"name": "reg-plane"}}, "loss"),
        ({"loss": "hinge", "layers": [{"activation": "sigmoid"}]}, "layers.0.activation"),
        ({"optimizer": {"name": "adam", "beta1": 1}}, "optimizer.beta1"),
        ({"optimizer": {"name": "momentum", "momentum": -0.1}}, "optimizer.momentum"),
        ({"optimizer": {"name": "rmsprop", "epsilon": 0}}, "optimizer.epsilon"),
        ({"optimizer": {"name": "adamw", "weight_decay": -1}}, "optimizer.weight_decay"),
        ({"features": []}, "features"),
        ({"features": ["x1", "x3"]}, "features.1"),
        ({"features": ["x1 +"]}, "features.0"),
        ({"features": ["log(x1)"]}, "features"),
        ({"data": {"name": "moon"}}, "data.name"),
        ({"data": {"examples": 20_001}}, "data.examples"),
        ({"data": {"examples": 1}}, "data"),
        ({"data": {"noise": 0.6}}, "data.noise"),
        ({"data": {"points": []}}, "data.points"),
        ({"data": {"points": [[1, 2]]}}, "data.points"),
        ({"data": {"points": [[1, 2, 1], [1, 2]]}}, "data.points.1"),
        ({"data": {"inputs": [[1]], "targets": [1, 2]}}, "data.targets"),
        ({"data": {"inputs": [[1]]}}, "data.targets"),
        ({"data": {"inputs": [[0.0] * 65], "targets": [1]}}, "data.inputs"),
        ({"data": {"points": [[0, 0, 0.5]], "task": "classification"}}, "data.task"),
        ({"data": {"points": [[0, 0, 1]], "plane": {"x1": [1, 0], "x2": [0, 1]}}}, "data.plane.x1"),
        ({"optimizer": {"name": "sgd", "momentum": 0.9}}, "optimizer.momentum"),
        ({"optimizer": {"schedule": {"name": "step", "every": 0}}}, "optimizer.schedule.every"),
        ({"optimizer": {"learning_rate": 0}}, "optimizer.learning_rate"),
        ({"optimizer": {"name": "lbfgs", "clip_norm": 1}}, "optimizer.clip_norm"),
        ({"initializer": {"name": "zeros", "limit": 1}}, "initializer.limit"),
        ({"penalty": {"rate": -1}}, "penalty.rate"),
        ({"seed": 2**53}, "seed"),
        ({"seed": True}, "seed"),
        ({"batch_size": "10"}, "batch_size"),
        ({"batch_sise": 10}, "batch_sise"),
        ({"parameters": [{"W": [[1, 2]], "b": [0]}]}, "parameters"),
        (
            {"layers": [{"units": 1}], "parameters": [{"W": [[1, 2, 3]], "b": [0]}]},
            "parameters.0.W",
        ),
        ({"layers": [{"units": 1}], "frozen": [{"W": [[True]]}]}, "frozen.0.W"),
    ],
)
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(service: Service, spec, field: str):
    assert service.wrong_field(spec) == field


def test_a_wrong_shape_is_told_with_what_was_given_and_what_is_needed(service: Service):
    spec = {
        "layers": [{"units": 3}, {"units": 1}],
        "parameters": [{"W": [[1, 2]], "b": [0]}, {"W": [[1]], "b": [0]}],
    }
    message = service.refusal("POST", "/networks", json=spec)["errors"][0]["message"]
    assert message == "this array is 1 × 2, but layer 0 has 3 units and 2 inputs, so it must be 3 × 2"


def test_a_patch_of_the_rate_keeps_the_parameters(network: Network):
    network.steps(10)
    before = network.get("/parameters")["layers"]
    state = network.send("PATCH", "", {"optimizer": {"learning_rate": 0.1}})
    assert (state["parameters"], state["step"], state["version"]) == ("kept", 10, 3)
    assert state["spec"]["optimizer"]["learning_rate"] == 0.1
    assert network.get("/parameters")["layers"] == before


def test_a_patch_of_the_layers_brings_new_parameters_and_says_so(network: Network):
    network.steps(10)
    state = network.send("PATCH", "", {"layers": [{"units": 3}, {"units": 1}]})
    assert (state["parameters"], state["step"]) == ("new", 0)
    assert [len(layer["b"]) for layer in network.get("/parameters")["layers"]] == [3, 1]


def test_a_patch_of_other_data_of_the_same_shape_keeps_the_parameters(network: Network):
    before = network.get("/parameters")["layers"]
    state = network.send("PATCH", "", {"data": {"name": "spiral", "noise": 0.1}})
    assert state["parameters"] == "kept"
    assert state["spec"]["data"]["name"] == "spiral"
    assert network.get("/parameters")["layers"] == before


def test_null_in_a_patch_brings_the_default_back(service: Service):
    network = service.create(batch_size=3, optimizer={"name": "adam", "beta1": 0.8})
    spec = network.send("PATCH", "", {"batch_size": None, "optimizer": None})["spec"]
    assert (spec["batch_size"], spec["optimizer"]["name"]) == (10, "sgd")


def test_another_optimiser_leaves_the_numbers_of_the_first_behind(service: Service):
    network = service.create(optimizer={"name": "adam", "beta1": 0.8, "learning_rate": 0.5})
    optimizer = network.send("PATCH", "", {"optimizer": {"name": "momentum"}})["spec"]["optimizer"]
    assert optimizer["learning_rate"] == 0.5
    assert "beta1" not in optimizer
    assert optimizer["momentum"] == 0.9


def test_a_refused_patch_changes_nothing(network: Network):
    before = network.get()
    network.refused("PATCH", "", json={"batch_size": 5, "layers": [{"units": 2}, {"units": 7}]})
    assert network.get() == before


def test_frozen_entries_that_do_not_fit_new_layers_are_dropped_with_them(service: Service):
    network = service.create(frozen=[{"W": [[True, False]] * 4}, {"b": True}, {}])
    assert network.made["spec"]["frozen"][1] == {"W": False, "b": True}
    state = network.send("PATCH", "", {"layers": [{"units": 3}, {"units": 1}]})
    assert state["spec"]["frozen"] is None


def test_the_state_carries_the_address_of_its_page_as_the_client_sees_the_server(service: Service):
    network = service.create()
    assert network.made["page"] == f"{service.address}/#id={network.id}"
    answer = service.http.get(network.path, headers={"Host": "lab.local:8000"})
    assert answer.json()["page"] == f"http://lab.local:8000/#id={network.id}"


def test_the_etag_is_the_version(network: Network):
    answer = network.service.http.get(network.path)
    assert answer.headers["etag"] == '"1"'


def test_a_deleted_network_is_unknown(network: Network):
    assert network.service.http.delete(network.path).status_code == 204
    assert network.refused("GET", "", 404)["type"].endswith("unknown-network")
    network.refused("DELETE", "", 404)


def test_features_come_as_graphs_for_an_interpreter(service: Service):
    network = service.create(features=["x1^2"])
    assert network.made["features"] == [
        {
            "formula": "x1^2",
            "nodes": [
                {"operation": "variable", "name": "x1"},
                {"operation": "constant", "value": 2},
                {"operation": "power", "inputs": [0, 1]},
            ],
        }
    ]


def test_standardised_features_are_told_with_their_measure(service: Service):
    network = service.create(data={"name": "circle", "standardize": True})
    rows = network.get("/data")
    training = [x[0] for x, split in zip(rows["x"], rows["split"], strict=True) if split == "train"]
    assert network.made["standardization"]["mean"][0] == pytest.approx(sum(training) / len(training))
    assert service.create().made["standardization"] is None
