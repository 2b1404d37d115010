"""Routes of data: the examples of a network, and the history of training on them."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi.responses import JSONResponse

from app.messages.queries import DataQuery, HistoryQuery
from app.schemas.csv_preview import CsvPreview, CsvText
from app.schemas.requests import DataChange, RowChanges
from app.schemas.responses import Data, History, PatchedState
from app.services.uploads.csv_reader import preview_csv as read_preview
from app.web.dependencies import NetworkDep, SettingsDep, VersionsDep, format_of
from app.web.responses import EDIT, QUESTION, StateResponse, also_accepts, also_returns, content, problems
from app.web.static_files import text_response
from app.web.strict_route import PreviewRoute, StrictRoute, TableRoute

router = APIRouter(prefix="/networks/{id}", tags=["data"], route_class=TableRoute)
single = APIRouter(prefix="/networks/{id}", tags=["data"], route_class=StrictRoute)
previews = APIRouter(prefix="/data", tags=["data"], route_class=PreviewRoute)

CSV = "text/csv"
CsvOrJson = Annotated[str, Depends(format_of(CSV))]
TABLE = "x1,x2,y\n0,0,-1\n0,1,1\n"
FLOWERS = {"text": "id;length;species\n1;5,1;setosa\n2;6,3;virginica\n3;4,9;setosa\n", "examples": True}
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
    """Replace the examples. The plane stays while all points lie on it, unless `fit` requests a new one."""
    return StateResponse(await network.command(data, versions))


@single.patch("/data", response_model=PatchedState, operation_id="patchData", responses=EDIT)
async def patch_data(
    network: NetworkDep, rows: Annotated[RowChanges, Body(examples=[ROWS])], versions: VersionsDep
) -> Response:
    """Add, change or remove single examples. All others stay, and so do the parameters."""
    return StateResponse(await network.command(rows, versions))


@router.get(
    "/history",
    response_model=History,
    operation_id="getHistory",
    responses=QUESTION | also_returns(CSV, "a row an epoch"),
)
async def get_history(network: NetworkDep, form: CsvOrJson) -> Response:
    """Return the losses and accuracies of every recorded epoch."""
    return content(await network.query(HistoryQuery(form)))


@previews.post(
    "/csv-preview",
    response_model=CsvPreview,
    operation_id="previewCsv",
    responses=problems(400, 403, 413, 415, 422),
    openapi_extra=also_accepts(CSV, TABLE),
)
def preview_csv(table: Annotated[CsvText, Body(examples=[FLOWERS])], settings: SettingsDep) -> Response:
    """Return how PUT data would read a table, or why it cannot. No network changes."""
    # Without `async`, FastAPI runs this beside the event loop: a long table takes a while to read.
    limits = settings.limits
    return JSONResponse(read_preview(table.text, limits, table.roles, table.task, table.examples))


router.routes += single.routes + previews.routes
