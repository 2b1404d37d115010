"""Plane: the part of the input plane that is shown for two inputs."""

from math import ceil, floor, log10

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.schemas.spec import PlaneSpec, ResolvedPlane
from engine.types import Array

MARGIN = 0.1
STEPS = 20
FARTHEST = 1e100
NARROWEST = 1e-100
SAME = 1e-12
"""Of their size: what is nearer to each other is drawn as one point."""


def fitted_plane(x: Array) -> ResolvedPlane:
    """Return the range of x (rows, 2) and 10 % more on each side, outwards to readable numbers.

    Raises InvalidRequest where that cannot be drawn.
    """
    lows, highs = x.min(axis=0), x.max(axis=0)
    if np.abs(x).max() > FARTHEST:
        message = f"two inputs are drawn on a plane, so they must lie between -{FARTHEST:g} and {FARTHEST:g}"
        raise InvalidRequest.of(FieldError("data", message))
    return ResolvedPlane(
        x1=_readable(float(lows[0]), float(highs[0])), x2=_readable(float(lows[1]), float(highs[1]))
    )


def covers(plane: ResolvedPlane, x: Array) -> bool:
    """Return whether all points x (rows, 2) lie on the plane."""
    (low1, high1), (low2, high2) = plane.x1, plane.x2
    inside = (x[:, 0] >= low1) & (x[:, 0] <= high1) & (x[:, 1] >= low2) & (x[:, 1] <= high2)
    return bool(inside.all())


def given_plane(plane: PlaneSpec) -> ResolvedPlane:
    """Return a plane as a client gives it. Raises InvalidRequest for a range that is empty."""
    for name, (low, high) in (("x1", plane.x1), ("x2", plane.x2)):
        if not low < high:
            raise InvalidRequest.of(
                FieldError(
                    f"data.plane.{name}", f"a range must go from low to high, but it is {low} to {high}"
                )
            )
    return ResolvedPlane(x1=(plane.x1[0], plane.x1[1]), x2=(plane.x2[0], plane.x2[1]))


def _readable(low: float, high: float) -> tuple[float, float]:
    """[low, high] widened to multiples of 1, 2 or 5 times a power of ten, about a twentieth of the range."""
    width = high - low
    if width <= max(NARROWEST, SAME * max(abs(low), abs(high))):
        width = max(2.0, abs(high))
        low, high = low - width / 2, high + width / 2
    low, high = low - MARGIN * width, high + MARGIN * width
    rough = width / STEPS
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    digits = max(0, -floor(log10(step)))
    return round(floor(low / step) * step, digits), round(ceil(high / step) * step, digits)
