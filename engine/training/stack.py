"""Stack: runs that make their steps together in one plan, each with the same bits as alone.

Every run is at a place of its own in an epoch of its own. So the steps are cut where some run ends
an epoch, or the plan's window does: that run is looked at, alone, and begins its next stretch of
steps, while the others keep their places. What a plan holds is taken only while it is finite; where it is
not, the steps of the stretch are made again one by one to find the one at fault.
"""

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from engine.compiled.batch_buffer import BatchBuffer
from engine.compiled.plan import Plan
from engine.compiled.plan_cache import PLANS, padded_size
from engine.forward import forward
from engine.losses import LOSSES, mean_loss
from engine.network import Network, weight_mask
from engine.penalties import PENALTIES
from engine.training.divergence import Divergence, is_safe, largest_gradient
from engine.types import Array

if TYPE_CHECKING:
    from engine.training.run import TrainingRun


class Stack:
    """Runs of one update, on batches of one size, in the places of one plan.

    The plan's window of batches is filled again and again: each run's part of it a stretch at a
    time, when the window or an epoch of that run begins.
    """

    def __init__(self, runs: Sequence["TrainingRun"], size: int) -> None:
        self.runs, self.size = runs, size
        self.update = runs[0].update
        self.plan = PLANS.plan(self.update, size, padded_size(len(runs)))
        self._dropout = self.update.architecture.dropout_rates
        self._began = [0] * len(runs)
        self._ending: list[list[int]] = []

    @np.errstate(all="ignore")
    def train(self, steps: int) -> None:
        """Make so many steps; fewer of a run that diverges."""
        self.plan.theta[len(self.runs) :] = 0
        self.plan.state[:, len(self.runs) :] = 0
        for place, run in enumerate(self.runs):
            load_run(run, self.plan, place)
        made = 0
        while made < steps:
            slots = min(steps - made, self._slots())
            self._train_window(slots)
            made += slots

    def _slots(self) -> int:
        """Return how many steps to make at a time: to an end of an epoch of the first run, if it fits."""
        most, batches = len(self.plan.buffer), self.runs[0].batches
        left = batches.steps_left(self.size)
        if left > most:
            return most
        epoch = batches.steps_left(self.size, 2) - left
        return left + (most - left) // epoch * epoch

    def _train_window(self, steps: int) -> None:
        """Make the steps whose batches the plan holds at a time."""
        self._ending = [[] for _ in range(steps + 1)]
        for place in range(len(self.runs)):
            self._begin_stretch(place, 0)
        made = 0
        for now, ending in enumerate(self._ending):
            if ending:
                self.plan.run(slice(made, now))
                made = now
            for place in ending:
                self._end_stretch(place, now)
                if now < steps:
                    self._begin_stretch(place, now)

    def _begin_stretch(self, place: int, start: int) -> None:
        """Fill in what a run reads until its epoch ends, or the window does."""
        run = self.runs[place]
        if run.divergence:
            return
        stop = min(len(self._ending) - 1, start + run.batches.steps_left(self.size))
        window, steps = self.plan.buffer[start:stop, place], stop - start
        rates = run.config.rates(run.step, run.epoch, steps)
        run.batches.fill(window, rates if self.update.is_plain_sgd else 1.0)
        if self._dropout:
            window.dropout[:] = dropout_factors(run, self._dropout, steps, self.size)
        if window.coefficients.size:
            window.set_coefficients(
                self.update, rates, np.arange(run.updates + 1.0, run.updates + 1.0 + steps)
            )
        self._began[place] = start
        self._ending[stop].append(place)

    def _end_stretch(self, place: int, stop: int) -> None:
        """Take a run out of the plan, up to where it diverged if it has."""
        run, start = self.runs[place], self._began[place]
        if is_safe(self.update.architecture, self.plan.theta[place], run.batches.max_norm):
            store_run(run, self.plan, place, stop - start)
        else:
            replay_steps(run, self.plan.buffer[start:stop, place].copy())


def load_run(run: "TrainingRun", plan: Plan, place: int) -> None:
    """Put a run into a place of the plan, with what its update reads."""
    update = plan.update
    plan.theta[place] = run.network.theta
    plan.state[:, place] = run.state
    if update.has_mask:
        plan.free[place] = run.trainable
    if update.penalty != "none":
        plan.decay[place] = run.config.penalty_rate * weight_mask(update.architecture)
    if update.clipped:
        plan.clip_norm[place] = run.config.clip_norm


def store_run(run: "TrainingRun", plan: Plan, place: int, steps: int) -> None:
    """Take a run out of the plan, `steps` updates further on."""
    run.network.theta[:] = plan.theta[place]
    if run.state.size:
        run.state[:] = plan.state[:, place]
    if PENALTIES[plan.update.penalty].pull:
        run.pin_zeros(plan.free[place] == 0)
    run.advance(steps, steps * plan.batch)


def dropout_factors(run: "TrainingRun", rates: Sequence[float], steps: int, size: int) -> Array:
    """(steps, units that may drop out, size): a factor for every unit's activation in every example.

    It is 0 with the unit's dropout probability p and 1 / (1 − p) otherwise, so that what the next
    layer receives is the same on average (Srivastava et al. 2014, in its "inverted" form).
    """
    p = np.array(rates)[:, np.newaxis]
    factors: Array = (run.dropout.random((steps, len(rates), size)) >= p) / (1 - p)
    return factors


def replay_steps(run: "TrainingRun", window: BatchBuffer) -> None:
    """Make the steps of a window one at a time, up to the first that is not finite; that one is not taken."""
    steps, size = window.x.shape[:2]
    plan = PLANS.plan(run.update, size, 1)
    for step in range(steps):
        load_run(run, plan, 0)
        plan.buffer[0, 0] = window[step]
        plan.run(slice(1))
        if not is_finite(run, plan.theta[0]):
            rate = run.config.rate_at(run.step, run.epoch) if run.update.is_plain_sgd else 1
            stop_diverged(run, plan.gradient[0] / rate)
            unused = (steps - step) * len(run.config.architecture.dropout_rates) * size
            run.dropout.bit_generator.advance(-unused)  # type: ignore[attr-defined]
            return
        store_run(run, plan, 0, 1)


def is_finite(run: "TrainingRun", theta: Array) -> bool:
    """Return whether the parameters theta (P,), and E over the training rows with them, are finite."""
    rows = slice(run.examples.train_rows)
    output = forward(Network(run.config.architecture, theta), run.examples.x[rows]).output
    error = mean_loss(LOSSES[run.config.loss], output, run.examples.y[rows])
    return bool(np.isfinite(theta).all()) and isfinite(error)


def stop_diverged(run: "TrainingRun", gradient: Array) -> None:
    """End the run at the update that had this gradient (P,)."""
    worst = largest_gradient(gradient)
    name = run.network.parameter_names()[worst]
    run.divergence = Divergence(run.step + 1, name, float(gradient[worst]))
