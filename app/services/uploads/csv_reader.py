"""CSV reader: examples from a spreadsheet or from GET data, and the preview of a table.

One row per example. Every column has a role: input, target, split (train or test), or none. Roles that a
client does not choose are proposed:

- A column `split` is the split.
- Columns whose name begins with y, or is label, class, target or species, are targets. Otherwise the last
  column of words is the target, else the last column.
- Other columns of words, and columns that only count the rows, have no role.

Words are the names of classes, in alphabetical order. Whole numbers are classes as in JSON, except that
numbers with gaps are the names of the classes that occur.
"""

import sys
from array import array
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.domain.user_data import infer_classes
from app.schemas.csv_preview import COLUMN_LIMIT, CsvRole
from app.schemas.spec import CLASS_LIMIT, Task
from app.services.uploads.csv_table import (
    MAX_CELL_CHARACTERS,
    NUMBER_CHARACTERS,
    CsvTable,
    Row,
    TableError,
    shown,
)
from app.settings import Limits
from engine.types import Array

TARGET_NAMES = ("label", "class", "target", "species")
SPLITS = ("train", "test")
FIRST_ROWS = 6
MAX_PLAIN_INPUT = 12
MIN_PLAIN_RANGE = 0.2
BOTH_TASKS: list[Task] = ["classification", "regression"]
Roles = list[CsvRole]


@dataclass
class Targets:
    """Classes or values of all rows. values: a number per row, or a list per row.

    tasks: all that the targets can be. classes: the labels in words. names: the same, if values are indices.
    """

    values: list[Any]
    task: Task
    tasks: list[Task]
    classes: list[str]
    names: list[str] | None = None


@dataclass
class Examples:
    """All rows of a table without a problem. last: the number of the last row in the text."""

    inputs: Array
    targets: Targets
    split: list[str] | None
    last: int

    @property
    def data(self) -> dict[str, Any]:
        """Return the `data` of a network's spec."""
        optional = {"class_names": self.targets.names, "split": self.split}
        return {
            "inputs": self.inputs.tolist(),
            "targets": self.targets.values,
            "task": self.targets.task,
            **{name: value for name, value in optional.items() if value is not None},
        }

    @property
    def standardize(self) -> bool:
        """Return whether the inputs are so far from what the first weights expect that scaling helps."""
        low, high = self.inputs.min(axis=0), self.inputs.max(axis=0)
        narrow = (high > low) & (high - low < MIN_PLAIN_RANGE)
        return bool((narrow | (np.maximum(-low, high) > MAX_PLAIN_INPUT)).any())


def read_text(body: bytes, _: Limits) -> dict[str, Any]:
    """Return the body of a preview request. Raises InvalidRequest if the body is not UTF-8."""
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError as error:
        message = f"the table is not UTF-8 from byte {error.start} on; save it as UTF-8"
        raise InvalidRequest.of(FieldError("csv", message)) from None


def read_csv(body: bytes, limits: Limits) -> dict[str, Any]:
    """Return the `data` of a spec, with the proposed roles. Raises InvalidRequest, with row and column."""
    read_text(body, limits)
    try:
        table = CsvTable(body, limits)
        return read_examples(table, propose_roles(table), None, limits).data
    except TableError as error:
        raise InvalidRequest.of(FieldError("csv", error.message)) from None


def preview_csv(
    text: str, limits: Limits, roles: Roles | None = None, task: Task | None = None, with_data: bool = False
) -> dict[str, Any]:
    """Return the fields of a CsvPreview. Raises InvalidRequest if `roles` has not one entry per column."""
    table, examples, problem = None, None, None
    used: Roles = []
    try:
        table = CsvTable(text.encode(), limits)
        if roles is not None and len(roles) != table.width:
            message = f"roles has {len(roles)} entries, but the table has {table.width} columns"
            raise InvalidRequest.of(FieldError("roles", message))
        used = roles or propose_roles(table)
        examples = read_examples(table, used, task, limits)
    except TableError as error:
        problem = error
    targets = examples.targets if examples else None
    return {
        "separator": table.separator if table else ",",
        "decimal": table.decimal if table else ".",
        "header": table.header if table else False,
        "columns": [
            {"name": name, "kind": kind, "role": role}
            for name, kind, role in zip(table.names, table.kinds, used, strict=True)
        ] if table else [],
        "rows": len(examples.inputs) if examples else None,
        "first": _first_rows(table, problem) if table else [],
        "left_out": _left_out(table, used, examples) if table else [],
        "task": targets.task if targets else None,
        "tasks": targets.tasks if targets else [],
        "classes": [shown(name) for name in targets.classes] if targets else [],
        "standardize": examples.standardize if examples else False,
        "problem": {
            "kind": problem.kind, "values": problem.values, "message": problem.message,
        } if problem else None,
        "data": examples.data if examples and with_data else None,
    }  # fmt: skip


def propose_roles(table: CsvTable) -> Roles:
    """Return a role for each column, by its name and what the first rows hold."""
    names = [name.lower() for name in table.names]
    split = names.index("split") if "split" in names else None
    others = [column for column in range(table.width) if column != split]
    words = [column for column in others if table.kinds[column] == "words"]
    counting = [column for column in others if table.kinds[column] == "index"]
    named = [column for column in others if names[column].startswith("y") or names[column] in TARGET_NAMES]
    if len(named) > 1 and set(named) & set(words):
        named = [column for column in named if column in words][-1:]
    targets = named or words[-1:] or [column for column in others if column not in counting][-1:]
    inputs = [column for column in others if column not in (*targets, *words, *counting)]
    # A table of one counting column and y is a series over time.
    inputs = inputs or [column for column in counting if column not in targets]
    return [
        "split" if column == split
        else "target" if column in targets
        else "input" if column in inputs
        else "none"
        for column in range(table.width)
    ]  # fmt: skip


def read_examples(table: CsvTable, roles: Roles, task: Task | None, limits: Limits) -> Examples:
    """Return all rows as numbers. Raises TableError for the first problem.

    task: None for the one that fits.
    """
    inputs, targets, splits = (
        [column for column, role in enumerate(roles) if role == wanted]
        for wanted in ("input", "target", "split")
    )
    _check_roles(table, inputs, targets, splits, limits)
    label = targets[0] if len(targets) == 1 and _has_labels(table, targets[0], task) else None
    columns = inputs if label is not None else inputs + targets
    numbers, labels, parts = array("d"), list[str](), list[str]()
    row: Row = (0, [])
    for row in table.rows():
        numbers.extend(_numbers(table, row, columns))
        # Words that occur often are stored once.
        if label is not None:
            labels.append(sys.intern(_label(table, row, label)))
        if splits:
            parts.append(sys.intern(_part(table, row, splits[0])))
    if splits and "train" not in parts:
        raise TableError("no_training")
    matrix = np.frombuffer(numbers).reshape(-1, len(columns))
    x, y = matrix[:, : len(inputs)], matrix[:, len(inputs) :]
    if label is not None:
        read = _from_labels(table, labels, label)
    elif len(targets) > 1:
        read = _from_columns(y, task)
    else:
        read = _from_numbers(table, y[:, 0], targets[0], task)
    return Examples(x, read, parts if splits else None, row[0])


def _check_roles(
    table: CsvTable, inputs: list[int], targets: list[int], splits: list[int], limits: Limits
) -> None:
    if not table.sample:
        next(table.rows())  # raises the problem of the first row, which comes before those of the roles
    if len(splits) > 1:
        raise TableError("splits", count=len(splits))
    if not inputs:
        raise TableError("no_inputs")
    if not targets:
        raise TableError("no_target")
    if len(inputs) > limits.inputs:
        raise TableError("inputs", count=len(inputs), most=limits.inputs)
    if len(targets) > limits.outputs:
        raise TableError("outputs", count=len(targets), most=limits.outputs)


def _has_labels(table: CsvTable, column: int, task: Task | None) -> bool:
    return task == "classification" or (task is None and table.kinds[column] == "words")


def _numbers(table: CsvTable, row: Row, columns: list[int]) -> list[float]:
    """Return the numbers in these columns. Raises TableError for the first cell without a finite number."""
    cells = [row[1][column] for column in columns]
    if table.separator != ",":
        cells = [cell.replace(",", ".") for cell in cells]
    # All cells of a row at once, because a table has up to a million.
    if NUMBER_CHARACTERS.fullmatch("".join(cells)):
        try:
            found = list(map(float, cells))
            if isfinite(sum(found)):
                return found
        except ValueError:
            pass
    found = []
    for column in columns:
        value = table.number(row[1][column])
        if value is None or not isfinite(value):
            raise table.cell_error("number", row, column)
        found.append(value)
    return found


def _label(table: CsvTable, row: Row, column: int) -> str:
    label = row[1][column].strip()
    if not label:
        raise table.cell_error("missing", row, column)
    if len(label) > MAX_CELL_CHARACTERS:
        place = table.place(column)
        raise TableError("long_label", row=row[0], **place, count=len(label), most=MAX_CELL_CHARACTERS)
    return label


def _part(table: CsvTable, row: Row, column: int) -> str:
    part = row[1][column].strip().lower()
    if part not in SPLITS:
        raise table.cell_error("split", row, column)
    return part


def _from_labels(table: CsvTable, labels: list[str], column: int) -> Targets:
    """Return the classes that labels name. Labels that are all numbers are the same as numbers."""
    values = {label: table.number(label) for label in set(labels)}
    if all(value is not None and isfinite(value) for value in values.values()):
        return _from_numbers(table, np.array([values[label] for label in labels]), column, "classification")
    names = sorted(values)
    _check_classes(table, names, column)
    codes = {name: float(code) for code, name in enumerate(names)}
    return Targets([codes[label] for label in labels], "classification", ["classification"], names, names)


def _from_numbers(table: CsvTable, y: Array, column: int, task: Task | None) -> Targets:
    """Return the classes or values in one column (rows,)."""
    labels = np.unique(y)
    signed = bool(np.isin(labels, (-1, 1)).all())
    counted = len(labels) <= CLASS_LIMIT and bool((labels == np.arange(len(labels))).all())
    plain = signed or counted
    possible = plain or 2 <= len(labels) <= CLASS_LIMIT
    usual = possible and infer_classes(y[:, None], y[:, None], None).classes > 0
    tasks: list[Task] = BOTH_TASKS if possible else ["regression"]
    if (task or ("classification" if usual else "regression")) == "regression":
        return Targets(y.tolist(), "regression", tasks, [])
    if plain:
        classes = ["-1", "1"] if signed else [str(code) for code in range(max(2, len(labels)))]
        return Targets(y.tolist(), "classification", tasks, classes)
    names = [str(int(value)) if value.is_integer() else repr(value) for value in labels.tolist()]
    _check_classes(table, names, column)
    codes = np.searchsorted(labels, y).astype(float)
    return Targets(codes.tolist(), "classification", tasks, names, names)


def _from_columns(y: Array, task: Task | None) -> Targets:
    """Return the classes or values in several columns (rows, columns)."""
    one_hot = infer_classes(y, y, None).classes > 0
    if task == "classification" and not one_hot:
        raise TableError("one_hot")
    chosen = task or ("classification" if one_hot else "regression")
    classes = [str(code) for code in range(y.shape[1])] if chosen == "classification" else []
    return Targets(y.tolist(), chosen, BOTH_TASKS if one_hot else ["regression"], classes)


def _check_classes(table: CsvTable, names: list[str], column: int) -> None:
    place = table.place(column)
    if len(names) > CLASS_LIMIT:
        raise TableError("classes", **place, count=len(names), most=CLASS_LIMIT)
    if len(names) < 2:
        raise TableError("one_class", **place, label=names[0])


def _first_rows(table: CsvTable, problem: TableError | None) -> list[dict[str, Any]]:
    wrong = int(problem.values.get("row", 0)) if problem else 0
    return [
        {"row": number, "cells": [shown(cell) for cell in cells[:COLUMN_LIMIT]]}
        for number, cells in table.rows_around(wrong, FIRST_ROWS)
    ]


def _left_out(table: CsvTable, roles: Roles, examples: Examples | None) -> list[dict[str, Any]]:
    """Return what is not learned from: columns of words or row numbers, and blank rows above the last row."""
    left_out = [
        {"kind": kind, "values": {"column": column, "name": name}}
        for column, (name, kind, role) in enumerate(
            zip(table.names, table.kinds, roles, strict=True), start=1
        )
        if role == "none" and kind != "number"
    ]
    blank = examples.last - len(examples.inputs) - table.header if examples else 0
    return left_out + ([{"kind": "blank_rows", "values": {"count": blank}}] if blank else [])
