"""A resident: one network that lives in this process, and what is known of it besides its numbers."""

from collections import deque
from time import perf_counter
from typing import Any

from app.schemas.commands import Play
from app.services.seam import Request
from app.settings import Limits
from app.trainer.epochs import steps_per_epoch
from app.trainer.frames import encode_frame
from app.trainer.goals import Goal
from app.trainer.histories import PackedHistory
from app.trainer.jobs import Job
from app.trainer.pace import Pace, Speed
from app.trainer.past import Moment, Past
from app.trainer.setups import Setup
from engine.evaluation import Metrics
from engine.training import TrainingRun

REMEDY = "A smaller learning rate may help."
FRAME_INTERVAL = 1 / 60
FRAME_SHARE = 0.2
"""Frames of networks that take long to score come less often: scoring takes at most this share."""


class Resident:
    """version counts accepted commands. modified: the start was set by hand. queue: commands that wait.

    data_version: the version since which the examples are these. past: what it may go back to.
    job: the `steps` being made, for the first of the queue. played: what it plays, None while paused.
    """

    def __init__(self, network: str, setup: Setup, run: TrainingRun, limits: Limits) -> None:
        self.network = network
        self.limits = limits
        self.setup = setup
        self.run = run
        self.version = self.data_version = 1
        self.status = "paused"
        self.reason: str | None = None
        self.modified = (setup.progress.start if setup.progress else setup.parameters) is not None
        self.past = Past()
        self.queue: deque[Request] = deque()
        self.job: Job | None = None
        self.played: Play | None = None
        self.watched = False
        self.watched_at = perf_counter()
        self.packed_history = PackedHistory()
        self.saved_at = perf_counter()
        self.refresh()

    def refresh(self) -> None:
        """What was learnt about its speed and its score is not true any more."""
        self.speeds = {True: Speed(), False: Speed()}
        self.touch()

    def touch(self) -> None:
        """Its numbers changed: viewers should see them at once."""
        self._metrics: Metrics | None = None
        self._fresh = True
        self._next_frame = 0.0

    @property
    def moment(self) -> Moment:
        """All that it is now."""
        return Moment(self.version, self.setup, self.run.snapshot(), self.modified)

    # Playing

    def play(self, asked: Play) -> None:
        self.played = asked
        self.goal = Goal(asked.until)
        self.pace = Pace(perf_counter())
        self.watched_at = perf_counter()
        self._last_epoch = self.run.epoch + self.limits.unattended_epochs
        self.status, self.reason = "playing", None
        self.look()

    def pause(self, status: str = "paused", reason: str | None = None) -> None:
        self.played = None
        self.status, self.reason = status, reason

    @property
    def steps_per_second(self) -> float | None:
        """The pace in steps; None for as fast as it goes."""
        epochs = self.played.epochs_per_second if self.played else None
        return None if epochs is None else epochs * steps_per_epoch(self.run)

    def wait(self, now: float) -> float | None:
        """Seconds until it has something to do; None when it has nothing."""
        if self.job:
            return 0.0
        if not self.played:
            return None
        rate = self.steps_per_second
        if rate is None or self.pace.owed(now, rate) >= 1:
            return 0.0
        return self.pace.wait(rate)

    def work(self, seconds: float) -> None:
        """Train for about so many seconds, or for as long as there is something to do."""
        end = perf_counter() + seconds
        while (now := perf_counter()) < end and self.wait(now) == 0.0:
            if self.job:
                self._work_off(self.job, end - now)
            else:
                self._play_on(now, end - now)
        self._metrics = None
        self._fresh = True

    def _work_off(self, job: Job, seconds: float) -> None:
        steps = min(self.speeds[job.by_row].within(seconds), job.left)
        self._timed(job.by_row, steps, lambda: job.do(self.run, steps))
        if not job.left:
            self.job = None

    def _play_on(self, now: float, seconds: float) -> None:
        rate = self.steps_per_second
        limits = [self.speeds[False].within(seconds), self.goal.steps_to_look(self.run)]
        if rate is not None:
            limits.append(self.pace.owed(now, rate))
        steps = min(limit for limit in limits if limit is not None)
        self._timed(False, steps, lambda: self.run.train_steps(steps))
        self.pace.pay(steps)
        self.look()

    def _timed(self, by_row: bool, steps: int, train: Any) -> None:
        begun = perf_counter()
        train()
        self.speeds[by_row].note(steps, perf_counter() - begun)
        self._metrics = None
        if self.run.divergence:
            self.pause(
                "diverged",
                f"{self.run.divergence.message} The last finite parameters are kept. {REMEDY}",
            )

    def look(self) -> None:
        """Stop playing when the goal is reached."""
        if self.played and not self.run.divergence:
            metrics = self.metrics if self.goal.needs_metrics(self.run) else None
            if reason := self.goal.reached(self.run, metrics):
                self.pause("reached", reason)

    def rest(self, now: float) -> None:
        """Stop a play that has no goal when nobody watches it, or when it has gone on for very long."""
        if self.watched:
            self.watched_at = now
        if not self.played or self.goal.conditions:
            return
        if now - self.watched_at > self.limits.unwatched_seconds:
            self.pause("paused", f"Nobody has watched for {self.limits.unwatched_seconds:g} s.")
        elif self.run.epoch >= self._last_epoch:
            self.pause("paused", f"{self.limits.unattended_epochs:,} epochs have passed without a goal.")

    # Telling

    @property
    def metrics(self) -> Metrics:
        """The scores of this moment."""
        if self._metrics is None:
            self._metrics = self.run.metrics()
        return self._metrics

    def frame_wait(self, now: float) -> float | None:
        """Seconds until viewers are to see something new; None when there is nothing new, or nobody."""
        return max(0.0, self._next_frame - now) if self.watched and self._fresh else None

    def frame(self) -> bytes:
        """The newest frame."""
        begun = perf_counter()
        body = encode_frame(self.run, self.metrics, self.status, self.version)
        now = perf_counter()
        self._next_frame = max(self._next_frame + FRAME_INTERVAL, begun, now + (now - begun) / FRAME_SHARE)
        self._fresh = False
        return body
