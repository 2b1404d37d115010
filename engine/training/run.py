"""Training run: a network, its data, and everything that decides its next step.

Forward, E, backward, one step of the optimizer, repeat: `TrainingRun` holds the state of that loop
between two steps, and what a person may do to it there; `loop` makes the steps.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.compiled.evaluator import Evaluator, evaluate_many
from engine.data.examples import Examples
from engine.metrics import Metrics
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.rng import rng_for
from engine.training.batches import Batches
from engine.training.config import TrainingConfig
from engine.training.divergence import Divergence
from engine.training.history import History
from engine.training.loop import train
from engine.types import Array, Mask

Given = TypeVar("Given", Array, Mask)


class TrainingRun:
    """One network in training.

    config, examples: what is trained, how, and on what. parameters (P,): the initial ones; drawn by the
    configuration when left out. frozen (P,): True where a parameter keeps its value whatever happens.
    step counts updates, epoch finished passes over the training rows. divergence tells where
    training stopped because E or a parameter was no longer finite; edits and resets clear it.
    """

    def __init__(
        self,
        config: TrainingConfig,
        examples: Examples,
        parameters: Array | None = None,
        frozen: Mask | None = None,
    ) -> None:
        self.config = config
        self.examples = examples.fitting(config.architecture, config.dtype)
        self.frozen = np.zeros(config.architecture.parameter_count, bool)
        if frozen is not None:
            self.frozen[:] = self._check_shape("frozen", frozen)
        self._initialize(config.initial_parameters() if parameters is None else parameters)

    def _initialize(self, start: Array) -> None:
        """Step 0: these parameters, fresh memory, every stream from its beginning."""
        self.network = Network(self.config.architecture, start.astype(self.config.dtype))
        self.start = self.network.theta.copy()
        self.step = self.epoch = 0
        self.dropout = rng_for(self.config.seed, "dropout")
        self.batches = self._new_batches()
        self._reset_optimizer()
        self._restart_history()

    def _restart_history(self) -> None:
        """A history whose first row is this moment's."""
        self.history = History(self._new_evaluator())
        self.record_scores()

    def _new_evaluator(self) -> Evaluator:
        return Evaluator(self.config.architecture, self.config.loss, self.examples)

    def _new_batches(self) -> Batches:
        rows = slice(self.examples.train_rows)
        return Batches(self.examples.x[rows], self.examples.y[rows], self.config.seed, self.config.shuffle)

    def _reset_optimizer(self) -> None:
        """Fresh optimizer memory, no weight dead of L1, no divergence."""
        size = self.config.architecture.parameter_count
        self.state = np.zeros((len(OPTIMIZERS[self.config.optimizer].state), size), self.config.dtype)
        self.updates = 0
        self.unpinned = np.ones(size, bool)
        self._apply_edit()

    def _apply_edit(self) -> None:
        """Take up what an edit changed."""
        self.divergence: Divergence | None = None
        self.trainable: Mask = self.unpinned & ~self.frozen
        self.update = self.config.update(bool(self.frozen.any()))

    # What moves it on

    def train_steps(self, count: int) -> None:
        """Make `count` updates; fewer when the run diverges."""
        train([self], count)

    def train_epochs(self, count: int) -> None:
        """Train until `count` more epochs have ended, the first of which may have begun before."""
        config = self.config
        train([self], count if config.full_batch else self.batches.steps_left(config.batch_size, count))

    def train_examples(self, count: int) -> None:
        """Make `count` updates from one row each, the next ones in order; L-BFGS takes all rows even so."""
        train([self], count, 1)

    def advance(self, updates: int, rows: int) -> None:
        """Count updates that were made, and the rows that they used up; called by `loop`."""
        self.step += updates
        self.updates += updates
        if self.batches.advance(rows):
            self.epoch += 1
            self.record_scores()

    def pin_zeros(self, dead: Mask) -> None:
        """Keep weights at 0 that an L1 penalty carried across it; called by `loop`."""
        self.unpinned &= ~dead | self.frozen
        self.trainable = self.unpinned & ~self.frozen

    def record_scores(self) -> None:
        """Note this moment in the history, if it keeps this epoch."""
        self.history.append(self.epoch, self.step, self.network.theta)

    # What it is at this moment

    def metrics(self) -> Metrics:
        """Return the scores of the network as it is, on the training and the test rows."""
        return evaluate_runs([self])[0]

    def next_batch(self) -> NDArray[np.intp]:
        """Return which rows of the examples the next update will see."""
        return self.batches.order if self.config.full_batch else self.batches.rows(self.config.batch_size)

    # What a person may do to it between two steps

    def set_parameters(self, theta: Array) -> None:
        """Other parameters (P,), frozen ones included. At step 0 they become the start.

        A weight that L1 had set to 0 for good is free again where its value is changed.
        """
        self.unpinned |= self.network.theta != self._check_shape("theta", theta)
        self.network.theta[:] = theta
        if self.step == 0:
            self.start = self.network.theta.copy()
            self._restart_history()
        self._apply_edit()

    def set_frozen(self, frozen: Mask) -> None:
        """Freeze the parameters where `frozen` (P,) is True, and only those."""
        self.frozen[:] = self._check_shape("frozen", frozen)
        self._apply_edit()

    def reset(self, seed: int | None = None) -> None:
        """Back to the start, with today's settings; with a seed, to a start drawn from it.

        Frozen parameters keep the start they had even then.
        """
        if seed is not None:
            self.config = replace(self.config, seed=seed)
            self.start = self._draw_parameters()
        self._initialize(self.start)

    def change(self, config: TrainingConfig | None = None, examples: Examples | None = None) -> bool:
        """Continue with another configuration, other examples, or both; change nothing if they do not fit.

        True when that forced new parameters: other sizes, seed, initializer or number type. Memory
        of the optimizer is kept when it is the same one, dead weights when the penalty is.
        """
        old, config = self.config, config or self.config
        fitting = (examples or self.examples).fitting(config.architecture, config.dtype)
        other_rows = fitting.x is not self.examples.x or fitting.y is not self.examples.y
        self.config, self.examples = config, fitting
        if _initialization_key(config) != _initialization_key(old):
            if config.architecture.block_shapes != old.architecture.block_shapes:
                self.frozen = np.zeros(config.architecture.parameter_count, bool)
            self._initialize(self._draw_parameters())
            return True
        self.network = Network(config.architecture, self.network.theta)
        if other_rows:
            self.batches = self._new_batches()
        self.batches.shuffle = config.shuffle
        if config.optimizer != old.optimizer:
            alive = self.unpinned
            self._reset_optimizer()
            self.unpinned = alive
        if config.penalty != old.penalty:
            self.unpinned[:] = True
        self._apply_edit()
        evaluator = self._new_evaluator()
        if other_rows or evaluator.key is not self.history.evaluator.key:
            self.history.set_evaluator(evaluator)
        if self.step == 0:
            self._restart_history()
        return False

    def _check_shape(self, name: str, given: Given) -> Given:
        """`given`, if it has a value for every parameter; else a ValueError with both numbers."""
        needed = self.config.architecture.parameter_count
        if given.shape != (needed,):
            raise ValueError(f"{name} has shape {given.shape}, but the network has {needed} parameters")
        return given

    def _draw_parameters(self) -> Array:
        """Return initial parameters drawn anew, except the frozen ones, which keep theirs."""
        drawn = self.config.initial_parameters()
        if self.frozen.any():
            drawn[self.frozen] = self.start[self.frozen]
        return drawn

    # What survives it

    def snapshot(self) -> dict[str, Any]:
        """Everything that the coming steps depend on besides config and examples: plain values and arrays."""
        return {
            "theta": self.network.theta.copy(), "start": self.start.copy(), "state": self.state.copy(),
            "alive": self.unpinned.copy(), "frozen": self.frozen.copy(),
            "step": self.step, "epoch": self.epoch,
            "updates": self.updates, "batches": self.batches.snapshot(),
            "dropout": self.dropout.bit_generator.state,
            "history": list(self.history.entries), "divergence": self.divergence,
        }  # fmt: skip

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Continue, bit for bit, as the run of the same config and examples that made the snapshot."""
        for name, target in (
            ("theta", self.network.theta), ("start", self.start), ("state", self.state),
            ("alive", self.unpinned), ("frozen", self.frozen),
        ):  # fmt: skip
            target[...] = snapshot[name]
        self.step, self.epoch, self.updates = (snapshot[name] for name in ("step", "epoch", "updates"))
        self.batches.restore(snapshot["batches"])
        self.dropout.bit_generator.state = snapshot["dropout"]
        self.history = History(self._new_evaluator(), snapshot["history"])
        self._apply_edit()
        self.divergence = snapshot["divergence"]


def _initialization_key(config: TrainingConfig) -> tuple[Any, ...]:
    """Return what the start depends on."""
    name, parameters = config.initializer
    return config.architecture.block_shapes, name, dict(parameters), config.seed, config.dtype


def evaluate_runs(runs: Sequence[TrainingRun]) -> list[Metrics]:
    """Return the scores of runs as they are, together: which takes less time, and gives the same numbers."""
    found = evaluate_many([(run.history.evaluator, run.network.theta) for run in runs])
    for run, metrics in zip(runs, found, strict=True):
        run.history.fill_scores(run.network.theta, metrics)
    return found


def evaluate_runs_approximately(runs: Sequence[TrainingRun]) -> list[Metrics]:
    """Return the same to about six digits, in half the time: for whoever looks while they train on."""
    return evaluate_many([(run.history.evaluator.single_precision, run.network.theta) for run in runs])
