"""Fork pool: the order of tasks."""

from pathlib import Path
from select import select
from time import sleep

import pytest

from app.domain.exceptions import QueryQueueFull
from app.messages.queries import StateQuery
from app.messages.requests import Query, Request
from app.trainer.fork_pool import ForkPool


def request(number: int) -> Query:
    return Query("n", StateQuery(), number)


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


def test_where_more_waits_than_a_request_may_take_another_is_refused_until_some_are_done():
    pool, done = ForkPool(30.0), list[tuple[Request, object]]()
    for number in range(3):
        pool.submit(request(number), lambda: "done", 20.0)
    with pytest.raises(QueryQueueFull, match="40 s are already waiting"):
        pool.submit(request(3), lambda: "done", 0.1)
    while not done:
        select(pool.pipes, [], [], 60)
        done += pool.poll()
    pool.submit(request(4), lambda: "done", 0.1)
    while pool.pipes:
        select(pool.pipes, [], [], 60)
        done += pool.poll()
    assert [result for _, result in done] == ["done"] * 4
