"""Training: a run is a network, its data, and everything that decides its next step.

Forward, E, backward, one step of the optimiser, repeat: `TrainingRun` holds the state of that loop
between two steps, and what a person may do to it there; `stepping` makes the steps.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.compiled.evaluator import Exam, scored
from engine.data.examples import Examples
from engine.metrics import Metrics
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.rng import stream
from engine.training.batches import Batches
from engine.training.config import Recipe
from engine.training.divergence import Divergence
from engine.training.history import History
from engine.training.loop import train
from engine.types import Array, Mask

Given = TypeVar("Given", Array, Mask)


class TrainingRun:
    """One network in training.

    recipe, examples: what is trained, how, and on what. parameters (P,): the start; drawn from the
    recipe when left out. frozen (P,): True where a parameter keeps its value whatever happens.
    step counts updates, epoch finished passes over the training rows. divergence tells where
    training stopped because E or a parameter was no longer finite; edits and resets clear it.
    """

    def __init__(
        self, recipe: Recipe, examples: Examples, parameters: Array | None = None, frozen: Mask | None = None
    ) -> None:
        self.recipe = recipe
        self.examples = examples.fitting(recipe.architecture, recipe.dtype)
        self.frozen = np.zeros(recipe.architecture.parameter_count, bool)
        if frozen is not None:
            self.frozen[:] = self._fitting("frozen", frozen)
        self._begin(recipe.start() if parameters is None else parameters)

    def _begin(self, start: Array) -> None:
        """Step 0: these parameters, fresh memory, every stream from its beginning."""
        self.network = Network(self.recipe.architecture, start.astype(self.recipe.dtype))
        self.start = self.network.theta.copy()
        self.step = self.epoch = 0
        self.dropout = stream(self.recipe.seed, "dropout")
        self.batches = self._new_batches()
        self._forget()
        self._begin_history()

    def _begin_history(self) -> None:
        """A history whose first row is this moment's."""
        self.history = History(self._exam())
        self.record()

    def _exam(self) -> Exam:
        return Exam(self.recipe.architecture, self.recipe.loss, self.examples)

    def _new_batches(self) -> Batches:
        rows = slice(self.examples.train_rows)
        return Batches(self.examples.x[rows], self.examples.y[rows], self.recipe.seed, self.recipe.shuffle)

    def _forget(self) -> None:
        """Fresh optimiser memory, no weight dead of L1, no divergence."""
        size = self.recipe.architecture.parameter_count
        self.state = np.zeros((len(OPTIMIZERS[self.recipe.optimizer].state), size), self.recipe.dtype)
        self.updates = 0
        self.alive = np.ones(size, bool)
        self._resolve()

    def _resolve(self) -> None:
        """Take up what an edit changed."""
        self.divergence: Divergence | None = None
        self.free: Mask = self.alive & ~self.frozen
        self.update = self.recipe.update(bool(self.frozen.any()))

    # What moves it on

    def train_steps(self, count: int) -> None:
        """Make `count` updates; fewer when the run diverges."""
        train([self], count)

    def train_epochs(self, count: int) -> None:
        """Train until `count` more epochs have ended, the first of which may have begun before."""
        recipe = self.recipe
        train([self], count if recipe.full_batch else self.batches.steps_left(recipe.batch_size, count))

    def train_examples(self, count: int) -> None:
        """Make `count` updates from one row each, the next ones in order; L-BFGS takes all rows even so."""
        train([self], count, 1)

    def count(self, updates: int, rows: int) -> None:
        """Count updates that were made, and the rows that they used up; called by `stepping`."""
        self.step += updates
        self.updates += updates
        if self.batches.advance(rows):
            self.epoch += 1
            self.record()

    def bury(self, dead: Mask) -> None:
        """Keep weights at 0 that an L1 penalty carried across it; called by `stepping`."""
        self.alive &= ~dead | self.frozen
        self.free = self.alive & ~self.frozen

    def record(self) -> None:
        """Note this moment in the history, if it keeps this epoch."""
        self.history.note(self.epoch, self.step, self.network.theta)

    # What it is at this moment

    def metrics(self) -> Metrics:
        """The scores of the network as it is, on the training and the test rows."""
        return metrics_of([self])[0]

    def next_batch(self) -> NDArray[np.intp]:
        """Which rows of the examples the next update will see."""
        return self.batches.order if self.recipe.full_batch else self.batches.rows(self.recipe.batch_size)

    # What a person may do to it between two steps

    def set_parameters(self, theta: Array) -> None:
        """Other parameters (P,), frozen ones included. At step 0 they become the start.

        A weight that L1 had set to 0 for good is free again where its value is changed.
        """
        self.alive |= self.network.theta != self._fitting("theta", theta)
        self.network.theta[:] = theta
        if self.step == 0:
            self.start = self.network.theta.copy()
            self._begin_history()
        self._resolve()

    def set_frozen(self, frozen: Mask) -> None:
        """Freeze the parameters where `frozen` (P,) is True, and only those."""
        self.frozen[:] = self._fitting("frozen", frozen)
        self._resolve()

    def reset(self, seed: int | None = None) -> None:
        """Back to the start, with today's settings; with a seed, to a start drawn from it.

        Frozen parameters keep the start they had even then.
        """
        if seed is not None:
            self.recipe = replace(self.recipe, seed=seed)
            self.start = self._drawn()
        self._begin(self.start)

    def change(self, recipe: Recipe | None = None, examples: Examples | None = None) -> bool:
        """Go on with another recipe, other examples, or both; nothing is changed when they do not fit.

        True when that forced new parameters: other sizes, seed, initialiser or number type. Memory
        of the optimiser is kept when it is the same one, dead weights when the penalty is.
        """
        old, recipe = self.recipe, recipe or self.recipe
        fitting = (examples or self.examples).fitting(recipe.architecture, recipe.dtype)
        other_rows = fitting.x is not self.examples.x or fitting.y is not self.examples.y
        self.recipe, self.examples = recipe, fitting
        if _start_of(recipe) != _start_of(old):
            if recipe.architecture.block_shapes != old.architecture.block_shapes:
                self.frozen = np.zeros(recipe.architecture.parameter_count, bool)
            self._begin(self._drawn())
            return True
        self.network = Network(recipe.architecture, self.network.theta)
        if other_rows:
            self.batches = self._new_batches()
        self.batches.shuffle = recipe.shuffle
        if recipe.optimizer != old.optimizer:
            alive = self.alive
            self._forget()
            self.alive = alive
        if recipe.penalty != old.penalty:
            self.alive[:] = True
        self._resolve()
        exam = self._exam()
        if other_rows or exam.form is not self.history.exam.form:
            self.history.take_up(exam)
        if self.step == 0:
            self._begin_history()
        return False

    def _fitting(self, name: str, given: Given) -> Given:
        """`given`, if it has a value for every parameter; else a ValueError with both numbers."""
        needed = self.recipe.architecture.parameter_count
        if given.shape != (needed,):
            raise ValueError(f"{name} has shape {given.shape}, but the network has {needed} parameters")
        return given

    def _drawn(self) -> Array:
        """A start drawn from the recipe, but for the frozen parameters, which keep theirs."""
        drawn = self.recipe.start()
        if self.frozen.any():
            drawn[self.frozen] = self.start[self.frozen]
        return drawn

    # What survives it

    def snapshot(self) -> dict[str, Any]:
        """Everything that the coming steps depend on besides recipe and examples: plain values and arrays."""
        return {
            "theta": self.network.theta.copy(), "start": self.start.copy(), "state": self.state.copy(),
            "alive": self.alive.copy(), "frozen": self.frozen.copy(), "step": self.step, "epoch": self.epoch,
            "updates": self.updates, "batches": self.batches.snapshot(),
            "dropout": self.dropout.bit_generator.state,
            "history": list(self.history.entries), "divergence": self.divergence,
        }  # fmt: skip

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Go on, bit for bit, as the run of the same recipe and examples that made the snapshot."""
        for name in ("theta", "start", "state", "alive", "frozen"):
            target = self.network.theta if name == "theta" else getattr(self, name)
            target[...] = snapshot[name]
        self.step, self.epoch, self.updates = (snapshot[name] for name in ("step", "epoch", "updates"))
        self.batches.restore(snapshot["batches"])
        self.dropout.bit_generator.state = snapshot["dropout"]
        self.history = History(self._exam(), snapshot["history"])
        self._resolve()
        self.divergence = snapshot["divergence"]


def _start_of(recipe: Recipe) -> tuple[Any, ...]:
    """What the start depends on."""
    name, parameters = recipe.initializer
    return recipe.architecture.block_shapes, name, dict(parameters), recipe.seed, recipe.dtype


def metrics_of(runs: Sequence[TrainingRun]) -> list[Metrics]:
    """The scores of runs as they are, together: which takes less time, and gives the same numbers."""
    found = scored([(run.history.exam, run.network.theta) for run in runs])
    for run, metrics in zip(runs, found, strict=True):
        run.history.learn(run.network.theta, metrics)
    return found


def rough_metrics_of(runs: Sequence[TrainingRun]) -> list[Metrics]:
    """The same to about six digits, in half the time: for whoever looks while they train on."""
    return scored([(run.history.exam.rough, run.network.theta) for run in runs])
