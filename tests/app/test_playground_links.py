"""TensorFlow Playground links, over REST: the same points, the same start, the same losses."""

import json
from pathlib import Path

import pytest

from tests.app.service import Service

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "tfplayground.json").read_text())


def link(case) -> str:
    data = "regDataset" if case["dataset"].startswith("reg") else "dataset"
    problem = "regression" if data == "regDataset" else "classification"
    shape = ",".join(map(str, case["networkShape"]))
    return (
        f"https://playground.tensorflow.org/#activation=tanh&batchSize={case['batchSize']}&{data}={case['dataset']}"
        f"&noise={case['noise']}&networkShape={shape}&seed={case['seed']}&percTrainData={case['percTrainData']}"
        f"&problem={problem}&x=true&y=true"
    )


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["dataset"])
def test_a_link_learns_here_as_it_does_there(service: Service, case):
    network = service.create(tfplayground=link(case))
    data = network.get("/data")
    rows = [[*x, y] for x, y in zip(data["x"], data["labels"], strict=True)]
    assert rows[:3] == [pytest.approx(point) for point in case["first_train_points"]]
    assert network.get("/parameters")["layers"][0]["W"] == [
        pytest.approx(row) for row in case["first_layer_w0"]
    ]
    for epoch, losses in case["loss_at_epoch"].items():
        state = network.steps(int(epoch) - network.get()["epoch"], "epoch")
        assert [state["train"]["loss"], state["test"]["loss"]] == pytest.approx(losses, abs=1e-6)


def test_a_link_without_a_seed_says_what_it_does_instead(service: Service):
    state = service.create(tfplayground="#networkShape=3").made
    assert "no seed" in state["notes"][0]
    assert state["plane"] == {"x1": [-6, 6], "x2": [-6, 6]}
    assert service.create().made["notes"] == []


@pytest.mark.parametrize(
    "spec", [{"tfplayground": "#networkShape=3", "seed": 1}, {"tfplayground": "nonsense"}]
)
def test_what_is_no_link_alone_is_refused(service: Service, spec):
    assert service.wrong_field(spec) == "tfplayground"
