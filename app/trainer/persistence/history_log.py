"""History log: the history in append-only pieces, so that stored rows are not written again."""

from collections.abc import Iterable, Iterator, Sequence
from math import isnan, nan
from typing import Any

import numpy as np

from app.trainer.persistence.codec import decode, encode
from engine.metrics import Metrics, Score
from engine.training.history import Entry, History, HistoryRow, PendingRow

COLUMNS = 9
"""Epoch, step, the training score, what there is besides, and the test score; NaN where none is known."""
TRAIN_ONLY, WITH_TEST, UNSCORED = 0.0, 1.0, 2.0
MAX_PIECES = 64
"""After so many, all rows are written again as one."""


class HistoryLog:
    """What of a run's history was handed over to be kept."""

    def __init__(self) -> None:
        self._edition: object = None
        self._known = self._pieces = 0

    def news(self, history: History) -> tuple[tuple[bytes, ...], bool]:
        """What is to be kept now, and whether it is all of the history or comes after what was kept."""
        whole = history.generation is not self._edition or self._pieces == MAX_PIECES
        if whole:
            self._edition, self._known, self._pieces = history.generation, 0, 0
        entries = history.entries[self._known :]
        self._known += len(entries)
        self._pieces += bool(entries)
        return ((pack_rows(entries),) if entries else ()), whole


def pack_rows(entries: Sequence[Entry]) -> bytes:
    """Return a piece of a history."""
    thetas = [entry.theta for entry in entries if isinstance(entry, PendingRow)]
    rows = np.array([_packed_row(entry) for entry in entries], float).reshape(-1, COLUMNS)
    return encode({"rows": rows, "unscored": np.array(thetas)})


def unpack_rows(piece: bytes) -> list[Entry]:
    """Return the rows of a piece again."""
    told = decode(piece)
    return list(entries_of(told["rows"], told["unscored"]))


def entries_of(table: np.ndarray[Any, Any], unscored: Iterable[Any] = ()) -> Iterator[Entry]:
    """Yield the rows of a table (rows, 9), and the parameters of those that are not scored."""
    thetas = iter(unscored)
    for epoch, step, *train, kind, a, b, c in table.tolist():
        if kind == UNSCORED:
            yield PendingRow(int(epoch), int(step), next(thetas))
        else:
            test = _score(a, b, c) if kind == WITH_TEST else None
            yield HistoryRow(int(epoch), int(step), Metrics(_score(*train), test))


def _packed_row(entry: Entry) -> tuple[float, ...]:
    if isinstance(entry, PendingRow):
        return (entry.epoch, entry.step, nan, nan, nan, UNSCORED, nan, nan, nan)
    train, test = entry.metrics.train, entry.metrics.test
    kind = WITH_TEST if test else TRAIN_ONLY
    return (entry.epoch, entry.step, *_numbers(train), kind, *_numbers(test or train))


def _numbers(score: Score) -> tuple[float, ...]:
    return score.loss, *(nan if number is None else number for number in (score.accuracy, score.r2))


def _score(loss: float, accuracy: float, r2: float) -> Score:
    return Score(loss, None if isnan(accuracy) else accuracy, None if isnan(r2) else r2)
