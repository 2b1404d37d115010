"""Table of docs/benchmarks.md from a run's `--json FILE`: `python -m benchmarks.speed.table FILE`."""

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any


def line(workload: str, rows: list[dict[str, Any]]) -> str:
    """Return `| workload | ours /s | ratio to a peer (target), … |`; ratios that met it are bold."""
    ratios = []
    for row in rows:
        target = "" if row["target"] is None else f" ({row['target']:.2f})"
        ratio = f"**{row['ratio']:.2f}**" if row["met"] else f"{row['ratio']:.2f}"
        ratios.append(f"{row['peer']} {ratio}{target}")
    return f"| {workload} | {rows[0]['ours']:,.0f} | {' · '.join(ratios)} |"


def main() -> None:
    rows = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print("| workload | ours /s | ours ÷ theirs, and what was aimed at |\n|---|---|---|")
    for workload, group in groupby(rows, key=lambda row: str(row["workload"])):
        print(line(workload, list(group)))


if __name__ == "__main__":
    main()
