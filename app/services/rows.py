"""Rows: examples of a client's own, from lists to arrays, and what they are: classes or numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.schemas.base import Matrix
from app.schemas.spec import CLASS_LIMIT, DataSpec, Task
from app.services.refusals import FieldError, Unfit
from app.settings import Limits
from engine.types import Array, Mask

LABEL_RULE = "classes are written −1 and +1, or as whole numbers 0 … 9"


@dataclass(frozen=True)
class Rows:
    """x (rows, inputs); labels (rows,) of classes, (rows, outputs) for regression, where classes is 0.

    training (rows,): which of them train, where the client said so. names: those of the classes.
    """

    x: Array
    labels: Array
    classes: int
    training: Mask | None = None
    names: list[str] | None = None

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
        rows = _from_points(data, data.points, limits)
    elif data.inputs is not None and data.targets is not None:
        rows = _from_columns(data, data.inputs, data.targets, limits)
    elif data.inputs is None and data.targets is None:
        if data.split is not None:
            raise _unfit("data.split", "it splits rows of your own, and there are none")
        return None
    else:
        missing = "inputs" if data.inputs is None else "targets"
        raise _unfit(f"data.{missing}", "inputs and targets come together, this one is missing")
    training = None if data.split is None else _training(data, data.split, len(rows.x))
    return replace(rows, training=training, names=_names(data, rows.classes))


def _from_points(data: DataSpec, points: Matrix, limits: Limits) -> Rows:
    if data.inputs is not None or data.targets is not None:
        raise _unfit("data.points", "give either points, or inputs and targets, not both")
    table = _matrix(points, "data.points", limits.rows)
    if table.shape[1] != 3:
        raise _unfit("data.points", f"a point is [x1, x2, y], three numbers; these have {table.shape[1]}")
    return labelled(table[:, :2], table[:, 2:], data.task)


def _from_columns(data: DataSpec, inputs: Matrix, targets: list[float] | Matrix, limits: Limits) -> Rows:
    x = _matrix(inputs, "data.inputs", limits.rows)
    columns = [target if isinstance(target, list) else [target] for target in targets]
    y = _matrix(columns, "data.targets", limits.rows)
    if len(x) != len(y):
        raise _unfit("data.targets", f"{len(y)} rows, but data.inputs has {len(x)}")
    for field, table, limit in (("data.inputs", x, limits.inputs), ("data.targets", y, limits.outputs)):
        if table.shape[1] > limit:
            raise _unfit(field, f"{table.shape[1]} columns, at most {limit} are possible")
    return labelled(x, y, data.task)


def _training(data: DataSpec, split: Sequence[str], rows: int) -> Mask:
    if data.train_fraction is not None:
        raise _unfit("data.split", "give either split or train_fraction, not both")
    if len(split) != rows:
        raise _unfit("data.split", f"{len(split)} entries, but there are {rows} rows")
    training: Mask = np.array([part == "train" for part in split])
    if not training.any():
        raise _unfit("data.split", "at least one row must train, all of these test")
    return training


def _names(data: DataSpec, classes: int) -> list[str] | None:
    names = data.class_names
    if names is not None and len(names) != classes:
        raise _unfit("data.class_names", f"{len(names)} names, but the targets have {classes} classes")
    return names


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


def _matrix(rows: Matrix, field: str, limit: int) -> Array:
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
