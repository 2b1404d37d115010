"""The load tool, with a small class."""

import json
from math import inf
from pathlib import Path

import pytest

from benchmarks.load.__main__ import main
from benchmarks.load.metrics_scrape import quantile

pytestmark = pytest.mark.slow


def test_the_load_tool_tells_what_a_class_was_given(tmp_path: Path):
    file = tmp_path / "load.json"
    main(["--only", "classroom", "--students", "3", "--seconds", "1", "--json", str(file)])
    figures = {figure["what"]: figure for figure in json.loads(file.read_text())}
    assert figures["frames delivered"]["value"] > 0.1
    assert figures["pace held"]["value"] > 0.1
    assert figures["frames delivered"]["target"] == 0.99
    assert 0 <= figures["p99 late of the event loop, s"]["value"] < 10
    assert 0 < figures["cores of the trainers"]["value"] < 1.5


def test_after_a_soak_nothing_is_left(tmp_path: Path):
    file = tmp_path / "load.json"
    main(["--only", "soak", "--students", "20", "--soak", "1.5", "--json", str(file)])
    figures = {figure["what"]: figure["value"] for figure in json.loads(file.read_text())}
    assert {what: figures[f"more {what}"] for what in ("open files", "tasks", "networks", "sockets")} == {
        "open files": 0, "tasks": 0, "networks": 0, "sockets": 0
    }  # fmt: skip


def test_a_quantile_is_read_from_buckets_as_prometheus_reads_it():
    assert quantile({0.1: 50, 0.2: 100, inf: 100}, 0.99) == pytest.approx(0.198)
    assert quantile({0.1: 50, 0.2: 60, inf: 100}, 0.99) == 0.2
