"""Processes of a playground, as the system sees them: what they use of the machine."""

import os
import resource
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from app.services.workers.heartbeat import read_process_stat


def open_files(process: int) -> int:
    """How many files, sockets among them, a process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def children(process: int) -> list[int]:
    """The processes that a process started."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text().split()]


def resident_bytes(process: int) -> int:
    """Memory of a process and those it started."""
    own = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()
    return own + sum(map(resident_bytes, children(process)))


def seconds_of(process: int) -> float:
    """Seconds of a core that a process has used, without those it started."""
    there = read_process_stat(process)
    if there is None:
        raise ProcessLookupError(process)
    return there.seconds


@dataclass
class Cores:
    """How many cores a server's processes, and the students in this one, use from here on."""

    server: int
    _began: float = field(default_factory=perf_counter)
    _before: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = self._seconds()

    def used(self) -> dict[str, float]:
        """The cores of the web process, the trainers together, and the students."""
        passed = perf_counter() - self._began
        return {name: (now - self._before[name]) / passed for name, now in self._seconds().items()}

    def _seconds(self) -> dict[str, float]:
        trainers = sum(map(seconds_of, children(self.server)))
        return {"web": seconds_of(self.server), "trainers": trainers, "students": seconds_of(os.getpid())}
