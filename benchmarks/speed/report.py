"""Report with one row per comparison, printed as a table and written as JSON."""

import json
from dataclasses import asdict, dataclass
from math import isclose
from pathlib import Path

COLUMNS = "{:<44} {:<26} {:>11} {:>11} {:>7} {:>7} {:>4}  {}"


@dataclass(frozen=True)
class Row:
    """Row of the report.

    ours, theirs: `unit` per second. ratio: ours divided by theirs. losses: E at the end of each run.
    target: the minimum ratio to reach; None where there is no target.
    """

    workload: str
    peer: str
    ours: float
    theirs: float
    ratio: float
    target: float | None = None
    unit: str = "steps"
    losses: tuple[float, float] | None = None

    @property
    def met(self) -> bool | None:
        return None if self.target is None else bool(self.ratio >= self.target)

    def __post_init__(self) -> None:
        if self.losses and not isclose(*self.losses, rel_tol=1e-6, abs_tol=1e-12):
            raise ArithmeticError(
                f"{self.workload}: ours ends at E = {self.losses[0]}, {self.peer} at {self.losses[1]}: "
                "they did not do the same work"
            )

    def __str__(self) -> str:
        met = {None: "", True: "yes", False: "no"}[self.met]
        target = "" if self.target is None else f"{self.target:.2f}"
        losses = "" if self.losses is None else f"{self.losses[0]:.9g} {self.losses[1]:.9g}"
        ours, theirs = f"{self.ours:,.0f}", f"{self.theirs:,.0f}"
        return COLUMNS.format(
            self.workload, self.peer, ours, theirs, f"{self.ratio:.2f}", target, met, losses
        ).rstrip()


HEADER = COLUMNS.format("workload", "peer", "ours /s", "theirs /s", "ratio", "target", "met", "E of both")


def write(rows: list[Row], path: Path) -> None:
    """Write the rows as JSON: workload, peer, ours, theirs, ratio, target, met, unit, losses."""
    content = [{**asdict(row), "met": row.met} for row in rows]
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
