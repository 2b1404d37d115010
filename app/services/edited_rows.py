"""Edited rows: single examples added, changed and taken away, as a person does on the plane."""

from dataclasses import replace

import numpy as np

from app.schemas.commands import RowAdded, RowChanged, RowChanges
from app.services.refusals import FieldError, Unfit
from app.services.rows import Rows
from engine.types import Array


def edited(rows: Rows, asked: RowChanges, limit: int) -> Rows:
    """The rows after the changes. Their classes stay as many as they are. Raises Unfit, naming the change.

    rows: all with a split. limit: how many rows there may be.
    """
    assert rows.training is not None
    x, labels, training = rows.x.copy(), rows.labels.copy(), rows.training.copy()
    known = _classes(rows)
    for index, change in enumerate(asked.change):
        place = f"change.{index}"
        _check_row(change.row, len(x), f"{place}.row")
        if change.x is not None:
            x[change.row] = _inputs(change, x, place)
        if change.y is not None:
            labels[change.row] = _label(change.y, labels, known, place)
        if change.split is not None:
            training[change.row] = change.split == "train"
    for index, row in enumerate(asked.remove):
        _check_row(row, len(x), f"remove.{index}")
    added_x = [_inputs(row, x, f"add.{index}") for index, row in enumerate(asked.add)]
    added_y = [_label(row.y, labels, known, f"add.{index}") for index, row in enumerate(asked.add)]
    added_split = [row.split == "train" for row in asked.add]
    left = np.ones(len(x), bool)
    left[asked.remove] = False
    x = np.concatenate([x[left], np.reshape(added_x, (-1, x.shape[1]))])
    labels = np.concatenate([labels[left], np.reshape(added_y, (-1, *labels.shape[1:]))])
    training = np.concatenate([training[left], np.array(added_split, bool)])
    if len(x) > limit:
        raise _unfit("add", f"{len(x):,} rows, at most {limit:,} are possible")
    if not training.any():
        raise _unfit("remove", "at least one row must stay to train on")
    return replace(rows, x=x, labels=labels, training=training)


def _classes(rows: Rows) -> list[int]:
    """The labels there may be: two classes are 0 and 1 where one of them is 0, else −1 and 1."""
    if rows.classes == 2:
        return [0, 1] if (rows.labels == 0).any() else [-1, 1]
    return list(range(rows.classes))


def _check_row(row: int, rows: int, field: str) -> None:
    if row >= rows:
        raise _unfit(field, f"there is no row {row}, the last is {rows - 1}")


def _inputs(row: RowAdded | RowChanged, x: Array, place: str) -> list[float]:
    given = row.x or []
    if len(given) != x.shape[1]:
        raise _unfit(f"{place}.x", f"{len(given)} numbers, but a row has {x.shape[1]}")
    return given


def _label(y: float | list[float], labels: Array, known: list[int], place: str) -> float | list[float]:
    if labels.ndim == 1:
        if isinstance(y, list) or y not in known:
            names = ", ".join(str(label) for label in known)
            raise _unfit(f"{place}.y", f"{y!r} is none of the classes, which are {names}")
        return y
    numbers = y if isinstance(y, list) else [y]
    if len(numbers) != labels.shape[1]:
        raise _unfit(f"{place}.y", f"{len(numbers)} numbers, but there are {labels.shape[1]} outputs")
    return numbers


def _unfit(field: str, message: str) -> Unfit:
    return Unfit.of(FieldError(field, message))
