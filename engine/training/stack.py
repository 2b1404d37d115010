"""Stack: runs that make their steps together in one plan, each with the same bits as alone.

The runs are at different positions in their epochs. So the steps are interrupted where a run ends an
epoch, and where the plan's buffer ends. There that run alone is checked and stored, and begins its
next segment of steps. The result of a segment is stored only if it is finite. Otherwise the steps of
the segment are replayed one by one, to find the first that is not finite.
"""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from engine.compiled.batch_buffer import BatchBuffer
from engine.compiled.plan import Plan
from engine.compiled.plan_cache import PLANS, padded_size
from engine.forward import forward
from engine.losses import LOSSES, mean_loss
from engine.network import Network, weight_mask
from engine.penalties import PENALTIES
from engine.training.divergence import Divergence, is_safe, largest_gradient
from engine.training.run import TrainingRun
from engine.types import Array


class Stack:
    """Stack of runs with equal `Update` and equal batch size, in one plan.

    The plan's buffer is filled again and again. The slots of a run are filled one segment at a time, at
    the beginning of the buffer or of an epoch of the run.
    """

    def __init__(self, runs: Sequence[TrainingRun], size: int) -> None:
        self.runs, self.size = runs, size
        self.update = runs[0].update
        self.plan = PLANS.plan(self.update, size, padded_size(len(runs)))
        self._dropout = self.update.architecture.dropout_rates
        self._segment_start = [0] * len(runs)
        self._ending: list[list[int]] = []  # at each slot, the indices of the runs whose segment ends there

    @np.errstate(all="ignore")
    def train(self, steps: int) -> None:
        """Make `steps` updates of every run; fewer of a run that diverges."""
        # Clear the padding of the stack, so that parameters of earlier runs do not train on in it.
        self.plan.theta[len(self.runs) :] = 0
        self.plan.state[:, len(self.runs) :] = 0
        for index, run in enumerate(self.runs):
            load_run(run, self.plan, index)
        done = 0
        while done < steps:
            slots = min(steps - done, self._slots())
            self._train_slots(slots)
            done += slots

    def _slots(self) -> int:
        """Return how many slots to fill at once, up to an end of an epoch of the first run if it fits."""
        max_slots, batches = len(self.plan.buffer), self.runs[0].batches
        remaining = batches.steps_left(self.size)
        if remaining > max_slots:
            return max_slots
        epoch_steps = batches.steps_left(self.size, 2) - remaining
        return remaining + (max_slots - remaining) // epoch_steps * epoch_steps

    def _train_slots(self, steps: int) -> None:
        """Fill this many slots of the plan's buffer and make their steps."""
        self._ending = [[] for _ in range(steps + 1)]
        for index in range(len(self.runs)):
            self._begin_segment(index, 0)
        done = 0
        for slot, ending in enumerate(self._ending):
            if ending:
                self.plan.run(slice(done, slot))
                done = slot
            for index in ending:
                self._end_segment(index, slot)
                if slot < steps:
                    self._begin_segment(index, slot)

    def _begin_segment(self, index: int, start: int) -> None:
        """Fill the slots of a run until its epoch or the buffer ends."""
        run = self.runs[index]
        if run.divergence:
            return
        stop = min(len(self._ending) - 1, start + run.batches.steps_left(self.size))
        buffer, steps = self.plan.buffer[start:stop, index], stop - start
        rates = run.config.rates(run.step, run.epoch, steps)
        run.batches.fill(buffer, rates if self.update.is_plain_sgd else 1.0)
        if self._dropout:
            buffer.dropout[:] = dropout_factors(run, self._dropout, steps, self.size)
        if buffer.coefficients.size:
            buffer.set_coefficients(
                self.update, rates, np.arange(run.updates + 1.0, run.updates + 1.0 + steps)
            )
        self._segment_start[index] = start
        self._ending[stop].append(index)

    def _end_segment(self, index: int, stop: int) -> None:
        """Store a run after its segment; replay the segment if its result may not be finite."""
        run, start = self.runs[index], self._segment_start[index]
        if is_safe(self.update.architecture, self.plan.theta[index], run.batches.max_norm):
            store_run(run, self.plan, index, stop - start)
        else:
            replay_steps(run, self.plan.buffer[start:stop, index].copy())


def load_run(run: TrainingRun, plan: Plan, index: int) -> None:
    """Copy the state of a run into the plan, as the network `index` of its stack."""
    update = plan.update
    plan.theta[index] = run.network.theta
    plan.state[:, index] = run.state
    if update.has_mask:
        plan.free[index] = run.trainable
    if update.penalty != "none":
        plan.decay[index] = run.config.penalty_rate * weight_mask(update.architecture)
    if update.clipped:
        plan.clip_norm[index] = run.config.clip_norm


def store_run(run: TrainingRun, plan: Plan, index: int, steps: int) -> None:
    """Copy the network `index` of the plan back to its run, after `steps` updates."""
    run.network.theta[:] = plan.theta[index]
    if run.state.size:
        run.state[:] = plan.state[:, index]
    if PENALTIES[plan.update.penalty].pull:
        run.pin_zeros(plan.free[index] == 0)
    run.advance(steps, steps * plan.batch)


def dropout_factors(run: TrainingRun, rates: Sequence[float], steps: int, size: int) -> Array:
    """Return factors (steps, units that may drop out, size) for every unit's activation in every example.

    A factor is 0 with the unit's dropout probability p and 1 / (1 − p) otherwise. So the mean input of
    the next layer stays the same (Srivastava et al. 2014, in its "inverted" form).
    """
    p = np.array(rates)[:, np.newaxis]
    factors: Array = (run.dropout.random((steps, len(rates), size)) >= p) / (1 - p)
    return factors


def replay_steps(run: TrainingRun, buffer: BatchBuffer) -> None:
    """Make the steps of a buffer one at a time, and stop before the first whose result is not finite."""
    steps, size = buffer.x.shape[:2]
    plan = PLANS.plan(run.update, size, 1)
    for step in range(steps):
        load_run(run, plan, 0)
        plan.buffer[0, 0] = buffer[step]
        plan.run(slice(1))
        if not is_finite(run, plan.theta[0]):
            rate = run.config.rate_at(run.step, run.epoch) if run.update.is_plain_sgd else 1
            stop_diverged(run, plan.gradient[0] / rate)
            # Return the random numbers of the steps that were not made: dropout must not depend on
            # how many steps were drawn in advance.
            unused = (steps - step) * len(run.config.architecture.dropout_rates) * size
            run.dropout.bit_generator.advance(-unused)  # type: ignore[attr-defined]
            return
        store_run(run, plan, 0, 1)


def is_finite(run: TrainingRun, theta: Array) -> bool:
    """Return whether the parameters theta (P,), and E over the training rows with them, are finite."""
    rows = slice(run.examples.train_rows)
    output = forward(Network(run.config.architecture, theta), run.examples.x[rows]).output
    error = mean_loss(LOSSES[run.config.loss], output, run.examples.y[rows])
    return bool(np.isfinite(theta).all()) and isfinite(error)


def stop_diverged(run: TrainingRun, gradient: Array) -> None:
    """Stop the run before the update with this gradient (P,)."""
    largest = largest_gradient(gradient)
    name = run.network.parameter_names()[largest]
    run.divergence = Divergence(run.step + 1, name, float(gradient[largest]))
