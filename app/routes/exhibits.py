"""Routes of exhibits: the pages of the lecture, and the networks they show."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Response

from app.schemas.exhibits import Exhibit, Exhibits, ExhibitStart
from app.schemas.responses import NetworkState
from app.web.dependencies import ExhibitsDep, HomeDep, NetworksDep
from app.web.responses import created, problems
from app.web.strict_route import StrictRoute

router = APIRouter(prefix="/exhibits", tags=["exhibits"], route_class=StrictRoute)

Name = Annotated[str, Path(description="An exhibit's id, as `GET /exhibits` lists it.", examples=["xnor"])]
Language = Annotated[
    str, Query(description="A language; what is not there in it is told in English.", examples=["en"])
]


@router.get("", response_model=Exhibits, operation_id="getExhibits", responses=problems(422))
async def get_exhibits(exhibits: ExhibitsDep, language: Language = "en") -> dict[str, Any]:
    """Return all exhibits, in the order of the lecture."""
    return {"exhibits": exhibits.summaries(language)}


@router.get("/{name}", response_model=Exhibit, operation_id="getExhibit", responses=problems(404, 422))
async def get_exhibit(name: Name, exhibits: ExhibitsDep, language: Language = "en") -> dict[str, Any]:
    """Return one exhibit: its words, its formulas, and the set-up of its live parts."""
    return exhibits.to_dict(name, language)


@router.post(
    "/{name}/networks",
    status_code=201,
    response_model=NetworkState,
    operation_id="startExhibit",
    responses=problems(400, 403, 404, 413, 415, 422, 503, 507),
)
async def start_exhibit(
    name: Name,
    start: Annotated[ExhibitStart, Body(examples=[{}, {"network": "20 hidden units"}])],
    exhibits: ExhibitsDep,
    networks: NetworksDep,
    home: HomeDep,
) -> Response:
    """Create a live network in the state that the exhibit shows, or one of those beside it."""
    state = await networks.create(exhibits.spec(name, start.network), home)
    return created(state, home)
