"""Response models of what needs no network: health, formulas as graphs, exhibits."""

from dataclasses import dataclass
from typing import Any, Literal

from backprop_playground.decoding import Numbers


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
