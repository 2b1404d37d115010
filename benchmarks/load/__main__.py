"""Load test with a simulated lecture hall: `python -m benchmarks.load [--json FILE]`.

Server and clients run on this machine and use the loopback interface. Other work on the machine changes
every figure, so the load average is printed with each.
"""

import argparse
import asyncio
import json
import os
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.load import scenarios, stress
from benchmarks.load.scenarios import Figure
from benchmarks.servers import serving

Scenario = Callable[[str, int, argparse.Namespace], Coroutine[None, None, list[Figure]]]

SCENARIOS: dict[str, Scenario] = {
    "classroom": lambda at, process, o: scenarios.classroom(at, process, o.students, o.seconds, "2-4-2-1"),
    "deep": lambda at, process, o: scenarios.classroom(at, process, o.students, o.seconds, "7-8-8-8-1"),
    "mixed": lambda at, process, o: scenarios.classroom(
        at, process, o.students, o.seconds, *scenarios.LAYERS
    ),
    "lecture": lambda at, process, o: scenarios.lecture(at, process, o.students, o.seconds),
    "joins": lambda at, _, o: scenarios.joins(at, o.students * 5 // 3),
    "single": lambda at, _, o: scenarios.single(at, o.seconds),
    "greedy": lambda at, _, o: stress.greedy(at, max(1, o.students // 10), o.seconds),
    "slow_readers": lambda at, _, o: stress.slow_readers(at, o.students, o.seconds),
    "memory": lambda at, process, o: stress.memory(at, process, o.students),
    "soak": lambda at, process, o: stress.soak(at, process, max(1, o.students // 10), o.soak),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the scenarios, each on a new server, and print every figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--only", choices=SCENARIOS, action="append", help="this scenario; may be repeated")
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each scenario")
    parser.add_argument("--soak", type=float, default=600.0, help="seconds of the soak")
    options = parser.parse_args(arguments)
    figures: list[dict[str, object]] = []
    for name in options.only or SCENARIOS:
        with serving() as (process, address):
            for figure in asyncio.run(SCENARIOS[name](address, process, options)):
                load = os.getloadavg()[0]
                print(f"{figure}   load {load:.1f}", flush=True)
                figures.append({**asdict(figure), "load": load})
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
