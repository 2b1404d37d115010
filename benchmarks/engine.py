"""The engine's benchmark: `python -m benchmarks.engine [--json FILE] [--quick]`.

Everybody trains the same network on the same batches in double precision on one thread, gathering
the batches included, and ends with the same E, which is printed. Only the ratios mean anything on
a machine that does other things meanwhile: see `timing`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import benchmarks  # noqa: F401 - one thread for everybody, set before anything else is imported

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
    """Print a row for every comparison as it is made."""
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
