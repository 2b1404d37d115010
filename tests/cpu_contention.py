"""Slowness: how much longer everything takes at the moment because others use the processors too."""

from time import perf_counter, process_time

SAMPLE = 0.1


def slowness() -> float:
    """Seconds that pass for each second of a processor that a busy process gets; 1 on a free machine."""
    begun, used = perf_counter(), process_time()
    while process_time() - used < SAMPLE:
        pass
    return max(1.0, (perf_counter() - begun) / SAMPLE)
