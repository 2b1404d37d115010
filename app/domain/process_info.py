"""Process information and settings: memory, open files, garbage collection. 0 if the system reports none."""

import gc
import sys
from pathlib import Path

try:
    import resource
except ImportError:  # not on Windows
    PAGE_BYTES = 0
else:
    PAGE_BYTES = resource.getpagesize()

PROCESS = Path("/proc/self")
COLLECTION_THRESHOLD = 100_000
RESERVED_FILES = 200
"""Files besides connections: the database, the trainers, and the files that a page loads."""


def tune_gc() -> None:
    """Exempt all current objects from garbage collection, and collect less often.

    A body of a million numbers then triggers few searches for cycles. Parsing 2 MB of JSON takes 0.05 s
    instead of 0.17 s.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTION_THRESHOLD, 20, 20)


def allow_open_files(connections: int) -> int:
    """Raise this process's limit of open files for so many connections. Return how many it allows."""
    if not PAGE_BYTES:
        return connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = connections + RESERVED_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return connections if soft == resource.RLIM_INFINITY else max(1, min(connections, soft - RESERVED_FILES))


def memory_bytes() -> int:
    """Return the resident memory, or its peak if the system reports only that."""
    try:
        return int((PROCESS / "statm").read_text().split()[1]) * PAGE_BYTES
    except OSError:
        return _peak_bytes() if PAGE_BYTES else 0


def _peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # bytes on macOS, KiB elsewhere


def open_files() -> int:
    """Return the number of open file descriptors, sockets included."""
    try:
        return len(list((PROCESS / "fd").iterdir()))
    except OSError:
        return 0
