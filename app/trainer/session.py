"""Training session: one network in this process, with its status, queue, checkpoints and schedule."""

from collections import deque
from collections.abc import Sequence
from math import inf
from time import perf_counter

from app.messages.requests import Command
from app.schemas.requests import Play
from app.settings import Limits
from app.trainer.checkpoints import NOTHING, Checkpoint, CheckpointHistory
from app.trainer.frames import encode_frame
from app.trainer.persistence.history_log import HistoryLog
from app.trainer.scheduling.pacing import Throughput, TokenBucket, round_steps
from app.trainer.scheduling.stack_key import StackKey, stack_key_of, steps_left, steps_per_epoch
from app.trainer.scheduling.step_job import StepJob
from app.trainer.scheduling.stopping import StopCondition, StopReason
from app.trainer.setup.network_setup import NetworkSetup
from engine.metrics import Metrics
from engine.training.run import TrainingRun, evaluate_runs, evaluate_runs_approximately
from engine.update import Update

MAX_FRAMES_PER_SECOND = 60.0
EARLY_SHARE = 0.1
"""Share of the interval by which a frame may be early, so that it does not need a turn of its own."""
MAX_QUANTUM_SECONDS = 0.1
MAX_FRAME_SHARE = 0.2
"""Maximum share of the time for scoring. Networks that take long to score have fewer frames."""
BASE_BYTES = 120_000
COPIES_OF_FEATURES = 3.3
BYTES_PER_ACTIVATION = 4
"""Measured: 54 MB for 20,000 examples with 64 features and 257 units, 34 MB with 1 unit, 0.1 MB for 500."""


class TrainingSession:
    """Session of one network in the trainer: its set-up, its training run, and what waits for it.

    version: number of accepted commands. data_version: the version that set the current examples.
    start_modified: whether the start was set by hand. checkpoints: states that it can rewind to.
    queue: commands that wait. job: the `steps` under way, for the first command of the queue.
    play_request: the play under way, None while paused. paced: whether it plays at a pace.
    unpaced: whether it trains as fast as possible, for a job or a play.
    cpu_used: seconds that it has trained unpaced, by which such networks take turns (`scheduler`).
    """

    def __init__(self, network: str, setup: NetworkSetup, run: TrainingRun, limits: Limits) -> None:
        self.network_id, self.limits = network, limits
        self.setup = setup
        self.run = run
        self.version = self.data_version = 1
        self.status = "paused"
        self.stop_reason: StopReason | None = None
        self.start_modified = (setup.progress.start if setup.progress else setup.parameters) is not None
        self.checkpoints = CheckpointHistory()
        self.queue: deque[Command] = deque()
        self.job: StepJob | None = None
        self.play_request: Play | None = None
        self.cpu_used: float | None = None
        self.watched = False
        self.watched_at = perf_counter()
        self.frame_interval = 1 / MAX_FRAMES_PER_SECOND
        self.history_log = HistoryLog()
        self.saved_at = perf_counter()
        self.refresh()

    def refresh(self) -> None:
        """Discard the measured speed, the stack key and the scores after a change of the set-up."""
        self.throughputs = {True: Throughput(), False: Throughput()}
        self._stack_key: StackKey | None = None
        self.invalidate_metrics()
        self.schedule()

    def invalidate_metrics(self) -> None:
        """Discard the scores after a change of the parameters, and send viewers a frame at once."""
        self._metrics: Metrics | None = None
        self.mark_dirty()
        self._next_frame = 0.0

    def mark_dirty(self) -> None:
        """Record that viewers need a new frame, if only because the version has changed."""
        self._dirty, self._dirty_since = True, perf_counter()

    @property
    def memory_bytes(self) -> int:
        """Estimated bytes of memory, mostly for the examples and their activations."""
        x = self.run.examples.x
        units = sum(layer.units for layer in self.setup.spec.layers)
        return BASE_BYTES + round(COPIES_OF_FEATURES * x.nbytes) + BYTES_PER_ACTIVATION * len(x) * units

    @property
    def checkpoint(self) -> Checkpoint:
        """Checkpoint of the current state."""
        return Checkpoint(self.version, self.setup, self.run.snapshot(), self.start_modified, NOTHING)

    # Playing

    def play(self, body: Play) -> None:
        """Start a play, which may reach its goal at once."""
        self.play_request = body
        self.stop_condition = StopCondition(body.until, self.run, self.limits.unattended_epochs)
        self.bucket = TokenBucket(perf_counter())
        self.cpu_used = None
        self.watched_at = perf_counter()
        self.status, self.stop_reason = "playing", None
        self.check_stop()
        self.schedule()

    def pause(self, status: str = "paused", cause: StopReason | None = None) -> None:
        """End the play with this status. cause: why it ended, if not by a command."""
        self.play_request = None
        self.status, self.stop_reason = status, cause
        self.schedule()

    def fail(self, detail: str) -> list[Command]:
        """Stop because of an internal error, and return the waiting commands, which are to be refused."""
        waiting, self.job = list(self.queue), None
        self.queue.clear()
        self.pause("paused", StopReason.of("fault", detail=detail))
        return waiting

    def start_job(self, job: StepJob) -> None:
        """Pause, and begin the steps of this job."""
        self.pause()
        self.job = job
        self.cpu_used = None
        self._stack_key = None
        self.schedule()

    @property
    def stack_key(self) -> StackKey:
        """Key that networks must share to train as one stack."""
        if self._stack_key is None or self._update is not self.run.update:
            self._update: Update = self.run.update
            self._stack_key = stack_key_of(self.run, bool(self.job and self.job.by_row))
        return self._stack_key

    def schedule(self) -> None:
        """Compute how the network trains, and when next.

        It is due at `due_at`. From `nearly_due_at` on it may train together with others that are due. The
        quantum is the time whose steps are made at once: those that one frame shows.
        """
        trains = self.job is not None or self.play_request is not None
        pace = None if self.job or not self.play_request else self.play_request.epochs_per_second
        self.paced, self.unpaced = pace is not None, trains and pace is None
        self.due_at = self.nearly_due_at = 0.0 if trains else inf
        if pace is not None:
            self.epoch_steps = steps_per_epoch(self.run)
            self._steps_per_second = pace * self.epoch_steps
            self._quantum = (
                min(MAX_QUANTUM_SECONDS, self.frame_interval) if self.watched else MAX_QUANTUM_SECONDS
            )
            self.due_at = self.bucket.due_at(self._steps_per_second, self._quantum)
            self.nearly_due_at = self.due_at - self._quantum / 2

    def steps_due(self, now: float) -> int:
        """Return how many steps to make now: those of the pace, at least those of one quantum."""
        steps = self.bucket.available(now, self._steps_per_second, self._quantum)
        steps = max(steps, int(self._quantum * self._steps_per_second), 1)
        return min(round_steps(steps, self.epoch_steps, steps_left(self.run)), self.max_steps)

    @property
    def max_steps(self) -> int:
        """Number of steps until the job ends or the stop condition must be checked."""
        return self.job.left if self.job else self.stop_condition.steps_to_check(self.run)

    def after_training(self, steps: int, seconds: float | None) -> None:
        """Update the session after these steps. seconds: their duration if the network trained alone."""
        job, self._metrics = self.job, None
        self.mark_dirty()
        if seconds is not None:
            self.throughputs[bool(job and job.by_row)].observe(steps, seconds)
        if job:
            job.done(self.run, steps)
            if not job.left:
                self.job = self._stack_key = None
        elif self.paced:
            self.bucket.consume(steps)
        if self.run.divergence:
            self.pause("diverged", StopReason.of_divergence(self.run.divergence))
        self.check_stop()
        self.schedule()

    def check_stop(self) -> None:
        """Stop the play if its condition holds, or if it has none and has lasted very long."""
        if self.play_request and not self.run.divergence:
            metrics = self.metrics if self.stop_condition.needs_metrics(self.run) else None
            if cause := self.stop_condition.reached(self.run, metrics):
                self.pause("reached" if self.stop_condition.conditions else "paused", cause)

    def watch(self, frames_per_second: float) -> None:
        """Send frames at this rate at most, since the network has a viewer."""
        self.watched = True
        self.frame_interval = 1 / min(MAX_FRAMES_PER_SECOND, frames_per_second)
        self.schedule()

    def unwatch(self) -> None:
        """Send no frames, since the network has no viewer."""
        self.watched = False
        self.schedule()

    def pause_if_unwatched(self, now: float) -> None:
        """Stop a play without a goal when it has had no viewer for a while."""
        if self.watched:
            self.watched_at = now
        if not self.play_request or self.stop_condition.conditions:
            return
        if now - self.watched_at > self.limits.unwatched_seconds:
            self.pause("paused", StopReason.of("unwatched", seconds=self.limits.unwatched_seconds))

    # Scores and frames

    @property
    def has_metrics(self) -> bool:
        """Whether the current scores have been computed."""
        return self._metrics is not None

    @property
    def metrics(self) -> Metrics:
        """Current scores, computed when they are first read."""
        if self._metrics is None:
            self._metrics = self.run.metrics()
        return self._metrics

    @metrics.setter
    def metrics(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def frame_wait(self, now: float) -> float | None:
        """Return the seconds until the next frame is due; None if there is nothing new, or no viewer."""
        if not (self.watched and self._dirty):
            return None
        return max(0.0, self._next_frame - EARLY_SHARE * self.frame_interval - now)

    @property
    def frame_due_at(self) -> float:
        """Time since when a frame is due."""
        return max(self._dirty_since, self._next_frame - EARLY_SHARE * self.frame_interval)

    def snapshot_frame(self, first: bool) -> bytes:
        """Return a frame for a viewer who joins. first: no other viewer waits for the next frame."""
        if first:
            return self.frame(self.metrics, 0.0)
        return encode_frame(self.run, self.metrics, self.status, self.version)

    def frame(self, metrics: Metrics, seconds: float) -> bytes:
        """Return the newest frame, with these scores. seconds: how long they took."""
        begun = perf_counter()
        body = encode_frame(self.run, metrics, self.status, self.version)
        now = perf_counter()
        rested = now + (now - begun + seconds) / MAX_FRAME_SHARE
        self._next_frame = max(self._next_frame + self.frame_interval, begun, rested)
        self._dirty = False
        return body


def score_sessions(sessions: Sequence[TrainingSession]) -> list[Metrics]:
    """Return the scores for frames, computed together. Those of playing networks have six digits."""
    unknown = [session for session in sessions if not session.has_metrics]
    passing = [session for session in unknown if session.play_request]
    staying = [session for session in unknown if not session.play_request]
    rough = dict(zip(passing, evaluate_runs_approximately([one.run for one in passing]), strict=True))
    for session, metrics in zip(staying, evaluate_runs([one.run for one in staying]), strict=True):
        session.metrics = metrics
    return [rough.get(session) or session.metrics for session in sessions]
