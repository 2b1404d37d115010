"""Training: steps, play until a goal, pause, reset, and what goes wrong on the way."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.app.server import Json, Network, Service


@pytest.fixture
def network(service: Service) -> Network:
    return service.create()


def waited(network: Network, status: str, seconds: float = 10) -> Json:
    """The state once the status is this."""
    end = time.monotonic() + seconds
    while (state := network.get())["status"] != status:
        assert time.monotonic() < end, f"still {state['status']}: {state}"
        time.sleep(0.02)
    return dict(state)


@pytest.mark.parametrize(
    ("count", "unit", "step", "epoch"),
    [(3, "step", 3, 0), (2, "epoch", 50, 2), (7, "example", 7, 0), (250, "example", 250, 1)],
)
def test_steps_of_each_unit_count_as_they_should(
    network: Network, count: int, unit: str, step: int, epoch: int
):
    state = network.steps(count, unit)
    assert (state["step"], state["epoch"], state["status"]) == (step, epoch, "paused")


def test_an_epoch_that_has_begun_is_the_first_of_those_asked_for(network: Network):
    network.steps(10)
    assert network.steps(1, "epoch")["step"] == 25


def test_steps_made_one_by_one_are_those_made_at_once(service: Service):
    one, other = service.create(), service.create()
    for _ in range(40):
        one.steps(1)
    other.steps(40)
    assert one.get("/parameters") == other.get("/parameters")


def test_steps_pause_a_playing_network_first(network: Network):
    network.send("POST", "/play", {"epochs_per_second": 1})
    state = network.steps(5)
    assert (state["playing"], state["status"]) == (False, "paused")
    assert network.get()["step"] == state["step"]


def test_more_work_than_a_request_may_take_is_refused_with_the_play_that_does_it(network: Network):
    problem = network.refused("POST", "/steps", json={"count": 10**9})
    assert problem["type"].endswith("too-much-work")
    assert problem["errors"][0]["field"] == "count"
    assert 'play with {"until": {"step": 1000000000}}' in problem["detail"]
    assert network.get()["step"] == 0


@pytest.mark.slow
def test_a_large_network_is_refused_too_and_its_trainer_is_not_taken_for_hung(service: Service):
    wide = [{"units": 64}] * 4
    data = {"name": "circle", "examples": 20_000, "train_fraction": 1}
    network = service.create(layers=[*wide, {}], data=data, batch_size=20_000)
    problem = network.refused("POST", "/steps", json={"count": 10_000, "unit": "epoch"})
    assert problem["type"].endswith("too-much-work")
    assert 'play with {"until": {"epoch": 10000}}' in problem["detail"]
    network.service.http.delete(network.path)


def test_play_stops_exactly_at_the_step_it_was_given(network: Network):
    network.send("POST", "/play", {"until": {"step": 777}})
    state = waited(network, "reached")
    assert state["step"] == 777
    assert state["reason"] == "Step 777 reached."


def test_play_until_a_loss_stops_at_the_same_epoch_every_time(service: Service):
    states = []
    for pace in (None, 400):
        network = service.create()
        network.send("POST", "/play", {"epochs_per_second": pace, "until": {"test_loss": 0.05}})
        states.append(waited(network, "reached"))
    one, other = states
    assert one["test"]["loss"] <= 0.05
    assert one["epoch"] == other["epoch"] == one["step"] / 25
    assert "test loss" in one["reason"]
    told = {"loss": one["test"]["loss"], "wanted": 0.05, "epoch": one["epoch"]}
    assert one["cause"] == {"kind": "test_loss", "values": told}


def test_a_goal_that_is_reached_already_stops_play_at_once(network: Network):
    state = network.send("POST", "/play", {"until": {"train_loss": 10}})
    assert (state["status"], state["step"], state["playing"]) == ("reached", 0, False)


def test_a_plateau_is_noticed(service: Service):
    network = service.create(data={"name": "and-table"}, layers=[{"units": 1}])
    network.send("POST", "/play", {"until": {"plateau": {"epochs": 20, "change": 1e-4}}})
    state = waited(network, "reached")
    assert "changed by less than 0.0001 in 20 epochs" in state["reason"]


def test_the_pace_asked_for_is_held(network: Network):
    network.send("POST", "/play", {"epochs_per_second": 20})
    first, begun = network.get(), time.monotonic()
    time.sleep(1.5)
    last, seconds = network.get(), time.monotonic() - begun
    assert (last["step"] - first["step"]) / 25 / seconds == pytest.approx(20, rel=0.2)
    assert last["pace"] == 20


def test_pause_stops_and_says_so(network: Network):
    network.send("POST", "/play", {})
    state = network.send("POST", "/pause")
    assert (state["status"], state["playing"], state["reason"]) == ("paused", False, None)
    assert network.get()["step"] == state["step"]


def test_reset_goes_back_to_the_same_start(network: Network):
    start = network.get("/parameters")
    network.steps(100)
    state = network.send("POST", "/reset", {})
    assert (state["step"], state["epoch"], state["train"]) == (0, 0, network.made["train"])
    assert network.get("/parameters") == start


def test_reset_with_a_seed_draws_a_new_start_and_leaves_the_data(network: Network):
    start, data = network.get("/parameters"), network.get("/data")
    state = network.send("POST", "/reset", {"seed": 99})
    assert (state["spec"]["seed"], state["spec"]["data"]["seed"]) == (99, 7)
    assert network.get("/parameters") != start
    assert network.get("/data") == data


def test_a_start_set_by_hand_is_what_reset_returns_to(service: Service):
    network = service.create(layers=[{"units": 1}])
    state = network.send("PUT", "/parameters", {"layers": [{"W": [[1, 2]], "b": [3]}]})
    assert state["start"] == {"modified": True}
    network.steps(20)
    network.send("POST", "/reset", {})
    assert network.get("/parameters")["layers"] == [{"W": [[1, 2]], "b": [3]}]


def test_divergence_is_a_status_with_a_reason_and_keeps_finite_parameters(service: Service):
    network = service.create(
        data={"name": "reg-plane"}, layers=[{"units": 8, "activation": "relu"}, {}],
        optimizer={"learning_rate": 10},
    )  # fmt: skip
    network.send("POST", "/play", {})
    state = waited(network, "diverged")
    assert f"diverged at step {state['step'] + 1}" in state["reason"]
    cause = state["cause"]
    assert (cause["kind"], cause["values"]["step"]) == ("diverged", state["step"] + 1)
    assert cause["values"]["parameter"] in state["reason"]
    assert state["playing"] is False
    numbers = [
        number for layer in network.get("/parameters")["layers"] for row in layer["W"] for number in row
    ]
    assert None not in numbers


def test_a_smaller_rate_takes_a_diverged_network_out_of_it(service: Service):
    network = service.create(
        data={"name": "reg-plane"}, layers=[{"units": 1}], optimizer={"learning_rate": 100}
    )
    assert network.steps(1000)["status"] == "diverged"
    network.send("POST", "/reset", {})
    state = network.send("PATCH", "", {"optimizer": {"learning_rate": 0.01}})
    assert (state["status"], state["reason"]) == ("paused", None)
    assert network.steps(100)["status"] == "paused"


@pytest.mark.slow
def test_a_question_is_answered_while_a_long_command_goes_on(service: Service):
    network = service.create(layers=[{"units": 64}, {"units": 64}, {"units": 1}], batch_size=50)
    with network.live() as live:
        live.command("steps", count=3000)
        while live.frame().step == 0:
            pass
        assert 0 < network.get()["step"] < 3000
        assert live.event("done")["state"]["step"] == 3000


def test_the_default_network_learns_the_circle(network: Network):
    network.send("POST", "/play", {"until": {"test_loss": 0.05, "epoch": 2000}})
    state = waited(network, "reached")
    assert state["test"]["loss"] <= 0.05
    assert state["test"]["accuracy"] > 0.9


def test_a_command_that_comes_while_a_slice_is_trained_waits_for_its_own_turn(network: Network):
    with network.live() as live:
        for _ in range(30):
            live.command("play")
            live.command("steps", count=3)
            played, stepped = live.event("done")["state"], live.event("done")["state"]
            assert (played["playing"], stepped["playing"]) == (True, False)
            assert stepped["step"] >= played["step"] + 3


def test_a_pace_of_next_to_nothing_stops_nobody(service: Service):
    slow, other = service.create(), service.create()
    slow.send("POST", "/play", {"epochs_per_second": 1e-300})
    assert other.steps(1)["step"] == 1
    assert slow.get()["status"] == "playing"
    assert slow.send("POST", "/pause")["step"] <= 1


def test_steps_under_way_are_seen_by_others_until_they_are_done(service: Service):
    network = service.create()
    with ThreadPoolExecutor() as pool:
        steps = pool.submit(network.steps, 60_000)
        while not (seen := network.get())["stepping"]:
            assert not steps.done()
        assert (seen["status"], seen["playing"]) == ("paused", False)
        assert steps.result()["stepping"] is False
    assert network.get()["stepping"] is False
