"""Pulses: one that hangs is told from one that wants_processor for a processor."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from app.services.workers.heartbeat import ProcessStat, read_process_stat, wants_processor


@pytest.mark.parametrize(
    ("state", "is_waiting"), [("R", True), ("D", True), ("T", False), ("S", False), ("Z", False)]
)
def test_one_that_runs_or_waits_for_the_disk_wants_a_processor(state: str, is_waiting: bool):
    assert wants_processor(ProcessStat(state, 10.0)) is is_waiting


@pytest.fixture
def busy_process() -> Iterator[subprocess.Popen[bytes]]:
    """Yield a process that computes without end. It is killed even when a test fails."""
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
