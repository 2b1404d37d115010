"""Jobs: the work of one `steps` command, done in slices so that other networks go on meanwhile."""

from time import process_time

from app.domain.exceptions import FieldError, TooMuchWork
from app.schemas.requests import Steps
from app.trainer.scheduling.pacing import Throughput
from app.trainer.scheduling.stack_key import steps_left, steps_per_epoch
from engine.training.run import TrainingRun

BENCHMARK_SECONDS = 0.02
"""Seconds of steps from which their speed is known, as it is from so many steps."""
BENCHMARK_STEPS = 2
"""Where a step takes longer than that."""
MIN_STEPS_BENCHMARKED = 50


class StepJob:
    """So many updates, of the recipe's batch size or of one row."""

    def __init__(self, run: TrainingRun, asked: Steps) -> None:
        self.asked = asked
        self.by_row = asked.unit == "example"
        self.left = asked.count
        if asked.unit == "epoch":
            self.left = steps_left(run) + (asked.count - 1) * steps_per_epoch(run)

    def done(self, run: TrainingRun, steps: int) -> None:
        """Take in that some of its updates were made."""
        self.left = 0 if run.divergence else self.left - steps

    def needs_benchmark(self, speed: Throughput) -> bool:
        """Whether too little is known of how long a step takes."""
        known = (
            speed.measured >= MIN_STEPS_BENCHMARKED
            or speed.measured * (speed.seconds or 0) >= BENCHMARK_SECONDS
        )
        return self.left > MIN_STEPS_BENCHMARKED and not known

    def check(self, run: TrainingRun, speed: Throughput, seconds: float) -> None:
        """Raises TooMuchWork when it would take longer than `seconds`."""
        if self.needs_benchmark(speed):
            self._benchmark(run, speed)
        expected = self.left * (speed.seconds or 0)
        if expected > seconds:
            goal = (
                {"epoch": run.epoch + self.asked.count}
                if self.asked.unit == "epoch"
                else {"step": run.step + self.left}
            )
            raise TooMuchWork.of(
                FieldError(
                    "count",
                    f"{self.asked.count:,} would take about {expected:,.0f} s, {seconds:g} s is the most: "
                    f'POST …/play with {{"until": {goal}}} goes on without a request waiting'.replace(
                        "'", '"'
                    ),
                )
            )

    def _benchmark(self, run: TrainingRun, speed: Throughput) -> None:
        """Learn on a copy how long a step takes the processor, once the first has compiled its plan."""
        copy = TrainingRun(run.config, run.examples, run.network.theta, run.frozen)
        train = copy.train_examples if self.by_row else copy.train_steps
        train(1)
        steps, begun = 1, process_time()
        while process_time() - begun < BENCHMARK_SECONDS and not copy.divergence:
            started = process_time()
            train(steps)
            speed.observe(steps, process_time() - started)
            steps *= 2
