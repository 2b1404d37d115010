"""The step benchmark: however many `steps` come at once, a turn of the trainer measures one network."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.domain.exceptions import TooMuchWork
from app.messages.reports import Answer, BusyNotice
from app.messages.requests import Command, Create
from app.schemas.requests import Steps
from app.trainer.scheduling import step_benchmark
from app.trainer.scheduling.pacing import Throughput
from engine.training.run import TrainingRun
from tests.app.processes.test_processes import trainer_of
from tests.app.server import served
from tests.app.trainer.test_event_loop import Bench

MANY = Steps(count=60)


@pytest.fixture
def bench() -> Iterator[Bench]:
    connection, other = socket.socketpair()
    with connection, other:
        yield Bench(connection, other)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[TrainingRun]:
    """The runs that were measured, each of which seems to take a millisecond a step."""
    runs: list[TrainingRun] = []

    def measure(run: TrainingRun, _: bool) -> tuple[Throughput, bool]:
        runs.append(run)
        return Throughput(1e-3, 100), run.config.rate_at(0, 0) > 1

    monkeypatch.setattr(step_benchmark, "_step_speed", measure)
    return runs


def told_steps(bench: Bench, specs: list[dict[str, Any]], asked: Steps = MANY) -> None:
    """Make a network of each spec, and have `steps` of all of them wait."""
    for number, spec in enumerate(specs):
        bench.ask(f"{number}", Create(spec))
    for number in range(len(specs)):
        bench.other.send(Command(f"{number}", asked, request_id=number + 1))


def layers(units: int) -> dict[str, Any]:
    return {"layers": [{"units": units}, {"units": 1}]}


def test_of_networks_that_differ_one_is_measured_in_a_turn(bench: Bench, measured: list[TrainingRun]):
    told_steps(bench, [layers(units) for units in range(1, 7)])
    for turn in range(1, 7):
        bench.turn()
        assert measured == [bench.trainer.sessions[f"{number}"].run for number in range(turn)]


def test_no_turn_waits_while_networks_have_yet_to_be_measured(bench: Bench, measured: list[TrainingRun]):
    told_steps(bench, [layers(units) for units in range(1, 4)])
    bench.turn()
    assert len(measured) == 1
    assert bench.trainer._idle_seconds() == 0.0


def test_networks_that_train_alike_are_measured_once(bench: Bench, measured: list[TrainingRun]):
    told_steps(bench, [{**layers(3), "seed": seed} for seed in range(8)])
    bench.turn()
    assert len(measured) == 1
    speeds = [session.throughputs[False] for session in bench.trainer.sessions.values()]
    assert len(set(map(id, speeds))) == 8
    assert all(speed.measured >= 100 for speed in speeds)


def test_one_that_diverges_does_not_speak_for_others(bench: Bench, measured: list[TrainingRun]):
    rash = {**layers(3), "optimizer": {"name": "sgd", "learning_rate": 100}}
    told_steps(bench, [rash, rash])
    bench.turn()
    bench.turn()
    assert len(measured) == 2


def test_a_command_that_needs_no_measuring_overtakes_those_of_others(
    bench: Bench, measured: list[TrainingRun]
):
    told_steps(bench, [layers(units) for units in range(1, 7)])
    bench.ask("last", Create({}))
    bench.other.send(Command("last", Steps(count=1), request_id=8))
    answered = [report.request_id for report in bench.turn() + bench.turn() if isinstance(report, Answer)]
    assert 8 in answered
    assert len(measured) < 6


def test_a_network_that_trains_like_one_too_slow_is_refused_at_once(
    bench: Bench, measured: list[TrainingRun]
):
    told_steps(bench, [layers(3), layers(3)], Steps(count=100_000))
    refused = [report.error for report in bench.turn() if isinstance(report, Answer)]
    assert [type(refusal) for refusal in refused] == [TooMuchWork, TooMuchWork]
    assert len(measured) == 1


def test_the_results_that_are_kept_are_bounded(
    bench: Bench, measured: list[TrainingRun], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(step_benchmark, "RESULTS_KEPT", 2)
    told_steps(bench, [layers(units) for units in (1, 2, 3)])
    for _ in range(3):
        bench.turn()
    assert len(measured) == 3
    assert len(bench.trainer.benchmark._results) == 2


def test_measuring_a_large_network_is_announced_first(bench: Bench, measured: list[TrainingRun]):
    large = {"layers": [{"units": 64}, {"units": 64}, {"units": 1}], "data": {"examples": 20_000}}
    told_steps(bench, [{**large, "batch_size": 10_000}])
    first = bench.turn()[0]
    assert isinstance(first, BusyNotice)
    assert first.seconds > 0.3
    assert len(measured) == 1


def test_sixty_networks_told_to_step_at_once_for_the_first_time_are_all_answered():
    with served() as (process, service):
        networks = [
            service.create(layers=[{"units": 1 + number}, {"units": 1}], optimizer={"name": "adam"})
            for number in range(60)
        ]
        trainer = trainer_of(process)
        with ThreadPoolExecutor(len(networks)) as pool:
            states = list(pool.map(lambda network: network.steps(100), networks))
        assert [state["step"] for state in states] == [100] * 60
        assert trainer_of(process) == trainer
