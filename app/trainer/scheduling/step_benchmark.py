"""Step benchmark: the duration of one step, measured on a copy of a network before `steps` begins.

Networks with the same stack key are measured once. The trainer measures at most one network per turn, so it
answers and trains others in between, however many `steps` arrive at once.
"""

from dataclasses import replace
from time import process_time

from app.trainer.scheduling.busy_notice import BusyNotifier
from app.trainer.scheduling.pacing import Throughput
from app.trainer.scheduling.stack_key import StackKey, stack_key_of
from app.trainer.scheduling.step_job import BENCHMARK_SECONDS, StepJob
from app.trainer.session import TrainingSession
from engine.training.loop import train_examples, train_steps
from engine.training.run import TrainingRun

RESULTS_KEPT = 1000
STEPS_ANNOUNCED = 2
"""Steps that are made even where each takes longer than the benchmark should."""


class StepBenchmark:
    """Admission of `steps` commands by their expected time. seconds: the longest that one may take."""

    def __init__(self, notifier: BusyNotifier, seconds: float) -> None:
        self._notifier = notifier
        self._seconds = seconds
        self._results: dict[tuple[StackKey, int], Throughput] = {}
        self._may_measure = True

    def begin_turn(self) -> None:
        """Allow the next measurement."""
        self._may_measure = True

    def admit(self, session: TrainingSession, job: StepJob) -> bool:
        """Return whether a job may begin now. Raise TooMuchWork where it would take too long.

        False: its speed is not known, and this turn has measured another network already.
        """
        run, by_row = session.run, job.by_row
        if job.needs_benchmark(session.throughputs[by_row]):
            # Rows count too, because an epoch ends with scores of all of them.
            key = stack_key_of(run, by_row), len(run.examples.x)
            if key not in self._results and not self._may_measure:
                return False
            session.throughputs[by_row] = replace(
                self._results.get(key) or self._measure(session, by_row, key)
            )
        job.check(run, session.throughputs[by_row], self._seconds)
        return True

    def _measure(self, session: TrainingSession, by_row: bool, key: tuple[StackKey, int]) -> Throughput:
        """Measure a network's steps, and cache the result for all networks with its stack key."""
        self._may_measure = False
        self._notifier.steps(key[0], STEPS_ANNOUNCED)
        speed, diverged = _step_speed(session.run, by_row)
        # A run that diverges makes too few steps to speak for others.
        if not diverged:
            if len(self._results) >= RESULTS_KEPT:
                del self._results[next(iter(self._results))]
            self._results[key] = speed
        return speed


def _step_speed(run: TrainingRun, by_row: bool) -> tuple[Throughput, bool]:
    """Train a copy of a run. Return its speed in processor time, and whether it diverged."""
    speed = Throughput()
    copy = TrainingRun(run.config, run.examples, run.network.theta, run.frozen)
    train = train_examples if by_row else train_steps
    # The first step compiles the plan and is not counted.
    train(copy, 1)
    steps, begun = 1, process_time()
    while process_time() - begun < BENCHMARK_SECONDS and not copy.divergence:
        started = process_time()
        train(copy, steps)
        speed.observe(steps, process_time() - started)
        steps *= 2
    return speed, copy.divergence is not None
