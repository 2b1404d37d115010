"""Evaluator module: the JavaScript functions that the browser computes with, from the engine's registries."""

from collections.abc import Callable

from engine.activations import ACTIVATIONS
from engine.expression import OPERATIONS
from engine.schedules import SCHEDULES


def render_evaluator(render: Callable[..., str]) -> str:
    """Return the module's text. render: the template, given the registries."""
    return render(
        activations=ACTIVATIONS.values(), operations=OPERATIONS.values(), schedules=SCHEDULES.values()
    )
