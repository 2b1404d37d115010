"""Reports: what a trainer process sends to the web process, answers, events, frames and records."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.exceptions import ServiceError
from app.domain.instruments import Histogram

STACK_SIZES = (1, 2, 4, 8, 16, 32, 64)


@dataclass(frozen=True, slots=True)
class Record:
    """Stored form of a network. setup: spec and data, None if unchanged. progress: all else but the history.

    history: pieces in order. replaces_history: whether they replace the stored pieces or follow them.
    playing: whether the network resumes by itself after a restart.
    """

    setup: bytes | None
    progress: bytes
    history: tuple[bytes, ...] = ()
    replaces_history: bool = True
    playing: bool = False

    def merged_onto(self, before: "Record | None") -> "Record":
        """Return this record with the parts of the one before that it does not replace."""
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
    """Change of a network: a command was accepted, or its status has changed."""

    network_id: str
    state: dict[str, Any]
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Parameters and scores of a network (docs/frames.md). A newer frame makes this one obsolete."""

    network_id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames of several networks in one message: pairs of a network and its body."""

    frames: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a playing network, to be stored."""

    network_id: str
    record: Record


@dataclass(frozen=True, slots=True)
class BusyNotice:
    """Announcement that the process will be silent for about this time, because of one long step."""

    seconds: float


@dataclass(frozen=True, slots=True)
class EncodedResponse:
    """Encoded answer, which the web process sends as it is."""

    body: bytes
    media_type: str = "application/json"


@dataclass(slots=True)
class ProcessHealth:
    """Metrics of a trainer process.

    steps: updates since its start. pending_scores: rows of histories that wait for their scores.
    stack_sizes: number of networks that trained together. frame_lag: seconds from the time at which a frame
    was due until it was sent. tick_seconds: training time between two reads of the channel.
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
