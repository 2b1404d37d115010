"""Quiz queries: values of a trace to find, graded answers, and worksheets drawn from a seed."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import QuestionsQuery
from app.messages.reports import EncodedResponse
from app.schemas.quiz import QuizAnswers
from app.trainer.queries.inputs import example_row
from app.trainer.queries.number_input import typed_number
from app.trainer.queries.serialization import json_response
from app.trainer.session import TrainingSession
from engine import notation
from engine.explain.quiz import KnownMistake, Question, grade, questions, sample
from engine.explain.trace import trace
from engine.rng import rng_for
from engine.training.run import TrainingRun

Told = dict[str, Any]
MOST_LINES = 20_000
WORDS = {
    "factor": "the factor {symbols} is missing",
    "term": "the term {symbols} is missing",
    "sign": "the sign is wrong",
    "activation": "this is z; apply the activation function to it",
    "applied": "this is a; z is the sum before the activation function",
    "old": "this is only the change; the old value of {symbols} is missing",
    "unchanged": "this is the value before the update",
    "difference": "this is a − y, not yet the loss",
}


def get_questions(session: TrainingSession, body: QuestionsQuery) -> EncodedResponse:
    """Return the questions about one example: all, or `count` drawn from a seed."""
    example, every = _questions(session, body.example)
    picked = pick_questions(every, body.count, body.seed)
    told = [question_to_dict(question) for question in picked]
    return json_response({"step": session.run.step, "example": example, "questions": told})


def grade_answers(session: TrainingSession, body: QuizAnswers) -> EncodedResponse:
    """Return the grades of answers about the current network."""
    example, every = _questions(session, body.example)
    if body.step not in (None, session.run.step):
        message = f"these are answers at step {body.step}, but the network is at step {session.run.step}"
        raise InvalidRequest.of(FieldError("step", message))
    return json_response({"step": session.run.step, "example": example, **grade_all(every, body.answers)})


def all_questions(run: TrainingRun, row: int) -> list[Question]:
    """Return every question about an example.

    Raises InvalidRequest for a network that is too large to compute by hand.
    """
    if run.network.theta.size > MOST_LINES:
        message = (
            f"the network has {run.network.theta.size:,} parameters, but questions are possible "
            f"with at most {MOST_LINES:,}"
        )
        raise InvalidRequest.of(FieldError("", message))
    return questions(trace(run, row))


def pick_questions(every: Sequence[Question], count: int | None, seed: int) -> list[Question]:
    """Return all questions, or `count` of them drawn from a seed."""
    return list(every) if count is None else sample(every, count, rng_for(seed, "questions"))


def question_to_dict(question: Question) -> Told:
    """Return a question without its answer."""
    return {
        "symbol": question.symbol, "tex": notation.tex(question.symbol), "kind": question.kind,
        "layer": question.layer, "unit": question.unit, "tolerance": question.tolerance,
    }  # fmt: skip


def key_to_dict(question: Question) -> Told:
    """Return a question with its answer and the formula."""
    return {**question_to_dict(question), "value": question.value, "formula": question.tex}


def grade_all(every: Sequence[Question], answers: dict[str, str | float]) -> Told:
    """Return for each answer whether it is correct, and a hint if a known mistake explains it.

    Raises InvalidRequest.
    """
    known = {question.symbol: question for question in every}
    unknown = [symbol for symbol in answers if symbol not in known]
    if unknown:
        raise InvalidRequest.of(
            FieldError(
                f"answers.{unknown[0][:60]}", "this is not one of the questions; GET lists their symbols"
            )
        )
    told = [_graded_answer(known[symbol], answer) for symbol, answer in answers.items()]
    return {"right": sum(answer["correct"] for answer in told), "of": len(told), "answers": told}


def _questions(session: TrainingSession, example: int) -> tuple[int, list[Question]]:
    row = example_row(session, example)
    return row, all_questions(session.run, int(session.setup.table.places[row]))


def _graded_answer(question: Question, answer: str | float) -> Told:
    number = typed_number(answer) if isinstance(answer, str) else float(answer)
    told: Told = {"symbol": question.symbol, "number": number, "tolerance": question.tolerance}
    if number is None or not np.isfinite(number):
        return {**told, "number": None, "correct": False, "hint": None}
    judgement = grade(question, number)
    hint = _hint(judgement.mistake) if judgement.mistake else None
    return {**told, "correct": judgement.correct, "hint": hint}


def _hint(mistake: KnownMistake) -> Told:
    symbols = " ".join(mistake.symbols)
    tex = notation.PRODUCT.join(map(notation.tex, mistake.symbols))
    return {"missing": mistake.missing, "tex": tex, "words": WORDS[mistake.missing].format(symbols=symbols)}
