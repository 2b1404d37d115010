"""Stateless queries: they need no network, and run here so that the web process does no numerical work."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import StatelessQueryBody, WorksheetGradesQuery, WorksheetKeyQuery, WorksheetQuery
from app.messages.reports import EncodedResponse
from app.schemas.requests import ActivationRequest, ExpressionRequest
from app.trainer.queries.serialization import json_response
from app.trainer.queries.worksheet import grade_worksheet, worksheet, worksheet_key
from engine.activations import ACTIVATIONS
from engine.expression import ExpressionError, elementary, parse


def expression(body: ExpressionRequest) -> EncodedResponse:
    """Return a formula as a computation graph, forward and backward."""
    try:
        graph = parse(body.expression)
        unknown = sorted(set(body.values) - set(graph.names))
        if unknown:
            names = ", ".join(graph.names) or "none"
            raise InvalidRequest.of(
                FieldError(
                    f"values.{unknown[0][:60]}", f"this name is not in the expression; its names are {names}"
                )
            )
        missing = [name for name in graph.names if name not in body.values]
        if missing:
            raise InvalidRequest.of(
                *(FieldError(f"values.{name}", "a value is required, but it is missing") for name in missing)
            )
        shown = elementary(graph) if body.elementary else graph
        with np.errstate(all="ignore"):
            trace = shown.trace(body.values, body.decimals, body.gradient)
    except ExpressionError as error:
        raise InvalidRequest.of(FieldError("expression", f"{error} (position {error.position})")) from error
    return json_response({**asdict(trace), "tex": shown.tex or graph.tex})


def activation(body: ActivationRequest) -> EncodedResponse:
    """Return an activation function and its derivative at some points."""
    entry, z = ACTIVATIONS[body.name], np.array(body.z)
    with np.errstate(all="ignore"):
        a = entry.function(z)
        slope = np.broadcast_to(entry.derivative(z, a), z.shape)
    return json_response({"name": entry.name, "z": z, "a": a, "slope": slope})


STATELESS_QUERIES: dict[type[StatelessQueryBody], Callable[[Any], EncodedResponse]] = {
    ExpressionRequest: expression,
    ActivationRequest: activation,
    WorksheetQuery: worksheet,
    WorksheetKeyQuery: worksheet_key,
    WorksheetGradesQuery: grade_worksheet,
}
