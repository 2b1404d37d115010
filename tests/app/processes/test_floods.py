"""Floods beside a light user: the small version of `python -m benchmarks.hostile`."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.hostile.__main__ import measure
from benchmarks.servers import serving

SECONDS = 2.0
MAX_MORE_BYTES = 150_000_000
"""Without the limits, half-sent bodies take 2 GB, and empty lists 1 GB."""
MAX_MEDIAN_MS = 500.0
"""Far above what is measured, since other tests run beside this one. Without the limits it is 1 s to 3 s."""


@pytest.mark.slow
@pytest.mark.parametrize("flood", ["half_heads", "half_bodies", "pings", "empty_lists"])
def test_a_light_user_notices_no_flood(tmp_path: Path, flood: str):
    log = tmp_path / "log"
    log.touch()
    with serving(log) as (process, address):
        outcome = asyncio.run(measure(flood, address, process, log, SECONDS))
    assert outcome.during.failures == 0
    assert outcome.during.percentile(50) < MAX_MEDIAN_MS
    assert max(outcome.memory) - outcome.memory[0] < MAX_MORE_BYTES
    assert outcome.lines <= 10 * SECONDS
