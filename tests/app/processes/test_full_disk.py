"""A disk with no more room: the files of a real server may not grow, and later they may again."""

import resource
import time
from pathlib import Path

import pytest

from tests.app.server import Network, served

pytestmark = pytest.mark.slow

UNBOUND = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def await_saving(network: Network) -> None:
    """Wait until a change is taken again."""
    while network.service.http.post(f"{network.path}/pause").status_code == 507:
        time.sleep(0.1)


def test_without_room_training_goes_on_saves_are_refused_and_all_is_kept_once_there_is_room(tmp_path: Path):
    with served(DATA=str(tmp_path)) as (process, service):
        network, playing = service.create(), service.create(seed=2)
        playing.send("POST", "/play", {"epochs_per_second": 20, "until": {"epoch": 1_000_000}})
        told = network.steps(100)
        with playing.live() as live:
            live.frame()
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            problem = network.refused("POST", "/steps", 507, json={"count": 10})
            assert problem["type"] == "/problems/not-saved"
            assert live.event("storage")["trouble"]
            assert service.refusal("POST", "/networks", 507, json={})["type"] == "/problems/not-saved"
            assert network.get()["step"] == told["step"] + 10
            step = live.frame().step
            while live.frame().step <= step:
                pass
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, UNBOUND)
            assert live.event("storage")["trouble"] is None
        await_saving(network)
        process.kill()
        process.wait()
    with served(DATA=str(tmp_path)) as (_, service):
        again = service.http.get(network.path).json()
        assert again["step"] == told["step"] + 10
        assert service.http.get(playing.path).json()["playing"]
