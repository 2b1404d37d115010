"""CSV reader: examples from a spreadsheet or from GET data.

One row per example: the inputs, then y. A first row of names is optional; with names, every column
whose name begins with y, or is label, class or target, is a target, and a column `split` says train
or test; without, the target is the column of words if there is one, else the last. Words are the
names of classes. Columns are separated by commas, semicolons or tabs; beside semicolons and
tabs, 0,5 is 0.5. A table is read row by row, and no further than to what does not fit.
"""

import csv
import io
import sys
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest, shorten
from app.schemas.spec import CLASS_LIMIT
from app.settings import Limits

SEPARATORS = ";\t,"
TARGETS = ("label", "class", "target")
LONGEST_LINE = 20_000
Cells = list[str]
Row = tuple[int, Cells]
"""With its number."""


class Columns(NamedTuple):
    """Which columns are what. label: the one of words, which is the target then."""

    inputs: list[int]
    targets: list[int]
    label: int | None
    split: int | None


def read_csv(body: bytes, limits: Limits) -> dict[str, Any]:
    """Return the `inputs`, `targets` and `split` of a spec's data.

    Raises InvalidRequest, with row and column, from 1.
    """
    separator = _separator(body)
    rows = _rows(body, separator, limits)
    number, top = next(rows, (0, []))
    names = [cell.strip().lower() for cell in top]
    if any(_number(cell, separator) is not None for cell in top):
        names, rows = [""] * len(top), chain([(number, top)], rows)
    first = next(rows, None)
    if first is None:
        raise _unfit("the table has no rows, but at least one is needed")
    rows = _as_wide(chain([first], rows), len(names))
    return _read(rows, _columns(names, first[1], separator, limits), separator)


def _separator(body: bytes) -> str:
    """Return what stands between the columns. Raises InvalidRequest where this is no text."""
    if b"\0" in body:
        raise _unfit("the table contains a NUL character; save it as plain text")
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise _unfit(f"the table is not UTF-8 from byte {error.start} on; save it as UTF-8") from None
    head = body.partition(b"\n")[0]
    return next((sign for sign in SEPARATORS if sign.encode() in head), ",")


def _rows(body: bytes, separator: str, limits: Limits) -> Iterator[Row]:
    """Return all rows in which there is anything, counted from 1."""
    reader, number = csv.reader(_lines(body, limits), delimiter=separator, strict=True), 0
    try:
        for row in reader:
            if any(map(str.strip, row)):
                number += 1
                if number > limits.rows + 1:
                    raise _unfit(f"the table has more than {limits.rows:,} rows, which is the limit")
                yield number, row
    except csv.Error as error:
        raise _unfit(f"the table cannot be read: {error}") from None


def _lines(body: bytes, limits: Limits) -> Iterator[str]:
    """Yield all lines, none of which is long enough to be a load by itself."""
    most = 2 * (limits.rows + 1)
    for number, line in enumerate(io.TextIOWrapper(io.BytesIO(body), "utf-8-sig", newline=""), start=1):
        if number > most:
            raise _unfit(f"the table has more than {most:,} lines, which is the limit")
        if len(line) > LONGEST_LINE:
            raise _unfit(
                f"line {number} has {len(line):,} characters, but at most {LONGEST_LINE:,} are allowed"
            )
        yield line


def _as_wide(rows: Iterable[Row], width: int) -> Iterator[Row]:
    for number, row in rows:
        if len(row) != width:
            raise _unfit(f"row {number} has {len(row)} columns, but the first has {width}")
        yield number, row


def _columns(names: Cells, first: Cells, separator: str, limits: Limits) -> Columns:
    """By the names of the columns, and what is in the first row."""
    split = names.index("split") if "split" in names else None
    others = [column for column in range(len(names)) if column != split]
    words = [
        column
        for column, cell in enumerate(first)
        if column != split and cell.strip() and _number(cell, separator) is None
    ]
    targets = [column for column, name in enumerate(names) if name.startswith("y") or name in TARGETS]
    targets = targets or words[:1] or others[-1:]
    inputs = [column for column in others if column not in targets]
    if not inputs:
        raise _unfit("the table has a column for y, but none for the inputs")
    for columns, most, what in ((inputs, limits.inputs, "inputs"), (targets, limits.outputs, "targets")):
        if len(columns) > most:
            raise _unfit(f"the table has {len(columns):,} columns of {what}, but at most {most} are allowed")
    return Columns(inputs, targets, targets[0] if targets == words[:1] else None, split)


def _read(rows: Iterable[Row], columns: Columns, separator: str) -> dict[str, Any]:
    """Numbers are packed until all are known to be some; words that come often are kept once."""
    inputs, targets, label, split = columns
    numeric = inputs if label is not None else inputs + targets
    numbers, labels, splits = array("d"), Cells(), Cells()
    names: set[str] = set()
    for number, row in rows:
        numbers.extend(_numbers(row, numeric, separator, number))
        if label is not None:
            labels.append(sys.intern(row[label].strip()))
            names.add(labels[-1])
            if len(names) > CLASS_LIMIT:
                break
        if split is not None:
            splits.append(sys.intern(row[split].strip()))
    table = np.frombuffer(numbers).reshape(-1, len(numeric))
    data: dict[str, Any] = {"split": splits} if split is not None else {}
    if label is not None:
        return {**_named(labels, sorted(names), label), "inputs": table.tolist(), **data}
    return {"inputs": table[:, : len(inputs)].tolist(), "targets": table[:, len(inputs) :].tolist(), **data}


def _named(labels: Cells, names: Cells, column: int) -> dict[str, Any]:
    """Labels in words as numbers, in the order of the alphabet."""
    if len(names) > CLASS_LIMIT:
        first, second = (shorten(name[:60]) for name in names[:2])
        raise _unfit(
            f"column {column + 1} has more than {CLASS_LIMIT} different labels ({first}, {second}, …), "
            "which is the largest number of classes"
        )
    if len(names) == 1:
        raise _unfit(
            f"column {column + 1} has only one label, {shorten(names[0][:60])}, but at least two are needed"
        )
    numbers = {name: float(number) for number, name in enumerate(names)}
    return {"targets": [[numbers[label]] for label in labels], "class_names": names}


def _numbers(row: Cells, columns: list[int], separator: str, number: int) -> list[float]:
    """What is in these columns. Raises InvalidRequest for the first in which there is no finite number."""
    if separator == ",":
        with suppress(ValueError):
            found = [float(cell) for column in columns if "_" not in (cell := row[column])]
            if len(found) == len(columns) and isfinite(sum(found)):
                return found
    found = []
    for column in columns:
        value = _number(row[column], separator)
        if value is None or not isfinite(value):
            what = "a number" if value is None else "a finite number"
            raise _unfit(
                f"row {number}, column {column + 1} must be {what}, but it is {shorten(row[column][:60])}"
            )
        found.append(value)
    return found


def _number(cell: str, separator: str) -> float | None:
    """None if it is not one; `1_000` is a number to Python alone."""
    try:
        return None if "_" in cell else float(cell if separator == "," else cell.replace(",", "."))
    except ValueError:
        return None


def _unfit(message: str) -> InvalidRequest:
    return InvalidRequest.of(FieldError("csv", message))
