"""Pulses: one that hangs is told from one that waits for a processor."""

import signal
import subprocess
import sys
import time

import pytest

from app.services.workers.heartbeat import Pulse, pulse, starved

BUSY = Pulse("R", 10.0)


@pytest.mark.parametrize(
    ("now", "is_starved"),
    [
        (Pulse("R", 10.2), True),
        (Pulse("D", 10.0), True),
        (Pulse("R", 10.9), False),
        (Pulse("T", 10.0), False),
        (Pulse("S", 10.0), False),
        (None, False),
    ],
)
def test_one_is_starved_that_wants_a_processor_and_had_little_of_it(now, is_starved):
    assert starved(BUSY, now, 1.0) is is_starved
    assert starved(None, now, 1.0) is False


def test_a_process_that_was_stopped_is_not_starved_and_one_that_computes_shows():
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        time.sleep(0.3)
        there = pulse(process.pid)
        assert there is not None
        assert (there.state, there.seconds > 0) == ("R", True)
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.1)
        assert (stopped := pulse(process.pid)) is not None
        assert stopped.state == "T"
        process.kill()
    assert pulse(process.pid) is None
