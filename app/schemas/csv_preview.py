"""Models of the CSV preview: a table's text in, and how the service reads the table out."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.schemas.base import RequestModel, ResponseModel
from app.schemas.spec import Task

COLUMN_LIMIT = 256
CsvRole = Literal["input", "target", "split", "none"]
CsvKind = Literal["number", "words", "index"]
CsvOmission = Literal["words", "index", "blank_rows"]
CsvProblemKind = Literal[
    "empty", "nul", "quote", "long_line", "lines", "columns", "ragged", "rows",
    "number", "missing", "split", "splits", "no_training", "classes", "one_class", "long_label", "one_hot",
    "no_inputs", "no_target", "inputs", "outputs",
]  # fmt: skip


class CsvText(RequestModel):
    """A table as text, and the choices of a person.

    roles: one per column; null for the proposed ones. task: null for the one that fits.
    examples: return all rows as `data` too.
    """

    text: str
    roles: Annotated[list[CsvRole], Field(max_length=COLUMN_LIMIT)] | None = None
    task: Task | None = None
    examples: bool = False


class CsvColumn(ResponseModel):
    """kind: what the first 200 rows hold. index: numbers that only count the rows."""

    name: str
    kind: CsvKind
    role: CsvRole


class CsvRow(ResponseModel):
    """row: its number in the text, from 1. Blank rows and the header count too."""

    row: int
    cells: list[str]


class CsvLeftOut(ResponseModel):
    """Something in the table that is not learned from.

    values: by kind. words, index: column, name. blank_rows: count.
    """

    kind: CsvOmission
    values: dict[str, int | str]


class CsvProblem(ResponseModel):
    """Why the table cannot be used. message: the same as a sentence.

    values: where it is (row, line, column, name), what is there (cell, label, count), what is allowed (most).
    """

    kind: CsvProblemKind
    values: dict[str, int | str]
    message: str


class CsvPreview(ResponseModel):
    """How the service reads a table. PUT data reads it in the same way.

    separator, decimal: a sign. header: whether the first row has names. rows: the number of examples.
    first: the first rows, or those around the problem. tasks: all that the target columns can be.
    classes: the names of all classes. standardize: whether the inputs are far from 0 or close together.
    With a problem, rows and task are null. data: for the spec of a network; null unless asked for.
    """

    separator: str
    decimal: str
    header: bool
    columns: list[CsvColumn]
    rows: int | None
    first: list[CsvRow]
    left_out: list[CsvLeftOut]
    task: Task | None
    tasks: list[Task]
    classes: list[str]
    standardize: bool
    problem: CsvProblem | None
    data: dict[str, Any] | None
