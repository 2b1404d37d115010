"""The seam: everything that crosses between the service and the processes in which networks live.

The service sends requests and is told answers, events and frames; that is all either side knows of
the other. What a message looks like on its way is in `wire`, where records go in `stores`.

Another back end (more machines, another way between them) is another `Backend`: it decides which
process a network belongs to, puts it back when that process is lost, and has what is answered kept
before it is told. Today's is `hosting`; only `app.main` names it.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from app.services.measures import Histogram
from app.services.refusals import Refusal

Arguments = dict[str, Any]
STACKS = (1, 2, 4, 8, 16, 32, 64)


@dataclass(frozen=True, slots=True)
class Record:
    """A network as it is kept. setup: spec and data, None where unchanged. progress: all else but history.

    history: pieces of it, in order, which take the place of those before where it is whole, and else
    follow them. playing: whether it is to go on by itself when everything is started again.
    """

    setup: bytes | None
    progress: bytes
    history: tuple[bytes, ...] = ()
    whole: bool = True
    playing: bool = False

    def after(self, before: "Record | None") -> "Record":
        """This record, with what it leaves as it was in the one before."""
        if before is None:
            return self
        setup = before.setup if self.setup is None else self.setup
        if self.whole:
            return replace(self, setup=setup)
        return replace(self, setup=setup, history=before.history + self.history, whole=before.whole)


@dataclass(frozen=True, slots=True)
class Request:
    """Something to do or to tell. network: None where it concerns none. number: comes back in the answer."""

    number: int
    network: str | None
    name: str
    arguments: Arguments = field(default_factory=dict)

    @property
    def is_command(self) -> bool:
        """Whether it changes its network, and so waits for its turn. A question may have the same name."""
        return "asked" in self.arguments


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request came to. record: what the request changed, to be kept before it is told."""

    number: int
    network: str | None
    value: Any = None
    refusal: Refusal | None = None
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A network changed: a command was accepted, or its status is another."""

    network: str
    state: dict[str, Any]
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A network's parameters and scores at one moment (docs/frames.md). Newer ones make it worthless."""

    network: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames of several networks, as they cross together: of each its network and its body."""

    frames: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a playing network has come, to be kept."""

    network: str
    record: Record


@dataclass(frozen=True, slots=True)
class Busy:
    """Nothing will be heard for about so many seconds: one step takes that long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Content:
    """An answer in its final form, which the service passes on as it is."""

    body: bytes
    media_type: str = "application/json"


@dataclass(slots=True)
class Vitals:
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
    unscored: int = 0
    stacks: Histogram = field(default_factory=lambda: Histogram(STACKS))
    frame_lag: Histogram = field(default_factory=Histogram)
    turns: Histogram = field(default_factory=Histogram)


Report = Answer | Event | Frame | Progress
Message = Report | Busy | Frames


class Watcher(Protocol):
    """Whoever wants to see a network: told of it at once, and never to wait for anything."""

    frames_per_second: float
    """The most that it wants to see."""

    def event(self, state: dict[str, Any]) -> None:
        """The state after a change."""

    def frame(self, body: bytes) -> None:
        """The newest frame."""

    def trouble(self, reason: str | None) -> None:
        """Nothing can be kept at the moment, and why; None when that is over."""

    def gone(self) -> None:
        """The network was deleted."""


class Backend(Protocol):
    """Where networks live."""

    def start(self) -> None:
        """Begin, and go on with what played when the service ended."""

    async def stop(self) -> None:
        """End; what plays is kept as it is now."""

    async def ask(self, network: str | None, name: str, arguments: Arguments) -> Any:
        """Have a request done; those of one network are done in order. Raises Refusal."""

    async def delete(self, network: str) -> None:
        """Take a network away for good. Raises Refusal."""

    async def watch(self, network: str, watcher: Watcher) -> None:
        """Tell this watcher from now on, first the state as it is. Raises Refusal."""

    def unwatch(self, network: str, watcher: Watcher) -> None:
        """Stop telling this watcher."""

    def rest(self, seconds: float) -> int:
        """Have networks leave that neither play nor are watched, and that nobody used so long: how many."""

    def in_use(self) -> list[str]:
        """The networks that are in memory now."""

    async def vitals(self) -> list[Vitals | None]:
        """How each process is; None for one that does not say so soon."""

    @property
    def ready(self) -> bool:
        """Whether there is somewhere to train."""
