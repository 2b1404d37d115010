"""Pulses: one that hangs is told from one that waits for a processor."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from app.services.workers.heartbeat import ProcessStat, is_starved, read_process_stat

BUSY = ProcessStat("R", 10.0)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (ProcessStat("R", 10.2), True),
        (ProcessStat("D", 10.0), True),
        (ProcessStat("R", 10.9), False),
        (ProcessStat("T", 10.0), False),
        (ProcessStat("S", 10.0), False),
        (None, False),
    ],
)
def test_one_is_starved_that_wants_a_processor_and_had_little_of_it(now, expected):
    assert is_starved(BUSY, now, 1.0) is expected
    assert is_starved(None, now, 1.0) is False


@pytest.fixture
def busy_process() -> Iterator[subprocess.Popen[bytes]]:
    """A process that computes without end. It is killed even when a test fails: nothing else would end it."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Return whether the condition holds within so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def state(process: subprocess.Popen[bytes]) -> str:
    return now.state if (now := read_process_stat(process.pid)) else ""


def test_a_process_that_computes_shows_its_processor_time(busy_process):
    assert wait_until(lambda: (now := read_process_stat(busy_process.pid)) is not None and now.seconds > 0)
    assert wait_until(lambda: state(busy_process) == "R")


def test_a_process_that_was_stopped_shows_it(busy_process):
    busy_process.send_signal(signal.SIGSTOP)
    assert wait_until(lambda: state(busy_process) == "T")


def test_a_process_that_has_ended_has_no_stat(busy_process):
    busy_process.kill()
    busy_process.wait()
    assert read_process_stat(busy_process.pid) is None
