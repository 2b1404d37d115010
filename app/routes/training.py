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
    """Train, and answer when it is done. A playing network is paused first."""
    return StateResponse(await network.command(steps, versions))


@router.post("/play", response_model=NetworkState, operation_id="playNetwork", responses=EDIT | problems(429))
async def play_network(
    network: NetworkDep,
    play: Annotated[
        Play, Body(examples=[{"epochs_per_second": 60, "until": {"train_loss": 0.001, "epoch": 5000}}])
    ],
    versions: VersionsDep,
) -> Response:
    """Train on without anybody waiting for it, at a pace, until a goal."""
    return StateResponse(await network.command(play, versions))


@router.post("/pause", response_model=NetworkState, operation_id="pauseNetwork", responses=WITHOUT_BODY)
async def pause_network(network: NetworkDep, versions: VersionsDep) -> Response:
    """Stop playing."""
    return StateResponse(await network.command(Pause(), versions))


@router.post("/reset", response_model=NetworkState, operation_id="resetNetwork", responses=EDIT)
async def reset_network(
    network: NetworkDep, reset: Annotated[Reset, Body(examples=[{}, {"seed": 8}])], versions: VersionsDep
) -> Response:
    """Back to the start; with a seed, to a new one drawn from it. The data stays."""
    return StateResponse(await network.command(reset, versions))


@router.post("/rewind", response_model=NetworkState, operation_id="rewindNetwork", responses=EDIT)
async def rewind_network(
    network: NetworkDep, rewind: Annotated[Rewind, Body(examples=[{"version": 1}])], versions: VersionsDep
) -> Response:
    """Back to what it was at a version: before steps that were asked for, a reset, or any change.

    `keep_training` takes back the change alone: where its parameters still fit, today's stay but for
    those that it set. Up to 100 moments of each kind are kept, the newest, while the service runs.
    """
    return StateResponse(await network.command(rewind, versions))
