"""Parameters: read and set."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Response

from app.dependencies import NetworkDep, format_of
from app.routes.responses import CHANGE, QUESTION, StateResponse, also, also_taken, content
from app.routes.strict import ArchiveRoute
from app.schemas.answers import NetworkState, ToldParameters
from app.schemas.commands import Parameters

router = APIRouter(prefix="/networks/{id}/parameters", tags=["parameters"], route_class=ArchiveRoute)

NPZ = "application/x-npz"
NpzOrJson = Annotated[str, Depends(format_of(NPZ))]
AND = {"layers": [{"W": [[20, 20]], "b": [-30]}]}


@router.get(
    "",
    response_model=ToldParameters,
    operation_id="getParameters",
    responses=QUESTION | also(NPZ, "W1, b1, W2, b2, …"),
)
async def get_parameters(network: NetworkDep, form: NpzOrJson) -> Response:
    """W and b of every layer, as JSON or as a NumPy archive."""
    return content(await network.read("parameters", format=form))


@router.put(
    "",
    response_model=NetworkState,
    operation_id="putParameters",
    responses=CHANGE,
    openapi_extra=also_taken(NPZ),
)
async def put_parameters(
    network: NetworkDep, parameters: Annotated[Parameters, Body(examples=[AND])]
) -> Response:
    """Set all parameters. At step 0 they become the start."""
    return StateResponse(await network.command("parameters", parameters))
