"""Routes of parameters: read, replace, and change single ones."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Response

from app.messages.queries import ParametersQuery
from app.schemas.requests import ParameterChanges, Parameters
from app.schemas.responses import NetworkParameters, NetworkState
from app.web.dependencies import NetworkDep, VersionsDep, format_of
from app.web.responses import EDIT, QUESTION, StateResponse, also_accepts, also_returns, content
from app.web.strict_route import ArchiveRoute, StrictRoute

router = APIRouter(prefix="/networks/{id}/parameters", tags=["parameters"], route_class=ArchiveRoute)
single = APIRouter(prefix="/networks/{id}/parameters", tags=["parameters"], route_class=StrictRoute)

NPZ = "application/x-npz"
NpzOrJson = Annotated[str, Depends(format_of(NPZ))]
ONE = {"changes": [{"parameter": "w_11^(1)", "value": 0.5}, {"parameter": "w_10^(1)", "value": 0}]}
XOR = {"layers": [{"W": [[2, 2], [-2, -2]], "b": [-1, 3]}, {"W": [[2, 2]], "b": [-2]}]}
"""The first unit says or, the second not-and, the output and."""


@router.get(
    "",
    response_model=NetworkParameters,
    operation_id="getParameters",
    responses=QUESTION | also_returns(NPZ, "W1, b1, W2, b2, …"),
)
async def get_parameters(network: NetworkDep, form: NpzOrJson) -> Response:
    """Return W and b of every layer, as JSON or as a NumPy archive."""
    return content(await network.query(ParametersQuery(form)))


@router.put(
    "",
    response_model=NetworkState,
    operation_id="putParameters",
    responses=EDIT,
    openapi_extra=also_accepts(NPZ),
)
async def put_parameters(
    network: NetworkDep, parameters: Annotated[Parameters, Body(examples=[XOR])], versions: VersionsDep
) -> Response:
    """Set all parameters. At step 0 they become the start."""
    return StateResponse(await network.command(parameters, versions))


@single.patch("", response_model=NetworkState, operation_id="patchParameters", responses=EDIT)
async def patch_parameters(
    network: NetworkDep, changes: Annotated[ParameterChanges, Body(examples=[ONE])], versions: VersionsDep
) -> Response:
    """Set single parameters, named as `gradient-check` names them; all others stay."""
    return StateResponse(await network.command(changes, versions))


router.routes += single.routes
