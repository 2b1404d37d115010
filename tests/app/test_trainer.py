"""The trainer, in this process: one network's trouble is not the others'."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from app.schemas.commands import Play, Steps
from app.services.refusals import Fault
from app.services.seam import Answer, Event, Report, Request
from app.settings import Limits
from app.trainer.channel import Channel
from app.trainer.trainer import Trainer


class Bench:
    """A trainer and the other end of its channel."""

    def __init__(self, connection: socket.socket, other: socket.socket) -> None:
        self.trainer = Trainer(Channel(connection), Limits())
        self._other = Channel(other)

    def ask(self, network: str, name: str, **arguments: Any) -> list[Report]:
        """Send a request, give every network one turn, and hear what is told."""
        self._other.send(Request(1, network, name, arguments))
        return self.turn()

    def turn(self) -> list[Report]:
        self.trainer.turn()
        return list(self._other.receive())


@pytest.fixture
def bench() -> Iterator[Bench]:
    connection, other = socket.socketpair()
    with connection, other:
        yield Bench(connection, other)


def test_a_network_whose_training_fails_stops_and_says_so_while_others_go_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    for network in ("sick", "well"):
        bench.ask(network, "create", given={})
        bench.ask(network, "play", asked=Play())
    sick, well = (bench.trainer.residents[network] for network in ("sick", "well"))

    def fail(_: int) -> None:
        raise FloatingPointError("no")

    monkeypatch.setattr(sick.run, "train_steps", fail)
    reports = bench.ask("sick", "steps", asked=Steps(count=5))
    refused = [report.refusal for report in reports if isinstance(report, Answer)]
    told = [report.state for report in reports if isinstance(report, Event)]
    assert [type(refusal) for refusal in refused] == [Fault]
    assert told[-1]["status"] == "paused"
    assert "went wrong here" in told[-1]["reason"]
    assert "FloatingPointError" in caplog.text
    before = well.run.step
    bench.turn()
    assert well.run.step > before
    assert bench.ask("sick", "state")[-1].value["playing"] is False  # type: ignore[union-attr]


def test_a_greedy_network_takes_no_more_than_its_slice_of_a_turn(bench: Bench):
    given = {"layers": [{"units": 64}, {"units": 64}, {"units": 1}]}
    bench.ask("greedy", "create", given=given)
    bench.ask("greedy", "play", asked=Play())
    bench.ask("modest", "create", given={})
    bench.ask("modest", "play", asked=Play(epochs_per_second=200))
    modest = bench.trainer.residents["modest"].run
    for _ in range(20):
        before = modest.step
        bench.turn()
        assert modest.step > before
