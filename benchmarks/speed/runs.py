"""Training runs as a user has them, including batches, scores of every epoch and bookkeeping."""

from collections.abc import Iterator
from statistics import median

import numpy as np

from benchmarks.speed import thresholds
from benchmarks.speed.report import Row
from benchmarks.speed.thresholds import SMALL
from benchmarks.speed.timing import ratio, rounds
from benchmarks.speed.workload import RATE, Problem
from engine.compiled.batch_buffer import with_ones
from engine.compiled.plan import Plan
from engine.data.examples import Examples
from engine.training.config import TrainingConfig
from engine.training.history import History
from engine.training.loop import train, train_epochs, train_steps
from engine.training.run import TrainingRun

TRAINED, TESTED, BATCH = 250, 250, 10
EPOCHS = 10
STEPS = TRAINED // BATCH
CLASS = 300


def run(problem: Problem, seed: int) -> TrainingRun:
    """Return a run with the page's defaults: 500 examples, half of them training rows."""
    rows = TRAINED + TESTED
    examples = Examples(problem.x[:rows], problem.y[:rows], TRAINED)
    return TrainingRun(TrainingConfig(problem.architecture, learning_rate=RATE, seed=seed), examples)


def epochs(seconds: float) -> Iterator[Row]:
    """Compare `train_epochs` with the bare plan, which makes the same steps on the same batches again."""
    problem = Problem(SMALL, BATCH)
    training = run(problem, 0)
    plan = Plan(training.update, BATCH)
    plan.theta[0] = problem.start()
    order = problem.order.astype(np.intp).ravel()[: STEPS * BATCH]
    buffer = plan.buffer[:STEPS, 0]
    buffer.gather(with_ones(problem.x), problem.y, order, RATE)
    buffer.set_coefficients(plan.update, RATE, np.arange(1.0, STEPS + 1))

    def bare() -> None:
        for _ in range(EPOCHS):
            plan.run(slice(STEPS))

    def lap() -> None:
        # A long history has fewer rows per epoch. A new one has them all, and so the full cost.
        training.history = History(training.history.evaluator)
        train_epochs(training, EPOCHS)
        assert training.history.rows  # reading scores the pending rows

    contestants = {"ours": lap, "plan": bare}
    times = {name: np.array(laps) for name, laps in rounds(contestants, seconds).items()}
    steps = EPOCHS * STEPS
    yield Row(
        f"{problem.name}, train_epochs, scores and all", "the bare plan", steps / median(times["ours"]),
        steps / median(times["plan"]), ratio(list(times["ours"]), list(times["plan"])), thresholds.RUN,
    )  # fmt: skip


def classroom(seconds: float) -> Iterator[Row]:
    """Train 300 networks together, at different positions in their epochs, with all scores."""
    problem = Problem(SMALL, BATCH)
    runs = [run(problem, seed) for seed in range(CLASS)]
    for seed, training in enumerate(runs):
        train_steps(training, seed % STEPS)

    def lap() -> None:
        train(runs, STEPS)
        for training in runs:
            assert training.history.rows

    times = rounds({"ours": lap}, seconds)["ours"]
    pace = CLASS * STEPS / median(times)
    yield Row(
        f"{problem.name}, {CLASS} training runs together", "30 epochs a second each", pace,
        thresholds.CLASSROOM, pace / thresholds.CLASSROOM, 1.0,
    )  # fmt: skip
