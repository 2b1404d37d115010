"""Response models of what needs no network: health, formulas as graphs, CSV previews, exhibits."""

from dataclasses import dataclass
from typing import Any, Literal

from backprop_playground.decoding import Numbers
from backprop_playground.models.spec import Task

CsvRole = Literal["input", "target", "split", "none"]
CsvProblemKind = Literal[
    "empty", "nul", "quote", "long_line", "lines", "columns", "ragged", "rows",
    "number", "missing", "split", "splits", "no_training", "classes", "one_class", "long_label", "one_hot",
    "no_inputs", "no_target", "inputs", "outputs",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Health:
    """Health and version of the service."""

    status: Literal["ok"]
    version: str


@dataclass(frozen=True, kw_only=True)
class Node:
    """Operation of a computation graph. inputs: the ids of the nodes that it reads."""

    id: int
    operation: str
    inputs: list[int]
    label: str
    value: float | None
    gradient: float | None
    local_gradients: list[float | None]
    formula: str
    local_formulas: list[str]


@dataclass(frozen=True, kw_only=True)
class ExpressionGraph:
    """Computation graph of a formula. gradients: by the name of the variable."""

    value: float | None
    gradients: dict[str, float | None]
    nodes: list[Node]
    tex: str


@dataclass(frozen=True, kw_only=True)
class ActivationCurve:
    """Curve of an activation function: z, a = g(z), and slope g'(z), all (n,)."""

    name: str
    z: Numbers
    a: Numbers
    slope: Numbers


@dataclass(frozen=True, kw_only=True)
class CsvColumn:
    """Column of a table. kind: what the first rows hold. index: numbers that only count the rows."""

    name: str
    kind: Literal["number", "words", "index"]
    role: CsvRole


@dataclass(frozen=True, kw_only=True)
class CsvRow:
    """Row of a table. row: its number in the text, from 1, with blank rows and the header."""

    row: int
    cells: list[str]


@dataclass(frozen=True, kw_only=True)
class CsvLeftOut:
    """Something in a table that is not learned from. values: column and name, or count."""

    kind: Literal["words", "index", "blank_rows"]
    values: dict[str, int | str]


@dataclass(frozen=True, kw_only=True)
class CsvProblem:
    """Reason why a table cannot be used. values: row, column, name, cell, count, most. message: in words."""

    kind: CsvProblemKind
    values: dict[str, int | str]
    message: str


@dataclass(frozen=True, kw_only=True)
class CsvPreview:
    """How the service reads a table.

    rows: the number of examples, None with a problem. first: the first rows, or those around the problem.
    tasks: all that the target columns can be. classes: the names of all classes.
    data: for the spec of a network, if `examples` was set.
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


@dataclass(frozen=True, kw_only=True)
class ExhibitSummary:
    """Exhibit in the list of the lecture. number: from 1. worksheet: whether it has one."""

    number: int
    id: str
    title: str
    language: str
    worksheet: bool


@dataclass(frozen=True, kw_only=True)
class Exhibit(ExhibitSummary):
    """Page of the lecture. prose: paragraphs, with TeX between single dollars. formulas: TeX.

    fault: the error in the exhibit's file, with its line. Such a page has no parts.
    """

    parts: list[str]
    prose: list[str]
    formulas: list[str]
    network: dict[str, Any] | None
    beside: dict[str, dict[str, Any]]
    play: bool
    example: int
    expressions: list[str]
    values: dict[str, float]
    rounds: dict[str, Any] | None
    walk: list[str]
    names: dict[str, str]
    compose: dict[str, dict[str, Any]]
    seeds: list[int]
    facts: list[dict[str, Any]]
    fault: str | None = None


@dataclass(frozen=True, kw_only=True)
class Exhibits:
    """Exhibits in the order of the lecture."""

    exhibits: list[ExhibitSummary]
