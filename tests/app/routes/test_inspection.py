"""Inspection: activations, gradients, traces, boundaries and checks agree with each other."""

import io

import numpy as np
import pytest

from tests.app.server import Network, Service


@pytest.fixture(scope="module")
def network(service: Service) -> Network:
    made = service.create(penalty={"name": "l2", "rate": 0.1})
    made.steps(50)
    return made


def test_an_example_and_its_raw_inputs_give_the_same_activations(network: Network):
    x = network.get("/data")["x"][3]
    by_example = network.get("/activations?example=3")
    by_inputs = network.get(f"/activations?x={x[0]},{x[1]}")
    by_rows = network.send("POST", "/activations", {"x": [x]})
    assert by_example == by_inputs == by_rows
    assert by_example["step"] == 50


def test_activations_are_those_of_the_parameters(network: Network):
    first = network.get("/parameters")["layers"][0]
    answer = network.get("/activations?x=0.5,-1")
    z = np.array(first["W"]) @ [0.5, -1] + first["b"]
    assert answer["layers"][0]["z"][0] == pytest.approx(z.tolist())
    assert answer["layers"][0]["a"][0] == pytest.approx(np.tanh(z).tolist())


def test_features_are_computed_from_raw_inputs(service: Service):
    network = service.create(features=["x1^2", "x1*x2"])
    assert network.get("/activations?x=3,-2")["features"] == [[9, -6]]


def test_a_feature_without_a_value_is_refused_for_that_row(service: Service):
    network = service.create(data={"points": [[1, 1, 1], [2, 2, -1]]}, features=["log(x1)"])
    problem = network.refused("GET", "/activations?x=-1,0")
    assert "no finite value at example 0, where x1 = -1" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "example"),
        ("?example=1&x=1,2", "example"),
        ("?example=500", "example"),
        ("?example=-1", "example"),
        ("?x=1", "x.0"),
        ("?x=1,b", "x"),
        ("?x=1_0,2", "x"),
        ("?x=1,2&exmaple=3", "exmaple"),
        ("?x=1,nan", "x"),
        ("?x=", "x"),
    ],
)
def test_a_row_that_there_is_not_is_refused(network: Network, query: str, field: str):
    assert network.refused("GET", f"/activations{query}")["errors"][0]["field"] == field


def test_the_next_batch_is_what_the_next_step_takes(service: Service):
    network = service.create(optimizer={"learning_rate": 0.5})
    before = network.get("/parameters")["layers"]
    gradients = network.get("/gradients?batch=next")
    network.steps(1)
    after = network.get("/parameters")["layers"]
    assert len(gradients["examples"]) == 10
    for old, new, layer in zip(before, after, gradients["layers"], strict=True):
        moved = np.array(old["W"]) - 0.5 * np.array(layer["dW"])
        assert new["W"] == [pytest.approx(row) for row in moved.tolist()]


def test_gradients_over_all_training_rows_are_the_mean_of_those_of_each(service: Service):
    network = service.create(data={"name": "xor-table"})
    whole = network.get("/gradients")
    single = [network.get(f"/gradients?example={row}") for row in range(4)]
    for index, layer in enumerate(whole["layers"]):
        mean = np.mean([one["layers"][index]["dW"] for one in single], axis=0)
        assert layer["dW"] == [pytest.approx(row) for row in mean.tolist()]
    assert whole["loss"] == pytest.approx(np.mean([one["loss"] for one in single]))


def test_the_penalty_is_told_apart_from_the_gradient_of_the_error(network: Network):
    weights = np.array(network.get("/parameters")["layers"][0]["W"])
    layer = network.get("/gradients?example=0")["layers"][0]
    assert layer["penalty_dW"] == [pytest.approx(row) for row in (0.1 * weights).tolist()]


def test_a_trace_tells_every_unit_with_the_numbers_of_the_activations(network: Network):
    lines = network.get("/trace?example=7")["lines"]
    layers = network.get("/activations?example=7")["layers"]
    assert {line["phase"] for line in lines} == {"forward", "loss", "backward", "update"}
    first = next(line for line in lines if line["phase"] == "forward")
    assert (first["layer"], first["unit"]) == (2, 1)
    assert first["value"] == pytest.approx(layers[0]["z"][0][0])
    assert sum(term["product"] for term in first["terms"]) == pytest.approx(first["value"])


def test_a_batch_s_trace_ends_where_the_next_step_does(network: Network):
    told = network.get("/trace/batch")
    whole = network.get("/gradients?batch=next")
    assert told["examples"] == whole["examples"]
    assert [one["example"] for one in told["each"]] == told["examples"][:8]
    lines = {(line["phase"], line["symbol"]): line for line in told["lines"]}
    assert lines["loss", "E"]["value"] == pytest.approx(whole["loss"])
    assert lines["backward", "∂E/∂w_12^(1)"]["value"] == pytest.approx(whole["layers"][0]["dW"][0][1])
    for line in told["lines"]:
        if line["phase"] != "update":
            assert sum(term["product"] for term in line["terms"]) == pytest.approx(line["value"])
    network.send("POST", "/steps", {"count": 1})
    after = network.get("/parameters")["layers"][0]["W"][0][1]
    assert lines["update", "w_12^(1)"]["value"] == pytest.approx(after, rel=1e-12)


def test_backpropagation_passes_the_gradient_check(network: Network):
    answer = network.send("POST", "/gradient-check", {"example": 3})
    assert answer["error"] < 1e-6
    assert len(answer["parameters"]) == 25
    assert answer["parameters"][0]["name"] == "w_10^(1)"
    backprop = network.get("/gradients?example=3")["layers"][0]["db"][0]
    assert answer["parameters"][0]["backprop"] == pytest.approx(backprop)


def test_a_gradient_check_needs_no_body(network: Network):
    assert network.service.http.post(network.path + "/gradient-check").json()["agrees"] is True


def test_what_takes_long_is_done_beside_and_not_in_the_way(service: Service):
    large = service.create(layers=[{"units": 40}, {"units": 40}, {"units": 1}])
    other = service.create()
    with other.live() as live:
        live.command("play", epochs_per_second=100)
        live.event("done")
        answer = large.send("POST", "/gradient-check", {"example": 0})
        assert answer["error"] < 1e-6
        assert other.get()["step"] > 0
    assert len(large.get("/trace?example=0")["lines"]) > 1700


def test_a_boundary_is_what_the_activations_say_point_by_point(network: Network):
    boundary = network.get("/boundary?resolution=5")
    (left, right), (low, high) = boundary["x1"], boundary["x2"]
    x1, x2 = np.linspace(left, right, 5), np.linspace(low, high, 5)
    for row in range(5):
        answer = network.send("POST", "/activations", {"x": [[column, x2[row]] for column in x1]})
        assert boundary["values"][row] == pytest.approx([value for (value,) in answer["prediction"]])


def test_a_boundary_of_a_cross_entropy_goes_from_minus_one_to_one(service: Service):
    network = service.create(loss="binary_cross_entropy")
    values = np.array(network.get("/boundary?resolution=4")["values"])
    corner = network.get("/activations?x=-6,-6")["prediction"][0][0]
    assert values[0, 0] == pytest.approx(2 * corner - 1)
    assert (np.abs(values) <= 1).all()


def test_a_unit_of_any_layer_can_be_mapped(network: Network):
    x1 = np.array(network.get("/boundary?resolution=3&unit=1,1")["values"])
    assert x1.tolist() == [[-6, 0, 6]] * 3
    hidden = network.get("/boundary?resolution=3&unit=2,4")["values"]
    a = network.get("/activations?x=-6,-6")["layers"][0]["a"][0]
    assert hidden[0][0] == pytest.approx(a[3])


def test_a_boundary_of_three_classes_tells_the_likeliest(service: Service):
    network = service.create(data={"name": "blobs"})
    values = np.array(network.get("/boundary?resolution=10")["values"])
    assert set(np.unique(values)) <= {0, 1, 2}


def test_a_boundary_comes_as_a_numpy_file_too(network: Network):
    accepted = {"Accept": "application/json;q=0.9, application/x-npy"}
    answer = network.service.http.get(network.path + "/boundary", headers=accepted)
    values = np.load(io.BytesIO(answer.content))
    assert answer.headers["content-type"] == "application/x-npy"
    assert values.tolist() == network.get("/boundary")["values"]
    assert values.shape == (100, 100)


@pytest.mark.parametrize(
    ("query", "field"),
    [("unit=5,1", "unit"), ("unit=2,5", "unit"), ("unit=two", "unit"), ("resolution=401", "resolution")],
)
def test_a_boundary_that_there_is_not_is_refused(network: Network, query: str, field: str):
    assert network.refused("GET", f"/boundary?{query}")["errors"][0]["field"] == field


def test_a_boundary_needs_two_inputs(service: Service):
    network = service.create(data={"inputs": [[1], [2]], "targets": [0, 1]})
    assert "two inputs, but this one has 1" in network.refused("GET", "/boundary")["detail"]
    assert network.made["plane"] is None


def test_an_answer_that_would_be_too_large_is_refused_with_what_is_possible(service: Service):
    network = service.create(layers=[{"units": 64}] * 4 + [{"units": 1}])
    problem = network.refused("POST", "/activations", json={"x": [[0, 0]] * 5000})
    assert "request 3,891 rows" in problem["detail"]


def test_the_history_has_a_row_an_epoch_and_the_start(service: Service):
    network = service.create()
    network.steps(3, "epoch")
    rows = network.get("/history")["rows"]
    assert [(row["epoch"], row["step"]) for row in rows] == [(0, 0), (1, 25), (2, 50), (3, 75)]
    assert rows[-1]["train"] == network.get()["train"]


def test_the_history_ends_with_now_even_where_epochs_are_left_out(service: Service):
    points = [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]
    network = service.create(data={"points": points}, layers=[{"units": 1}])
    state = network.steps(2047, "epoch")
    rows = network.get("/history")["rows"]
    assert rows[-1] == {name: state[name] for name in ("epoch", "step", "train", "test")}
    assert [row["epoch"] for row in rows[:2]] == [0, 4]
    exported = network.get("/export")
    assert service.create(**exported).made["epoch"] == 2047


def test_the_history_comes_as_csv_too(service: Service):
    network = service.create(data={"name": "reg-plane", "train_fraction": 1})
    answer = network.service.http.get(network.path + "/history", headers={"Accept": "text/csv"})
    header, row = answer.text.splitlines()
    assert header == "epoch,step,train_loss,train_accuracy,train_r2,test_loss,test_accuracy,test_r2"
    assert row.startswith("0,0,0.")
    assert row.endswith(",,,")


def test_the_catalog_has_a_thumbnail_of_every_data_set_and_the_defaults(service: Service):
    catalog = service.http.get("/catalog").json()
    assert all(len(entry["thumbnail"]) == 80 for entry in catalog["datasets"])
    assert all(entry["nodes"] for entry in catalog["features"])
    assert catalog["defaults"] == service.create().made["spec"]
    assert catalog["limits"]["parameters"] == 20_000


def test_a_unit_opens_into_gates_whose_gradients_are_those_of_the_network(network: Network, service: Service):
    for unit in ("2,3", "3,1", "output"):
        opened = network.get(f"/expression?unit={unit}&example=3")
        asked = {key: opened[key] for key in ("expression", "values", "gradient")}
        layer, number = opened["layer"], opened["unit"]
        gradients = network.get("/gradients?example=3")["layers"][layer - 2]
        for more in ({}, {"elementary": True}):
            graph = service.http.post("/expressions", json=asked | more).json()
            told = [graph["gradients"][name] for name in opened["values"] if name.startswith("w")]
            assert told == pytest.approx([gradients["db"][number - 1], *gradients["dW"][number - 1]])
    assert network.refused("GET", "/expression?unit=1,1")["errors"][0]["field"] == "unit"
