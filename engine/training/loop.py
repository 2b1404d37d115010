"""Training loop: the updates of one or many runs, in stacks where possible."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from engine.backward import backward
from engine.compiled.plan_cache import longest_stack
from engine.forward import forward
from engine.lbfgs import lbfgs_step
from engine.losses import LOSSES, mean_loss
from engine.network import Network, weight_mask
from engine.penalties import PENALTIES
from engine.training.run import TrainingRun
from engine.training.stack import Stack, is_finite, stop_diverged
from engine.types import Array


def train_steps(run: TrainingRun, count: int) -> None:
    """Make `count` updates; fewer when the run diverges."""
    train([run], count)


def train_epochs(run: TrainingRun, count: int) -> None:
    """Train until `count` more epochs have ended, the current one included."""
    config = run.config
    train([run], count if config.full_batch else run.batches.steps_left(config.batch_size, count))


def train_examples(run: TrainingRun, count: int) -> None:
    """Make `count` updates from one row each, in order; L-BFGS takes all rows even here."""
    train([run], count, 1)


def train(runs: Sequence[TrainingRun], steps: int, batch_size: int | None = None) -> None:
    """Make `steps` updates of every run; fewer of a run that diverges.

    Runs with equal `Update` and equal batch size train in one stack.
    batch_size: overrides the batch size of every run.
    """
    groups = defaultdict(list)
    for run in runs:
        groups[run.update, min(batch_size or run.config.batch_size, len(run.batches))].append(run)
    for (update, size), group in groups.items():
        longest = longest_stack(update, size)
        for first in range(0, len(group), longest):
            train_group(group[first : first + longest], size, steps)


def train_group(runs: list[TrainingRun], size: int, steps: int) -> None:
    """Make `steps` updates of runs that can train as one stack."""
    active = [run for run in runs if not run.divergence]
    if active and not active[0].config.full_batch:
        Stack(active, size).train(steps)
        return
    # L-BFGS cannot be stacked: each run's line search has its own number of evaluations.
    for run in active:
        for _ in range(steps):
            if not run.divergence:
                full_batch_step(run)


@np.errstate(all="ignore")
def full_batch_step(run: TrainingRun) -> None:
    """Make one iteration of L-BFGS on all training rows, which is one epoch."""
    rows = slice(run.examples.train_rows)
    x, y, loss = run.examples.x[rows], run.examples.y[rows], LOSSES[run.config.loss]
    decay = (run.config.penalty_rate * weight_mask(run.config.architecture)).astype(run.config.dtype)
    penalty = PENALTIES[run.config.penalty]

    def objective(theta: Array) -> tuple[float, Array]:
        network = Network(run.config.architecture, theta)
        trace = forward(network, x)
        error, gradient = float(mean_loss(loss, trace.output, y)), backward(network, trace, y, loss).gradient
        if penalty.gradient:
            error += 0.5 * float(decay @ (theta * theta))
            gradient = gradient + penalty.gradient(theta, decay)
        return error, np.where(run.trainable, gradient, 0)

    before, rate = run.network.theta, run.config.rate_at(run.step, run.epoch)
    after, state = lbfgs_step(objective, before, run.state, rate)
    alive = np.ones_like(after)
    if penalty.pull:
        after, alive = penalty.pull(before, after, rate * decay)
    after = np.where(run.trainable, after, before)
    if not is_finite(run, after):
        stop_diverged(run, objective(before)[1])
        return
    run.network.theta[:], run.state[:] = after, state
    run.pin_zeros(alive == 0)
    run.advance(1, len(run.batches))
