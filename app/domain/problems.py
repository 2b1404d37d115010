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
    RecordDamaged,
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
    TooManyPlaying: 429, InternalError: 500, RecordDamaged: 500, QueryQueueFull: 503,
    WorkerLost: 503, ShuttingDown: 503, CapacityExceeded: 503, StorageError: 507,
}  # fmt: skip
BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("minimum", "ge"), "greater_than": ("exclusive_minimum", "gt"),
    "less_than_equal": ("maximum", "le"), "less_than": ("exclusive_maximum", "lt"),
}  # fmt: skip
"""Pydantic's error types for numbers out of range: our name of the limit, and Pydantic's."""
MAX_REPEATED_NUMBER = 1e300
"""An error omits the bounds of a larger number, because an integer may have thousands of digits."""
UNKNOWN_FIELD = "this field does not exist"


def problem(status: int, slug: str, title: str, detail: str, **members: Any) -> dict[str, Any]:
    """Return a problem document. slug: the last part of its type. members: further members."""
    return {"type": f"/problems/{slug}", "title": title, "status": status, "detail": detail, **members}


def error_problem(error: ServiceError) -> dict[str, Any]:
    """Return the problem document of an exception."""
    status = next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 400)
    fields = [field_error.to_dict for field_error in error.errors[:MAX_FIELDS_NAMED]]
    members: dict[str, Any] = {"errors": fields} if isinstance(error, InvalidRequest) else {}
    if error.retry_after is not None:
        members["retry_after"] = error.retry_after
    return problem(status, error.slug, error.title, error.detail[:1000], **members)


PLAIN_MESSAGES = dict.fromkeys(
    ("dict_type", "model_type", "model_attributes_type"), 'input should be an object, as in {"name": value}'
)
"""Instead of Pydantic's words, which name types of Python."""


def invalid_request(error: ValidationError, prefix: str = "") -> InvalidRequest:
    """Return Pydantic's errors of a body as one exception that names the fields."""
    return invalid_fields(error.errors(include_url=False), prefix)


def invalid_fields(errors: Iterable[ErrorDetails | Mapping[str, Any]], prefix: str = "") -> InvalidRequest:
    """Return Pydantic's list of errors as one exception. prefix: the field that holds the body."""
    return InvalidRequest.of(*dict.fromkeys(_field_error(error, prefix) for error in errors))


def _field_error(error: ErrorDetails | Mapping[str, Any], prefix: str) -> FieldError:
    path = ".".join(str(part)[:60] for part in error["loc"] if not _is_branch(part))
    field = ".".join(part for part in (prefix, path) if part)[:200]
    if error["type"] == "extra_forbidden":
        return FieldError(field, UNKNOWN_FIELD)
    if error["type"] == "missing":
        return FieldError(field, "this field is required, but it is missing")
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "value_error":
        return FieldError(field, message[:400])
    message = PLAIN_MESSAGES.get(error["type"], message)
    message = f"{message[0].lower()}{message[1:]}, got {shorten(error.get('input'))}"[:400]
    return FieldError(field, message, _bounds(error))


def _bounds(error: ErrorDetails | Mapping[str, Any]) -> Bounds | None:
    kind, given = error["type"], error.get("input")
    if kind not in BOUNDS or not isinstance(given, int | float) or not abs(given) < MAX_REPEATED_NUMBER:
        return None
    name, pydantic_name = BOUNDS[kind]
    return Bounds(given, **{name: error["ctx"][pydantic_name]})


def _is_branch(part: object) -> bool:
    """Return whether this part of a path names a branch of a union (`list[float]`), unknown to clients."""
    return isinstance(part, str) and any(sign in part for sign in "[]()")


__all__ = ["error_problem", "invalid_fields", "invalid_request", "problem", "sentence"]
