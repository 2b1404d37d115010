"""History log: the history in append-only pieces, so that stored rows are not written again."""

from collections.abc import Iterable, Iterator, Sequence
from math import isnan, nan
from typing import Any

import numpy as np

from app.trainer.persistence.codec import decode, encode
from engine.metrics import Metrics, Score
from engine.training.history import Entry, History, HistoryRow, PendingRow

COLUMNS = 9
"""Epoch, step, three training scores, the kind of row, and three test scores. Unknown scores are NaN."""
TRAIN_ONLY, WITH_TEST, UNSCORED = 0.0, 1.0, 2.0
MAX_PIECES = 64
"""Number of pieces after which all rows are written again as one piece."""


class HistoryLog:
    """Position in a run's history up to which its rows have been saved."""

    def __init__(self) -> None:
        self._generation: object = None
        self._saved = self._pieces = 0

    def take_new(self, history: History) -> tuple[tuple[bytes, ...], bool]:
        """Return the rows that are not saved yet, and whether they replace all rows that are."""
        replaces = history.generation is not self._generation or self._pieces == MAX_PIECES
        if replaces:
            self._generation, self._saved, self._pieces = history.generation, 0, 0
        entries = history.entries[self._saved :]
        self._saved += len(entries)
        self._pieces += bool(entries)
        return ((pack_rows(entries),) if entries else ()), replaces


def pack_rows(entries: Sequence[Entry]) -> bytes:
    """Return a piece of a history."""
    thetas = [entry.theta for entry in entries if isinstance(entry, PendingRow)]
    rows = np.array([_packed_row(entry) for entry in entries], float).reshape(-1, COLUMNS)
    return encode({"rows": rows, "unscored": np.array(thetas)})


def unpack_rows(piece: bytes) -> list[Entry]:
    """Return the rows of a piece."""
    arrays = decode(piece)
    return list(entries_of(arrays["rows"], arrays["unscored"]))


def entries_of(table: np.ndarray[Any, Any], unscored: Iterable[Any] = ()) -> Iterator[Entry]:
    """Yield the rows of a table (rows, 9). unscored: the parameters of the rows that wait for scores."""
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
