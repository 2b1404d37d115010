"""Pulses: whether a process that says nothing hangs, or only waits for a processor that others use."""

import os
from pathlib import Path
from typing import NamedTuple

WAITING = {"R", "D"}
"""States in Linux: on a processor or waiting for one, or for the disk. One that was stopped is neither."""
STOPPED = {"T", "t"}
STATE, USER, SYSTEM = 0, 11, 12
"""Places in the system's line about a process, after its name."""


class Pulse(NamedTuple):
    """state: as Linux has it. seconds: of a processor, that the process has had."""

    state: str
    seconds: float


def pulse(process: int) -> Pulse | None:
    """The pulse of this moment; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return Pulse(fields[STATE], (int(fields[USER]) + int(fields[SYSTEM])) / os.sysconf("SC_CLK_TCK"))


def stopped(now: Pulse | None) -> bool:
    """Whether somebody suspended the process: it will say nothing until it is told to go on."""
    return now is not None and now.state in STOPPED


def starved(before: Pulse | None, now: Pulse | None, seconds: float) -> bool:
    """Whether a process had less than half of the processor for so many seconds, and wants it."""
    if before is None or now is None:
        return False
    return now.state in WAITING and now.seconds - before.seconds < seconds / 2
