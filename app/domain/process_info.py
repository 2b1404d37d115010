"""Process information: memory and open files of this process, 0 if the system does not report them."""

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


def tune_gc() -> None:
    """Exempt all current objects from garbage collection, and collect less often.

    A body of a million numbers then triggers few searches for cycles. Parsing 2 MB of JSON takes 0.05 s
    instead of 0.17 s.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTION_THRESHOLD, 20, 20)


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
