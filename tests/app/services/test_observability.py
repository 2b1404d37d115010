"""What the service says of itself: numbers for Prometheus, lines of JSON, and no whole id in either."""

import json
import logging
import re
import time
from pathlib import Path
from typing import Any

import pytest

from app.domain.instruments import Histogram, Rate
from app.logs import JsonFormatter
from app.services.observability.exposition import Exposition
from tests.app.server import Service, served

OPERATIONS = Path(__file__).resolve().parents[3] / "docs/operations.md"
SAMPLE = re.compile(r'(playground_\w+)(\{(?:\w+="[^"]*",?)+\})? (-?[0-9.e+-]+)')
Lines_ = list[dict[str, Any]]


def metrics(service: Service) -> dict[str, float]:
    """Every sample by its name and labels."""
    answer = service.http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = {}
    for line in answer.text.splitlines():
        if not line.startswith("#"):
            found = SAMPLE.fullmatch(line)
            assert found, line
            samples[found[1] + (found[2] or "")] = float(found[3])
    return samples


def test_metrics_follow_what_happens_and_each_is_documented(service: Service):
    before = metrics(service)
    network = service.create()
    network.send("POST", "/play", {"epochs_per_second": 200})
    with network.live() as live:
        live.command("patch", batch_size=5)
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            live.frame()
        during = metrics(service)
        text = service.http.get("/metrics").text
    service.http.delete(network.path)
    for gauge in ("networks_kept", "networks_playing", "networks_watched", "sockets"):
        assert during[f"playground_{gauge}"] >= before[f"playground_{gauge}"] + 1, gauge
    for counter in (
        "frames_sent_total",
        "commands_total",
        'steps_total{trainer="0"}',
        "loop_lag_seconds_count",
    ):
        assert during[f"playground_{counter}"] > before.get(f"playground_{counter}", 0), counter
    for present in ("steps_per_second", "memory_bytes", "open_files", "tasks", "storage_ok",
                    'trainer_up{trainer="0"}', 'stack_size_count{trainer="0"}',
                    'frame_lag_seconds_count{trainer="0"}', 'trainer_memory_bytes{trainer="0"}'):  # fmt: skip
        assert during[f"playground_{present}"] > 0, present
    created = 'playground_requests_total{method="POST",route="/networks",status="201"}'
    assert during[created] == before.get(created, 0) + 1
    assert network.id not in text
    told = set(re.findall(r"^# TYPE playground_(\w+)", text, re.MULTILINE))
    documented = set(re.findall(r"^\| `playground_(\w+)`", OPERATIONS.read_text(), re.MULTILINE))
    assert told == documented


def test_methods_that_a_client_invents_share_one_label(service: Service):
    for number in range(5):
        assert service.http.request(f"M{number}" + 5_000 * "A", "/catalog").status_code == 405
    told = service.http.get("/metrics").text
    assert "AAAA" not in told
    assert 'method="any",route="/catalog",status="405"' in told


def test_a_histogram_is_told_as_prometheus_adds_it_up():
    histogram = Histogram((0.1, 1))
    for number in (0.05, 0.1, 0.5, 7):
        histogram.observe(number)
    exposition = Exposition()
    exposition.histogram("wait", "Seconds.", ({"trainer": "0"}, histogram))
    assert exposition.text.splitlines() == [
        "# HELP playground_wait Seconds.",
        "# TYPE playground_wait histogram",
        'playground_wait_bucket{trainer="0",le="0.1"} 2',
        'playground_wait_bucket{trainer="0",le="1"} 3',
        'playground_wait_bucket{trainer="0",le="+Inf"} 4',
        'playground_wait_sum{trainer="0"} 7.65',
        'playground_wait_count{trainer="0"} 4',
    ]


def test_a_rate_is_of_the_last_window_and_falls_to_nothing():
    rate = Rate(now=0.0)
    rate.observe(50, 0.5)
    assert rate.at(2.0) == 25
    assert rate.at(2.5) == 25
    assert rate.at(4.0) == 0


def logged(process: Any) -> Lines_:
    """What a server that was told to end had written."""
    process.terminate()
    return [json.loads(line) for line in process.communicate(timeout=10)[1].splitlines()]


@pytest.mark.slow
def test_what_happens_is_told_line_by_line_in_json_without_any_whole_id():
    with served(LOG_LEVEL="info") as (process, service):
        network = service.create()
        network.steps(3)
        service.http.get("/nothing")
        with network.live() as live:
            live.frame()
            service.http.delete(network.path)
            assert live.closed() == 4404
        lines = logged(process)
    text = json.dumps(lines)
    assert network.id not in text
    events = {line["event"]: line for line in lines}
    assert {
        "started",
        "trainer started",
        "network created",
        "network deleted",
        "socket closed",
        "ended",
    } <= set(events)
    assert events["network created"]["network"] == network.id[:4] + "…"
    assert events["socket closed"]["code"] == 4404
    asked = [(line["method"], line["route"], line["status"]) for line in lines if line["event"] == "request"]
    assert ("POST", "/networks/{id}/steps", 200) in asked
    assert ("any", "none", 404) in asked
    assert all({"time", "level", "process", "logger"} <= set(line) for line in lines)


@pytest.mark.slow
def test_a_server_that_is_well_says_nothing_beyond_where_it_is():
    with served() as (process, service):
        service.create().steps(3)
        assert logged(process) == []


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("at /networks/Zk3mXv0aQ5u1yC7sT2bLrg/live", "at /networks/Zk3m…/live"),
        ("an-id_that-is-not-of-22-letters-at-all", "an-id_that-is-not-of-22-letters-at-all"),
    ],
)
def test_whatever_looks_like_an_id_is_cut_in_messages_fields_and_tracebacks(text: str, cut: str):
    try:
        raise KeyError(text)
    except KeyError as error:
        info = (KeyError, error, error.__traceback__)
    record = logging.LogRecord("app", logging.ERROR, "", 0, "no %s", (text,), info)
    record.where = text
    told = json.loads(JsonFormatter("web").format(record))
    assert (told["event"], told["where"]) == (f"no {cut}", cut)
    assert f"KeyError: '{cut}'" in told["exception"]


def test_numbers_that_are_not_finite_are_written_as_prometheus_reads_them():
    exposition = Exposition()
    exposition.gauge(
        "odd", "Odd.", ({"n": "0"}, float("nan")), ({"n": "1"}, float("inf")), ({"n": "2"}, -float("inf"))
    )
    assert [line.rpartition(" ")[2] for line in exposition.text.splitlines()[2:]] == ["NaN", "+Inf", "-Inf"]
