"""How many networks there may be, be in memory and play: more is refused, and told when to ask again."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import monotonic
from typing import Any

import pytest

from app.domain.process_info import allow_open_files
from app.web.uvicorn_protocol import HEAD_SECONDS
from benchmarks.processes import children
from tests.app.server import Network, Service, served

STORED, RESIDENT, PLAYING, COMMANDS = 12, 3, 2, 4


@pytest.fixture(scope="module")
def small() -> Iterator[Service]:
    """A server with room for very few."""
    room = {"STORED": STORED, "RESIDENT": RESIDENT, "PLAYING": PLAYING, "COMMANDS": COMMANDS}
    with served(DATA=":memory:", **{f"LIMITS__{name}": str(most) for name, most in room.items()}) as (
        _,
        service,
    ):
        yield service


@pytest.fixture
def networks(small: Service) -> Iterator[list[Network]]:
    """As many as may be in memory, and one more; taken away afterwards."""
    made = [small.create(data={"name": "xor-table"}) for _ in range(RESIDENT + 1)]
    yield made
    for network in made:
        small.http.delete(network.path)


def refused(network: Network, method: str, rest: str, status: int, **request: Any) -> str:
    """The last part of the problem's type; it tells when to ask again in two places, which agree."""
    answer = network.service.http.request(method, network.path + rest, **request)
    assert answer.status_code == status, answer.text
    assert answer.headers["retry-after"] == str(answer.json()["retry_after"])
    kind: str = answer.json()["type"]
    return kind.rpartition("/")[2]


def test_idle_networks_make_room_in_memory_and_come_back_as_they_were(networks):
    trained = [network.steps(5 + place) for place, network in enumerate(networks)]
    assert [network.get() for network in networks] == trained


@pytest.mark.slow
def test_when_all_in_memory_are_in_use_another_one_waits_its_turn(networks):
    *watched, other = networks
    first, second, third = watched
    with first.live(), second.live(), third.live():
        for network in watched:
            network.get()
        assert refused(other, "GET", "", 503) == "no-room"
    assert other.get()["step"] == 0


def test_more_than_may_play_at_once_are_refused_until_one_pauses(networks):
    first, second, third, _ = networks
    for network in (first, second, first):
        network.send("POST", "/play", {})
    assert refused(third, "POST", "/play", 429, json={}) == "too-many-playing"
    with third.live() as live:
        live.command("play")
        assert live.event("error")["problem"]["type"] == "/problems/too-many-playing"
    assert third.steps(3)["step"] == 3
    first.send("POST", "/pause")
    assert third.send("POST", "/play", {})["playing"]
    for network in (second, third):
        network.send("POST", "/pause")


@pytest.mark.slow
def test_more_commands_of_a_socket_than_may_wait_are_refused_and_told_when_to_ask_again(networks):
    with networks[0].live() as live:
        live.command("steps", count=50_000)
        waiting = [live.command("steps") for _ in range(COMMANDS - 1)]
        one_more = live.command("steps")
        refused = live.event("error")
        assert refused["id"] == one_more
        assert (refused["problem"]["type"], refused["problem"]["retry_after"]) == (
            "/problems/too-many-commands",
            1,
        )
        while live.event("done")["id"] != waiting[-1]:
            pass
    assert networks[0].get()["step"] == 50_000 + len(waiting)


@pytest.mark.slow
def test_of_large_commands_of_a_socket_one_may_wait(networks):
    points = [[0.5, 0.25, 1]] * 5_000
    with networks[0].live() as live:
        live.command("steps", count=50_000)
        first, second = (live.command("patch", data={"points": points}) for _ in range(2))
        small = live.command("pause")
        refused = live.event("error")
        assert (refused["id"], refused["problem"]["type"]) == (second, "/problems/too-many-commands")
        assert refused["problem"]["detail"] == "The limit of waiting large commands is 1. Retry in 1 second."
        done = [live.event("done")["id"] for _ in range(3)]
    assert done[1:] == [first, small]


def test_plays_that_are_asked_for_at_the_same_time_are_counted_too(networks):
    with ThreadPoolExecutor(4) as pool:
        plays = [pool.submit(one.service.http.post, f"{one.path}/play", json={}) for one in networks]
    assert sorted(play.result().status_code for play in plays) == [200] * PLAYING + [429] * 2
    for network in networks:
        network.send("POST", "/pause")


def test_no_more_networks_are_kept_than_may_be_and_a_deleted_one_makes_room(small, networks):
    more = [small.create(data={"name": "xor-table"}) for _ in range(STORED - len(networks))]
    answer = small.http.post("/networks", json={})
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/no-room")
    assert answer.headers["retry-after"] == "60"
    for network in more:
        small.http.delete(network.path)
    small.http.delete(small.create().path)


def test_the_catalogue_tells_how_many_there_may_be(small):
    limits = small.http.get("/catalog").json()["limits"]
    assert (limits["stored"], limits["resident"], limits["playing"]) == (STORED, RESIDENT, PLAYING)


def test_where_it_is_full_networks_that_nobody_used_make_room():
    room = {"LIMITS__STORED": "3", "LIMITS__RESIDENT": "2", "LIMITS__UNTOUCHED_SECONDS": "0"}
    with served(DATA=":memory:", **room) as (_, service):
        mine, watched = service.create(), service.create()
        mine.steps(2)
        with watched.live():
            first, *_ = flood = [service.create() for _ in range(6)]
            assert service.http.get(first.path).status_code == 404
            assert [service.http.get(network.path).status_code for network in flood] == [404] * 5 + [200]
        assert (mine.get()["step"], watched.get()["step"]) == (2, 0)


def test_networks_that_nobody_used_leave_memory_first():
    with served(DATA=":memory:", LIMITS__RESIDENT="2") as (_, service):
        mine = service.create()
        version = mine.steps(2)["version"]
        mine.steps(1)
        for _ in range(4):
            service.create()
        assert mine.send("POST", "/rewind", {"version": version})["step"] == 2, "its checkpoints are there"


def networks_that_are(service: Service, kind: str) -> int:
    """How many networks are in_memory, or watched."""
    metrics = service.http.get("/metrics").text
    return int(re.findall(rf"^playground_networks_{kind} (\d+)", metrics, re.MULTILINE)[0])


def test_networks_with_many_examples_leave_memory_until_their_bytes_fit():
    large = {"data": {"name": "gauss", "examples": 20_000}}
    with served(DATA=":memory:", LIMITS__RESIDENT_BYTES="4000000") as (_, service):
        networks = [service.create(**large) for _ in range(5)]
        assert networks_that_are(service, "in_memory") < 5
        trained = [network.steps(1 + place)["step"] for place, network in enumerate(networks)]
        assert trained == [1, 2, 3, 4, 5]
        with ExitStack() as watching:
            for network in networks[:3]:
                watching.enter_context(network.live())
            assert "4 MB" in service.refusal("POST", "/networks", 503, json=large)["detail"]
        while networks_that_are(service, "watched"):
            pass
        service.create(**large)


def test_a_trainer_is_replaced_while_there_are_a_thousand_connections():
    allow_open_files(2_000)
    with served(DATA=":memory:") as (process, service), ExitStack() as connections:
        network = service.create()
        host, port = service.address.removeprefix("http://").split(":")
        for _ in range(1_100):
            connections.enter_context(socket.create_connection((host, int(port))))
        (trainer,) = children(process.pid)
        os.kill(trainer, signal.SIGKILL)
        begun = monotonic()
        while (answer := service.http.post(f"{network.path}/steps", json={})).status_code == 503:
            pass
        assert answer.json()["step"] == 1
        assert monotonic() - begun < HEAD_SECONDS, "the connections are there meanwhile"
