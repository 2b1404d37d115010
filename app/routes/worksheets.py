"""Routes of worksheets: questions on paper about an exhibit's network, the key, and given.answers."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from app.messages.queries import WorksheetGradesQuery, WorksheetKeyQuery, WorksheetQuery, WorksheetSource
from app.schemas.base import Seed
from app.schemas.quiz import AnswerKey, GradedAnswers, Worksheet, WorksheetAnswers
from app.services.exhibits.collection import Exhibits
from app.web.dependencies import ExhibitsDep, NetworksDep
from app.web.responses import content, problems
from app.web.strict_route import StrictRoute

router = APIRouter(prefix="/exhibits/{name}/worksheet", tags=["worksheets"], route_class=StrictRoute)

Name = Annotated[str, Path(description="An exhibit's id.", examples=["worked-example"])]
Drawn = Annotated[Seed, Query(description="The seed the numbers are drawn from: the same, the same sheet.")]
Count = Annotated[int, Query(ge=1, le=200, description="How many questions.")]
Language = Annotated[str, Query(description="A language of the title.", examples=["en"])]
PROBLEMS = problems(404, 422, 503)


def _source(exhibits: Exhibits, name: str, seed: int, language: str = "en") -> WorksheetSource:
    """Return what a worksheet of this exhibit is drawn from."""
    given = exhibits.spec(name, None).model_dump(exclude_none=True)
    return WorksheetSource(name, exhibits.to_dict(name, language)["title"], given, seed)


@router.get("", response_model=Worksheet, operation_id="getWorksheet", responses=PROBLEMS)
async def get_worksheet(
    name: Name,
    exhibits: ExhibitsDep,
    networks: NetworksDep,
    seed: Drawn = 1,
    count: Count = 10,
    language: Language = "en",
) -> Response:
    """Return a network with numbers for paper, one example, and the values to find."""
    source = _source(exhibits, name, seed, language)
    return content(await networks.query(WorksheetQuery(source, count)))


@router.get("/key", response_model=AnswerKey, operation_id="getWorksheetKey", responses=PROBLEMS)
async def get_worksheet_key(
    name: Name, exhibits: ExhibitsDep, networks: NetworksDep, seed: Drawn = 1, count: Count = 10
) -> Response:
    """Return the answers to the worksheet of this seed."""
    return content(await networks.query(WorksheetKeyQuery(_source(exhibits, name, seed), count)))


@router.post(
    "/answers",
    response_model=GradedAnswers,
    operation_id="judgeWorksheet",
    responses=PROBLEMS | problems(400, 403, 413, 415),
)
async def judge_worksheet(
    name: Name,
    exhibits: ExhibitsDep,
    networks: NetworksDep,
    given: Annotated[WorksheetAnswers, Body(examples=[{"answers": {"z_1^(2)": "0,45", "E": "1/8"}}])],
    seed: Drawn = 1,
) -> Response:
    """Return the grades of answers to the worksheet of this seed, with hints, for graders."""
    source = _source(exhibits, name, seed)
    return content(await networks.query(WorksheetGradesQuery(source, given.answers)))
