"""The trainer, in this process: one network's trouble is not the others'."""

import socket
from collections.abc import Iterator
from time import perf_counter, process_time

import pytest

from app.domain.exceptions import InternalError
from app.messages.channel import NonblockingChannel
from app.messages.commands import CommandBody
from app.messages.queries import NetworkQueryBody, StateQuery
from app.messages.reports import Answer, Event, Frames, Message
from app.messages.requests import Command, Control, ControlBody, Create, Query, Watch
from app.schemas.requests import DataChange, Pause, Play, Steps, Until
from app.settings import Limits
from app.trainer import event_loop, session
from app.trainer.event_loop import MANY_EXAMPLES, TrainerProcess
from app.trainer.frames import HEADER
from app.trainer.scheduling import scheduler
from app.trainer.scheduling.score_backfill import backfill_scores
from engine.training.loop import train_epochs


class Bench:
    """A trainer and the other end of its channel."""

    def __init__(self, connection: socket.socket, other: socket.socket) -> None:
        self.trainer = TrainerProcess(NonblockingChannel(connection), Limits())
        self.other = NonblockingChannel(other)

    def ask(self, network: str, body: CommandBody | NetworkQueryBody | ControlBody) -> list[Message]:
        """Send a request, give every network one turn, and return the reports."""
        if isinstance(body, CommandBody):
            self.other.send(Command(network, body, request_id=1))
        elif isinstance(body, ControlBody):
            self.other.send(Control(network, body, 1))
        else:
            self.other.send(Query(network, body, 1))
        return self.turn()

    def turn(self) -> list[Message]:
        self.trainer.tick()
        return list(self.other.receive())


@pytest.fixture
def bench() -> Iterator[Bench]:
    connection, other = socket.socketpair()
    with connection, other:
        yield Bench(connection, other)


def test_a_network_whose_training_fails_stops_and_says_so_while_others_go_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    for network in ("sick", "well"):
        bench.ask(network, Create({}))
        bench.ask(network, Play())
    sick, well = (bench.trainer.sessions[network] for network in ("sick", "well"))

    def fail(_: int, __: int) -> None:
        raise FloatingPointError("no")

    monkeypatch.setattr(sick.run, "advance", fail)
    reports = bench.ask("sick", Steps(count=5))
    refused = [report.error for report in reports if isinstance(report, Answer)]
    told = [report.state for report in reports if isinstance(report, Event)]
    assert [type(refusal) for refusal in refused] == [InternalError]
    assert told[-1]["status"] == "paused"
    assert "The service failed" in told[-1]["reason"]
    assert "FloatingPointError" in caplog.text
    before = well.run.step
    bench.turn()
    assert well.run.step > before
    assert bench.ask("sick", StateQuery())[-1].value["playing"] is False  # type: ignore[union-attr]


@pytest.mark.slow
def test_a_greedy_network_gets_a_fifth_at_most_where_a_pace_cannot_be_kept(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    for module in (
        session,
        scheduler,
        event_loop,
    ):  # a clock that stands still while others have the processor
        monkeypatch.setattr(module, "perf_counter", process_time)
    given = {"layers": [{"units": 64}, {"units": 64}, {"units": 1}]}
    bench.ask("greedy", Create(given))
    bench.ask("eager", Create({"batch_size": 1}))
    bench.ask("greedy", Play())
    bench.ask("eager", Play(epochs_per_second=1000))
    greedy, behind = bench.trainer.sessions["greedy"], process_time() + 0.3
    while process_time() < behind:
        bench.turn()
    used, begun = greedy.cpu_used or 0.0, process_time()
    while process_time() - begun < 1.5:
        bench.turn()
    assert 0 < (greedy.cpu_used or 0.0) - used < 0.2 * (process_time() - begun)


def test_steps_that_somebody_waits_for_take_half_of_the_time_however_many_others_play(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    for module in (session, scheduler, event_loop):
        monkeypatch.setattr(module, "perf_counter", process_time)
    for member in range(8):
        bench.ask(f"{member}", Create({"layers": [{"units": member + 1}, {"units": 1}]}))
        bench.ask(f"{member}", Play())
    bench.ask("asked", Create({}))
    bench.ask("asked", Steps(count=2000))
    plays = [other for other in bench.trainer.sessions.values() if other.play_request]
    asked, before = bench.trainer.sessions["asked"], sum(play.run.step for play in plays)
    used, begun = asked.cpu_used or 0.0, process_time()
    while asked.job:
        bench.turn()
    assert (asked.cpu_used or 0.0) - used > 0.3 * (process_time() - begun)
    assert sum(play.run.step for play in plays) > before


def test_whoever_plays_beside_it_a_network_makes_the_same_numbers(bench: Bench):
    goal = Until(step=230)
    bench.ask("alone", Create({"seed": 5}))
    bench.ask("alone", Play(until=goal))
    while bench.trainer.sessions["alone"].play_request:
        bench.turn()
    for member in range(5):
        bench.ask(f"other {member}", Create({"seed": member, "data": {"name": "xor"}}))
        bench.ask(f"other {member}", Play(epochs_per_second=50 * member or None))
    bench.ask("among others", Create({"seed": 5}))
    bench.ask("among others", Play(epochs_per_second=400, until=goal))
    while bench.trainer.sessions["among others"].play_request:
        bench.turn()
    one, other = (bench.trainer.sessions[network].run for network in ("alone", "among others"))
    assert one.step == other.step == 230
    assert (one.network.theta == other.network.theta).all()
    assert one.history.rows == other.history.rows


def test_networks_of_one_shape_train_as_one_stack(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    sizes = []
    monkeypatch.setattr(scheduler, "train_group", lambda runs, *_: sizes.append(len(runs)))
    for member in range(6):
        bench.ask(f"{member}", Create({"seed": member}))
    for member in range(6):
        bench.ask(f"{member}", Play(epochs_per_second=None if member < 3 else 100))
    end = perf_counter() + 5
    while 3 not in sizes[-2:] and perf_counter() < end:
        bench.turn()
    assert 3 in sizes


def test_whoever_joins_delays_no_frame_of_those_who_watch_and_takes_none_away(bench: Bench):
    bench.ask("seen", Create({}))
    bench.ask("seen", Watch(2))
    reports = bench.ask("seen", Steps(count=5)) + bench.turn()
    assert [report for report in reports if isinstance(report, Frames)]
    asked = bench.ask("seen", Steps(count=5))
    joined = [report for _ in range(20) for report in bench.ask("seen", Watch(2))]
    assert not [report for report in asked + joined if isinstance(report, Frames)]
    end = perf_counter() + 2
    while not [report for report in bench.turn() if isinstance(report, Frames)]:
        assert perf_counter() < end


def test_after_a_command_that_changes_no_number_viewers_are_shown_them_under_the_new_version(bench: Bench):
    bench.ask("seen", Create({}))
    bench.ask("seen", Watch(60))
    told = bench.ask("seen", Pause())
    end = perf_counter() + 2
    while not (
        frames := [body for report in told if isinstance(report, Frames) for _, body in report.frames]
    ):
        assert perf_counter() < end
        told = bench.turn()
    assert HEADER.unpack_from(frames[0])[3] == bench.trainer.sessions["seen"].version == 2


def test_what_is_spare_goes_to_scores_until_something_comes(bench: Bench):
    for network in ("one", "other"):
        bench.ask(network, Create({}))
        train_epochs(bench.trainer.sessions[network].run, 30)
    histories = [session.run.history for session in bench.trainer.sessions.values()]
    assert [history.pending for history in histories] == [30, 30]
    assert backfill_scores(bench.trainer.sessions.values(), 0.0, bench.trainer.channel) == 0.0
    bench.other.send(Query("one", StateQuery(), 1))
    backfill_scores(bench.trainer.sessions.values(), 5.0, bench.trainer.channel)
    assert [history.pending for history in histories] == [30, 30]
    bench.turn()
    left = backfill_scores(bench.trainer.sessions.values(), 5.0, bench.trainer.channel)
    assert [history.pending for history in histories] == [0, 0]
    assert 0.0 < left < 5.0


def test_a_light_command_overtakes_those_that_build_many_examples(bench: Bench):
    for network in ("light", "first", "second", "third"):
        bench.ask(network, Create({}))
    many = DataChange(name="gauss", examples=MANY_EXAMPLES + 1)
    for number, network in enumerate(("first", "second", "third")):
        bench.other.send(Command(network, many, request_id=10 + number))
    bench.other.send(Control("new", Create({"data": {"name": "gauss", "examples": MANY_EXAMPLES + 1}}), 13))
    bench.other.send(Command("light", Pause(), request_id=14))
    turns = [[report.request_id for report in bench.turn() if isinstance(report, Answer)] for _ in range(4)]
    assert turns == [[14, 10], [11], [12], [13]]
