"""A database and files that version 0.1 saved open, and their networks train on as they would have.

tests/golden/saved_by_0_1 was written by the last commit before modules, classes and attributes were renamed.
It holds a database of four networks, an archive, and what that version answered about them.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.rounding import approximate
from tests.app.server import Network, Service, served

SAVED = Path(__file__).parents[2] / "golden" / "saved_by_0_1"
EXPECTED: dict[str, Any] = json.loads((SAVED / "expected.json").read_text(encoding="utf-8"))
WORDING = {"reason", "page"}
"""Fields of a state that are sentences or addresses, which may change."""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A server on a copy of the saved database."""
    shutil.copy(SAVED / "networks.sqlite3", tmp_path)
    with served(DATA=str(tmp_path)) as (_, service):
        yield service


def saved(service: Service, name: str) -> Network:
    """Return a network of the saved database."""
    return Network(service, EXPECTED["ids"][name], {})


def close(value: Any) -> Any:
    """Return the value with numbers to nine digits."""
    return approximate(value, rel=1e-9, abs=1e-12)


def without_wording(state: dict[str, Any]) -> dict[str, Any]:
    """Return a state as far as it must not change."""
    return {field: value for field, value in state.items() if field not in WORDING}


def test_every_saved_network_has_the_state_and_the_history_that_it_had(service: Service):
    for name, state in EXPECTED["states"].items():
        network = saved(service, name)
        now, then = network.get(), without_wording(state)
        assert {field: now[field] for field in then} == close(then), name
        assert network.get("/history") == close(EXPECTED["histories"][name]), name


def test_a_saved_network_trains_on_as_it_would_have(service: Service):
    for name, parameters in EXPECTED["after_ten_steps"].items():
        network = saved(service, name)
        network.steps(10)
        assert network.get("/parameters") == close(parameters), name


def test_an_exported_file_makes_a_network_with_the_same_numbers(service: Service):
    for name, file in EXPECTED["files"].items():
        network = service.create(**file)
        again = network.get("/export", params={"format": "json"})
        assert again["parameters"] == file["parameters"], name
        assert again["progress"] == file["progress"], name


def test_an_exported_archive_makes_a_network_with_the_same_numbers(service: Service):
    archive = (SAVED / "trained.npz").read_bytes()
    answer = service.http.post("/networks", content=archive, headers={"Content-Type": "application/x-npz"})
    assert answer.status_code == 201, answer.text
    again = Network(service, answer.json()["id"], answer.json()).get("/export", params={"format": "json"})
    assert again["parameters"] == EXPECTED["files"]["trained"]["parameters"]
