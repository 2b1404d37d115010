"""History of a run: its scores at the ends of epochs, thinned so that it never grows large.

Scoring costs as much as several steps, and scores are often read less often than epochs end. So an
epoch first becomes a pending row with a copy of the parameters. Pending rows are scored when the
history is read, when the examples change, and when too many are pending. A row that is thinned out
while it is pending costs no scoring.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.compiled.evaluator import Evaluator, evaluate_many
from engine.metrics import Metrics
from engine.types import Array

ROW_LIMIT = 1000
MAX_PENDING_NUMBERS = 32_000
"""Limit on the parameters of all pending rows, which bounds their memory."""
MAX_PENDING_WORK = 20_000_000
"""Limit on these parameters times examples, which bounds a read of the history: about 60 ms of scoring."""
MIN_PENDING_ROWS = 20
"""A run whose network is so large that these many rows exceed the limit is scored at every epoch."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Scores after `epoch` finished epochs and `step` updates."""

    epoch: int
    step: int
    metrics: Metrics


@dataclass(frozen=True, slots=True, eq=False)
class PendingRow:
    """Row that is not scored yet. theta (P,): the parameters at its epoch."""

    epoch: int
    step: int
    theta: Array

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PendingRow):
            return NotImplemented
        same = bool((self.theta == other.theta).all())
        return same and (self.epoch, self.step) == (other.epoch, other.step)

    __hash__ = None  # type: ignore[assignment]


Entry = HistoryRow | PendingRow


class History:
    """Rows of every epoch up to ROW_LIMIT rows, then of every 2nd, 4th, … epoch; always the first.

    evaluator: scores the pending rows. entries: all rows, in order. pending: the number of pending rows.
    generation: a new object after each change other than an appended row or a new score.
    """

    def __init__(self, evaluator: Evaluator, entries: Iterable[Entry] = ()) -> None:
        self.evaluator = evaluator
        self.stride = 1
        self._set_entries(entries)
        if len(self.entries) > 2:  # a restored history: continue with its stride
            self.stride = self.entries[2].epoch - self.entries[1].epoch

    def _set_entries(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.pending = sum(isinstance(entry, PendingRow) for entry in self.entries)
        self.generation = object()

    @property
    def rows(self) -> list[HistoryRow]:
        """All rows. Reading them scores the pending ones."""
        self.score(self.pending)
        return [entry for entry in self.entries if isinstance(entry, HistoryRow)]

    def append(self, epoch: int, step: int, theta: Array) -> None:
        """Append a pending row if the stride includes this epoch; theta (P,) is copied."""
        if epoch % self.stride:
            return
        self.entries.append(PendingRow(epoch, step, theta.copy()))
        self.pending += 1
        if len(self.entries) > ROW_LIMIT:
            self.stride *= 2
            self._set_entries(entry for entry in self.entries if entry.epoch % self.stride == 0)
        row_work = theta.size * self.evaluator.key.rows
        work = max(MIN_PENDING_ROWS, self.pending) * row_work
        if work > MAX_PENDING_WORK or self.pending * theta.size > MAX_PENDING_NUMBERS:
            self.score()

    def fill_scores(self, theta: Array, metrics: Metrics) -> None:
        """Fill the newest row with these scores, if it is pending and has the parameters theta (P,)."""
        newest = self.entries[-1]
        # Bytes, because a comparison of numbers would call a NaN different from itself.
        if isinstance(newest, PendingRow) and newest.theta.tobytes() == theta.tobytes():
            self.entries[-1] = HistoryRow(newest.epoch, newest.step, metrics)
            self.pending -= 1

    def score(self, limit: int = 0) -> None:
        """Score the first `limit` pending rows; 0 means one stack of the evaluator, about a millisecond."""
        if not self.pending:
            return
        rows = [(index, entry) for index, entry in enumerate(self.entries) if isinstance(entry, PendingRow)]
        rows = rows[: limit or self.evaluator.key.max_stack]
        scores = evaluate_many([(self.evaluator, entry.theta) for _, entry in rows])
        for (index, entry), metrics in zip(rows, scores, strict=True):
            self.entries[index] = HistoryRow(entry.epoch, entry.step, metrics)
        self.pending -= len(rows)

    def set_evaluator(self, evaluator: Evaluator) -> None:
        """Score with another evaluator from now on, after scoring the pending rows with the old one."""
        self.score(self.pending)
        self.evaluator, self.generation = evaluator, object()
