"""Rows: examples of a client's own, from lists to arrays, and what they are: classes or numbers."""

from dataclasses import dataclass

import numpy as np

from app.schemas.spec import DataSpec, Task
from app.services.refusals import FieldError, Unfit
from app.settings import Limits
from engine.arrays import Array

CLASS_LIMIT = 10
LABEL_RULE = "classes are written −1 and +1, or as whole numbers 0 … 9"


@dataclass(frozen=True)
class Rows:
    """x (rows, inputs); labels (rows,) for classes, (rows, outputs) for regression. classes: 0 for regression."""

    x: Array
    labels: Array
    classes: int

    @property
    def task(self) -> Task:
        return "classification" if self.classes else "regression"

    @property
    def outputs(self) -> int:
        """How many output units the labels ask for."""
        if not self.classes:
            return int(self.labels.shape[1])
        return 1 if self.classes == 2 else self.classes


def own_rows(data: DataSpec, limits: Limits) -> Rows | None:
    """The rows in a data spec, None where it has none. Raises Unfit."""
    if data.points is not None:
        if data.inputs is not None or data.targets is not None:
            raise _unfit("data.points", "give either points, or inputs and targets, not both")
        table = _matrix(data.points, "data.points", limits.rows)
        if table.shape[1] != 3:
            raise _unfit("data.points", f"a point is [x1, x2, y], three numbers; these have {table.shape[1]}")
        return labelled(table[:, :2], table[:, 2:], data.task)
    if data.inputs is None and data.targets is None:
        return None
    if data.inputs is None or data.targets is None:
        missing = "inputs" if data.inputs is None else "targets"
        raise _unfit(f"data.{missing}", "inputs and targets come together, this one is missing")
    x = _matrix(data.inputs, "data.inputs", limits.rows)
    columns = [target if isinstance(target, list) else [target] for target in data.targets]
    y = _matrix(columns, "data.targets", limits.rows)
    if len(x) != len(y):
        raise _unfit("data.targets", f"{len(y)} rows, but data.inputs has {len(x)}")
    for field, table, limit in (("data.inputs", x, limits.inputs), ("data.targets", y, limits.outputs)):
        if table.shape[1] > limit:
            raise _unfit(field, f"{table.shape[1]} columns, at most {limit} are possible")
    return labelled(x, y, data.task)


def labelled(x: Array, y: Array, task: Task | None) -> Rows:
    """Rows from y (rows, columns); without a task, it is told from the numbers. Raises Unfit."""
    classes = 0 if task == "regression" else _classes(y)
    if task == "classification" and not classes:
        raise _unfit(
            "data.task", f"{LABEL_RULE}, or one column per class with a single 1; these targets are neither"
        )
    if not classes:
        return Rows(x, y, 0)
    return Rows(x, y[:, 0] if y.shape[1] == 1 else y.argmax(axis=1).astype(float), classes)


def _classes(y: Array) -> int:
    """How many classes these are the labels of; 0 where they are just numbers."""
    if y.shape[1] > 2:
        one_hot = ((y == 0) | (y == 1)).all() and (y.sum(axis=1) == 1).all()
        return y.shape[1] if one_hot else 0
    if y.shape[1] == 2:
        return 0
    if np.isin(y, (-1, 1)).all():
        return 2
    if np.isin(y, np.arange(CLASS_LIMIT)).all():
        return max(2, int(y.max()) + 1)
    return 0


def _matrix(rows: list[list[float]], field: str, limit: int) -> Array:
    if not rows or not rows[0]:
        raise _unfit(field, "at least one row of at least one number is needed, there is none")
    if len(rows) > limit:
        raise _unfit(field, f"{len(rows):,} rows, at most {limit:,} are possible")
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise _unfit(f"{field}.{index}", f"{len(row)} numbers, but the first row has {len(rows[0])}")
    return np.array(rows, float)


def _unfit(field: str, message: str) -> Unfit:
    return Unfit.of(FieldError(field, message))
