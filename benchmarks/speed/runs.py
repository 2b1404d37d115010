"""Training runs: what a user gets, batches drawn, scores of every epoch and bookkeeping included."""

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
from engine.training.loop import train
from engine.training.run import TrainingRun

TRAINED, TESTED, BATCH = 250, 250, 10
EPOCHS = 10
STEPS = TRAINED // BATCH
CLASS = 300


def run(problem: Problem, seed: int) -> TrainingRun:
    """A run with the page's defaults: 500 examples, half of them to train on."""
    rows = TRAINED + TESTED
    examples = Examples(problem.x[:rows], problem.y[:rows], TRAINED)
    return TrainingRun(TrainingConfig(problem.architecture, learning_rate=RATE, seed=seed), examples)


def epochs(seconds: float) -> Iterator[Row]:
    """`train_epochs` against the bare plan, which makes the same steps on one batch over and over."""
    problem = Problem(SMALL, BATCH)
    training = run(problem, 0)
    plan = Plan(training.update, BATCH)
    plan.theta[0] = problem.start()
    order = problem.order.astype(np.intp).ravel()[: STEPS * BATCH]
    window = plan.buffer[:STEPS, 0]
    window.gather(with_ones(problem.x), problem.y, order, RATE)
    window.set_coefficients(plan.update, RATE, np.arange(1.0, STEPS + 1))

    def bare() -> None:
        for _ in range(EPOCHS):
            plan.run(slice(STEPS))

    def lap() -> None:
        training.history = History(
            training.history.evaluator
        )  # it keeps ever fewer as it grows: anew, it keeps all
        training.train_epochs(EPOCHS)
        assert training.history.rows  # which are scored at the latest when somebody reads them

    contestants = {"ours": lap, "plan": bare}
    times = {name: np.array(each) for name, each in rounds(contestants, seconds).items()}
    steps = EPOCHS * STEPS
    yield Row(
        f"{problem.name}, train_epochs, scores and all", "the bare plan", steps / median(times["ours"]),
        steps / median(times["plan"]), ratio(list(times["ours"]), list(times["plan"])), thresholds.RUN,
    )  # fmt: skip


def classroom(seconds: float) -> Iterator[Row]:
    """300 networks in training together, each at its own place in its epoch, all scores kept."""
    problem = Problem(SMALL, BATCH)
    runs = [run(problem, seed) for seed in range(CLASS)]
    for place, each in enumerate(runs):
        each.train_steps(place % STEPS)

    def lap() -> None:
        train(runs, STEPS)
        for each in runs:
            assert each.history.rows

    times = rounds({"ours": lap}, seconds)["ours"]
    pace = CLASS * STEPS / median(times)
    yield Row(
        f"{problem.name}, {CLASS} training runs together", "30 epochs a second each", pace,
        thresholds.CLASSROOM, pace / thresholds.CLASSROOM, 1.0,
    )  # fmt: skip
