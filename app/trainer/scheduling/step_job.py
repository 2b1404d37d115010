"""Step job: the work of one `steps` command, done in slices so that other networks train meanwhile."""

from app.domain.exceptions import FieldError, TooMuchWork
from app.schemas.requests import Steps
from app.trainer.scheduling.pacing import Throughput
from app.trainer.scheduling.stack_key import steps_left, steps_per_epoch
from engine.training.run import TrainingRun

BENCHMARK_SECONDS = 0.02
"""Seconds of steps from which their speed is known, as it is from so many steps."""
STEPS_KNOWN = 50


class StepJob:
    """Job of `steps`: a number of updates, of the configured batch size or of one row."""

    def __init__(self, run: TrainingRun, request: Steps) -> None:
        self.request = request
        self.by_row = request.unit == "example"
        self.left = request.count
        if request.unit == "epoch":
            self.left = steps_left(run) + (request.count - 1) * steps_per_epoch(run)

    def done(self, run: TrainingRun, steps: int) -> None:
        """Take in that some of its updates were made."""
        self.left = 0 if run.divergence else self.left - steps

    def needs_benchmark(self, speed: Throughput) -> bool:
        """Return whether too little is known of how long a step takes."""
        measured_seconds = speed.measured * (speed.seconds or 0)
        is_known = speed.measured >= STEPS_KNOWN or measured_seconds >= BENCHMARK_SECONDS
        return self.left > STEPS_KNOWN and not is_known

    def check(self, run: TrainingRun, speed: Throughput, seconds: float) -> None:
        """Raise TooMuchWork when it would take longer than `seconds`."""
        expected = self.left * (speed.seconds or 0)
        if expected > seconds:
            goal = (
                {"epoch": run.epoch + self.request.count}
                if self.request.unit == "epoch"
                else {"step": run.step + self.left}
            )
            until = str(goal).replace("'", '"')
            raise TooMuchWork.of(
                FieldError(
                    "count",
                    f"{self.request.count:,} would take about {expected:,.0f} s, but a request may take "
                    f'at most {seconds:g} s; send POST …/play with {{"until": {until}}} instead',
                )
            )
