"""Fork pool: long computations that cannot be cut into slices run in a forked copy of this process.

A fork sees every network as it is at this moment, so it needs to be handed nothing, and training
goes on beside it. This process has a single thread, which is what makes forking safe. First goes what would
have been done first, had all begun when they were asked for: short ones overtake, but none waits for ever. Of
the long ones there is one at a time, so that short ones never wait for them.
"""

import os
import signal
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from time import perf_counter

from app.domain.exceptions import FieldError, InvalidRequest, QueryQueueFull, TooMuchWork
from app.messages.channel import pack, unpack
from app.messages.requests import Request

MAX_RUNNING = 2
LONG_SECONDS = 1.0
"""Seconds."""
READ_BYTES = 1 << 16
HEAD = 4

Result = object
Work = Callable[[], Result]
Finish = Callable[[Result], None]


@dataclass(frozen=True, eq=False)
class PendingTask:
    """Work that waits for its turn: when it would have been done. seconds: about how long it takes."""

    finish_estimate: float
    seconds: float
    request: Request
    work: Work

    @property
    def long(self) -> bool:
        return self.seconds > LONG_SECONDS


@dataclass
class RunningTask:
    """A copy at work. pipe: where its result comes from. long: whether no other long one may begin."""

    request: Request
    long: bool
    pid: int
    pipe: int
    deadline: float
    result: bytearray


class ForkPool:
    """Pool of forked tasks: the running ones, and those that wait in order."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._running: dict[int, RunningTask] = {}
        self._pending: list[PendingTask] = []

    @property
    def pipes(self) -> list[int]:
        """What to wait for."""
        return list(self._running)

    def wait(self, now: float) -> float | None:
        """Seconds until one has taken too long; None when there is none."""
        return min((max(0.0, task.deadline - now) for task in self._running.values()), default=None)

    def submit(self, request: Request, work: Work, seconds: float) -> None:
        """Have this worked out, which takes about so long; the result comes from `poll`.

        Raises QueryQueueFull where more waits than one request may take.
        """
        if (ahead := sum(waiting.seconds for waiting in self._pending)) > self._seconds:
            raise QueryQueueFull.of(ahead)
        asked = PendingTask(perf_counter() + seconds, seconds, request, work)
        insort(self._pending, asked, key=attrgetter("finish_estimate"))
        self._fill()

    def poll(self) -> list[tuple[Request, Result]]:
        """What has come back since the last time: what the work returned, or the exception it raised."""
        done: list[tuple[Request, Result]] = []
        for task in list(self._running.values()):
            if perf_counter() > task.deadline:
                os.kill(task.pid, signal.SIGKILL)
                self._end(task)
                done.append((task.request, self._overdue()))
            elif self._read(task):
                self._end(task)
                done.append((task.request, unpack(task.result[HEAD:])))
        self._fill()
        return done

    def _fill(self) -> None:
        while len(self._running) < MAX_RUNNING and (waiting := self._next()):
            self._pending.remove(waiting)
            source, target = os.pipe()
            pid = os.fork()
            if pid == 0:
                _run_in_child(waiting.work, target)
            os.close(target)
            os.set_blocking(source, False)
            deadline = perf_counter() + self._seconds
            self._running[source] = RunningTask(
                waiting.request, waiting.long, pid, source, deadline, bytearray()
            )

    def _next(self) -> PendingTask | None:
        """Whose turn it is; a long one's only while no other long one is at work."""
        busy = any(task.long for task in self._running.values())
        return next((waiting for waiting in self._pending if not (busy and waiting.long)), None)

    def _read(self, task: RunningTask) -> bool:
        """Take in what has arrived. True at its end."""
        try:
            while piece := os.read(task.pipe, READ_BYTES):
                task.result += piece
        except BlockingIOError:
            return False
        if not task.result:
            task.result += pack(ChildProcessError("a forked task ended without a result"))
        return True

    def _end(self, task: RunningTask) -> None:
        os.close(task.pipe)
        os.waitpid(task.pid, 0)
        del self._running[task.pipe]

    def _overdue(self) -> InvalidRequest:
        message = f"this request took longer than the limit of {self._seconds:g} s; request less"
        return TooMuchWork.of(FieldError("", message))


def _run_in_child(work: Work, target: int) -> None:
    """In the copy: work, send the result, and end without a trace."""
    try:
        try:
            result = work()
        except Exception as error:
            result = error
        with os.fdopen(target, "wb") as pipe:
            pipe.write(pack(result))
    finally:
        os._exit(0)
