"""Routes of the quiz: values to work out by hand, and graded answers."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from app.messages.queries import QuestionsQuery
from app.schemas.base import Seed
from app.schemas.quiz import GradedQuiz, Questions, QuizAnswers
from app.web.dependencies import NetworkDep
from app.web.responses import QUESTION, content, problems
from app.web.strict_route import StrictRoute

router = APIRouter(prefix="/networks/{id}", tags=["questions"], route_class=StrictRoute)

Example = Annotated[int, Query(ge=0, le=2**53 - 1, description="A row of GET data.", examples=[3])]
Count = Annotated[int | None, Query(ge=1, le=200, description="So many, the kinds in turn; all without.")]
Chosen = Annotated[Seed, Query(description="Which are chosen.")]


@router.get("/questions", response_model=Questions, operation_id="getQuestions", responses=QUESTION)
async def get_questions(
    network: NetworkDep, example: Example = 0, count: Count = None, seed: Chosen = 0
) -> Response:
    """List what can be worked out by hand about one example: every z, a, δ, gradient and new weight."""
    return content(await network.query(QuestionsQuery(example, count, seed)))


@router.post(
    "/answers",
    response_model=GradedQuiz,
    operation_id="judgeAnswers",
    responses=QUESTION | problems(400, 403, 413, 415),
)
async def judge_answers(
    network: NetworkDep,
    answers: Annotated[
        QuizAnswers, Body(examples=[{"example": 3, "answers": {"z_1^(2)": "0,5", "E": "1/8"}}])
    ],
) -> Response:
    """Return the grades of answers, with hints that name what is missing. Nothing is changed."""
    return content(await network.query(answers))
