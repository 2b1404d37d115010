"""Stateless queries: they need no network, and run here so that the web process does no numerical work."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.reports import EncodedResponse
from app.schemas.requests import ActivationRequest, ExpressionRequest
from app.trainer.queries.serialization import json_response
from app.trainer.queries.worksheet import worksheet
from engine.activations import ACTIVATIONS
from engine.expression import ExpressionError, elementary, parse

Question = dict[str, Any]


def expression(asked: Question) -> EncodedResponse:
    """Return a formula as a computation graph, forward and backward."""
    question: ExpressionRequest = asked["asked"]
    try:
        graph = parse(question.expression)
        unknown = sorted(set(question.values) - set(graph.names))
        if unknown:
            names = ", ".join(graph.names) or "none"
            raise InvalidRequest.of(
                FieldError(
                    f"values.{unknown[0][:60]}", f"this name is not in the expression; its names are {names}"
                )
            )
        missing = [name for name in graph.names if name not in question.values]
        if missing:
            raise InvalidRequest.of(
                *(FieldError(f"values.{name}", "a value is required, but it is missing") for name in missing)
            )
        shown = elementary(graph) if question.elementary else graph
        with np.errstate(all="ignore"):
            trace = shown.trace(question.values, question.decimals, question.gradient)
    except ExpressionError as error:
        raise InvalidRequest.of(FieldError("expression", f"{error} (position {error.position})")) from error
    return json_response({**asdict(trace), "tex": shown.tex or graph.tex})


def activation(asked: Question) -> EncodedResponse:
    """Return an activation function and its slope at some places."""
    question: ActivationRequest = asked["asked"]
    entry, z = ACTIVATIONS[question.name], np.array(question.z)
    with np.errstate(all="ignore"):
        a = entry.function(z)
        slope = np.broadcast_to(entry.derivative(z, a), z.shape)
    return json_response({"name": entry.name, "z": z, "a": a, "slope": slope})


def ping(_: Question) -> None:
    """Whether this process is well: it is when it answers."""


STATELESS_QUERIES: dict[str, Callable[[Question], Any]] = {
    entry.__name__: entry for entry in (expression, activation, worksheet, ping)
}
