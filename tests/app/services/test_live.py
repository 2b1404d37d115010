"""The live socket: what whoever watches is shown, in which order, and what a socket may say."""

import json
import time
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.app.server import PREFIX, Frame, Network, Service


@pytest.fixture
def network(service: Service) -> Network:
    return service.create()


def test_a_socket_is_shown_the_state_and_then_a_frame_of_it(network: Network):
    with network.live() as live:
        event, frame = live.next(), live.next()
    assert event == {"type": "state", "state": network.made}
    assert isinstance(frame, Frame)
    assert (frame.status, frame.version, frame.step, frame.epoch) == ("paused", 1, 0, 0)
    assert frame.train_loss == network.made["train"]["loss"]
    assert frame.test_loss == network.made["test"]["loss"]


def test_a_frame_holds_the_parameters_layer_by_layer_with_the_bias_first(network: Network):
    with network.live() as live:
        frame = live.frame()
    layers = network.get("/parameters")["layers"]
    flat = [
        number
        for layer in layers
        for row, bias in zip(layer["W"], layer["b"], strict=True)
        for number in (bias, *row)
    ]
    assert frame.theta == pytest.approx(flat, rel=1e-6)


def test_a_command_over_rest_shows_on_an_open_socket(network: Network):
    with network.live() as live:
        live.frame()
        state = network.steps(25)
        event, frame = live.event("state"), live.frame()
    assert event == {"type": "state", "state": {**state}}
    assert (frame.version, frame.step, frame.train_loss) == (2, 25, state["train"]["loss"])


@pytest.mark.parametrize(
    ("method", "rest", "body"),
    [
        ("POST", "/reset", {"seed": 3}),
        ("PATCH", "", {"data": {"name": "xor"}}),
        ("PUT", "/data", {"points": [[0, 0, 1], [1, 1, -1]]}),
        (
            "PUT",
            "/parameters",
            {
                "layers": [
                    {"W": [[0, 0]] * 4, "b": [0] * 4},
                    {"W": [[0] * 4] * 2, "b": [0, 0]},
                    {"W": [[0, 0]], "b": [1]},
                ]
            },
        ),
    ],
)
def test_everything_that_changes_numbers_brings_a_frame(network: Network, method: str, rest: str, body):
    with network.live() as live:
        before = live.frame()
        state = network.send(method, rest, body)
        after = live.frame()
    assert after.version == state["version"] == 2
    assert (after.theta, after.train_loss) != (before.theta, before.train_loss)
    assert after.train_loss == state["train"]["loss"]


def test_a_command_over_the_socket_is_acknowledged_under_its_number(network: Network):
    with network.live() as live:
        number = live.command("steps", count=10)
        done = live.event("done")
    assert (done["id"], done["state"]["step"]) == (number, 10)
    assert done["state"]["page"].endswith(f"/#id={network.id}")


def test_commands_are_done_in_the_order_they_were_sent(network: Network):
    with network.live() as live:
        numbers = [live.command("steps", count=size) for size in (500, 1, 20)]
        done = [live.event("done") for _ in numbers]
    assert [event["id"] for event in done] == numbers
    assert [event["state"]["step"] for event in done] == [500, 501, 521]
    assert [event["state"]["version"] for event in done] == [2, 3, 4]


def test_a_refused_command_is_told_as_the_problem_that_rest_tells(network: Network):
    body = {"layers": [{"W": [[1, 2]], "b": [3]}]}
    with network.live() as live:
        number = live.command("parameters", **body)
        event = live.event("error")
    assert event["id"] == number
    assert event["problem"] == network.refused("PUT", "/parameters", json=body)


def test_a_command_that_does_not_exist_is_told_which_there_are(network: Network):
    with network.live() as live:
        live.command("explode")
        problem = live.event("error")["problem"]
    assert problem["status"] == 422
    assert "steps" in problem["detail"]


def test_a_playing_network_is_shown_many_times_a_second_but_not_more_than_sixty(network: Network):
    with network.live() as live:
        live.command("play")
        live.event("done")
        frames, end = 0, time.monotonic() + 1.5
        while time.monotonic() < end:
            frames += isinstance(live.next(), Frame)
    assert 10 <= frames / 1.5 <= 65


def test_a_state_comes_before_every_frame_of_its_version(network: Network):
    version = 0
    with network.live() as live:
        for seed in range(20):
            live.command("play", epochs_per_second=500)
            live.command("reset", seed=seed)
        live.command("steps", count=1)
        while version < 42:
            message = live.next()
            if isinstance(message, Frame):
                assert message.version <= version
            elif message["type"] == "state":
                version = message["state"]["version"]


def test_a_reader_that_acknowledges_nothing_gets_two_frames_and_then_the_newest(network: Network):
    frames: list[Frame] = []
    status = "paused"
    with network.live() as live:
        network.send("POST", "/play", {"until": {"epoch": 500}})
        while status != "reached":
            message = live.next(acknowledge=False)
            if isinstance(message, Frame):
                frames.append(message)
            else:
                status = message["state"]["status"]
        time.sleep(0.1)
        live.socket.send(json.dumps({"type": "ack"}))
        newest = live.frame()
    assert len(frames) == 2
    assert frames[-1].epoch < newest.epoch == 500
    assert newest.status == "reached"


def test_two_viewers_see_the_same(network: Network):
    with network.live() as one, network.live() as other:
        assert one.frame() == other.frame()
        one.command("steps", count=3)
        assert one.frame() == other.frame()


def test_play_that_ends_by_itself_is_told(network: Network):
    with network.live() as live:
        live.command("play", until={"step": 100})
        while (state := live.event("state")["state"])["status"] != "reached":
            pass
    assert (state["step"], state["reason"]) == (100, "Step 100 reached.")


def test_numbers_that_are_not_finite_are_null_in_events(service: Service):
    network = service.create(
        data={"name": "reg-plane"}, layers=[{"units": 1}], optimizer={"learning_rate": 100}
    )
    with network.live() as live:
        live.command("steps", count=1000)
        text = json.dumps(live.event("done"), allow_nan=False)
    assert '"diverged"' in text


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("not json", 1007),
        ('{"type": "ack", "type": "ack"}', 1007),
        ('{"type": "command", "id": 1, "name": "pause", "arguments": {"x": NaN}}', 1007),
        ("[]", 1008),
        ('{"type": "hello"}', 1008),
        ('{"type": "command", "id": "1", "name": "pause"}', 1008),
        ('{"type": "ack", "more": 1}', 1008),
        (b"\x01\x02", 1003),
    ],
)
def test_what_is_no_message_closes_the_socket_with_its_code(network: Network, message, code: int):
    with network.live() as live:
        live.socket.send(message)
        assert live.closed() == code
    assert network.get() == network.made


def test_a_message_larger_than_a_body_may_be_closes_the_socket(network: Network):
    with network.live() as live:
        with suppress(ConnectionClosed):  # it may be closed before it has taken in all of it
            live.socket.send("x" * 2_000_001)
        assert live.closed() == 1009


def test_an_unknown_network_closes_the_socket_with_a_code_of_its_own(service: Service):
    unknown = Network(service, "AAAAAAAAAAAAAAAAAAAAAA", {})
    with unknown.live() as live:
        assert live.closed() == 4404


def test_deleting_a_network_closes_its_sockets(network: Network):
    with network.live() as live:
        live.frame()
        network.service.http.delete(network.path)
        assert live.closed() == 4404


def test_another_sites_page_gets_no_socket(network: Network):
    url = network.service.address.replace("http", "ws", 1) + PREFIX + network.path + "/live"
    with pytest.raises(InvalidStatus) as refused, connect(url, origin=Origin("http://elsewhere.example")):
        pass
    assert refused.value.response.status_code == 403


def test_the_servers_own_page_gets_a_socket(network: Network):
    with network.live(origin=network.service.address) as live:
        assert live.event("state")["state"]["id"] == network.id
