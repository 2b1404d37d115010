"""Routes of training: steps, play, pause, reset and rewind."""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from app.schemas.requests import Pause, Play, Reset, Rewind, Steps
from app.schemas.responses import NetworkState
from app.web.dependencies import NetworkDep
from app.web.responses import CHANGE, WITHOUT_BODY, StateResponse, problems
from app.web.strict_route import StrictRoute

router = APIRouter(prefix="/networks/{id}", tags=["training"], route_class=StrictRoute)


@router.post("/steps", response_model=NetworkState, operation_id="stepNetwork", responses=CHANGE)
async def step_network(
    network: NetworkDep, steps: Annotated[Steps, Body(examples=[{"count": 100, "unit": "step"}])]
) -> Response:
    """Train, and answer when it is done. A playing network is paused first."""
    return StateResponse(await network.command(steps))


@router.post(
    "/play", response_model=NetworkState, operation_id="playNetwork", responses=CHANGE | problems(429)
)
async def play_network(
    network: NetworkDep,
    play: Annotated[
        Play, Body(examples=[{"epochs_per_second": 60, "until": {"train_loss": 0.001, "epoch": 5000}}])
    ],
) -> Response:
    """Train on without anybody waiting for it, at a pace, until a goal."""
    return StateResponse(await network.command(play))


@router.post("/pause", response_model=NetworkState, operation_id="pauseNetwork", responses=WITHOUT_BODY)
async def pause_network(network: NetworkDep) -> Response:
    """Stop playing."""
    return StateResponse(await network.command(Pause()))


@router.post("/reset", response_model=NetworkState, operation_id="resetNetwork", responses=CHANGE)
async def reset_network(
    network: NetworkDep, reset: Annotated[Reset, Body(examples=[{}, {"seed": 8}])]
) -> Response:
    """Back to the start; with a seed, to a new one drawn from it. The data stays."""
    return StateResponse(await network.command(reset))


@router.post("/rewind", response_model=NetworkState, operation_id="rewindNetwork", responses=CHANGE)
async def rewind_network(
    network: NetworkDep, rewind: Annotated[Rewind, Body(examples=[{"version": 1}])]
) -> Response:
    """Back to what it was at a version: before steps that were asked for, a reset, or any change.

    `keep_training` takes back the change alone: where its parameters still fit, today's stay but for
    those that it set. Up to 100 moments of each kind are kept, the newest, while the service runs.
    """
    return StateResponse(await network.command(rewind))
