"""Fork pool: long computations that cannot be cut into slices run in a forked copy of this process.

A fork has a copy of every network in its current state, so no data must be passed to it, and training
continues beside it. Forking is safe because this process has a single thread.

Tasks are ordered by the time at which each would end if every network had a process of its own, which did
its tasks one after another (fair queuing: Demers, Keshav, Shenker, 1989). Short tasks overtake long ones.
Tasks of one network do not delay those of others, and no task starves. One task longer than a second
runs at a time, so short tasks never wait for long ones.
"""

import os
import signal
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from time import perf_counter

from app.domain.exceptions import FieldError, InvalidRequest, QueryQueueFull, TooMuchWork
from app.messages.channel import LENGTH, pack, unpack
from app.messages.requests import Request

MAX_RUNNING = 2
LONG_SECONDS = 1.0
READ_BYTES = 1 << 16
RETRY_SECONDS = 1.0

Result = object
Work = Callable[[], Result]
Finish = Callable[[Result], None]


@dataclass(frozen=True, eq=False)
class PendingTask:
    """Task that waits. finish_estimate: its place in the order. seconds: its estimated duration."""

    finish_estimate: float
    seconds: float
    request: Request
    work: Work

    @property
    def long(self) -> bool:
        return self.seconds > LONG_SECONDS


@dataclass
class RunningTask:
    """Task in a forked process. pipe: file that its result is read from. long: see PendingTask."""

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
        self._not_started: list[tuple[Request, Result]] = []

    @property
    def pipes(self) -> list[int]:
        """Files to wait for: a result arrives there."""
        return list(self._running)

    def wait(self, now: float) -> float | None:
        """Return the seconds until a task is overdue or must be started; None if there is no task."""
        if self._not_started:
            return 0.0
        waits = [max(0.0, task.deadline - now) for task in self._running.values()]
        if self._pending:
            waits.append(RETRY_SECONDS)
        return min(waits, default=None)

    def submit(self, request: Request, work: Work, seconds: float) -> None:
        """Queue a task with this estimated duration. `poll` returns its result.

        Raises QueryQueueFull if the tasks before it take longer than a request may.
        """
        same_network = (one for one in self._pending if one.request.network_id == request.network_id)
        begin = max((one.finish_estimate for one in same_network), default=perf_counter())
        task = PendingTask(begin + seconds, seconds, request, work)
        before = [one for one in self._pending if one.finish_estimate <= task.finish_estimate]
        if (ahead := sum(one.seconds for one in before)) > self._seconds:
            raise QueryQueueFull.of(ahead)
        insort(self._pending, task, key=attrgetter("finish_estimate"))
        self._fill()

    def poll(self) -> list[tuple[Request, Result]]:
        """Return the new results with their requests. A result may be the exception that the task raised."""
        done, self._not_started = self._not_started, []
        for task in list(self._running.values()):
            if perf_counter() > task.deadline:
                os.kill(task.pid, signal.SIGKILL)
                self._end(task)
                done.append((task.request, self._overdue()))
            elif self._read(task):
                self._end(task)
                done.append((task.request, _result_of(task)))
        self._fill()
        return done

    def _fill(self) -> None:
        while len(self._running) < MAX_RUNNING and (waiting := self._next()):
            self._pending.remove(waiting)
            try:
                source, target = os.pipe()
            except OSError:
                self._refuse(waiting)
                return
            try:
                pid = os.fork()
            except OSError:
                os.close(source)
                os.close(target)
                self._refuse(waiting)
                return
            if pid == 0:
                _run_in_child(waiting.work, target)
            os.close(target)
            os.set_blocking(source, False)
            deadline = perf_counter() + self._seconds
            self._running[source] = RunningTask(
                waiting.request, waiting.long, pid, source, deadline, bytearray()
            )

    def _refuse(self, task: PendingTask) -> None:
        """Refuse a task because the system has no process or file left."""
        self._not_started.append((task.request, QueryQueueFull.of(task.seconds)))

    def _next(self) -> PendingTask | None:
        """Return the next task to start; a long one only while no other long one runs."""
        busy = any(task.long for task in self._running.values())
        return next((waiting for waiting in self._pending if not (busy and waiting.long)), None)

    def _read(self, task: RunningTask) -> bool:
        """Read what has arrived of a result. Return whether it is complete."""
        try:
            while piece := os.read(task.pipe, READ_BYTES):
                task.result += piece
        except BlockingIOError:
            return False
        return True

    def _end(self, task: RunningTask) -> None:
        os.close(task.pipe)
        os.waitpid(task.pid, 0)
        del self._running[task.pipe]

    def _overdue(self) -> InvalidRequest:
        message = f"this request took longer than the limit of {self._seconds:g} s; request less"
        return TooMuchWork.of(FieldError("", message))


def _result_of(task: RunningTask) -> Result:
    """Return the result, or an exception if the process ended before it had sent all of it."""
    head, body = task.result[: LENGTH.size], task.result[LENGTH.size :]
    if len(head) < LENGTH.size or len(body) < LENGTH.unpack(head)[0]:
        return ChildProcessError("a forked task ended without a result")
    return unpack(body)


def _run_in_child(work: Work, target: int) -> None:
    """Run the task in the forked process, send the result, and end without cleaning up."""
    try:
        try:
            result = work()
        except Exception as error:
            result = error
        with os.fdopen(target, "wb") as pipe:
            pipe.write(pack(result))
    finally:
        os._exit(0)
