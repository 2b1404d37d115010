"""Floods beside a light user: `python -m benchmarks.hostile [--only FLOOD]`.

For each flood a new server starts. The probe is measured before, during and after the flood. The target on
two cores: during the flood its p99 is at most 250 ms, none of its requests fails, and the log has at most
10 lines a second.
"""

import argparse
import asyncio
import multiprocessing
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hostile.floods import FLOODS, run
from benchmarks.hostile.probe import Latencies, Probe
from benchmarks.processes import resident_bytes
from benchmarks.servers import serving

MAX_P99_MS = 250.0
MAX_LINES_PER_SECOND = 10.0
MEGABYTE = 1e6


@dataclass(frozen=True)
class Outcome:
    """Latencies of the probe, bytes of the server's memory over time, and what it logged during one flood."""

    flood: str
    before: Latencies
    during: Latencies
    after: Latencies
    memory: list[int]
    logged: bytes
    seconds: float

    @property
    def lines(self) -> int:
        """Number of lines that the server logged."""
        return self.logged.count(b"\n")

    @property
    def is_good(self) -> bool:
        """Whether the target is met."""
        calm = self.during.percentile(99) <= MAX_P99_MS and not self.during.failures
        return calm and self.lines <= MAX_LINES_PER_SECOND * self.seconds

    def __str__(self) -> str:
        first, peak = (f"{size / MEGABYTE:.0f} MB" for size in (self.memory[0], max(self.memory)))
        lines = [
            f"{'ok  ' if self.is_good else 'MISS'} {self.flood}",
            f"before {self.before}",
            f"during {self.during}",
            f"after  {self.after}",
            f"memory {first}, at most {peak}",
            f"log    {len(self.logged):,} bytes, {self.lines} lines",
        ]
        return "\n       ".join(lines)


async def measure(flood: str, address: str, process: int, log: Path, seconds: float) -> Outcome:
    """Measure the probe before, during and after a flood of this length."""
    async with Probe(address) as probe:
        before = await probe.measure(seconds / 2)
        memory = [resident_bytes(process)]
        flooding = multiprocessing.get_context("spawn").Process(target=run, args=(flood, address, seconds))
        flooding.start()
        watching = asyncio.create_task(_watch_memory(process, memory))
        during = await probe.measure(seconds + 1)
        await asyncio.to_thread(flooding.join)
        watching.cancel()
        logged = await asyncio.to_thread(log.read_bytes)
        after = await probe.measure(seconds / 2)
    return Outcome(flood, before, during, after, memory, logged, seconds)


async def _watch_memory(process: int, memory: list[int]) -> None:
    """Record the memory of a server and its trainers, until the task is cancelled."""
    while True:
        await asyncio.sleep(0.1)
        memory.append(resident_bytes(process))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the floods, each on a new server, and print what the probe noticed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("--only", choices=FLOODS, action="append", help="this flood; may be repeated")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each flood")
    options = parser.parse_args(arguments)
    missed = []
    for flood in options.only or FLOODS:
        with TemporaryDirectory() as folder:
            log = Path(folder, "log")
            log.touch()
            with serving(log) as (process, address):
                outcome = asyncio.run(measure(flood, address, process, log, options.seconds))
            print(f"{outcome}   load {os.getloadavg()[0]:.1f}", flush=True)
            missed += [] if outcome.is_good else [flood]
    print(f"{len(missed)} missed: {', '.join(missed)}" if missed else "All targets are met.")


if __name__ == "__main__":
    main()
