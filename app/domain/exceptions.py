"""Exceptions of the service: each is a problem with a slug, a title and a detail.

    ServiceError
    ├── UnknownNetwork    no network has this id
    ├── UnknownExhibit    no exhibit has this id
    ├── InvalidRequest    what was sent does not fit, field by field
    │   └── TooMuchWork   it would take too long for one request
    ├── VersionConflict   the network has changed since its client looked
    ├── TooManyCommands   one socket sent more than may wait
    ├── TooManyPlaying    as many networks play as may at once
    ├── QueryQueueFull    so many long questions wait that this one would wait too long
    ├── CapacityExceeded  as many networks are kept, or in use, as may be
    ├── Fault             something is wrong here, not with what was sent
    ├── WorkerLost        the process that held the network died; it is being replaced
    ├── Ending            the service was told to end before this was done
    └── StorageError      it could not be saved: the disk is full, or may not be written

They cross between processes, so everything they say is in their arguments. `app.errors` turns
them into HTTP, `services.live` into events.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

MAX_VALUE_CHARACTERS = 160
MAX_FIELDS_NAMED = 10


class Bounds(NamedTuple):
    """A number that was given, and what it must lie within; the names are those of JSON Schema."""

    given: float
    minimum: float | None = None
    exclusive_minimum: float | None = None
    maximum: float | None = None
    exclusive_maximum: float | None = None

    @property
    def to_dict(self) -> dict[str, float]:
        """Without the limits that there are not."""
        return {name: value for name, value in self._asdict().items() if value is not None}


class FieldError(NamedTuple):
    """What is wrong with one field, named as in the body: "layers.0.units". bounds: where it is its size."""

    field: str
    message: str
    bounds: Bounds | None = None

    @property
    def to_dict(self) -> dict[str, Any]:
        """Return the error as a problem document has it."""
        said = {"field": self.field, "message": self.message}
        return said | ({"bounds": self.bounds.to_dict} if self.bounds else {})


class ServiceError(Exception):
    """A no with a reason that teaches."""

    slug: ClassVar[str] = "refusal"
    title: ClassVar[str] = "Refused"
    retry_after: ClassVar[int | None] = None
    """Seconds after which it may go; None where waiting does not help."""
    default_detail: ClassVar[str] = ""
    """What it says where nothing else is given."""

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
    def of(cls, name: str, known: Iterable[str]) -> "UnknownExhibit":
        """name: what was asked for. known: what there is."""
        return cls(f"No exhibit is called {shorten(name)}. Use one of these: {', '.join(known)}.")


class InvalidRequest(ServiceError):
    slug = "unfit"
    title = "Invalid request"

    @classmethod
    def of(cls, *errors: FieldError) -> "InvalidRequest":
        """Make the exception from the errors of single fields."""
        return cls(sentence(errors), errors[:MAX_FIELDS_NAMED])


class TooMuchWork(InvalidRequest):
    slug = "too-much-work"
    title = "Too much work for one request"


class VersionConflict(ServiceError):
    slug = "other-version"
    title = "The network has changed"

    @classmethod
    def of(cls, version: int) -> "VersionConflict":
        """version: the one it is of now."""
        return cls(
            f'The network is now at version "{version}", but If-Match names another one. '
            "Load the network again and repeat the change if it still applies."
        )


class TooManyCommands(ServiceError):
    slug = "too-many-commands"
    title = "Too many commands at once"
    retry_after = 1


class TooManyPlaying(ServiceError):
    slug = "too-many-playing"
    title = "Too many networks are playing"
    retry_after = 10

    @classmethod
    def of(cls, most: int) -> "TooManyPlaying":
        """most: how many may."""
        return cls(
            f"{most:,} networks are already playing, which is the limit. Use `steps`, which has no such "
            f"limit, or retry in {cls.retry_after} seconds."
        )


class QueryQueueFull(ServiceError):
    slug = "too-many-questions"
    title = "Too many long queries at once"
    retry_after = 10

    @classmethod
    def of(cls, seconds: float) -> "QueryQueueFull":
        """seconds: of work that wait already."""
        return cls(
            f"Queries of about {seconds:,.0f} s are already waiting. Retry in {cls.retry_after} seconds."
        )


class CapacityExceeded(ServiceError):
    slug = "no-room"
    title = "No room for another network"
    retry_after = 60

    @classmethod
    def to_store(cls, most: int) -> "CapacityExceeded":
        """most: how many networks are kept."""
        return cls(
            f"{most:,} networks are already stored, which is the limit. Delete networks that are not needed, "
            "or ask the operator of this service to raise LIMITS__STORED."
        )

    @classmethod
    def to_work(cls, most: int) -> "CapacityExceeded":
        """most: how many networks may be in memory."""
        return cls(
            f"{most:,} networks are already in use, which is the limit of this service. "
            f"Retry in {cls.retry_after} seconds."
        )


class InternalError(ServiceError):
    slug = "fault"
    title = "Internal error"

    @classmethod
    def of(cls, number: str) -> "InternalError":
        """number: under which the log tells what happened."""
        return cls(f"The service failed, not your request. The details are in its log under {number}.")


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
        """reason: in the words of the database."""
        return cls(
            f"The change could not be saved ({reason}). A new network was not created. A change of an "
            "existing network stays in memory and is saved as soon as possible."
        )


def sentence(errors: tuple[FieldError, ...]) -> str:
    """Return the first errors in one line."""
    shown = "; ".join(f"{field}: {message}" if field else message for field, message, _ in errors[:3])
    return shown + (f"; and {len(errors) - 3} more" if len(errors) > 3 else "")


def shorten(value: object) -> str:
    """Return a value as an error repeats it: never long."""
    try:
        text = repr(value)
    except ValueError:
        text = "a number with very many digits"
    return text if len(text) <= MAX_VALUE_CHARACTERS else text[: MAX_VALUE_CHARACTERS - 1] + "…"
