"""A server that ended, however it ended, is followed by one that goes on where it was."""

import signal
import time
from pathlib import Path

import pytest

from tests.app.server import Service, served, started

pytestmark = pytest.mark.slow


def follow(network_id: str, service: Service):
    """The state of a network of the server before."""
    answer = service.http.get(f"/networks/{network_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_after_kill_9_everything_acknowledged_is_there_and_what_played_plays_on(tmp_path: Path):
    with served(DATA=str(tmp_path)) as (process, service):
        resting, playing, gone = service.create(), service.create(seed=3), service.create()
        told = resting.steps(120)
        parameters = resting.get("/parameters")
        playing.send("POST", "/play", {"epochs_per_second": 50, "until": {"epoch": 1_000_000}})
        service.http.delete(gone.path)
        process.kill()
        process.wait()
    with served(DATA=str(tmp_path)) as (_, service):
        now = follow(playing.id, service)
        assert now["playing"]
        while follow(playing.id, service)["step"] <= now["step"]:
            time.sleep(0.02)
        assert follow(resting.id, service) == {**told, "page": f"{service.address}/#id={resting.id}"}
        assert service.http.get(f"{resting.path}/parameters").json() == parameters
        assert service.http.get(gone.path).status_code == 404


def test_a_server_told_to_end_keeps_what_plays_to_the_last_step(tmp_path: Path):
    with served(DATA=str(tmp_path)) as (process, service):
        network = service.create()
        network.send("POST", "/play", {"epochs_per_second": 50, "until": {"epoch": 1_000_000}})
        while (before := network.get())["step"] < 100:
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    with served(DATA=str(tmp_path)) as (_, service):
        after = follow(network.id, service)
        assert after["playing"]
        assert after["step"] >= before["step"]


def test_a_second_server_on_the_same_data_is_refused_in_one_line(tmp_path: Path):
    with served(DATA=str(tmp_path)):
        ended = started(PORT="0", DATA=str(tmp_path))
    assert ended.returncode == 1
    assert "Another playground uses the data folder" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_an_idle_network_leaves_memory_and_comes_back_bit_for_bit():
    spec = {"optimizer": {"name": "adam"}, "layers": [{"units": 6, "dropout": 0.4}, {"units": 1}]}
    with served(LIMITS__IDLE_SECONDS="0.2") as (_, service):
        one, other = service.create(**spec), service.create(**spec)
        one.steps(60)
        time.sleep(0.6)
        one.steps(60)
        other.steps(120)
        assert one.get("/parameters") == other.get("/parameters")
        assert one.get("/history") == other.get("/history")


def test_a_network_that_nobody_used_for_very_long_is_deleted_but_one_in_use_is_not():
    with served(LIMITS__UNUSED_DAYS="0.00001", LIMITS__IDLE_SECONDS="0.1") as (_, service):
        forgotten, played = service.create(), service.create()
        played.send("POST", "/play", {"epochs_per_second": 5, "until": {"epoch": 1_000_000}})
        while service.http.get(forgotten.path).status_code != 404:
            time.sleep(1.2)
        assert played.get()["playing"]
