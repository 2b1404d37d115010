"""The process: how it starts, how it ends, and what happens when its trainer does."""

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.__main__ import main
from tests.app.server import PREFIX, Network, Service, served, started
from tests.cpu_contention import slowness

pytestmark = pytest.mark.slow


def trainers_of(process: subprocess.Popen[str]) -> list[int]:
    """The process ids of a server's trainers, the oldest first."""
    threads = Path(f"/proc/{process.pid}/task").glob("*/children")
    return sorted(int(child) for thread in threads for child in thread.read_text().split())


def trainer_of(process: subprocess.Popen[str]) -> int:
    """The process id of a server's only trainer."""
    (trainer,) = trainers_of(process)
    return trainer


def test_a_taken_port_is_told_in_one_line_that_says_what_to_do(service: Service):
    port = service.address.rpartition(":")[2]
    ended = started(PORT=port)
    assert ended.returncode == 1
    assert ended.stderr == (
        f"Port {port} is taken on 127.0.0.1: choose another one, as in PORT={int(port) + 1} python -m app\n"
    )


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"PORT": "many"}, "PORT"),
        ({"HOST": "no.such.host.invalid"}, "HOST"),
        ({"LIMITS__ROWS": "0"}, "LIMITS__ROWS"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_in_one_line(environment: dict[str, str], word: str):
    ended = started(**{"PORT": "0", **environment})
    assert ended.returncode == 1
    assert word in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_limits_are_settings():
    with served(LIMITS__ROWS="50") as (_, service):
        assert service.http.get("/catalog").json()["limits"]["rows"] == 50
        assert service.create().made["spec"]["data"]["examples"] == 50
        assert service.wrong_field({"data": {"examples": 51}}) == "data.examples"


def test_being_told_to_end_closes_sockets_and_ends_well_within_five_seconds():
    with served() as (process, service):
        network = service.create()
        trainer = trainer_of(process)
        with network.live() as live:
            live.command("play")
            live.event("done")
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=5) == 0
            assert live.closed() == 1012
        assert time.monotonic() - begun < 5
        assert not Path(f"/proc/{trainer}").exists()


def test_a_request_that_the_end_of_the_service_cuts_short_is_told_so():
    with served(LIMITS__WORK_SECONDS="1000") as (process, service):
        network = service.create(layers=[{"units": 64}, {"units": 64}, {"units": 1}], data={"examples": 5000})
        many = {"count": 3000, "unit": "epoch"}
        with ThreadPoolExecutor() as pool:
            cut = pool.submit(service.http.post, f"{network.path}/steps", json=many)
            while not network.get()["step"]:
                assert not cut.done()
            process.send_signal(signal.SIGTERM)
            answer = cut.result()
        assert process.wait(timeout=5) == 0
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/ending")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "2"


def test_a_trainer_ends_with_its_server_even_if_that_is_killed():
    with served() as (process, _):
        trainer = trainer_of(process)
        process.kill()
        process.wait()
        end = time.monotonic() + 5 * slowness()
        while _alive(trainer):
            assert time.monotonic() < end
            time.sleep(0.05)


def test_a_trainer_that_dies_is_replaced_and_its_networks_go_on():
    with served() as (process, service):
        stepped, playing = service.create(), service.create()
        before = stepped.steps(100)
        parameters = stepped.get("/parameters")
        playing.send("POST", "/play", {"epochs_per_second": 50})
        with stepped.live() as live:
            live.frame()
            _kill(trainer_of(process))
            event = live.event("state")
            assert event["state"] == before
            assert live.frame().step == 100
        assert stepped.get("/parameters") == parameters
        assert stepped.steps(1)["step"] == 101
        assert playing.get()["status"] == "playing"


def test_what_was_under_way_in_a_trainer_that_died_is_told_and_can_be_asked_again():
    with served() as (process, service):
        network = service.create(layers=[{"units": 64}, {"units": 64}, {"units": 1}], batch_size=100)
        with network.live() as live:
            live.command("steps", count=3000)
            while live.frame().step == 0:
                pass
            _kill(trainer_of(process))
            problem = live.event("error")["problem"]
        assert (problem["status"], problem["type"]) == (503, "/problems/trainer-lost")
        assert network.steps(1)["step"] == 1


def test_a_stepped_network_resumes_bit_for_bit():
    with served() as (process, service):
        spec = {
            "optimizer": {"name": "adam"},
            "penalty": {"name": "l1", "rate": 0.01},
            "data": {"noise": 0.2},
        }
        one, other = service.create(**spec), service.create(**spec)
        one.steps(60)
        _kill(trainer_of(process))
        _settled(one)
        one.steps(60)
        other.steps(120)
        assert one.get("/parameters") == other.get("/parameters")
        assert one.get("/history") == other.get("/history")


def _settled(network: Network) -> None:
    """Wait until the network is there again."""
    while network.service.http.get(network.path).status_code == 503:
        time.sleep(0.02)


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def _alive(process: int) -> bool:
    """Whether a process runs; one that has ended and is not yet buried does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_play_without_a_goal_ends_when_nobody_watches():
    with served(LIMITS__UNWATCHED_SECONDS="0.3") as (_, service):
        alone, aimed, seen = service.create(), service.create(), service.create()
        with seen.live():
            aimed.send("POST", "/play", {"epochs_per_second": 5, "until": {"epoch": 10_000}})
            seen.send("POST", "/play", {"epochs_per_second": 5})
            alone.send("POST", "/play", {"epochs_per_second": 5})
            while (state := alone.get())["playing"]:
                time.sleep(0.05)
            assert state["reason"] == "No client has watched this network for 0.3 s."
            assert aimed.get()["playing"]
            assert seen.get()["playing"]


def test_a_play_without_a_goal_ends_after_very_many_epochs():
    with served(LIMITS__UNATTENDED_EPOCHS="50") as (_, service):
        network = service.create()
        network.steps(30, "epoch")
        network.send("POST", "/play", {})
        while (state := network.get())["playing"]:
            time.sleep(0.05)
        assert (state["epoch"], state["step"]) == (80, 80 * 25)
        assert state["reason"] == "50 epochs done, no stopping rule set."


def test_a_client_that_stops_reading_is_dropped():
    limits = {"SILENT_SECONDS": "1", "LIMITS__UNWATCHED_SECONDS": "0.3"}
    with served(**limits) as (_, service):
        network = service.create()
        host, port = service.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as deaf:
            deaf.sendall(
                f"GET {PREFIX}{network.path}/live HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
            )
            assert deaf.recv(12) == b"HTTP/1.1 101"
            network.send("POST", "/play", {"epochs_per_second": 5})
            end = time.monotonic() + 20
            while (state := network.get())["playing"]:
                assert time.monotonic() < end
                time.sleep(0.05)
        assert state["reason"] == "No client has watched this network for 0.3 s."


@pytest.mark.parametrize("way", [signal.SIGSTOP, signal.SIGKILL])
def test_a_trainer_that_hangs_or_dies_is_replaced_within_two_seconds_and_the_others_go_on(
    way: signal.Signals,
):
    with served(TRAINERS="2") as (process, service):
        networks = [service.create(seed=seed) for seed in range(2)]
        for network in networks:
            network.send("POST", "/play", {"epochs_per_second": 50, "until": {"epoch": 100_000}})
        hit, spared = trainers_of(process)
        slow = slowness()
        assert _seconds_to_replace(hit, way, networks) <= 2 * max(slow, slowness())
        assert spared in (after := trainers_of(process))
        assert hit not in after


def _seconds_to_replace(trainer: int, way: signal.Signals, networks: list[Network]) -> float:
    """How long until all networks are known to train after a trainer was hit."""
    steps = [network.get()["step"] for network in networks]
    begun = time.monotonic()
    os.kill(trainer, way)
    time.sleep(0.05)
    for network, step in zip(networks, steps, strict=True):
        _settled(network)
        state = network.get()
        assert state["status"] == "playing"
        while network.get()["step"] <= step:
            time.sleep(0.02)
    return time.monotonic() - begun


def test_windows_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "platform", "win32")
    assert main() == 1
    assert "Windows Subsystem for Linux" in capsys.readouterr().err
