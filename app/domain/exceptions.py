"""Exceptions of the service. Each has the slug, the title and the detail of a problem document.

    ServiceError
    ├── UnknownNetwork    no network has this id
    ├── UnknownExhibit    no exhibit has this id
    ├── InvalidRequest    fields of the request are invalid
    │   └── TooMuchWork   the request would compute for too long
    ├── VersionConflict   the network has a different version than If-Match names
    ├── TooManyCommands   too many commands of one socket wait for an answer
    ├── TooManyPlaying    the limit of playing networks is reached
    ├── QueryQueueFull    the queue of long queries is full
    ├── CapacityExceeded  the limit of stored networks, or of networks in memory, is reached
    ├── InternalError     the service failed, not the request
    ├── WorkerLost        the trainer of the network died and is being replaced
    ├── RecordDamaged     the stored record of the network is not as it was written
    ├── ShuttingDown      the service shut down before the request was done
    └── StorageError      the change was not saved: the disk is full or read-only

Processes pickle these exceptions to each other, so the arguments must hold everything. `app.web.errors`
turns them into HTTP responses, `app.services.live` into events.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

MAX_VALUE_CHARACTERS = 160
MAX_FIELDS_NAMED = 10


class Bounds(NamedTuple):
    """A number out of range and its allowed range, with the names of JSON Schema."""

    given: float
    minimum: float | None = None
    exclusive_minimum: float | None = None
    maximum: float | None = None
    exclusive_maximum: float | None = None

    @property
    def to_dict(self) -> dict[str, float]:
        """Return the number and the limits that are set."""
        return {name: value for name, value in self._asdict().items() if value is not None}


class FieldError(NamedTuple):
    """An error of one field, named by its path in the body: "layers.0.units".

    bounds: set if the number is out of range.
    """

    field: str
    message: str
    bounds: Bounds | None = None

    @property
    def to_dict(self) -> dict[str, Any]:
        """Return the entry for `errors` in a problem document."""
        entry = {"field": self.field, "message": self.message}
        return entry | ({"bounds": self.bounds.to_dict} if self.bounds else {})


class ServiceError(Exception):
    """Base class of all errors that a client is meant to read. The detail names what to do next."""

    slug: ClassVar[str] = "refusal"
    title: ClassVar[str] = "Refused"
    retry_after: ClassVar[int | None] = None
    """Seconds until a retry may succeed; None if waiting does not help."""
    default_detail: ClassVar[str] = ""

    def __init__(self, detail: str | None = None, errors: tuple[FieldError, ...] = ()) -> None:
        self.detail = self.default_detail if detail is None else detail
        super().__init__(self.detail, errors)
        self.errors = errors


class UnknownNetwork(ServiceError):
    slug = "unknown-network"
    title = "Unknown network"
    default_detail = "No network has this id. Create one with POST /api/v1/networks."


class UnknownExhibit(ServiceError):
    slug = "unknown-exhibit"
    title = "Unknown exhibit"

    @classmethod
    def of(cls, name: str, existing: Iterable[str]) -> "UnknownExhibit":
        """Return the exception for an unknown name. existing: the names of all exhibits."""
        return cls(f"No exhibit is called {shorten(name)}. Use one of these: {', '.join(existing)}.")


class InvalidRequest(ServiceError):
    slug = "unfit"
    title = "Invalid request"

    @classmethod
    def of(cls, *errors: FieldError) -> "InvalidRequest":
        """Return the exception for the errors of single fields."""
        return cls(sentence(errors), errors[:MAX_FIELDS_NAMED])


class TooMuchWork(InvalidRequest):
    slug = "too-much-work"
    title = "Too much work for one request"


class VersionConflict(ServiceError):
    slug = "other-version"
    title = "The network has changed"

    @classmethod
    def of(cls, version: int) -> "VersionConflict":
        """Return the exception for a network that has this version now."""
        return cls(
            f'The network is now at version "{version}", but If-Match names another one. '
            "Load the network again and repeat the change if it still applies."
        )


class TooManyCommands(ServiceError):
    slug = "too-many-commands"
    title = "Too many commands at once"
    retry_after = 1

    @classmethod
    def of(cls, limit: int, kind: str = "commands") -> "TooManyCommands":
        """Return the exception for this limit of waiting commands."""
        return cls(f"The limit of waiting {kind} is {limit}. Retry in {cls.retry_after} second.")


class TooManyPlaying(ServiceError):
    slug = "too-many-playing"
    title = "Too many networks are playing"
    retry_after = 10

    @classmethod
    def of(cls, limit: int) -> "TooManyPlaying":
        """Return the exception for this limit of playing networks."""
        return cls(
            f"{limit:,} networks are already playing, which is the limit. Use `steps`, which has no such "
            f"limit, or retry in {cls.retry_after} seconds."
        )


class QueryQueueFull(ServiceError):
    slug = "too-many-questions"
    title = "Too many long queries at once"
    retry_after = 10

    @classmethod
    def of(cls, queued_seconds: float) -> "QueryQueueFull":
        """Return the exception for a queue with this estimated duration."""
        return cls(
            f"Queries of about {queued_seconds:,.0f} s are already waiting. "
            f"Retry in {cls.retry_after} seconds."
        )


class CapacityExceeded(ServiceError):
    slug = "no-room"
    title = "No room for another network"
    retry_after = 60

    @classmethod
    def to_store(cls, limit: int) -> "CapacityExceeded":
        """Return the exception for this limit of stored networks."""
        return cls(
            f"{limit:,} networks are already stored, which is the limit. Delete networks that are not "
            "needed, or ask the operator of this service to raise LIMITS__STORED."
        )

    @classmethod
    def to_work(cls, limit: int) -> "CapacityExceeded":
        """Return the exception for this limit of networks in memory."""
        return cls(
            f"{limit:,} networks are already in use, which is the limit of this service. "
            f"Retry in {cls.retry_after} seconds."
        )

    @classmethod
    def to_memory(cls, limit: int) -> "CapacityExceeded":
        """Return the exception for this limit of bytes in the memory of a trainer."""
        return cls(
            f"The networks in use need {limit / 1e6:,.0f} MB, which is the limit of this service. "
            f"Retry in {cls.retry_after} seconds, or use fewer examples or features."
        )


class InternalError(ServiceError):
    slug = "fault"
    title = "Internal error"

    @classmethod
    def of(cls, log_id: str) -> "InternalError":
        """Return the exception whose details the log has under `log_id`."""
        return cls(f"The service failed, not your request. The details are in its log under {log_id}.")


class RecordDamaged(ServiceError):
    slug = "damaged"
    title = "The stored network is damaged"
    default_detail = (
        "The disk returned other data than was stored for this network. It was not changed. Restore a backup "
        "of the data folder (docs/operations.md), or delete the network."
    )


class WorkerLost(ServiceError):
    slug = "trainer-lost"
    title = "The training process stopped"
    retry_after = 1
    default_detail = "The process that trains this network stopped and is being replaced. Retry in 1 second."


class ShuttingDown(ServiceError):
    slug = "ending"
    title = "The service is shutting down"
    retry_after = 2
    default_detail = "The service is shutting down and may have done only a part. Retry in 2 seconds."


class StorageError(ServiceError):
    slug = "not-saved"
    title = "The change could not be saved"

    @classmethod
    def of(cls, reason: object) -> "StorageError":
        """Return the exception for an error of the database."""
        return cls(
            f"The change could not be saved ({reason}). A new network was not created. A change of an "
            "existing network stays in memory and is saved as soon as possible."
        )


def sentence(errors: tuple[FieldError, ...]) -> str:
    """Return the first three errors and the number of further errors, in one line."""
    shown = "; ".join(f"{field}: {message}" if field else message for field, message, _ in errors[:3])
    return shown + (f"; and {len(errors) - 3} more" if len(errors) > 3 else "")


def shorten(value: object) -> str:
    """Return the value as text of at most MAX_VALUE_CHARACTERS."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to print an integer of more than 4,300 digits
        text = "a number with very many digits"
    return text if len(text) <= MAX_VALUE_CHARACTERS else text[: MAX_VALUE_CHARACTERS - 1] + "…"
