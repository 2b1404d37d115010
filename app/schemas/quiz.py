"""Models of the quiz and of worksheets: questions, answers and grades."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.schemas.base import RequestModel, ResponseModel
from app.schemas.responses import Number

Typed = Annotated[str, Field(max_length=40)] | float
Typeds = Annotated[dict[str, Typed], Field(min_length=1, max_length=200)]
Kind = Literal["z", "a", "loss", "delta", "gradient", "weight"]


class QuizAnswers(RequestModel):
    """Answers by symbol, as numbers or as typed: 0.73, 0,73, -3/8. step: the network must still be there."""

    example: Annotated[int, Field(ge=0)] = 0
    step: Annotated[int, Field(ge=0)] | None = None
    answers: Typeds


class WorksheetAnswers(RequestModel):
    """Answers to a worksheet by symbol."""

    answers: Typeds


class Question(ResponseModel):
    """A value to be found. tolerance: how near an answer has to come."""

    symbol: str
    tex: str
    kind: Kind
    layer: int
    unit: int
    tolerance: Number


class Questions(ResponseModel):
    step: int
    example: int
    questions: list[Question]


class Hint(ResponseModel):
    """What a wrong answer has left out. tex: its symbol, where it has one."""

    missing: Literal["factor", "term", "sign", "activation", "applied", "old", "unchanged", "difference"]
    tex: str
    words: str


class GradedAnswer(ResponseModel):
    """number: what was understood; null where it is no number. hint: null where nothing can be told."""

    symbol: str
    number: Number
    tolerance: Number
    correct: bool
    hint: Hint | None


class GradedAnswers(ResponseModel):
    right: int
    of: int
    answers: list[GradedAnswer]


class GradedQuiz(GradedAnswers):
    step: int
    example: int


class AnswerKeyEntry(Question):
    value: Number
    formula: str


class AnswerKey(ResponseModel):
    exhibit: str
    seed: int
    answers: list[AnswerKeyEntry]


class Worksheet(ResponseModel):
    """A worksheet: a network with numbers for paper, one example, and questions.

    spec: the network, as POST /networks takes it. activations: TeX of g in each layer with weights.
    """

    exhibit: str
    title: str
    seed: int
    x: list[Number]
    y: list[Number]
    rate: Number
    loss: str
    layers: list[dict[str, Any]]
    activations: list[str]
    spec: dict[str, Any]
    questions: list[Question]
