"""Problem documents (RFC 9457): the form of every error, over REST and over the socket."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.domain.exceptions import (
    MAX_FIELDS_NAMED,
    Bounds,
    CapacityExceeded,
    FieldError,
    InternalError,
    InvalidRequest,
    QueryQueueFull,
    ServiceError,
    ShuttingDown,
    StorageError,
    TooManyCommands,
    TooManyPlaying,
    UnknownExhibit,
    UnknownNetwork,
    VersionConflict,
    WorkerLost,
    sentence,
    shorten,
)

STATUSES: Mapping[type[ServiceError], int] = {
    UnknownNetwork: 404, UnknownExhibit: 404, VersionConflict: 412, InvalidRequest: 422, TooManyCommands: 429,
    TooManyPlaying: 429, InternalError: 500, QueryQueueFull: 503,
    WorkerLost: 503, ShuttingDown: 503, CapacityExceeded: 503, StorageError: 507,
}  # fmt: skip
BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("minimum", "ge"), "greater_than": ("exclusive_minimum", "gt"),
    "less_than_equal": ("maximum", "le"), "less_than": ("exclusive_maximum", "lt"),
}  # fmt: skip
"""Pydantic's errors of size: the limit as we name it, and as Pydantic does."""
LARGEST = 1e300
"""What is larger is repeated in words only: an integer may have thousands of digits."""
UNKNOWN_FIELD = "this field does not exist"


def problem(status: int, kind: str, title: str, detail: str, **more: Any) -> dict[str, Any]:
    """Return a problem document. kind: the last part of its type, the same for every occurrence."""
    return {"type": f"/problems/{kind}", "title": title, "status": status, "detail": detail, **more}


def error_problem(refusal: ServiceError) -> dict[str, Any]:
    """Return what a refusal says, as a problem."""
    status = next((STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES), 400)
    fields = [error.to_dict for error in refusal.errors[:MAX_FIELDS_NAMED]]
    more: dict[str, Any] = {"errors": fields} if isinstance(refusal, InvalidRequest) else {}
    if refusal.retry_after is not None:
        more["retry_after"] = refusal.retry_after
    return problem(status, refusal.slug, refusal.title, refusal.detail[:1000], **more)


def invalid_request(error: ValidationError, prefix: str = "") -> InvalidRequest:
    """Return what is wrong with a body, said field by field."""
    return invalid_fields(error.errors(include_url=False), prefix)


def invalid_fields(errors: Iterable[ErrorDetails | Mapping[str, Any]], prefix: str = "") -> InvalidRequest:
    """Return the same from Pydantic's list of errors. prefix: where the body itself stands."""
    return InvalidRequest.of(*dict.fromkeys(_field_error(error, prefix) for error in errors))


def _field_error(error: ErrorDetails | Mapping[str, Any], prefix: str) -> FieldError:
    place = ".".join(str(part)[:60] for part in error["loc"] if not _is_branch(part))
    field = ".".join(part for part in (prefix, place) if part)[:200]
    if error["type"] == "extra_forbidden":
        return FieldError(field, UNKNOWN_FIELD)
    if error["type"] == "missing":
        return FieldError(field, "this field is required, but it is missing")
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "value_error":
        return FieldError(field, message[:400])
    said = f"{message[0].lower()}{message[1:]}, got {shorten(error.get('input'))}"[:400]
    return FieldError(field, said, _bounds(error))


def _bounds(error: ErrorDetails | Mapping[str, Any]) -> Bounds | None:
    kind, given = error["type"], error.get("input")
    if kind not in BOUNDS or not isinstance(given, int | float) or not abs(given) < LARGEST:
        return None
    ours, theirs = BOUNDS[kind]
    return Bounds(given, **{ours: error["ctx"][theirs]})


def _is_branch(part: object) -> bool:
    """Return whether this names a branch of a union (`list[float]`), which a client cannot know."""
    return isinstance(part, str) and any(sign in part for sign in "[]()")


__all__ = ["error_problem", "invalid_fields", "invalid_request", "problem", "sentence"]
