"""Errands: who waits for whom."""

from pathlib import Path
from select import select
from time import sleep

from app.services.seam import Request
from app.trainer.errands import Errands


def test_short_ones_wait_for_no_long_one_and_long_ones_for_each_other(tmp_path: Path):
    errands, release = Errands(60.0), tmp_path / "release"

    def long() -> str:
        while not release.exists():
            sleep(0.01)
        return "long"

    def next_result() -> object:
        while True:
            if done := [result for _, result in errands.finished()]:
                return done[0]
            select(errands.pipes, [], [], 60)

    errands.send(Request(1, None, "longer"), long, 20.0)
    errands.send(Request(2, None, "long"), long, 10.0)
    assert len(errands.pipes) == 1
    for number, name in enumerate(("first", "second"), start=3):
        errands.send(Request(number, None, name), lambda name=name: name, 0.1)  # type: ignore[misc]
        assert next_result() == name
    release.touch()
    assert [next_result(), next_result()] == ["long", "long"]
    assert not errands.pipes


def test_what_takes_too_long_is_ended_and_refused():
    errands = Errands(0.05)
    errands.send(Request(1, None, "endless"), lambda: sleep(600), 0.1)
    while not (done := errands.finished()):
        select(errands.pipes, [], [], 0.05)
    assert "longer than the 0.05 s" in str(done[0][1])
