"""History of a run: its scores at the ends of epochs, thinned so that it never grows large.

Scores may be wanted less often than epochs end, and cost as much as several steps. So an epoch may be
noted with its parameters alone, and scored later: before anybody reads it, before the examples change,
and when too many wait. A row that is thinned out first was never scored.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.compiled.evaluator import Evaluator, evaluate_many
from engine.metrics import Metrics
from engine.types import Array

ROW_LIMIT = 1000
MAX_PENDING_NUMBERS = 32_000
MAX_PENDING_WORK = 20_000_000
"""How much may wait: parameters that are kept for it, and these times examples: about 60 ms of scoring."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """The scores after `epoch` finished passes and `step` updates."""

    epoch: int
    step: int
    metrics: Metrics


@dataclass(frozen=True, slots=True, eq=False)
class PendingRow:
    """A row that is to be: theta (P,) are the parameters that its scores are those of."""

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
    """Rows of every epoch up to ROW_LIMIT of them, then of every 2nd, 4th, … epoch; always the first.

    evaluator: what scores them. entries: all rows, in order. pending: the number not scored yet.
    generation: a new object whenever entries were replaced or removed, not only added or scored.
    """

    def __init__(self, evaluator: Evaluator, entries: Iterable[Entry] = ()) -> None:
        self.evaluator = evaluator
        self.stride = 1
        self._keep(entries)
        if len(self.entries) > 2:
            self.stride = self.entries[2].epoch - self.entries[1].epoch

    def _keep(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.pending = sum(isinstance(entry, PendingRow) for entry in self.entries)
        self.generation = object()

    @property
    def rows(self) -> list[HistoryRow]:
        """All of them, scored."""
        self.score(self.pending)
        return [entry for entry in self.entries if isinstance(entry, HistoryRow)]

    def append(self, epoch: int, step: int, theta: Array) -> None:
        """Keep a row of this moment, if one of this epoch is kept; theta (P,) is copied."""
        if epoch % self.stride:
            return
        self.entries.append(PendingRow(epoch, step, theta.copy()))
        self.pending += 1
        if len(self.entries) > ROW_LIMIT:
            self.stride *= 2
            self._keep(entry for entry in self.entries if entry.epoch % self.stride == 0)
        work = theta.size * self.evaluator.key.rows
        if max(20, self.pending) * work > MAX_PENDING_WORK or self.pending * theta.size > MAX_PENDING_NUMBERS:
            self.score()

    def fill_scores(self, theta: Array, metrics: Metrics) -> None:
        """Take in the scores of the parameters theta (P,), if the newest row is theirs."""
        newest = self.entries[-1]
        if isinstance(newest, PendingRow) and newest.theta.tobytes() == theta.tobytes():
            self.entries[-1] = HistoryRow(newest.epoch, newest.step, metrics)
            self.pending -= 1

    def score(self, most: int = 0) -> None:
        """Score the first of those that wait; `most` 0: about a millisecond's worth."""
        if not self.pending:
            return
        papers = [(at, entry) for at, entry in enumerate(self.entries) if isinstance(entry, PendingRow)]
        papers = papers[: most or self.evaluator.key.max_stack]
        scores = evaluate_many([(self.evaluator, entry.theta) for _, entry in papers])
        for (at, entry), metrics in zip(papers, scores, strict=True):
            self.entries[at] = HistoryRow(entry.epoch, entry.step, metrics)
        self.pending -= len(papers)

    def set_evaluator(self, evaluator: Evaluator) -> None:
        """Score with another evaluator from now on; pending rows are scored with the old one."""
        self.score(self.pending)
        self.evaluator, self.generation = evaluator, object()
