"""Heartbeat monitor: how long a trainer process has been silent, and when that means that it hangs.

It counts its own ticks, not wall-clock seconds, so that a stall of the web process is not mistaken for a
hung trainer. It reads from Linux whether a silent process hangs or only waits for a processor.
"""

import os
from pathlib import Path
from typing import NamedTuple

RUNNABLE = {"R", "D"}
"""States in Linux: running or waiting for a processor, and waiting for the disk."""
STOPPED = {"T", "t"}
STATE, USER, SYSTEM = 0, 11, 12
"""Indices of the fields of /proc/PID/stat that follow the process's name."""


class ProcessStat(NamedTuple):
    """State of a process, one letter as in Linux. seconds: the processor time that it has used."""

    state: str
    seconds: float


def read_process_stat(process: int) -> ProcessStat | None:
    """Return the state and the processor time of a process; None if the system does not report them."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return ProcessStat(fields[STATE], (int(fields[USER]) + int(fields[SYSTEM])) / os.sysconf("SC_CLK_TCK"))


def is_stopped(now: ProcessStat | None) -> bool:
    """Return whether the process was suspended, as by SIGSTOP. It is silent until it is continued."""
    return now is not None and now.state in STOPPED


def wants_processor(now: ProcessStat) -> bool:
    """Return whether the process runs, or waits for a processor or for the disk."""
    return now.state in RUNNABLE


TICK_SECONDS = 0.1
PING_AFTER_TICKS = 3
"""Ticks without a message after which the trainer is pinged."""
HUNG_AFTER_TICKS = 11
"""Ticks without a message after which the trainer counts as hung, unless it still computes."""
START_TICKS = 150
BUSY_FACTOR = 3
"""An announced time may be exceeded by this factor."""


class HeartbeatMonitor:
    """Heartbeat of one process. A process that has just started has START_TICKS.

    Silence is counted in ticks of this process. Announced work is counted in processor time of the other
    process, which may get only a small share of a busy machine.
    """

    def __init__(self, process: int) -> None:
        self._process = process
        self._ticks, self._patience = 0, START_TICKS
        self._begun: ProcessStat | None = None
        self._now: ProcessStat | None = None
        self._grown_at = 0

    def message_received(self) -> None:
        """Restart the count: the process sent a message."""
        self._ticks, self._patience = 0, HUNG_AFTER_TICKS

    def extend_timeout(self, seconds: float) -> None:
        """Allow for an announced silence of about so many seconds."""
        self._patience += int(BUSY_FACTOR * seconds / TICK_SECONDS)

    def tick(self) -> bool:
        """Count one more tick, and read the process; return whether it is to be asked how it is."""
        self._ticks += 1
        before, self._now = self._now, read_process_stat(self._process)
        if self._ticks == 1:
            self._begun, self._grown_at = self._now, 1
        elif before and self._now and self._now.seconds > before.seconds:
            self._grown_at = self._ticks
        return self._ticks == PING_AFTER_TICKS

    @property
    def is_hung(self) -> bool:
        """Whether the process hangs or is suspended. One that computes what it announced does not."""
        if self._ticks <= PING_AFTER_TICKS:
            return False
        return is_stopped(self._now) or (self._ticks >= self._patience and not self._computes)

    @property
    def _computes(self) -> bool:
        """Whether the process is runnable, and has used less processor time than it may use in silence."""
        if self._begun is None or self._now is None:
            return False
        # A process that gets little of a busy machine may be seen between two of its turns.
        at_work = wants_processor(self._now) or self._ticks - self._grown_at < HUNG_AFTER_TICKS
        return at_work and self._now.seconds - self._begun.seconds < TICK_SECONDS * self._patience
