"""Requests: what the web process sends to a trainer process, each with a typed body.

A `Command` changes a network, and a `Query` only reads one. A `Control` concerns the process: which networks
it holds, who watches them, and how it is.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.messages.commands import CommandBody
from app.messages.queries import NetworkQueryBody, StatelessQueryBody
from app.messages.reports import Record

Versions = frozenset[int] | None
"""The versions of a network that a command may change; None where every version is allowed."""


@dataclass(frozen=True, slots=True)
class Create:
    """Make a network from a spec as the client gave it."""

    given: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Restore:
    """Make a network from its saved record."""

    record: Record


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove a network that has one of these versions, and refuse the commands that wait for it."""

    versions: Versions = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Send frames of a network from now on, at most this many a second."""

    frames_per_second: float


@dataclass(frozen=True, slots=True)
class Unwatch:
    """Send no more frames of a network."""


@dataclass(frozen=True, slots=True)
class Evict:
    """Remove a network from memory; its record restores it."""


@dataclass(frozen=True, slots=True)
class Flush:
    """Send the progress of all playing networks, before the process ends."""


@dataclass(frozen=True, slots=True)
class Health:
    """Answer with a `ProcessHealth`."""


@dataclass(frozen=True, slots=True)
class Ping:
    """Answer, to show that the process does not hang."""


ControlBody = Create | Restore | Delete | Watch | Unwatch | Evict | Flush | Health | Ping
Body_co = TypeVar("Body_co", bound=ControlBody, covariant=True)


@dataclass(frozen=True, slots=True)
class Command:
    """Command that changes a network. Commands of one network run in the order in which they were sent.

    versions: those for which the command is meant. request_id: repeated in the answer; 0 if none is awaited.
    """

    network_id: str
    body: CommandBody
    versions: Versions = None
    request_id: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """Read a network. Queries do not wait for commands."""

    network_id: str
    body: NetworkQueryBody
    request_id: int = 0


@dataclass(frozen=True, slots=True)
class StatelessQuery:
    """Compute something that needs no network, so that the web process does no numerical work."""

    body: StatelessQueryBody
    request_id: int = 0
    network_id: None = None


@dataclass(frozen=True, slots=True)
class Control(Generic[Body_co]):
    """Change which networks a trainer process holds and watches, or ask about the process itself."""

    network_id: str | None
    body: Body_co
    request_id: int = 0


Request = Command | Query | StatelessQuery | Control[ControlBody]
