"""What a trainer says before and between long computations, so that it is not taken for one that hangs."""

import socket
from collections.abc import Iterator
from math import inf
from threading import Thread
from time import monotonic

import pytest

from app.messages import channel as channels
from app.messages.channel import NonblockingChannel
from app.messages.reports import Answer, BusyNotice, Frames
from app.messages.requests import Command, Control, Create, Ping
from app.schemas.requests import Patch, Play, Steps
from app.trainer import event_loop, publisher
from app.trainer.scheduling.pacing import Throughput
from app.trainer.scheduling.scheduler import NOTICE_SECONDS, estimate_step_seconds, expected_seconds
from app.trainer.scheduling.stack_key import stack_key_of
from tests.app.trainer.test_event_loop import Bench

LARGE = {"layers": [{"units": 30}, {"units": 30}, {"units": 1}], "data": {"examples": 20_000}}
LBFGS = {"optimizer": {"name": "lbfgs"}}


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


@pytest.fixture
def bench(pair: tuple[socket.socket, socket.socket]) -> Bench:
    return Bench(*pair)


def test_a_step_of_l_bfgs_counts_all_rows_however_many_a_batch_has(bench: Bench):
    bench.ask("large", Create({**LARGE, **LBFGS}))
    run = bench.trainer.sessions["large"].run
    for by_row in (False, True):
        shape = stack_key_of(run, by_row)
        assert shape.batch == len(run.batches) == 10_000
        assert shape.longest_stack == 1


def test_a_long_step_of_l_bfgs_is_announced_even_if_those_before_were_short(bench: Bench):
    bench.ask("large", Create({**LARGE, **LBFGS}))
    large = bench.trainer.sessions["large"]
    guess = estimate_step_seconds(large.stack_key)
    assert expected_seconds([large], 1, Throughput(1e-3, 100)) == guess > NOTICE_SECONDS
    bench.turn()
    told = bench.ask("large", Steps(count=1))
    assert isinstance(told[0], BusyNotice)
    assert large.run.step == 1


def test_scores_of_many_examples_are_announced_where_an_epoch_ends(bench: Bench):
    bench.ask("large", Create({**LARGE, "batch_size": 10_000}))
    large, speed = bench.trainer.sessions["large"], Throughput(1e-3, 100)
    left = -(-len(large.run.batches) // 10_000)
    assert expected_seconds([large] * 16, left - 1, speed) == pytest.approx((left - 1) * 1e-3)
    assert expected_seconds([large] * 16, left, speed) > NOTICE_SECONDS
    bench.ask("small", Create({}))
    small = bench.trainer.sessions["small"]
    assert expected_seconds([small] * 64, 1000, speed) == pytest.approx(1.0)


def test_frames_of_large_networks_come_one_by_one_and_those_of_small_ones_together(bench: Bench):
    for name, given in (("a", LARGE), ("b", {**LARGE, "seed": 2}), ("c", {}), ("d", {})):
        bench.ask(name, Create(given))
    a, b, c, d = bench.trainer.sessions.values()
    assert list(publisher.scored_together([a, b, c, d])) == [[a], [b], [c, d]]
    assert list(publisher.scored_together([])) == []


def test_frames_that_no_turn_had_time_for_come_in_the_next_ones(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(publisher, "PRODUCTS_A_GROUP", 0)
    monkeypatch.setattr(publisher, "TICK_SECONDS", -inf)
    for name in ("a", "b", "c"):
        bench.ask(name, Create({}))
    for session in bench.trainer.sessions.values():
        session.watch(1)
    sent = [[report.frames for report in bench.turn() if isinstance(report, Frames)] for _ in range(3)]
    assert [[network for network, _ in frames] for (frames,) in sent] == [["a"], ["b"], ["c"]]


def test_what_comes_faster_than_it_is_done_is_left_for_the_next_turn(bench: Bench):
    for number in (1, 2, 3):
        bench.other.send(Control(None, Ping(), number))
    channel = bench.trainer.channel
    assert [request.request_id for request in channel.receive(-inf)] == [1]
    assert channel.has_message
    assert bench.trainer._idle_seconds() == 0.0
    answered = [report.request_id for report in bench.turn() if isinstance(report, Answer)]
    assert answered == [2, 3]
    assert not channel.has_message


def test_a_command_that_waits_for_the_next_turn_is_done_although_its_network_trains_meanwhile(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    bench.ask("n", Create({}))
    bench.ask("other", Create({}))
    bench.ask("n", Play())
    monkeypatch.setattr(event_loop, "TICK_SECONDS", -inf)
    rates = [0.01, 0.02, 0.03, 0.04]
    for number, rate in enumerate(rates):
        patch = Patch(change={"optimizer": {"learning_rate": rate}})
        bench.other.send(Command("other", patch, request_id=2 * number))
        bench.other.send(Command("n", patch, request_id=2 * number + 1))
    for _ in range(2 * len(rates)):
        bench.trainer._receive()
    answers: list[Answer] = []
    end = monotonic() + 10
    while len(answers) < 8:
        answers += [report for report in bench.turn() if isinstance(report, Answer)]
        assert monotonic() < end
    told = {answer.request_id: answer.value["spec"]["optimizer"]["learning_rate"] for answer in answers}
    assert told == {number: rates[number // 2] for number in range(8)}
    assert bench.trainer.sessions["n"].run.step > 0


def test_an_announcement_is_on_its_way_before_the_work_begins(pair: tuple[socket.socket, socket.socket]):
    here, other = NonblockingChannel(pair[0]), pair[1]
    here.send(Frames((("n", bytes(3_000_000)),)))
    assert here.pending_bytes > 1_000_000
    taken = bytearray()

    def take() -> None:
        while len(taken) < 3_000_000:
            taken.extend(other.recv(1 << 16))

    reader = Thread(target=take)
    reader.start()
    here.send_now(BusyNotice(1.0))
    assert here.pending_bytes == 0
    reader.join()


def test_an_announcement_that_nobody_reads_does_not_keep_the_trainer(
    pair: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(channels, "DRAIN_SECONDS", 0.05)
    here = NonblockingChannel(pair[0])
    here.send(Frames((("n", bytes(3_000_000)),)))
    begun = monotonic()
    here.send_now(BusyNotice(1.0))
    assert here.pending_bytes > 0
    assert monotonic() - begun >= 0.05
