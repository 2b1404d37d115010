"""Benchmark of the engine: `python -m benchmarks.engine [--json FILE] [--quick]`.

All libraries train the same network on the same batches, in double precision on one thread. The time
includes gathering the batches. All end with the same E, which is printed. On a busy machine only the
ratios are meaningful: see `timing`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import benchmarks  # noqa: F401 - sets one thread for all libraries, before they are imported

try:
    from benchmarks.speed.comparisons import epochs_a_call, optimizers, single_networks, stacks
    from benchmarks.speed.grids import grids
except ModuleNotFoundError as missing:
    sys.exit(f"{missing.name} is not installed: run `make bench`, or install the bench extra")
from benchmarks.speed.report import HEADER, Row, write
from benchmarks.speed.runs import classroom, epochs

SECTIONS = (epochs, classroom, single_networks, epochs_a_call, stacks, grids, optimizers)
SECONDS = 2.0
QUICK = 0.3


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the comparisons and print a row for each as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there too")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} s a comparison instead of {SECONDS}")
    parser.add_argument("--only", metavar="SECTION", help=", ".join(section.__name__ for section in SECTIONS))
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    print(HEADER, flush=True)
    for section in SECTIONS:
        if options.only in (None, section.__name__):
            for row in section(QUICK if options.quick else SECONDS):
                print(row, flush=True)
                rows.append(row)
    if options.json:
        write(rows, options.json)


if __name__ == "__main__":
    main()
