"""Pulses: one that hangs is told from one that waits for a processor."""

import signal
import subprocess
import sys
import time

import pytest

from app.services.workers.heartbeat import ProcessStat, read_process_stat

BUSY = ProcessStat("R", 10.0)


@pytest.mark.parametrize(
    ("now", "is_starved"),
    [
        (ProcessStat("R", 10.2), True),
        (ProcessStat("D", 10.0), True),
        (ProcessStat("R", 10.9), False),
        (ProcessStat("T", 10.0), False),
        (ProcessStat("S", 10.0), False),
        (None, False),
    ],
)
def test_one_is_starved_that_wants_a_processor_and_had_little_of_it(now, is_starved):
    assert is_starved(BUSY, now, 1.0) is is_starved
    assert is_starved(None, now, 1.0) is False


def test_a_process_that_was_stopped_is_not_starved_and_one_that_computes_shows():
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        time.sleep(0.3)
        there = read_process_stat(process.pid)
        assert there is not None
        assert (there.state, there.seconds > 0) == ("R", True)
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.1)
        assert (stopped := read_process_stat(process.pid)) is not None
        assert stopped.state == "T"
        process.kill()
    assert read_process_stat(process.pid) is None
