"""Data of one's own, as JSON and as CSV: what it is taken for, and what is shown of it."""

import io
import json

import numpy as np
import pytest

from tests.app.server import Network, Service

XOR = [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]


def put_csv(network: Network, text: str | bytes) -> None:
    answer = network.service.http.put(
        network.path + "/data", content=text, headers={"Content-Type": "text/csv; charset=utf-8"}
    )
    assert answer.status_code == 200, answer.text


def csv_problem(network: Network, text: str | bytes) -> str:
    headers = {"Content-Type": "text/csv"}
    detail: str = network.refused("PUT", "/data", content=text, headers=headers)["detail"]
    return detail


@pytest.fixture
def network(service: Service) -> Network:
    return service.create()


def test_generated_rows_are_told_with_their_split(network: Network):
    data = network.get("/data")
    assert (data["task"], data["classes"], data["inputs"]) == ("classification", 2, ["x1", "x2"])
    assert data["split"] == ["train"] * 250 + ["test"] * 250
    assert data["plane"] == {"x1": [-6, 6], "x2": [-6, 6]}
    assert {row[0] for row in data["y"]} == set(data["labels"]) == {-1, 1}


def test_own_points_keep_their_order_and_all_of_them_train(service: Service):
    network = service.create(data={"points": XOR})
    data = network.get("/data")
    assert [[*x, y] for x, y in zip(data["x"], data["labels"], strict=True)] == XOR
    assert data["split"] == ["train"] * 4
    assert network.made["test"] is None
    assert network.get("/activations?example=1")["x"] == [[0, 1]]


def test_chance_only_picks_which_own_rows_are_for_testing(service: Service):
    points = [[number, 0, number % 2] for number in range(20)]
    network = service.create(data={"points": points, "train_fraction": 0.7}, shuffle=False, batch_size=20)
    data = network.get("/data")
    assert [x[0] for x in data["x"]] == list(range(20))
    assert data["split"].count("train") == 14
    training = [row for row, split in enumerate(data["split"]) if split == "train"]
    assert network.get("/gradients?batch=next")["examples"] == training


@pytest.mark.parametrize(
    ("targets", "task", "classes"),
    [
        ([-1, 1, 1], "classification", 2),
        ([0, 1, 1], "classification", 2),
        ([0, 1, 2], "classification", 3),
        ([0, 9, 9], "classification", 10),
        ([0.5, 1, 1], "regression", 0),
        ([-1, 0, 1], "regression", 0),
        ([0, 10, 1], "regression", 0),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], "classification", 3),
        ([[1, 0], [0, 1], [0, 1]], "regression", 0),
    ],
)
def test_what_is_learnt_is_told_from_the_targets(service: Service, targets, task: str, classes: int):
    network = service.create(data={"inputs": [[1], [2], [3]], "targets": targets})
    assert (network.made["task"], network.made["classes"]) == (task, classes)


def test_a_task_that_is_given_is_the_one_that_counts(service: Service):
    network = service.create(data={"inputs": [[1], [2]], "targets": [0, 1], "task": "regression"})
    assert (network.made["task"], network.made["train"]["accuracy"]) == ("regression", None)


@pytest.mark.parametrize(
    ("activation", "y"), [("sigmoid", [0, 1]), ("tanh", [-1, 1]), ("linear", [0, 1]), ("relu", [0, 1])]
)
def test_two_labels_are_recoded_to_what_the_output_can_say(service: Service, activation: str, y):
    network = service.create(
        data={"inputs": [[1], [2]], "targets": [0, 1]}, layers=[{"units": 1, "activation": activation}]
    )
    data = network.get("/data")
    assert [row[0] for row in data["y"]] == y
    assert data["labels"] == [0, 1]


def test_putting_data_keeps_parameters_that_fit_and_says_so(network: Network):
    before = network.get("/parameters")["layers"]
    state = network.send("PUT", "/data", {"points": XOR})
    assert (state["parameters"], state["spec"]["data"]["name"]) == ("kept", "own")
    assert network.get("/parameters")["layers"] == before


def test_the_plane_stays_while_the_points_lie_on_it_and_is_fitted_on_request(network: Network):
    assert network.send("PUT", "/data", {"points": XOR})["plane"] == {"x1": [-6, 6], "x2": [-6, 6]}
    fitted = network.send("PUT", "/data", {"points": XOR, "fit": True})["plane"]
    assert fitted == {"x1": [-0.1, 1.1], "x2": [-0.1, 1.1]}
    network.send("PUT", "/data", {"points": [*XOR, [5, 5, 1]]})
    wide = network.send("PATCH", "", {"data": {"points": XOR}})
    assert wide["plane"] != fitted
    assert network.send("PATCH", "", {"data": {"points": XOR, "plane": None}})["plane"] == fitted
    beyond = network.send("PUT", "/data", {"points": [*XOR, [40, 0, 1]]})["plane"]
    assert beyond["x1"][0] <= -4
    assert beyond["x1"][1] >= 44


def test_own_data_survives_a_patch_of_anything_else(service: Service):
    network = service.create(data={"points": XOR})
    state = network.send("PATCH", "", {"data": {"train_fraction": 0.5}, "batch_size": 1})
    assert (state["spec"]["data"]["name"], state["spec"]["data"]["train_fraction"]) == ("own", 0.5)
    assert network.get("/data")["split"].count("test") == 2
    assert network.send("PATCH", "", {"data": {"name": "gauss"}})["spec"]["data"]["examples"] == 500


def test_csv_comes_out_and_goes_in_with_its_split(network: Network):
    text = network.service.http.get(network.path + "/data", headers={"Accept": "text/csv"}).text
    before = network.get("/data")
    assert text.startswith("x1,x2,y,split\n")
    put_csv(network, text)
    assert network.get("/data") == before


@pytest.mark.parametrize(
    "text",
    [
        "1,2,1\n3,4,-1\n",
        "x1,x2,y\n1,2,1\n3,4,-1\n",
        "a;b;y\r\n1,0;2,0;1\r\n3,0;4,0;-1\r\n\r\n",
        "\ufeffy\tx1\tx2\n1\t1\t2\n-1\t3\t4\n",
        '"x1","x2","y"\n"1","2","1"\n"3","4","-1"\n',
    ],
)
def test_csv_is_read_as_spreadsheets_write_it(network: Network, text: str):
    put_csv(network, text)
    data = network.get("/data")
    assert data["x"] == [[1, 2], [3, 4]]
    assert data["labels"] == [1, -1]


@pytest.mark.parametrize(
    "text",
    [
        "0,1,dog\n2,3,cat\n4,5,dog\n",
        "species;x1;x2\ndog;0,0;1\ncat;2,0;3\ndog;4,0;5\n",
        "a\tb\tlabel\n0\t1\tdog\n2\t3\tcat\n4\t5\tdog\n",
    ],
)
def test_labels_in_words_are_classes_with_names_wherever_their_column_stands(network: Network, text: str):
    put_csv(network, text)
    data = network.get("/data")
    assert (data["x"], data["labels"]) == ([[0, 1], [2, 3], [4, 5]], [1, 0, 1])
    assert data["class_names"] == network.get()["spec"]["data"]["class_names"] == ["cat", "dog"]
    told = network.service.http.get(network.path + "/data", headers={"Accept": "text/csv"}).text
    put_csv(network, told)
    assert network.get("/data") == data


def test_a_class_name_that_a_spreadsheet_would_compute_is_written_as_text(network: Network):
    put_csv(network, "x1,y\n0,=HYPERLINK(1)\n1,@here\n2,-1 or so\n3,fine\n")
    told = network.service.http.get(network.path + "/data", headers={"Accept": "text/csv"}).text
    assert [line.split(",")[1] for line in told.splitlines()] == [
        "y", "'=HYPERLINK(1)", "'@here", "'-1 or so", "fine",
    ]  # fmt: skip


def test_twenty_thousand_rows_of_csv_are_taken(network: Network):
    rows = [f"{k % 141 / 10:.1f};{k % 97 / 7:.6f};class {k % 2}" for k in range(20_000)]
    put_csv(network, "\n".join(rows))
    assert network.get()["spec"]["data"]["examples"] == 20_000


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "at least"),
        ("x1,x2,y\n0,1,1\n\n2,1_000,-1\n", "row 4, column 2 (x2) must be a finite number, but it is '1_000'"),
        ("1,2\n\0,1\n", "NUL"),
        (b"\xff\xfe1", "not UTF-8 from byte 0 on"),
    ],
)
def test_csv_that_is_none_is_refused_with_the_place(network: Network, text, reason: str):
    assert reason in csv_problem(network, text)


@pytest.mark.parametrize("media_type", ["application/json", "text/csv"])
def test_a_preview_says_what_put_data_does_and_has_the_data_for_a_spec(service: Service, media_type: str):
    text = ",x1,x2,kind\n0,1,2,b\n1,3,4,a\n2,5,6,b\n"
    body = json.dumps({"text": text, "examples": True}) if media_type == "application/json" else text
    headers = {"Content-Type": media_type}
    answer = service.http.post("/data/csv-preview", content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    preview = answer.json()
    assert preview["left_out"] == [{"kind": "index", "values": {"column": 1, "name": ""}}]
    assert [column["role"] for column in preview["columns"]] == ["none", "input", "input", "target"]
    network = service.create()
    put_csv(network, text)
    spec = network.get()["spec"]["data"]
    assert (preview["task"], preview["classes"]) == (spec["task"], spec["class_names"])
    assert preview["rows"] == spec["examples"] == 3
    if media_type == "application/json":
        data = network.get("/data")
        network.send("PUT", "/data", preview["data"])
        assert network.get("/data") == data


def test_a_preview_of_an_unfit_table_is_an_answer_and_that_of_no_table_a_refusal(service: Service):
    preview = service.http.post("/data/csv-preview", json={"text": "x,y\n1,2\n\nz,3\n"}).json()
    assert preview["problem"] == {
        "kind": "number",
        "values": {"row": 4, "column": 1, "name": "x", "cell": "z"},
        "message": "row 4, column 1 (x) must be a finite number, but it is 'z'",
    }
    assert preview["first"] == [{"row": 2, "cells": ["1", "2"]}, {"row": 4, "cells": ["z", "3"]}]
    headers = {"Content-Type": "text/csv"}
    service.refusal("POST", "/data/csv-preview", 413, content=b"1,2\n" * 600_000, headers=headers)
    problem = service.refusal("POST", "/data/csv-preview", content=b"1,\xff\n", headers=headers)
    assert "not UTF-8 from byte 2 on" in problem["detail"]
    roles = {"text": "1,2\n", "roles": ["input"]}
    problem = service.refusal("POST", "/data/csv-preview", json=roles)
    assert problem["errors"][0]["field"] == "roles"


def test_parameters_come_as_an_archive_and_go_in_again(network: Network):
    form = "application/x-npz"
    path = network.path + "/parameters"
    archive = network.service.http.get(path, headers={"Accept": form}).content
    arrays = np.load(io.BytesIO(archive))
    before = network.get("/parameters")["layers"]
    assert arrays["W1"].tolist() == before[0]["W"]
    network.send("POST", "/reset", {"seed": 4})
    answer = network.service.http.put(path, content=archive, headers={"Content-Type": form})
    assert answer.status_code == 200
    assert network.get("/parameters")["layers"] == before


def test_an_archive_of_anything_else_is_refused(network: Network):
    file = io.BytesIO()
    np.savez(file, W1=np.zeros((2, 2)), c=np.zeros(2))
    headers = {"Content-Type": "application/x-npz"}
    for content, reason in ((b"PK\x03\x04", "not a NumPy archive"), (file.getvalue(), "W1, b1, W2, b2")):
        assert reason in network.refused("PUT", "/parameters", content=content, headers=headers)["detail"]
    bomb = io.BytesIO()
    np.savez_compressed(bomb, W1=np.zeros((1000, 1000)), b1=np.zeros(1000))
    assert len(bomb.getvalue()) < 100_000
    assert (
        "unpacked archive has more than"
        in network.refused("PUT", "/parameters", content=bomb.getvalue(), headers=headers)["detail"]
    )
