"""Stepping: runs go into a plan, steps are made, and the runs come out.

Runs that agree in their update and in the size of their next batch make their steps together, as
one stack, and none of them can tell. What comes out is taken only while it is finite; where it is
not, the steps are made again one by one to find the one at fault.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from engine.arrays import Array
from engine.backward import backward
from engine.divergence import Divergence, largest, safe
from engine.forward import forward
from engine.lbfgs import lbfgs_step
from engine.losses import LOSSES, mean_loss
from engine.network import Network, weight_mask
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.plan import Plan
from engine.update import Update

if TYPE_CHECKING:
    from engine.training import TrainingRun

PLANS_KEPT = 128


def train(runs: Sequence["TrainingRun"], steps: int, batch_size: int | None = None) -> None:
    """Make `steps` updates of every run, in stacks where possible; fewer of a run that diverges.

    batch_size: in place of each run's own.
    """
    left = {run: steps for run in runs if not run.divergence} if steps > 0 else {}
    while left:
        stacks = defaultdict(list)
        for run in left:
            stacks[run.update, run.batches.size(batch_size or run.recipe.batch_size)].append(run)
        for (update, size), stack in stacks.items():
            count = min(min(left[run], run.batches.steps_left(size)) for run in stack)
            if OPTIMIZERS[update.optimizer].full_batch:
                count = 1
                for run in stack:
                    _full_batch_step(run)
            else:
                _advance(stack, update, size, count)
            for run in stack:
                left[run] -= count
                if run.divergence or not left[run]:
                    del left[run]


@lru_cache(PLANS_KEPT)
def plan_for(update: Update, batch: int, stack: int) -> Plan:
    """The plan of this shape: one memory serves all runs that have it, in turn."""
    return Plan(update, batch, stack)


def _advance(stack: list["TrainingRun"], update: Update, size: int, steps: int) -> None:
    """Make `steps` updates on batches of `size`, all within the epoch of each run."""
    plan = plan_for(update, size, len(stack))
    batches = np.stack([_batches(run, steps, size) for run in stack], axis=1)
    coefficients = np.stack([_coefficients(run, steps) for run in stack], axis=2)[..., np.newaxis]
    for place, run in enumerate(stack):
        _put(run, plan, place)
    plan.run(batches, coefficients)
    for place, run in enumerate(stack):
        if safe(plan.theta[place]):
            _take(run, plan, place, steps, size)
        else:
            only = slice(place, place + 1)
            _replay(run, update, batches[:, only], coefficients[:, :, only], size)


def _batches(run: "TrainingRun", steps: int, size: int) -> Array:
    """The next batches (steps, rows, size), with a dropout factor for every unit that may drop out.

    A factor is 0 with the layer's probability p and 1 / (1 − p) otherwise, so that what the next
    layer receives is the same on average (Srivastava et al. 2014, in its "inverted" form).
    """
    blocks = run.batches.blocks(steps, size)
    layers = run.recipe.architecture.layers
    rates = [layer.dropout for layer in layers for _ in range(layer.units) if layer.dropout]
    if not rates:
        return blocks
    p = np.array(rates)[:, np.newaxis]
    factors = (run.dropout.random((steps, len(rates), size)) >= p) / (1 - p)
    return np.concatenate([blocks, factors.astype(blocks.dtype)], axis=1)


def _coefficients(run: "TrainingRun", steps: int) -> Array:
    """(steps, numbers): what each of the next steps multiplies by."""
    rates = np.array([run.recipe.rate_at(run.step + step, run.epoch) for step in range(steps)])
    counts = run.updates + 1.0 + np.arange(steps)
    return np.stack(run.update.coefficients(rates, counts), axis=1)


def _put(run: "TrainingRun", plan: Plan, place: int) -> None:
    plan.theta[place] = run.network.theta
    plan.state[:, place] = run.state
    plan.free[place] = run.free
    plan.decay[place] = run.recipe.penalty_rate * weight_mask(run.recipe.architecture)
    plan.clip_norm[place] = run.recipe.clip_norm or 0


def _take(run: "TrainingRun", plan: Plan, place: int, steps: int, size: int) -> None:
    run.network.theta[:] = plan.theta[place]
    run.state[:] = plan.state[:, place]
    if PENALTIES[run.recipe.penalty].pull:
        run.bury(plan.free[place] == 0)
    run.count(steps, steps * size)


def _replay(run: "TrainingRun", update: Update, batches: Array, coefficients: Array, size: int) -> None:
    """Make the steps one at a time, up to the first that is not finite; that one is not taken."""
    plan = plan_for(update, size, 1)
    for step in range(len(batches)):
        now = slice(step, step + 1)
        _put(run, plan, 0)
        plan.run(batches[now], coefficients[now])
        if not _finite(run, plan.theta[0]):
            _diverge(run, plan.gradient[0])
            _give_back_dropout(run, batches[step:])
            return
        _take(run, plan, 0, 1, size)


def _finite(run: "TrainingRun", theta: Array) -> bool:
    """Whether the parameters theta (P,), and E over the training rows with them, are finite."""
    rows = slice(run.examples.train_rows)
    output = forward(Network(run.recipe.architecture, theta), run.examples.x[rows]).output
    error = mean_loss(LOSSES[run.recipe.loss], output, run.examples.y[rows])
    return bool(np.isfinite(theta).all()) and isfinite(error)


def _diverge(run: "TrainingRun", gradient: Array) -> None:
    """End the run at the update that had this gradient (P,)."""
    worst = largest(gradient)
    name = run.network.parameter_names()[worst]
    run.divergence = Divergence(run.step + 1, name, float(gradient[worst]))


def _give_back_dropout(run: "TrainingRun", batches: Array) -> None:
    """Wind the dropout stream back by what was drawn for batches that were not used."""
    architecture = run.recipe.architecture
    steps, _, rows, size = batches.shape
    dropping = rows - 1 - architecture.inputs - architecture.outputs
    run.dropout.bit_generator.advance(-steps * dropping * size)  # type: ignore[attr-defined]


def _full_batch_step(run: "TrainingRun") -> None:
    """One iteration of L-BFGS on all training rows, which is an epoch."""
    rows = slice(run.examples.train_rows)
    x, y, loss = run.examples.x[rows], run.examples.y[rows], LOSSES[run.recipe.loss]
    decay = run.recipe.penalty_rate * weight_mask(run.recipe.architecture)
    penalty = PENALTIES[run.recipe.penalty]

    def objective(theta: Array) -> tuple[float, Array]:
        network = Network(run.recipe.architecture, theta)
        trace = forward(network, x)
        error, gradient = float(mean_loss(loss, trace.output, y)), backward(network, trace, y, loss).gradient
        if penalty.gradient:
            error += 0.5 * float(decay @ (theta * theta))
            gradient = gradient + penalty.gradient(theta, decay)
        return error, gradient * run.free

    before, rate = run.network.theta, run.recipe.rate_at(run.step, run.epoch)
    with np.errstate(all="ignore"):
        after, state = lbfgs_step(objective, before, run.state, rate)
        kept = np.ones_like(after)
        if penalty.pull:
            after, kept = penalty.pull(before, after, rate * decay)
    after = np.where(run.free, after, before)
    if not _finite(run, after):
        _diverge(run, objective(before)[1])
        return
    run.network.theta[:], run.state[:] = after, state
    run.bury(kept == 0)
    run.batches.position = 0
    run.count(1, len(run.batches))
