"""The history of a run: its scores at the ends of epochs, thinned so that it never grows large."""

from dataclasses import dataclass, field

from engine.evaluation import Metrics

ROW_LIMIT = 1000


@dataclass(frozen=True)
class HistoryRow:
    """The scores after `epoch` finished passes and `step` updates."""

    epoch: int
    step: int
    metrics: Metrics


@dataclass
class History:
    """Rows of every epoch up to ROW_LIMIT of them, then of every 2nd, 4th, … epoch; always the first."""

    rows: list[HistoryRow] = field(default_factory=list)
    stride: int = 1

    @classmethod
    def of(cls, rows: list[HistoryRow]) -> "History":
        """The history that has these rows."""
        stride = rows[2].epoch - rows[1].epoch if len(rows) > 2 else 1
        return cls(list(rows), stride)

    def wants(self, epoch: int) -> bool:
        """Whether a row at the end of this epoch would be kept."""
        return epoch % self.stride == 0

    def add(self, row: HistoryRow) -> None:
        """Keep a row; when there are too many, keep those of every second kept epoch."""
        self.rows.append(row)
        if len(self.rows) > ROW_LIMIT:
            self.stride *= 2
            self.rows = [kept for kept in self.rows if kept.epoch % self.stride == 0]
