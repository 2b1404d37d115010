"""Models of a problem document (RFC 9457)."""

from app.schemas.base import ResponseModel


class Bounds(ResponseModel):
    """What a number must lie within, and the number that was given."""

    given: float
    minimum: float | None = None
    exclusive_minimum: float | None = None
    maximum: float | None = None
    exclusive_maximum: float | None = None


class ProblemField(ResponseModel):
    """bounds: where the number is of the wrong size."""

    field: str
    message: str
    bounds: Bounds | None = None


class Problem(ResponseModel):
    """RFC 9457. errors: what is wrong with which field. retry_after: seconds, where waiting may help."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemField] | None = None
    retry_after: int | None = None
