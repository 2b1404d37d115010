"""Fork pool: the order of tasks."""

import errno
import os
import signal
from functools import partial
from pathlib import Path
from select import select
from time import sleep

import pytest

from app.domain.exceptions import QueryQueueFull
from app.domain.process_info import open_files
from app.messages.queries import StateQuery
from app.messages.requests import Query
from app.trainer.fork_pool import ForkPool


def request(number: int, network: str | None = None) -> Query:
    return Query(network or f"n{number}", StateQuery(), number)


def results_of(pool: ForkPool) -> dict[int, object]:
    """By request the results of all tasks."""
    results = pool.poll()
    while pool.pipes:
        select(pool.pipes, [], [], 60)
        results += pool.poll()
    return {request.request_id: result for request, result in results}


def test_short_ones_wait_for_no_long_one_and_long_ones_for_each_other(tmp_path: Path):
    pool, release = ForkPool(60.0), tmp_path / "release"

    def long() -> str:
        while not release.exists():
            sleep(0.01)
        return "long"

    def next_result() -> object:
        while True:
            if done := [result for _, result in pool.poll()]:
                return done[0]
            select(pool.pipes, [], [], 60)

    pool.submit(request(1), long, 20.0)
    pool.submit(request(2), long, 10.0)
    assert len(pool.pipes) == 1
    for number, name in enumerate(("first", "second"), start=3):
        pool.submit(request(number), lambda name=name: name, 0.1)  # type: ignore[misc]
        assert next_result() == name
    release.touch()
    assert [next_result(), next_result()] == ["long", "long"]
    assert not pool.pipes


def test_a_long_one_does_not_wait_for_short_ones_that_are_asked_for_ever_after(monkeypatch, tmp_path: Path):
    pool, reached, now = ForkPool(60.0), tmp_path / "reached", 0.0
    monkeypatch.setattr("app.trainer.fork_pool.perf_counter", lambda: now)

    def late() -> str:
        for _ in range(1000):
            if reached.exists():
                return "late"
            sleep(0.01)
        return "before its turn"

    for number in range(3):
        pool.submit(request(number), lambda: "early", 0.5)
    pool.submit(request(3), reached.touch, 5.0)
    now = 6.0
    for number in range(4, 8):
        pool.submit(request(number), late, 0.5)
    results: list[object] = []
    while pool.pipes:
        select(pool.pipes, [], [], 60)
        results += [result for _, result in pool.poll()]
    assert sorted(map(str, results)) == ["None", *["early"] * 3, *["late"] * 4]


def test_what_takes_too_long_is_ended_and_refused():
    pool = ForkPool(0.05)
    pool.submit(request(1), lambda: sleep(600), 0.1)
    while not (done := pool.poll()):
        select(pool.pipes, [], [], 0.05)
    assert "longer than the limit of 0.05 s" in str(done[0][1])


def test_where_more_waits_than_a_request_may_take_another_of_the_network_is_refused_until_some_are_done():
    pool = ForkPool(30.0)
    for number in range(3):
        pool.submit(request(number, "busy"), lambda: "done", 20.0)
    with pytest.raises(QueryQueueFull, match="40 s are already waiting"):
        pool.submit(request(3, "busy"), lambda: "done", 0.1)
    pool.submit(request(4, "another"), lambda: "done", 0.1)
    assert results_of(pool) == dict.fromkeys((0, 1, 2, 4), "done")
    pool.submit(request(5, "busy"), lambda: "done", 0.1)
    assert results_of(pool) == {5: "done"}


def test_many_tasks_of_one_network_do_not_delay_that_of_another(tmp_path: Path):
    pool, order = ForkPool(60.0), tmp_path / "order"

    def write(name: str) -> None:
        with order.open("a") as file:
            file.write(name)

    for number in range(20):
        pool.submit(request(number, "greedy"), partial(write, "g"), 2.0)
    pool.submit(request(20, "light"), partial(write, "l"), 2.0)
    results_of(pool)
    assert order.read_text().index("l") <= 2
    assert order.read_text().count("g") == 20


def test_a_task_that_is_killed_while_it_sends_is_a_fault_of_that_request_only():
    pool = ForkPool(30.0)
    pool.submit(request(1), lambda: b"x" * 10_000_000, 0.1)
    (task,) = pool._running.values()
    select(pool.pipes, [], [], 60)
    os.kill(task.pid, signal.SIGKILL)
    assert isinstance(results_of(pool)[1], ChildProcessError)


@pytest.mark.parametrize("call", ["fork", "pipe"])
def test_where_no_process_can_begin_the_request_is_refused(monkeypatch: pytest.MonkeyPatch, call: str):
    def fail() -> None:
        raise OSError(errno.EAGAIN, "no more")

    pool, files = ForkPool(30.0), open_files()
    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        pool.submit(request(1), lambda: "done", 0.1)
    assert pool.wait(0.0) == 0
    assert isinstance(results_of(pool)[1], QueryQueueFull)
    assert open_files() == files
    pool.submit(request(2), lambda: "done", 0.1)
    assert results_of(pool) == {2: "done"}
