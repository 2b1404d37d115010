"""Routes of training: steps, play, pause, reset and rewind."""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from app.schemas.requests import Pause, Play, Reset, Rewind, Steps
from app.schemas.responses import NetworkState
from app.web.dependencies import NetworkDep, VersionsDep
from app.web.responses import EDIT, WITHOUT_BODY, StateResponse, problems
from app.web.strict_route import StrictRoute

router = APIRouter(prefix="/networks/{id}", tags=["training"], route_class=StrictRoute)


@router.post("/steps", response_model=NetworkState, operation_id="stepNetwork", responses=EDIT)
async def step_network(
    network: NetworkDep,
    steps: Annotated[Steps, Body(examples=[{"count": 100, "unit": "step"}])],
    versions: VersionsDep,
) -> Response:
    """Train, and answer when the steps are done. A playing network is paused first."""
    return StateResponse(await network.command(steps, versions))


@router.post("/play", response_model=NetworkState, operation_id="playNetwork", responses=EDIT | problems(429))
async def play_network(
    network: NetworkDep,
    play: Annotated[
        Play, Body(examples=[{"epochs_per_second": 60, "until": {"train_loss": 0.001, "epoch": 5000}}])
    ],
    versions: VersionsDep,
) -> Response:
    """Start training in the background, at a pace or as fast as possible, until a goal."""
    return StateResponse(await network.command(play, versions))


@router.post("/pause", response_model=NetworkState, operation_id="pauseNetwork", responses=WITHOUT_BODY)
async def pause_network(network: NetworkDep, versions: VersionsDep) -> Response:
    """Pause training."""
    return StateResponse(await network.command(Pause(), versions))


@router.post("/reset", response_model=NetworkState, operation_id="resetNetwork", responses=EDIT)
async def reset_network(
    network: NetworkDep, reset: Annotated[Reset, Body(examples=[{}, {"seed": 8}])], versions: VersionsDep
) -> Response:
    """Reset the network to its start, or to a new one drawn from a seed. The data stays."""
    return StateResponse(await network.command(reset, versions))


@router.post("/rewind", response_model=NetworkState, operation_id="rewindNetwork", responses=EDIT)
async def rewind_network(
    network: NetworkDep, rewind: Annotated[Rewind, Body(examples=[{"version": 1}])], versions: VersionsDep
) -> Response:
    """Rewind to an earlier version: the state before `steps`, a reset, or a change.

    `keep_training` undoes the change alone. The parameters stay where they fit, except those that the change
    set. The newest 100 states before `steps` and before changes are available while the service runs.
    """
    return StateResponse(await network.command(rewind, versions))
