"""User data: parsing a client's own examples into arrays, and adding, changing or removing single rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.schemas.base import Matrix
from app.schemas.requests import NewRow, RowChanges, RowUpdate
from app.schemas.spec import CLASS_LIMIT, DataSpec, Task
from app.settings import Limits
from engine.types import Array, Mask

LABEL_RULE = "classes must be −1 and +1, or whole numbers from 0 to 9"


@dataclass(frozen=True)
class UserData:
    """A client's own examples.

    x: (rows, inputs). labels: (rows,) for classification, (rows, outputs) for regression.
    classes: their number, 0 for regression. names: the names of the classes.
    training: (rows,), True for training rows; None if the client sent no split.
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
        """Return the number of output units that the labels need."""
        if not self.classes:
            return int(self.labels.shape[1])
        return 1 if self.classes == 2 else self.classes


def parse_user_data(data: DataSpec, limits: Limits) -> UserData | None:
    """Return the rows in a data spec, or None without rows. Raises InvalidRequest."""
    if data.points is not None:
        rows = _from_points(data, data.points, limits)
    elif data.inputs is not None and data.targets is not None:
        rows = _from_columns(data, data.inputs, data.targets, limits)
    elif data.inputs is None and data.targets is None:
        if data.split is not None:
            raise _invalid(
                "data.split",
                "split divides rows of your own, but the spec has none; send points, or inputs and targets",
            )
        return None
    else:
        missing = "inputs" if data.inputs is None else "targets"
        raise _invalid(f"data.{missing}", "inputs and targets must be sent together, but this one is missing")
    training = None if data.split is None else _training(data, data.split, len(rows.x))
    return replace(rows, training=training, names=_names(data, rows.classes))


def _from_points(data: DataSpec, points: Matrix, limits: Limits) -> UserData:
    if data.inputs is not None or data.targets is not None:
        raise _invalid("data.points", "send either points, or inputs and targets, not both")
    table = _matrix(points, "data.points", limits.rows)
    if table.shape[1] != 3:
        raise _invalid(
            "data.points", f"a point must have three numbers, [x1, x2, y], but these have {table.shape[1]}"
        )
    return infer_classes(table[:, :2], table[:, 2:], data.task)


def _from_columns(data: DataSpec, inputs: Matrix, targets: list[float] | Matrix, limits: Limits) -> UserData:
    x = _matrix(inputs, "data.inputs", limits.rows)
    columns = [target if isinstance(target, list) else [target] for target in targets]
    y = _matrix(columns, "data.targets", limits.rows)
    if len(x) != len(y):
        raise _invalid("data.targets", f"targets has {len(y)} rows, but inputs has {len(x)}")
    for field, table, limit in (("data.inputs", x, limits.inputs), ("data.targets", y, limits.outputs)):
        if table.shape[1] > limit:
            raise _invalid(field, f"{table.shape[1]} columns were given, but at most {limit} are allowed")
    return infer_classes(x, y, data.task)


def _training(data: DataSpec, split: Sequence[str], rows: int) -> Mask:
    if data.train_fraction is not None:
        raise _invalid("data.split", "send either split or train_fraction, not both")
    if len(split) != rows:
        raise _invalid("data.split", f"split has {len(split)} entries, but there are {rows} rows")
    training: Mask = np.array([part == "train" for part in split])
    if not training.any():
        raise _invalid("data.split", "all rows are test rows, but at least one must be a training row")
    return training


def _names(data: DataSpec, classes: int) -> list[str] | None:
    names = data.class_names
    if names is not None and len(names) != classes:
        raise _invalid(
            "data.class_names", f"{len(names)} names were given, but the targets have {classes} classes"
        )
    return names


def infer_classes(x: Array, y: Array, task: Task | None) -> UserData:
    """Return the rows with labels from y (rows, columns). Raises InvalidRequest.

    Without a task, the values decide: class labels mean classification, all others regression.
    """
    classes = 0 if task == "regression" else _classes(y)
    if task == "classification" and not classes:
        raise _invalid(
            "data.task",
            f"{LABEL_RULE}, or one column per class with a single 1, but these targets are neither",
        )
    if not classes:
        return UserData(x, y, 0)
    return UserData(x, y[:, 0] if y.shape[1] == 1 else y.argmax(axis=1).astype(float), classes)


def _classes(y: Array) -> int:
    """Return the number of classes, or 0 if the values are not class labels."""
    if y.shape[1] > 2:
        one_hot = ((y == 0) | (y == 1)).all() and (y.sum(axis=1) == 1).all()
        return y.shape[1] if one_hot else 0
    if y.shape[1] == 2:
        return 0  # two classes have one output unit, so two columns are always regression
    if np.isin(y, (-1, 1)).all():
        return 2
    if np.isin(y, np.arange(CLASS_LIMIT)).all():
        return max(2, int(y.max()) + 1)
    return 0


def _matrix(rows: Matrix, field: str, limit: int) -> Array:
    if not rows or not rows[0]:
        raise _invalid(field, "at least one row with at least one number is needed, but there is none")
    if len(rows) > limit:
        raise _invalid(field, f"{len(rows):,} rows were given, but at most {limit:,} are allowed")
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise _invalid(
                f"{field}.{index}", f"this row has {len(row)} numbers, but the first row has {len(rows[0])}"
            )
    return np.array(rows, float)


def _invalid(field: str, message: str) -> InvalidRequest:
    return InvalidRequest.of(FieldError(field, message))


def apply_row_changes(rows: UserData, changes: RowChanges, limit: int) -> UserData:
    """Return the rows after the changes. The number of classes does not change.

    Raises InvalidRequest, which names the change. rows: must have a split. limit: maximum number of rows.
    """
    assert rows.training is not None
    x, labels, training = rows.x.copy(), rows.labels.copy(), rows.training.copy()
    allowed = _allowed_labels(rows)
    for index, change in enumerate(changes.change):
        field = f"change.{index}"
        _check_row(change.row, len(x), f"{field}.row")
        if change.x is not None:
            x[change.row] = _inputs(change, x, field)
        if change.y is not None:
            labels[change.row] = _label(change.y, labels, allowed, field)
        if change.split is not None:
            training[change.row] = change.split == "train"
    for index, row in enumerate(changes.remove):
        _check_row(row, len(x), f"remove.{index}")
    added_x = [_inputs(row, x, f"add.{index}") for index, row in enumerate(changes.add)]
    added_y = [_label(row.y, labels, allowed, f"add.{index}") for index, row in enumerate(changes.add)]
    added_split = [row.split == "train" for row in changes.add]
    remaining = np.ones(len(x), bool)
    remaining[changes.remove] = False
    x = np.concatenate([x[remaining], np.reshape(added_x, (-1, x.shape[1]))])
    labels = np.concatenate([labels[remaining], np.reshape(added_y, (-1, *labels.shape[1:]))])
    training = np.concatenate([training[remaining], np.array(added_split, bool)])
    if len(x) > limit:
        raise _invalid("add", f"this makes {len(x):,} rows, but at most {limit:,} are allowed")
    if not training.any():
        raise _invalid("remove", "at least one training row must remain")
    return replace(rows, x=x, labels=labels, training=training)


def _allowed_labels(rows: UserData) -> list[int]:
    """Return the labels of the classes. Two classes are 0 and 1 if a label is 0, else −1 and 1."""
    if rows.classes == 2:
        return [0, 1] if (rows.labels == 0).any() else [-1, 1]
    return list(range(rows.classes))


def _check_row(row: int, rows: int, field: str) -> None:
    if row >= rows:
        raise _invalid(field, f"row {row} does not exist; the last row is {rows - 1}")


def _inputs(row: NewRow | RowUpdate, x: Array, field: str) -> list[float]:
    inputs = row.x or []
    if len(inputs) != x.shape[1]:
        raise _invalid(f"{field}.x", f"{len(inputs)} numbers were given, but a row has {x.shape[1]} inputs")
    return inputs


def _label(y: float | list[float], labels: Array, allowed: list[int], field: str) -> float | list[float]:
    if labels.ndim == 1:
        if isinstance(y, list) or y not in allowed:
            names = ", ".join(str(label) for label in allowed)
            raise _invalid(f"{field}.y", f"{y!r} is not a class; the classes are {names}")
        return y
    numbers = y if isinstance(y, list) else [y]
    if len(numbers) != labels.shape[1]:
        raise _invalid(
            f"{field}.y", f"{len(numbers)} numbers were given, but the data have {labels.shape[1]} outputs"
        )
    return numbers
