"""A resident: one network that lives in this process, and what is known of it besides its numbers."""

from collections import deque
from collections.abc import Sequence
from math import inf
from time import perf_counter

from app.messages.requests import Request
from app.schemas.requests import Play
from app.settings import Limits
from app.trainer.checkpoints import NOTHING, Moment, Past
from app.trainer.frames import encode_frame
from app.trainer.persistence.history_log import KeptHistory
from app.trainer.scheduling.pacing import Pace, Speed, stride
from app.trainer.scheduling.stack_key import Shape, shape_of, steps_left, steps_per_epoch
from app.trainer.scheduling.step_job import Job
from app.trainer.scheduling.stopping import Cause, Goal
from app.trainer.setup.network_setup import Setup
from engine.metrics import Metrics
from engine.training.run import TrainingRun, metrics_of, rough_metrics_of
from engine.update import Update

MOST_FRAMES = 60.0
"""A second."""
EARLY = 0.1
"""Share of the interval by which a frame may come early, so that it need not be waited for."""
LONGEST_BEAT = 0.1
FRAME_SHARE = 0.2
"""Frames of networks that take long to score come less often: scoring takes at most this share."""


class Resident:
    """version counts accepted commands. modified: the start was set by hand. queue: commands that wait.

    data_version: the version since which the examples are these. past: what it may go back to.
    job: the `steps` being made, for the first of the queue. played: what it plays, None while paused.
    paced: whether it plays at a pace. greedy: whether it trains as fast as it goes, for a job or a play.
    used: seconds that it has trained without a pace, by which such networks take turns (`rounds`).
    """

    def __init__(self, network: str, setup: Setup, run: TrainingRun, limits: Limits) -> None:
        self.network, self.limits = network, limits
        self.setup = setup
        self.run = run
        self.version = self.data_version = 1
        self.status = "paused"
        self.cause: Cause | None = None
        self.modified = (setup.progress.start if setup.progress else setup.parameters) is not None
        self.past = Past()
        self.queue: deque[Request] = deque()
        self.job: Job | None = None
        self.played: Play | None = None
        self.used: float | None = None
        self.watched = False
        self.watched_at = perf_counter()
        self.frame_interval = 1 / MOST_FRAMES
        self.kept_history = KeptHistory()
        self.saved_at = perf_counter()
        self.refresh()

    def refresh(self) -> None:
        """What was learnt about its speed and its score is not true any more."""
        self.speeds = {True: Speed(), False: Speed()}
        self._shape: Shape | None = None
        self.touch()
        self.schedule()

    def touch(self) -> None:
        """Its numbers changed: viewers should see them at once."""
        self._metrics: Metrics | None = None
        self.renew()
        self._next_frame = 0.0

    def renew(self) -> None:
        """Viewers should see it as it is now, were it only that its version is another one."""
        self._fresh, self._fresh_at = True, perf_counter()

    @property
    def moment(self) -> Moment:
        """All that it is now."""
        return Moment(self.version, self.setup, self.run.snapshot(), self.modified, NOTHING)

    # Playing

    def play(self, asked: Play) -> None:
        self.played = asked
        self.goal = Goal(asked.until, self.run, self.limits.unattended_epochs)
        self.pace = Pace(perf_counter())
        self.used = None
        self.watched_at = perf_counter()
        self.status, self.cause = "playing", None
        self.look()
        self.schedule()

    def pause(self, status: str = "paused", cause: Cause | None = None) -> None:
        self.played = None
        self.status, self.cause = status, cause
        self.schedule()

    def fail(self, detail: str) -> list[Request]:
        """Stop for a fault of ours. The commands that waited are given back, to be told of it."""
        waiting, self.job = list(self.queue), None
        self.queue.clear()
        self.pause("paused", Cause.of("fault", detail=detail))
        return waiting

    def begin(self, job: Job) -> None:
        """Pause, and make the steps of this job."""
        self.pause()
        self.job = job
        self.used = None
        self._shape = None
        self.schedule()

    @property
    def shape(self) -> Shape:
        """What it must have in common with others to train with them."""
        if self._shape is None or self._update is not self.run.update:
            self._update: Update = self.run.update
            self._shape = shape_of(self.run, bool(self.job and self.job.by_row))
        return self._shape

    def schedule(self) -> None:
        """Work out how it trains, and when next: `due_at`, or from `nearly_due_at` on if that helps others.

        A beat are the seconds whose steps are made at a time: as many as one frame is to show.
        """
        trains = self.job is not None or self.played is not None
        pace = None if self.job or not self.played else self.played.epochs_per_second
        self.paced, self.greedy = pace is not None, trains and pace is None
        self.due_at = self.nearly_due_at = 0.0 if trains else inf
        if pace is not None:
            self.epoch_steps = steps_per_epoch(self.run)
            self._steps_per_second = pace * self.epoch_steps
            self._beat = min(LONGEST_BEAT, self.frame_interval) if self.watched else LONGEST_BEAT
            self.due_at = self.pace.due_at(self._steps_per_second, self._beat)
            self.nearly_due_at = self.due_at - self._beat / 2

    def owed(self, now: float) -> int:
        """How many steps are to be made now: what its pace wants, a beat's at least, to go with others."""
        steps = self.pace.owed(now, self._steps_per_second, self._beat)
        steps = max(steps, int(self._beat * self._steps_per_second), 1)
        return min(stride(steps, self.epoch_steps, steps_left(self.run)), self.most)

    @property
    def most(self) -> int:
        """How many steps may be made before it is to be looked at."""
        return self.job.left if self.job else self.goal.steps_to_look(self.run)

    def trained(self, steps: int, seconds: float | None) -> None:
        """Take in that so many steps were made. seconds: how long they took, where it trained alone."""
        job, self._metrics = self.job, None
        self.renew()
        if seconds is not None:
            self.speeds[bool(job and job.by_row)].note(steps, seconds)
        if job:
            job.done(self.run, steps)
            if not job.left:
                self.job = self._shape = None
        elif self.paced:
            self.pace.pay(steps)
        if self.run.divergence:
            self.pause("diverged", Cause.of_divergence(self.run.divergence))
        self.look()
        self.schedule()

    def look(self) -> None:
        """Stop playing when the goal is reached, or has gone on for very long without one."""
        if self.played and not self.run.divergence:
            metrics = self.metrics if self.goal.needs_metrics(self.run) else None
            if cause := self.goal.reached(self.run, metrics):
                self.pause("reached" if self.goal.conditions else "paused", cause)

    def watch(self, frames_per_second: float) -> None:
        """Somebody watches, and wants to see so much."""
        self.watched = True
        self.frame_interval = 1 / min(MOST_FRAMES, frames_per_second)
        self.schedule()

    def unwatch(self) -> None:
        """Nobody watches."""
        self.watched = False
        self.schedule()

    def rest(self, now: float) -> None:
        """Stop a play that has no goal when nobody watches it."""
        if self.watched:
            self.watched_at = now
        if not self.played or self.goal.conditions:
            return
        if now - self.watched_at > self.limits.unwatched_seconds:
            self.pause("paused", Cause.of("unwatched", seconds=self.limits.unwatched_seconds))

    # Telling

    @property
    def scored(self) -> bool:
        """Whether the scores of this moment are known."""
        return self._metrics is not None

    @property
    def metrics(self) -> Metrics:
        """The scores of this moment."""
        if self._metrics is None:
            self._metrics = self.run.metrics()
        return self._metrics

    @metrics.setter
    def metrics(self, known: Metrics) -> None:
        self._metrics = known

    def frame_wait(self, now: float) -> float | None:
        """Seconds until viewers are to see something new; None when there is nothing new, or nobody."""
        if not (self.watched and self._fresh):
            return None
        return max(0.0, self._next_frame - EARLY * self.frame_interval - now)

    @property
    def frame_due_at(self) -> float:
        """Since when there is something that viewers should have seen."""
        return max(self._fresh_at, self._next_frame - EARLY * self.frame_interval)

    def picture(self, first: bool) -> bytes:
        """A frame for one who joins; what others are to see, and when, stays as it is. first: nobody else."""
        if first:
            return self.frame(self.metrics, 0.0)
        return encode_frame(self.run, self.metrics, self.status, self.version)

    def frame(self, metrics: Metrics, seconds: float) -> bytes:
        """The newest frame, with these scores. seconds: how long they took."""
        begun = perf_counter()
        body = encode_frame(self.run, metrics, self.status, self.version)
        now = perf_counter()
        rested = now + (now - begun + seconds) / FRAME_SHARE
        self._next_frame = max(self._next_frame + self.frame_interval, begun, rested)
        self._fresh = False
        return body


def looked_at(residents: Sequence[Resident]) -> list[Metrics]:
    """What frames tell of these networks, worked out together: of those that train on, to six digits."""
    unknown = [resident for resident in residents if not resident.scored]
    passing = [resident for resident in unknown if resident.played]
    staying = [resident for resident in unknown if not resident.played]
    rough = dict(zip(passing, rough_metrics_of([one.run for one in passing]), strict=True))
    for resident, metrics in zip(staying, metrics_of([one.run for one in staying]), strict=True):
        resident.metrics = metrics
    return [rough.get(resident) or resident.metrics for resident in residents]
