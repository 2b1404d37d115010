"""Reports: what a trainer process sends to the web process, answers, events, frames and records."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.exceptions import ServiceError
from app.domain.instruments import Histogram

STACK_SIZES = (1, 2, 4, 8, 16, 32, 64)


@dataclass(frozen=True, slots=True)
class Record:
    """A network as it is kept. setup: spec and data, None where unchanged. progress: all else but history.

    history: pieces of it, in order, which take the place of those before where it is whole, and else
    follow them. playing: whether it is to go on by itself when everything is started again.
    """

    setup: bytes | None
    progress: bytes
    history: tuple[bytes, ...] = ()
    replaces_history: bool = True
    playing: bool = False

    def merged_onto(self, before: "Record | None") -> "Record":
        """This record, with what it leaves as it was in the one before."""
        if before is None:
            return self
        setup = before.setup if self.setup is None else self.setup
        if self.replaces_history:
            return replace(self, setup=setup)
        return replace(
            self, setup=setup, history=before.history + self.history, replaces_history=before.replaces_history
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """Result of a request. record: what the request changed, to be stored before the answer is delivered.

    memory_bytes: what the network needs in its process, 0 for an answer about no network.
    """

    request_id: int
    network_id: str | None
    value: Any = None
    error: ServiceError | None = None
    record: Record | None = None
    memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """A network changed: a command was accepted, or its status is another."""

    network_id: str
    state: dict[str, Any]
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A network's parameters and scores at one moment (docs/frames.md). Newer ones make it worthless."""

    network_id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames of several networks, as they cross together: of each its network and its body."""

    frames: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a playing network has come, to be kept."""

    network_id: str
    record: Record


@dataclass(frozen=True, slots=True)
class BusyNotice:
    """Nothing will be heard for about so many seconds: one step takes that long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class EncodedResponse:
    """An answer in its final form, which the service passes on as it is."""

    body: bytes
    media_type: str = "application/json"


@dataclass(slots=True)
class ProcessHealth:
    """What a process that trains says of itself.

    steps: updates made since it began. unscored: rows of histories that wait for their scores.
    stacks: how many networks trained together, each time. frame_lag: seconds from when a frame was due
    to when it was sent. turns: seconds between two looks at what has come.
    """

    networks: int = 0
    playing: int = 0
    watched: int = 0
    steps: int = 0
    steps_per_second: float = 0.0
    frames: int = 0
    memory_bytes: int = 0
    pending_scores: int = 0
    stack_sizes: Histogram = field(default_factory=lambda: Histogram(STACK_SIZES))
    frame_lag: Histogram = field(default_factory=Histogram)
    tick_seconds: Histogram = field(default_factory=Histogram)


Report = Answer | Event | Frame | Progress
Message = Report | BusyNotice | Frames
