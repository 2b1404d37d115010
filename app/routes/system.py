"""Routes of the service itself: catalog, expressions, health and metrics."""

from typing import Annotated
from zlib import crc32

from fastapi import APIRouter, Body, Request, Response

from app import __version__
from app.schemas.catalog import Catalog
from app.schemas.requests import ActivationRequest, ExpressionRequest
from app.schemas.responses import ActivationCurve, ExpressionGraph, Health
from app.services.observability.exposition import MEDIA_TYPE
from app.web.dependencies import MetricsDep, NetworksDep
from app.web.responses import also_returns, content, problems
from app.web.static_files import REVALIDATE, not_modified, text_response
from app.web.strict_route import StrictRoute

FORMULA = {"expression": "(x+y)*z", "values": {"x": -2, "y": 5, "z": -4}}
SOME_METRICS = """\
# HELP playground_networks_playing Networks that play.
# TYPE playground_networks_playing gauge
playground_networks_playing 300
# HELP playground_steps_per_second Updates in the last second.
# TYPE playground_steps_per_second gauge
playground_steps_per_second 225017.5
"""

router = APIRouter(tags=["service"], route_class=StrictRoute)


@router.get("/catalog", response_model=Catalog, operation_id="getCatalog")
async def get_catalog(request: Request) -> Response:
    """Return every registry with names, labels, formulas, limits and defaults."""
    catalog: str = request.app.state.catalog
    tag = f'"{__version__}-{crc32(catalog.encode()):x}"'
    headers = {"ETag": tag, "Vary": "Accept-Encoding", "Cache-Control": REVALIDATE}
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    response = text_response(request, catalog, "application/json")
    response.headers.update(headers)
    return response


@router.post(
    "/expressions",
    response_model=ExpressionGraph,
    operation_id="evaluateExpression",
    responses=problems(400, 403, 413, 415, 422, 503),
)
async def evaluate_expression(
    networks: NetworksDep, expression: Annotated[ExpressionRequest, Body(examples=[FORMULA])]
) -> Response:
    """Evaluate a formula as a computation graph: values forward, gradients back."""
    return content(await networks.query(expression))


@router.post(
    "/activations",
    response_model=ActivationCurve,
    operation_id="evaluateActivation",
    responses=problems(400, 403, 413, 415, 422, 503),
)
async def evaluate_activation(
    networks: NetworksDep,
    activation: Annotated[ActivationRequest, Body(examples=[{"name": "sigmoid", "z": [-2, 0, 2]}])],
) -> Response:
    """Evaluate an activation function and its slope, with the engine itself."""
    return content(await networks.query(activation))


@router.get("/healthz", response_model=Health, operation_id="getHealth", responses=problems(503))
async def get_health(networks: NetworksDep) -> dict[str, str]:
    """Return that the service answers and can train, and its version."""
    networks.check_ready()
    return {"status": "ok", "version": __version__}


@router.get(
    "/metrics",
    response_class=Response,
    operation_id="getMetrics",
    responses=also_returns(
        "text/plain", "What Prometheus reads; docs/operations.md says what each is.", SOME_METRICS
    ),
)
async def get_metrics(metrics: MetricsDep) -> Response:
    """Return the metrics of the whole service."""
    return Response(await metrics.text(), media_type=MEDIA_TYPE)
