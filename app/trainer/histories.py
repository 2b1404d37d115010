"""Histories as one array, so that keeping them costs little: new rows are added to those packed before."""

from math import isnan, nan
from typing import Any

import numpy as np

from engine.evaluation import Metrics, Score
from engine.history import HistoryRow

COLUMNS = 9
HAS_TEST = 1.0


class PackedHistory:
    """The rows of a run's history: epoch, step, the training score, whether there is a test score, and it."""

    def __init__(self) -> None:
        self._rows: list[HistoryRow] = []
        self._packed: list[tuple[float, ...]] = []

    def packed(self, rows: list[HistoryRow]) -> np.ndarray[Any, Any]:
        """(rows, 9) of these rows; where none is known, NaN."""
        known = len(self._rows)
        same = known <= len(rows) and (not known or self._rows[-1] is rows[known - 1])
        if not same:
            known = 0
            self._packed = []
        self._packed.extend(map(_packed_row, rows[known:]))
        self._rows = list(rows)
        return np.array(self._packed, float).reshape(-1, COLUMNS)


def unpacked(table: np.ndarray[Any, Any]) -> list[HistoryRow]:
    """The rows again."""
    return [
        HistoryRow(
            int(epoch),
            int(step),
            Metrics(_score(*train), _score(*test) if has_test == HAS_TEST else None),
        )
        for epoch, step, *train, has_test, a, b, c in table.tolist()
        for test in [(a, b, c)]
    ]


def _packed_row(row: HistoryRow) -> tuple[float, ...]:
    train, test = row.metrics.train, row.metrics.test
    return (row.epoch, row.step, *_numbers(train), HAS_TEST if test else 0.0, *_numbers(test or train))


def _numbers(score: Score) -> tuple[float, ...]:
    return score.loss, *(nan if number is None else number for number in (score.accuracy, score.r2))


def _score(loss: float, accuracy: float, r2: float) -> Score:
    return Score(loss, None if isnan(accuracy) else accuracy, None if isnan(r2) else r2)
