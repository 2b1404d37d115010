"""Response models of the quiz and of worksheets: questions, grades, answer keys."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["z", "a", "loss", "delta", "gradient", "weight"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Value to compute by hand. tolerance: the largest error of a correct answer."""

    symbol: str
    tex: str
    kind: Kind
    layer: int
    unit: int
    tolerance: float | None


@dataclass(frozen=True, kw_only=True)
class Questions:
    """Questions about one example."""

    step: int
    example: int
    questions: list[Question]


@dataclass(frozen=True, kw_only=True)
class Hint:
    """What a wrong answer omits. tex: the symbol, if it has one."""

    missing: Literal["factor", "term", "sign", "activation", "applied", "old", "unchanged", "difference"]
    tex: str
    words: str


@dataclass(frozen=True, kw_only=True)
class GradedAnswer:
    """Grade of one answer. number: the parsed answer, or None if it is no number."""

    symbol: str
    number: float | None
    tolerance: float | None
    correct: bool
    hint: Hint | None


@dataclass(frozen=True, kw_only=True)
class GradedAnswers:
    """Grades of all answers. right: the number of correct ones. of: the number of answers."""

    right: int
    of: int
    answers: list[GradedAnswer]


@dataclass(frozen=True, kw_only=True)
class GradedQuiz(GradedAnswers):
    """Grades of answers about one example."""

    step: int
    example: int


@dataclass(frozen=True, kw_only=True)
class AnswerKeyEntry(Question):
    """Question with its answer."""

    value: float | None
    formula: str


@dataclass(frozen=True, kw_only=True)
class AnswerKey:
    """Answers to the worksheet of one seed."""

    exhibit: str
    seed: int
    answers: list[AnswerKeyEntry]


@dataclass(frozen=True, kw_only=True)
class Worksheet:
    """Network with numbers for paper, one example, and questions.

    spec: the network, for `create_network`. activations: TeX of g in each layer.
    """

    exhibit: str
    title: str
    seed: int
    x: list[float | None]
    y: list[float | None]
    rate: float | None
    loss: str
    layers: list[dict[str, Any]]
    activations: list[str]
    spec: dict[str, Any]
    questions: list[Question]
