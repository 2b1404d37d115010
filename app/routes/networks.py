"""Routes of networks: create, read, change, export and delete."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response

from app.messages.queries import ExportFormat, ExportQuery
from app.schemas.files import PlaygroundLink
from app.schemas.requests import Patch
from app.schemas.responses import NetworkState, PatchedState
from app.schemas.spec import Spec
from app.web.dependencies import HomeDep, NetworkDep, NetworksDep, VersionsDep, WaitSecondsDep
from app.web.openapi_examples import PATCHES, SPECS
from app.web.responses import (
    EDIT,
    QUESTION,
    WITHOUT_BODY,
    StateResponse,
    also_accepts,
    also_returns,
    created,
    problems,
)
from app.web.strict_route import NetworkRoute, StrictRoute

router = APIRouter(prefix="/networks", tags=["networks"], route_class=StrictRoute)
makers = APIRouter(prefix="/networks", tags=["networks"], route_class=NetworkRoute)

Given = Annotated[Spec, Body(openapi_examples=SPECS)]
ENDINGS: dict[ExportFormat, str] = {
    "json": "json",
    "npz": "npz",
    "numpy": "py",
    "pytorch": "py",
    "tfplayground": "json",
}
NPZ = "application/x-npz"
FILES = also_returns(NPZ, "A spec with parameters, the same as an archive, Python source, or a link.")
FILES[200]["content"] |= also_returns("text/x-python", "")[200]["content"]
Change = Annotated[dict[str, Any], Body(openapi_examples=PATCHES)]


@makers.post(
    "",
    status_code=201,
    response_model=NetworkState,
    operation_id="createNetwork",
    responses=problems(400, 403, 413, 415, 422, 503, 507),
    openapi_extra=also_accepts(NPZ),
)
async def create_network(spec: Given, networks: NetworksDep, home: HomeDep) -> Response:
    """Make a network. Whatever is left out follows the data: `{}` is 2-4-2-1 tanh on circle."""
    state = await networks.create(spec, home)
    return created(state, home)


@router.get("/{id}", response_model=NetworkState, operation_id="getNetwork", responses=QUESTION)
async def get_network(network: NetworkDep, patience: WaitSecondsDep) -> Response:
    """Return the network's state now; with `wait`, once it is paused or that time has passed."""
    return StateResponse(await network.state_when_paused(patience))


@router.patch("/{id}", response_model=PatchedState, operation_id="patchNetwork", responses=EDIT)
async def patch_network(network: NetworkDep, change: Change, versions: VersionsDep) -> Response:
    """Change the spec by a JSON merge patch. The parameters are kept where they still fit."""
    return StateResponse(await network.command(Patch(change=change), versions))


@router.delete(
    "/{id}",
    status_code=204,
    response_class=Response,
    operation_id="deleteNetwork",
    responses=WITHOUT_BODY,
)
async def delete_network(network: NetworkDep, versions: VersionsDep) -> None:
    """Delete the network."""
    await network.delete(versions)


@router.get(
    "/{id}/export",
    operation_id="exportNetwork",
    response_model=Spec | PlaygroundLink,
    responses=QUESTION | FILES,
)
async def export_network(
    network: NetworkDep, format: Annotated[ExportFormat, Query(examples=["numpy"])] = "json"
) -> Response:
    """Export the trained network. `POST /networks` takes json and npz back; numpy, pytorch are Python.

    tfplayground: {"tfplayground": link, "notes": what is not the same there}, or every reason why not.
    """
    file = await network.query(ExportQuery(format))
    name = f'attachment; filename="network.{ENDINGS[format]}"'
    return Response(file.body, media_type=file.media_type, headers={"Content-Disposition": name})


router.routes[:0] = makers.routes
