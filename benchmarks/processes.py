"""Processes of a server: their memory, open files and processor time, as Linux reports them."""

import os
import resource
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from app.services.workers.heartbeat import read_process_stat


def open_files(process: int) -> int:
    """Return the number of open files of a process, sockets included."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def children(process: int) -> list[int]:
    """Return the child processes of a process."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text().split()]


def resident_bytes(process: int) -> int:
    """Return the memory of a process and its descendants."""
    own = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()
    return own + sum(map(resident_bytes, children(process)))


def seconds_of(process: int) -> float:
    """Return the processor time of a process in seconds, without its children."""
    stat = read_process_stat(process)
    if stat is None:
        raise ProcessLookupError(process)
    return stat.seconds


@dataclass
class Cores:
    """Cores that a server's processes and the students in this process use from now on."""

    server: int
    _began: float = field(default_factory=perf_counter)
    _before: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = self._seconds()

    def used(self) -> dict[str, float]:
        """Return the average number of cores of the web process, all trainers, and the students."""
        passed = perf_counter() - self._began
        return {name: (now - self._before[name]) / passed for name, now in self._seconds().items()}

    def _seconds(self) -> dict[str, float]:
        trainers = sum(map(seconds_of, children(self.server)))
        return {"web": seconds_of(self.server), "trainers": trainers, "students": seconds_of(os.getpid())}
