"""Tables: examples as CSV, from a spreadsheet or from GET data.

One row per example: the inputs, then y. A first row of names is optional; with names, every column
whose name begins with y, or is label, class or target, is a target, and a column `split` says train
or test; without, the target is the column of words if there is one, else the last. Words are the
names of classes. Columns are separated by commas, semicolons or tabs; beside semicolons and
tabs, 0,5 is 0.5.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

from app.schemas.base import ROWS
from app.schemas.spec import CLASS_LIMIT
from app.services.refusals import FieldError, Unfit, shown

SEPARATORS = ";\t,"
LINES = ROWS + 1
TARGETS = ("label", "class", "target")
Cells = list[str]


def data_of_csv(body: bytes) -> dict[str, Any]:
    """The `inputs`, `targets` and `split` of a spec's data. Raises Unfit, with row and column, from 1."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unfit(f"this is not UTF-8, from byte {error.start} on") from None
    if "\0" in text:
        raise _unfit("there is a NUL character in it")
    separator = next((sign for sign in SEPARATORS if sign in text.partition("\n")[0]), ",")
    rows = list(_rows(text, separator))
    if not rows:
        raise _unfit("at least one row is needed, there is none")
    names = [cell.strip().lower() for cell in rows[0]]
    if any(_number(cell, separator) is not None for cell in rows[0]):
        names, first = [""] * len(rows[0]), 1
    else:
        rows, first = rows[1:], 2
    return _sorted_out(names, rows, separator, first)


def _rows(text: str, separator: str) -> Iterator[Cells]:
    if max(text.count("\n"), text.count("\r")) > LINES:
        raise _unfit(f"more than {LINES:,} lines are not read")
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error as error:
        raise _unfit(f"this cannot be read as a table: {error}") from None


def _sorted_out(names: Cells, rows: list[Cells], separator: str, first: int) -> dict[str, Any]:
    for index, row in enumerate(rows):
        if len(row) != len(names):
            raise _unfit(f"row {first + index} has {len(row)} columns, but the first has {len(names)}")
    split = names.index("split") if "split" in names else None
    words = [
        column
        for column, cell in enumerate(rows[0] if rows else [])
        if column != split and cell.strip() and _number(cell, separator) is None
    ]
    targets = [column for column, name in enumerate(names) if name.startswith("y") or name in TARGETS]
    targets = targets or words[:1] or [max(column for column in range(len(names)) if column != split)]
    inputs = [column for column in range(len(names)) if column != split and column not in targets]
    if not inputs:
        raise _unfit("there is a column for y, but none for the inputs")

    def numbers(columns: list[int]) -> list[list[float]]:
        return [
            [_needed(row[column], separator, first + index, column) for column in columns]
            for index, row in enumerate(rows)
        ]

    data: dict[str, Any] = {"inputs": numbers(inputs)}
    if targets == words[:1]:
        data |= _named([row[targets[0]].strip() for row in rows], targets[0])
    else:
        data["targets"] = numbers(targets)
    return data if split is None else {**data, "split": [row[split].strip() for row in rows]}


def _named(labels: Cells, column: int) -> dict[str, Any]:
    """Labels in words as numbers, in the order of the alphabet."""
    names = sorted(set(labels))
    if len(names) > CLASS_LIMIT:
        raise _unfit(
            f"column {column + 1} has {len(names):,} different labels ({shown(names[0][:60])}, "
            f"{shown(names[1][:60])}, …), at most {CLASS_LIMIT} classes are possible"
        )
    if len(names) == 1:
        raise _unfit(f"column {column + 1} has one label only, {shown(names[0][:60])}: two are needed")
    numbers = {name: float(number) for number, name in enumerate(names)}
    return {"targets": [[numbers[label]] for label in labels], "class_names": names}


def _needed(cell: str, separator: str, row: int, column: int) -> float:
    number = _number(cell, separator)
    if number is None:
        raise _unfit(f"row {row}, column {column + 1}: a number is needed, got {shown(cell[:60])}")
    return number


def _number(cell: str, separator: str) -> float | None:
    text = cell if separator == "," else cell.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


def _unfit(message: str) -> Unfit:
    return Unfit.of(FieldError("csv", message))
