"""TensorFlow Playground links, over REST: the same points, the same start, the same losses."""

import pytest

from tests.app.server import Network, Service
from tests.golden_links import GOLDEN, SHARED, golden_link

SPIRAL = "#dataset=spiral&noise=25&networkShape=4,2&seed=0.59704"


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["dataset"])
def test_a_link_learns_here_as_it_does_there(service: Service, case):
    network = service.create(tfplayground=golden_link(case))
    data = network.get("/data")
    rows = [[*x, y] for x, y in zip(data["x"], data["labels"], strict=True)]
    assert rows[:3] == [pytest.approx(point) for point in case["first_train_points"]]
    assert network.get("/parameters")["layers"][0]["W"] == [
        pytest.approx(row) for row in case["first_layer_w0"]
    ]
    for epoch, losses in case["loss_at_epoch"].items():
        state = network.steps(int(epoch) - network.get()["epoch"], "epoch")
        assert [state["train"]["loss"], state["test"]["loss"]] == pytest.approx(losses, abs=1e-6)


@pytest.mark.parametrize("shared", SHARED, ids=lambda shared: shared["link"][:40])
def test_links_of_every_kind_learn_here_as_they_do_there_and_go_out_as_they_came_in(service: Service, shared):
    network = service.create(tfplayground="#" + shared["link"])
    states = [network.made, *(network.steps(1, "epoch") for _ in shared["losses"][1:])]
    losses = [[state["train"]["loss"], state["test"]["loss"]] for state in states]
    assert losses == [pytest.approx(pair, abs=1e-6) for pair in shared["losses"]]
    told = network.get("/export?format=tfplayground")
    network.send("POST", "/reset", {})
    assert start_of(service.create(tfplayground=told["tfplayground"])) == start_of(network)


def test_a_link_without_a_seed_says_what_it_does_instead(service: Service):
    state = service.create(tfplayground="#networkShape=3").made
    assert "no seed" in state["notes"][0]
    assert state["plane"] == {"x1": [-6, 6], "x2": [-6, 6]}
    assert service.create().made["notes"] == []


@pytest.mark.parametrize("link", ["nonsense", "#x=false&y=false"])
def test_what_is_no_link_is_refused(service: Service, link: str):
    assert service.wrong_field({"tfplayground": link}) == "tfplayground"


def start_of(network: Network):
    return network.get("/parameters")["layers"], network.get("/data")["x"]


def test_the_answered_spec_keeps_the_link_and_makes_the_same_network_again(service: Service):
    network = service.create(tfplayground=SPIRAL)
    spec = network.made["spec"]
    assert (spec["tfplayground"], spec["data"]["name"], spec["data"]["noise"]) == (SPIRAL, "spiral", 0.25)
    assert not network.made["start"]["modified"]
    network.send("PATCH", "", {"optimizer": {"learning_rate": 0.1}})
    network.steps(50)
    spec = network.get()["spec"]
    again = service.create(**spec)
    assert again.made["spec"] == spec
    network.send("POST", "/reset", {})
    assert start_of(again) == start_of(network)


def test_our_generator_takes_over_from_a_link_where_data_or_layers_are_changed(service: Service):
    network = service.create(tfplayground=SPIRAL)
    start, points = start_of(network)
    network.send("PATCH", "", {"layers": [{"units": 3, "activation": "relu"}, {}]})
    assert start_of(network)[1] == points
    network.send("PATCH", "", {"layers": network.made["spec"]["layers"]})
    assert start_of(network) == (start, points)
    other = network.send("PATCH", "", {"data": {"noise": 0.0}})
    assert (other["parameters"], start_of(network)[0]) == ("kept", start)
    assert start_of(network)[1] != points
    gone = network.send("PATCH", "", {"layers": [{"units": 2}, {}]})
    assert gone["spec"]["tfplayground"] is None
    assert gone["notes"] == network.made["notes"]


def test_a_link_is_no_patch(service: Service):
    refused = service.create().refused("PATCH", "", json={"tfplayground": SPIRAL})
    assert "create a new one with POST /networks" in refused["detail"]


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["dataset"])
def test_a_link_goes_out_as_it_came_in(service: Service, case):
    network = service.create(tfplayground=golden_link(case))
    told = network.get("/export?format=tfplayground")
    again = service.create(tfplayground=told["tfplayground"])
    assert told["notes"] == []
    assert start_of(again) == start_of(network)
    assert again.made["spec"] == network.made["spec"] | {"tfplayground": told["tfplayground"]}


def test_another_network_goes_out_with_what_is_not_the_same_there(service: Service):
    told = service.create().get("/export?format=tfplayground")
    assert ["draws its own" in told["notes"][0], "shuffled" in told["notes"][1]] == [True, True]
    fields = ("features", "layers", "loss", "optimizer", "penalty", "batch_size")
    there, here = (
        service.create(**spec).made["spec"] for spec in ({"tfplayground": told["tfplayground"]}, {})
    )
    assert [there[name] for name in fields] == [here[name] for name in fields]


def test_what_that_page_has_not_is_refused_with_every_reason(service: Service):
    network = service.create(data={"name": "moons"}, optimizer={"name": "adam"}, layers=[{"units": 9}, {}])
    refused = network.refused("GET", "/export?format=tfplayground")
    assert [error["field"] for error in refused["errors"]] == ["data.name", "layers", "optimizer.name"]


def test_what_a_link_says_without_effect_is_named_and_what_its_own_defaults_say_is_not(service: Service):
    idle = (
        "#tutorial=first&cosX=true&wobble=3&hideText=true&collectStats=false&cosY=false&playButton_hide=true"
    )
    notes = service.create(tfplayground=f"{idle}&seed=1").made["notes"]
    assert notes == [
        "The link hides controls (playButton); this page hides those it has.",
        "These settings have no effect on the network: tutorial, cosX, wobble, hideText.",
    ]


def test_an_exported_link_says_that_a_short_last_batch_goes_another_way_there(service: Service):
    network = service.create(tfplayground="#batchSize=12&seed=1")
    assert "incomplete last batch" in network.get("/export?format=tfplayground")["notes"][0]
    assert service.create(tfplayground="#seed=1").get("/export?format=tfplayground")["notes"] == []
