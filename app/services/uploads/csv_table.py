"""CSV table: text as rows of cells, with its separator, its names, and the reasons why it is none.

The first row that is not blank shows the separator: a tab, else a semicolon, else a comma, outside of quotes.
Beside tabs and semicolons, 0,5 is 0.5. The first row holds names if none of its cells is a number.
A table is read row by row, and no further than to the first problem.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from math import nan

from app.schemas.csv_preview import COLUMN_LIMIT, CsvKind, CsvProblemKind
from app.settings import Limits

SEPARATORS = "\t;,"
MAX_LINE_CHARACTERS = 20_000
MAX_CELL_CHARACTERS = 60
SAMPLE_ROWS = 200
INDEX_NAMES = ("", "unnamed: 0", "id", "index", "row", "no", "nr", "#")
MIN_INDEX_ROWS = 3
BLANK_LINES = re.compile(r"(?:[^\S\r\n]*+[\r\n])*+")
QUOTED = re.compile(r'"[^"]*("|$)')
NUMBER_CHARACTERS = re.compile(r"[0-9+\-.eE\s]*", re.ASCII)
"""Python also reads 1_000 and digits of other scripts as numbers."""
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
Cells = list[str]
Row = tuple[int, Cells]
"""Number of the row in the text, from 1, and its cells."""

MESSAGES: dict[CsvProblemKind, str] = {
    "empty": "the table has no rows, but at least one is needed",
    "nul": "the table contains a NUL character; save it as plain text",
    "quote": "row {row} has a quotation mark that is not closed, or text behind a closed one",
    "long_line": "line {line} has {count:,} characters, but at most {most:,} are allowed",
    "lines": "the table has more than {most:,} lines, which is the limit",
    "columns": "the table has {count:,} columns, but at most {most} are allowed",
    "ragged": "row {row} has {count} columns, but the first has {needed}",
    "rows": "the table has more than {most:,} rows, which is the limit",
    "number": "row {row}, {place} must be a finite number, but it is {cell!r}",
    "missing": "row {row}, {place} is empty; fill it in, or delete the row",
    "split": "row {row}, {place} must be 'train' or 'test', but it is {cell!r}",
    "splits": "{count} columns have the role split, but at most one may",
    "no_training": "all rows are test rows, but at least one must be a training row",
    "classes": "{place} has {count:,} different labels, but at most {most} classes are allowed",
    "one_class": "{place} has only one label, {label!r}, but at least two are needed",
    "long_label": "row {row}, {place} has a label of {count:,} characters, but at most {most} are allowed",
    "one_hot": "target columns are classes only if there are at least three, with a single 1 in each row",
    "no_inputs": "the table has a column for y, but none for the inputs",
    "no_target": "the table has no column for y",
    "inputs": "the table has {count:,} columns of inputs, but at most {most} are allowed",
    "outputs": "the table has {count:,} columns of targets, but at most {most} are allowed",
}


class TableError(Exception):
    """The table cannot be used. kind and values: the machine-readable reason."""

    def __init__(self, kind: CsvProblemKind, **values: int | str) -> None:
        super().__init__(kind)
        self.kind: CsvProblemKind = kind
        self.values = values

    @property
    def message(self) -> str:
        """Return the reason as an English sentence."""
        name = self.values.get("name")
        place = f"column {self.values.get('column')}" + (f" ({name})" if name else "")
        return MESSAGES[self.kind].format(**self.values, place=place)


class CsvTable:
    """A table whose first row has been read. Raises TableError if it cannot be read.

    sample: the first rows, up to the first that does not fit.
    """

    def __init__(self, body: bytes, limits: Limits) -> None:
        """Read the beginning. body: UTF-8."""
        if b"\0" in body:
            raise TableError("nul")
        self._body = body
        self._limits = limits
        self.separator = _separator(body.decode("utf-8-sig"))
        self._first, top = next(self._records(), (0, []))
        if len(top) > COLUMN_LIMIT:
            raise TableError("columns", count=len(top), most=COLUMN_LIMIT)
        self.width = len(top)
        self.header = all(self.number(cell) is None for cell in top)
        self.names = [cell.strip()[:MAX_CELL_CHARACTERS] if self.header else "" for cell in top]
        self.sample = list(islice(self._readable_rows(), SAMPLE_ROWS))
        self.kinds = [self._kind(column) for column in range(self.width)]

    def number(self, cell: str) -> float | None:
        """Return the number in a cell, or None. The number may be infinite or NaN."""
        text = cell.strip() if self.separator == "," else cell.strip().replace(",", ".")
        if not NUMBER_CHARACTERS.fullmatch(text):
            return nan if NOT_FINITE.fullmatch(text) else None
        try:
            return float(text)
        except ValueError:
            return None

    @property
    def decimal(self) -> str:
        """Return the decimal mark of the first rows."""
        if self.separator == ",":
            return "."
        cells = (cell for _, row in self.sample for cell in row if "," in cell)
        return "," if any(self.number(cell) is not None for cell in cells) else "."

    def rows(self) -> Iterator[Row]:
        """Yield all rows below the header. Raises TableError."""
        count = 0
        for number, row in self._records():
            if self.header and number == self._first:
                continue
            count += 1
            if count > self._limits.rows:
                raise TableError("rows", most=self._limits.rows)
            if len(row) != self.width:
                raise TableError("ragged", row=number, count=len(row), needed=self.width)
            yield number, row
        if not count:
            raise TableError("empty")

    def rows_around(self, number: int, count: int) -> list[Row]:
        """Return rows from the one before this number on, also if they have another width."""
        rows: deque[Row] = deque(maxlen=count)
        with suppress(TableError):
            for row in self._records():
                if len(rows) == count and rows[1][0] >= number:
                    break
                if not (self.header and row[0] == self._first):
                    rows.append(row)
        return list(rows)

    def cell_error(self, kind: CsvProblemKind, row: Row, column: int) -> TableError:
        """Return the problem of one cell: `missing` if the cell is empty."""
        number, cells = row
        cell = cells[column].strip()
        place = self.place(column)
        if not cell:
            return TableError("missing", row=number, **place)
        return TableError(kind, row=number, **place, cell=shown(cell))

    def place(self, column: int) -> dict[str, int | str]:
        """Return the number, from 1, and the name of a column, as a problem has them."""
        return {"column": column + 1, "name": self.names[column]}

    def _readable_rows(self) -> Iterator[Row]:
        with suppress(TableError):
            yield from self.rows()

    def _kind(self, column: int) -> CsvKind:
        """Return what the sample holds. A few words among many numbers are slips, not words."""
        cells = [row[column] for _, row in self.sample]
        filled = [cell for cell in cells if cell.strip()]
        numbers = [self.number(cell) for cell in filled]
        if numbers.count(None) > len(filled) / 2:
            return "words"
        if not self.header or self.names[column].lower() not in INDEX_NAMES or len(cells) < MIN_INDEX_ROWS:
            return "number"
        counts = (list(range(start, start + len(cells))) for start in (0, 1))
        return "index" if any(numbers == count for count in counts) else "number"

    def _records(self) -> Iterator[Row]:
        """Yield all rows that are not blank. Blank rows count all the same."""
        reader, number = csv.reader(self._lines(), delimiter=self.separator, strict=True), 0
        try:
            for row in reader:
                number += 1
                if any(map(str.strip, row)):
                    yield number, row
        except csv.Error:
            raise TableError("quote", row=number + 1) from None

    def _lines(self) -> Iterator[str]:
        """Yield all lines, whose number and length are bounded."""
        most = 2 * (self._limits.rows + 1)
        lines = io.TextIOWrapper(io.BytesIO(self._body), "utf-8-sig", newline="")
        for number, line in enumerate(lines, start=1):
            if number > most:
                raise TableError("lines", most=most)
            if len(line) > MAX_LINE_CHARACTERS:
                raise TableError("long_line", line=number, count=len(line), most=MAX_LINE_CHARACTERS)
            yield line


def shown(cell: str) -> str:
    """Return a cell as an answer repeats it."""
    return cell if len(cell) <= MAX_CELL_CHARACTERS else cell[:MAX_CELL_CHARACTERS] + "…"


def _separator(text: str) -> str:
    blank = BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    outside_quotes = QUOTED.sub("", text[start : start + MAX_LINE_CHARACTERS])
    head = re.split(r"[\r\n]", outside_quotes, maxsplit=1)[0]
    return next((sign for sign in SEPARATORS if sign in head), ",")
