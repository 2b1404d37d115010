"""Questions that concern no network: asked of the trainer so that the service never computes."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, Unfit
from app.messages.reports import Content
from app.schemas.requests import ActivationAsked, ExpressionAsked
from app.trainer.queries.serialization import json_content
from app.trainer.queries.worksheet import worksheet
from engine.activations import ACTIVATIONS
from engine.expression import ExpressionError, elementary, parse

Question = dict[str, Any]


def expression(asked: Question) -> Content:
    """A formula as a computation graph, forward and backward."""
    question: ExpressionAsked = asked["asked"]
    try:
        graph = parse(question.expression)
        unknown = sorted(set(question.values) - set(graph.names))
        if unknown:
            names = ", ".join(graph.names) or "none"
            raise Unfit.of(
                FieldError(f"values.{unknown[0][:60]}", f"is not in the expression; its names: {names}")
            )
        missing = [name for name in graph.names if name not in question.values]
        if missing:
            raise Unfit.of(*(FieldError(f"values.{name}", "is needed and missing") for name in missing))
        shown = elementary(graph) if question.elementary else graph
        with np.errstate(all="ignore"):
            trace = shown.trace(question.values, question.decimals, question.gradient)
    except ExpressionError as error:
        raise Unfit.of(FieldError("expression", f"{error} (position {error.position})")) from error
    return json_content({**asdict(trace), "tex": shown.tex or graph.tex})


def activation(asked: Question) -> Content:
    """An activation function and its slope at some places."""
    question: ActivationAsked = asked["asked"]
    entry, z = ACTIVATIONS[question.name], np.array(question.z)
    with np.errstate(all="ignore"):
        a = entry.function(z)
        slope = np.broadcast_to(entry.derivative(z, a), z.shape)
    return json_content({"name": entry.name, "z": z, "a": a, "slope": slope})


def beat(_: Question) -> None:
    """Whether this process is well: it is when it answers."""


ELSEWHERE: dict[str, Callable[[Question], Any]] = {
    entry.__name__: entry for entry in (expression, activation, worksheet, beat)
}
