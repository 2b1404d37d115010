"""Choices: a registry entry by name, with the numbers that shape it, all of them filled in."""

from collections.abc import Mapping
from math import isfinite
from typing import Protocol

from app.schemas.spec import Chosen, FullChoice
from app.services.refusals import Bounds, FieldError, Unfit
from engine.hyperparameters import Parameter, check, defaults


class Entry(Protocol):
    """What every registry of choices has."""

    @property
    def ranges(self) -> Mapping[str, Parameter]: ...


def choice(given: Chosen | None, registry: Mapping[str, Entry], usual: str, field: str) -> FullChoice:
    """The chosen entry, or the usual one, with all of its parameters. Raises Unfit for one it cannot have."""
    name = getattr(given, "name", None) or usual
    chosen = dict(given.__pydantic_extra__ or {}) if given else {}
    ranges = registry[name].ranges
    for parameter, value in chosen.items():
        try:
            check(name, ranges, {parameter: value})
        except ValueError as error:
            bounds = _bounds(value, ranges[parameter]) if parameter in ranges else None
            raise Unfit.of(FieldError(f"{field}.{parameter[:60]}", str(error)[:400], bounds)) from error
    return FullChoice(name=name, **{**defaults(ranges), **chosen})


def _bounds(given: float, allowed: Parameter) -> Bounds:
    lowest, highest, below = (
        limit if isfinite(limit) else None for limit in (allowed.lowest, allowed.highest, allowed.below)
    )
    return Bounds(given, minimum=lowest, maximum=highest, exclusive_maximum=below)
