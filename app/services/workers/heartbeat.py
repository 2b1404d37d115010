"""Heartbeat monitor: how long a trainer process has been silent, and when that means that it hangs.

It counts its own ticks, not wall-clock seconds, so that a stall of the web process is not mistaken for a
hung trainer. It reads from Linux whether a silent process hangs or only waits for a processor.
"""

import os
from pathlib import Path
from typing import NamedTuple

WAITING = {"R", "D"}
"""States in Linux: on a processor or waiting for one, or for the disk. One that was stopped is neither."""
STOPPED = {"T", "t"}
STATE, USER, SYSTEM = 0, 11, 12
"""Places in the system's line about a process, after its name."""


class ProcessStat(NamedTuple):
    """state: as Linux has it. seconds: of a processor, that the process has had."""

    state: str
    seconds: float


def read_process_stat(process: int) -> ProcessStat | None:
    """The pulse of this moment; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return ProcessStat(fields[STATE], (int(fields[USER]) + int(fields[SYSTEM])) / os.sysconf("SC_CLK_TCK"))


def is_stopped(now: ProcessStat | None) -> bool:
    """Whether somebody suspended the process: it will say nothing until it is told to go on."""
    return now is not None and now.state in STOPPED


def is_starved(before: ProcessStat | None, now: ProcessStat | None, seconds: float) -> bool:
    """Whether a process had less than half of the processor for so many seconds, and wants it."""
    if before is None or now is None:
        return False
    return now.state in WAITING and now.seconds - before.seconds < seconds / 2


TICK_SECONDS = 0.1
PING_AFTER_TICKS = 3
"""Ticks without a word after which a trainer is asked whether it is well."""
HUNG_AFTER_TICKS = 11
"""Ticks without a word, or an answer, after which it counts as hung."""
START_TICKS = 150
BUSY_FACTOR = 3
"""A trainer that said it would be busy may take so many times as long as it said."""


class HeartbeatMonitor:
    """process: whose. A process that has just been started takes its time."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._ticks, self._patience = 0, START_TICKS
        self._begun: ProcessStat | None = None

    def message_received(self) -> None:
        """Something was heard."""
        self._ticks, self._patience = 0, HUNG_AFTER_TICKS

    def extend_timeout(self, seconds: float) -> None:
        """It said that nothing will be heard for about so long."""
        self._patience += int(BUSY_FACTOR * seconds / TICK_SECONDS)

    def tick(self) -> bool:
        """Count one more; whether the process is to be asked how it is."""
        self._ticks += 1
        if self._ticks == 1:
            self._begun = read_process_stat(self._process)
        return self._ticks == PING_AFTER_TICKS

    @property
    def is_hung(self) -> bool:
        """Whether it hangs, or somebody suspended it: one that only waits for a processor does not."""
        if self._ticks <= PING_AFTER_TICKS:
            return False
        now = read_process_stat(self._process)
        waits = self._ticks < self._patience or is_starved(self._begun, now, TICK_SECONDS * self._patience)
        return is_stopped(now) or not waits
