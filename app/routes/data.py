"""Routes of data: the examples of a network, and the history of training on them."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request, Response

from app.messages.queries import DataQuery, HistoryQuery
from app.schemas.requests import DataChange, RowChanges
from app.schemas.responses import Data, History, PatchedState
from app.web.dependencies import NetworkDep, VersionsDep, format_of
from app.web.responses import EDIT, QUESTION, StateResponse, also_accepts, also_returns, content
from app.web.static_files import text_response
from app.web.strict_route import StrictRoute, TableRoute

router = APIRouter(prefix="/networks/{id}", tags=["data"], route_class=TableRoute)
single = APIRouter(prefix="/networks/{id}", tags=["data"], route_class=StrictRoute)

CSV = "text/csv"
CsvOrJson = Annotated[str, Depends(format_of(CSV))]
TABLE = "x1,x2,y\n0,0,-1\n0,1,1\n"
ROWS = {"change": [{"row": 0, "x": [1, 2]}], "remove": [3], "add": [{"x": [0.5, -1], "y": 1}]}
POINTS = {"points": [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]}


@router.get(
    "/data",
    response_model=Data,
    operation_id="getData",
    responses=QUESTION | also_returns(CSV, "x1, x2, …, y, split"),
)
async def get_data(request: Request, network: NetworkDep, form: CsvOrJson) -> Response:
    """Return all examples, each with its split. Their order is how `example` counts."""
    answer = await network.query(DataQuery(form))
    return text_response(request, answer.body, answer.media_type)


@router.put(
    "/data",
    response_model=PatchedState,
    operation_id="putData",
    responses=EDIT,
    openapi_extra=also_accepts(CSV, TABLE),
)
async def put_data(
    network: NetworkDep, data: Annotated[DataChange, Body(examples=[POINTS])], versions: VersionsDep
) -> Response:
    """Other examples. The plane shown is kept while all points lie on it, unless `fit` asks for another."""
    return StateResponse(await network.command(data, versions))


@single.patch("/data", response_model=PatchedState, operation_id="patchData", responses=EDIT)
async def patch_data(
    network: NetworkDep, rows: Annotated[RowChanges, Body(examples=[ROWS])], versions: VersionsDep
) -> Response:
    """Add, change or remove single examples; all others stay, and so do the parameters."""
    return StateResponse(await network.command(rows, versions))


@router.get(
    "/history",
    response_model=History,
    operation_id="getHistory",
    responses=QUESTION | also_returns(CSV, "a row an epoch"),
)
async def get_history(network: NetworkDep, form: CsvOrJson) -> Response:
    """Losses and accuracies of every recorded epoch."""
    return content(await network.query(HistoryQuery(form)))


router.routes += single.routes
