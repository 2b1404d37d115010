"""Routes of inspection: activations, gradients, traces and statistics of a network."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Query, Response

from app.messages.queries import (
    ActivationsQuery,
    BatchTraceQuery,
    BoundaryQuery,
    DistributionsQuery,
    EvaluationQuery,
    GradientsQuery,
    SliceQuery,
    TraceQuery,
    UnitExpressionQuery,
)
from app.schemas.batches import BatchTrace
from app.schemas.checks import GradientCheckResult
from app.schemas.requests import GradientCheck, InputRows
from app.schemas.responses import Activations, Boundary, Gradients, Trace, UnitExpression
from app.schemas.statistics import Distributions, Evaluation, Slice
from app.web.dependencies import NetworkDep, activations_query, format_of
from app.web.responses import QUESTION, also_returns, content, problems
from app.web.strict_route import StrictRoute

NAME = Query(description="As gradient-check names it.", examples=["w_11^(1)"], max_length=60)
ParameterName = Annotated[str, NAME]
End = Annotated[float, Query(ge=-1e6, le=1e6, allow_inf_nan=False)]

router = APIRouter(prefix="/networks/{id}", tags=["inspection"], route_class=StrictRoute)

NPY = "application/x-npy"
NpyOrJson = Annotated[str, Depends(format_of(NPY))]
ASKED = QUESTION | problems(400, 403, 413, 415)
EXAMPLE = Query(ge=0, le=2**53 - 1, description="A row of GET data.", examples=[3])
Example = Annotated[int, EXAMPLE]
AnyExample = Annotated[int | None, EXAMPLE]
RawRow = Annotated[
    str | None, Query(description="Raw inputs, with commas between.", examples=["0.5,-1"], max_length=4000)
]


@router.get("/activations", response_model=Activations, operation_id="getActivations", responses=QUESTION)
async def get_activations(network: NetworkDep, example: AnyExample = None, x: RawRow = None) -> Response:
    """Return z and a of every layer, for one example or one row of raw inputs."""
    return content(await network.query(activations_query(example, x)))


@router.post("/activations", response_model=Activations, operation_id="computeActivations", responses=ASKED)
async def compute_activations(
    network: NetworkDep, rows: Annotated[InputRows, Body(examples=[{"x": [[0.5, -1], [2, 2]]}])]
) -> Response:
    """Return z and a of every layer for many rows of raw inputs."""
    return content(await network.query(ActivationsQuery(x=rows.x)))


@router.get("/gradients", response_model=Gradients, operation_id="getGradients", responses=QUESTION)
async def get_gradients(
    network: NetworkDep,
    example: AnyExample = None,
    batch: Literal["next"] | None = None,
    rows: Annotated[bool, Query(description="false: only dW and db, without what each row has.")] = True,
) -> Response:
    """Return the gradients of E over one example, the next batch, or all training rows."""
    return content(await network.query(GradientsQuery(example, batch, rows)))


@router.get("/trace", response_model=Trace, operation_id="getTrace", responses=QUESTION)
async def get_trace(network: NetworkDep, example: Example) -> Response:
    """Trace one example forward, back and into the weights, every line with its terms."""
    return content(await network.query(TraceQuery(example)))


@router.get("/trace/batch", response_model=BatchTrace, operation_id="getBatchTrace", responses=QUESTION)
async def get_batch_trace(network: NetworkDep) -> Response:
    """Trace the next batch forward, back and into the weights: the mean of its examples' gradients."""
    return content(await network.query(BatchTraceQuery()))


@router.get(
    "/expression", response_model=UnitExpression, operation_id="getUnitExpression", responses=QUESTION
)
async def get_unit_expression(
    network: NetworkDep,
    unit: Annotated[str, Query(max_length=40, examples=["2,1"])] = "output",
    example: Example = 0,
) -> Response:
    """Return one unit as a typed expression with its values: `POST /expressions` opens it into gates."""
    return content(await network.query(UnitExpressionQuery(unit, example)))


@router.post(
    "/gradient-check", response_model=GradientCheckResult, operation_id="checkGradient", responses=ASKED
)
async def check_gradient(
    network: NetworkDep, check: Annotated[GradientCheck | None, Body(examples=[{}, {"example": 3}])] = None
) -> Response:
    """Compare backpropagation with central differences: the relative error of every parameter."""
    return content(await network.query(check or GradientCheck()))


@router.get(
    "/distributions", response_model=Distributions, operation_id="getDistributions", responses=QUESTION
)
async def get_distributions(network: NetworkDep) -> Response:
    """Return the activations of each layer's units over the training rows, and the size of its gradient."""
    return content(await network.query(DistributionsQuery()))


@router.get("/evaluation", response_model=Evaluation, operation_id="getEvaluation", responses=QUESTION)
async def get_evaluation(network: NetworkDep) -> Response:
    """Return the scores with the confusion matrix, or with targets beside predictions."""
    return content(await network.query(EvaluationQuery()))


@router.get("/slice", response_model=Slice, operation_id="getSlice", responses=QUESTION)
async def get_slice(
    network: NetworkDep,
    parameter: ParameterName,
    low: End = -5,
    high: End = 5,
    points: Annotated[int, Query(ge=2, le=1001)] = 41,
) -> Response:
    """Return E over one weight or bias with all others fixed, and its slope at the current value."""
    return content(await network.query(SliceQuery(parameter, low, high, points)))


@router.get(
    "/boundary",
    response_model=Boundary,
    operation_id="getBoundary",
    responses=QUESTION | also_returns(NPY, "values alone"),
)
async def get_boundary(
    network: NetworkDep,
    form: NpyOrJson,
    resolution: Annotated[int, Query(ge=2, le=10_000)] = 100,
    unit: Annotated[str, Query(max_length=40, examples=["output", "2,1"])] = "output",
) -> Response:
    """Return the output of the network, or of any unit, over the whole plane.

    For the cross-entropies the output is 2p − 1; for three or more classes, the number of the likeliest.
    """
    return content(await network.query(BoundaryQuery(resolution, unit, form)))
