"""Questions that concern no network: asked of the trainer so that the service never computes."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from app.schemas.commands import ExpressionAsked
from app.services.refusals import FieldError, Unfit
from app.services.seam import Content
from app.trainer.contents import json_content
from engine.expression import ExpressionError, parse

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
        trace = graph.trace(question.values)
    except ExpressionError as error:
        raise Unfit.of(FieldError("expression", f"{error} (position {error.position})")) from error
    return json_content({**asdict(trace), "tex": graph.tex})


ELSEWHERE: dict[str, Callable[[Question], Any]] = {"expression": expression}
