"""Training run: the state of one network in training, and the edits of it between two steps.

`loop` makes the steps: forward pass, E, backward pass, update.
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
from engine.types import Array, Mask

Vector = TypeVar("Vector", Array, Mask)


class TrainingRun:
    """One network in training.

    parameters (P,): the initial parameters; drawn by the configuration when left out.
    frozen (P,): True where training must not change a parameter.
    step: the number of updates. epoch: the number of finished passes over the training rows.
    divergence: the update at which E or a parameter would not be finite. It stops training until an
        edit or a reset clears it.
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
        """Go to step 0: these parameters, a new optimizer state, and new random streams."""
        self.network = Network(self.config.architecture, start.astype(self.config.dtype))
        self.start = self.network.theta.copy()
        self.step = self.epoch = 0
        self.dropout = rng_for(self.config.seed, "dropout")
        self.batches = self._new_batches()
        self._reset_optimizer()
        self._restart_history()

    def _restart_history(self) -> None:
        """Begin a new history with a row for this moment."""
        self.history = History(self._new_evaluator())
        self.record_scores()

    def _new_evaluator(self) -> Evaluator:
        return Evaluator(self.config.architecture, self.config.loss, self.examples)

    def _new_batches(self) -> Batches:
        rows = slice(self.examples.train_rows)
        return Batches(self.examples.x[rows], self.examples.y[rows], self.config.seed, self.config.shuffle)

    def _reset_optimizer(self) -> None:
        """Clear the optimizer state, the weights pinned at 0, and the divergence."""
        size = self.config.architecture.parameter_count
        self.state = np.zeros((len(OPTIMIZERS[self.config.optimizer].state), size), self.config.dtype)
        self.updates = 0
        self.unpinned = np.ones(size, bool)
        self._apply_edit()

    def _apply_edit(self) -> None:
        """Update the values that depend on an edit, and clear the divergence."""
        self.divergence: Divergence | None = None
        self.trainable: Mask = self.unpinned & ~self.frozen
        self.update = self.config.update(bool(self.frozen.any()))

    # Bookkeeping of the loop

    def advance(self, updates: int, rows: int) -> None:
        """Count updates and the rows that they used. Called by `loop`."""
        self.step += updates
        self.updates += updates
        if self.batches.advance(rows):
            self.epoch += 1
            self.record_scores()

    def pin_zeros(self, dead: Mask) -> None:
        """Pin weights at 0 that an L1 step moved across 0. Called by `loop`."""
        self.unpinned &= ~dead | self.frozen
        self.trainable = self.unpinned & ~self.frozen

    def record_scores(self) -> None:
        """Append a row for this moment to the history."""
        self.history.append(self.epoch, self.step, self.network.theta)

    # Queries

    def metrics(self) -> Metrics:
        """Return the current scores on the training and the test rows."""
        return evaluate_runs([self])[0]

    def next_batch(self) -> NDArray[np.intp]:
        """Return the indices of the rows that the next update uses."""
        return self.batches.order if self.config.full_batch else self.batches.rows(self.config.batch_size)

    # Edits between two steps

    def set_parameters(self, theta: Array) -> None:
        """Set all parameters (P,), frozen ones included. At step 0 they become the start."""
        # A weight that L1 pinned at 0 can train again once the user gives it another value.
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
        """Return to step 0 with the current configuration, from the same start.

        seed: draw a new start from it; frozen parameters keep the old start.
        """
        if seed is not None:
            self.config = replace(self.config, seed=seed)
            self.start = self._draw_parameters()
        self._initialize(self.start)

    def change(self, config: TrainingConfig | None = None, examples: Examples | None = None) -> bool:
        """Continue with another configuration, other examples, or both.

        Returns whether that drew new parameters, which other sizes, another seed, initializer or number
        type require. The optimizer state survives if the optimizer is the same, and weights pinned at 0
        if the penalty is the same. Raises ValueError before any change if the examples do not fit.
        """
        old, config = self.config, config or self.config
        fitting = (examples or self.examples).fitting(config.architecture, config.dtype)
        has_new_rows = fitting.x is not self.examples.x or fitting.y is not self.examples.y
        self.config, self.examples = config, fitting
        if _initialization_key(config) != _initialization_key(old):
            if config.architecture.block_shapes != old.architecture.block_shapes:
                self.frozen = np.zeros(config.architecture.parameter_count, bool)
            self._initialize(self._draw_parameters())
            return True
        self.network = Network(config.architecture, self.network.theta)
        if has_new_rows:
            self.batches = self._new_batches()
        self.batches.shuffle = config.shuffle
        if config.optimizer != old.optimizer:
            unpinned = self.unpinned
            self._reset_optimizer()
            self.unpinned = unpinned
        if config.penalty != old.penalty:
            self.unpinned[:] = True
        self._apply_edit()
        evaluator = self._new_evaluator()
        if has_new_rows or evaluator.key is not self.history.evaluator.key:
            self.history.set_evaluator(evaluator)
        if self.step == 0:
            self._restart_history()
        return False

    def _check_shape(self, name: str, vector: Vector) -> Vector:
        """Return the vector. Raises ValueError if its shape is not (P,)."""
        needed = self.config.architecture.parameter_count
        if vector.shape != (needed,):
            raise ValueError(f"{name} has shape {vector.shape}, but the network has {needed} parameters")
        return vector

    def _draw_parameters(self) -> Array:
        """Return newly drawn initial parameters; frozen parameters keep their start."""
        drawn = self.config.initial_parameters()
        if self.frozen.any():
            drawn[self.frozen] = self.start[self.frozen]
        return drawn

    # Persistence

    def snapshot(self) -> dict[str, Any]:
        """Return the state that determines the next steps, without config and examples.

        The keys are on disk and must not change.
        """
        return {
            "theta": self.network.theta.copy(), "start": self.start.copy(), "state": self.state.copy(),
            "alive": self.unpinned.copy(), "frozen": self.frozen.copy(),
            "step": self.step, "epoch": self.epoch,
            "updates": self.updates, "batches": self.batches.snapshot(),
            "dropout": self.dropout.bit_generator.state,
            "history": list(self.history.entries), "divergence": self.divergence,
        }  # fmt: skip

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Load a snapshot of a run with the same config and examples, and continue with the same bits."""
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
        self.divergence = snapshot["divergence"]  # after _apply_edit, which clears it


def _initialization_key(config: TrainingConfig) -> tuple[Any, ...]:
    """Return the settings that determine the initial parameters."""
    name, parameters = config.initializer
    return config.architecture.block_shapes, name, dict(parameters), config.seed, config.dtype


def evaluate_runs(runs: Sequence[TrainingRun]) -> list[Metrics]:
    """Return the current scores of all runs. One call takes less time than a call for each run."""
    scores = evaluate_many([(run.history.evaluator, run.network.theta) for run in runs])
    for run, metrics in zip(runs, scores, strict=True):
        run.history.fill_scores(run.network.theta, metrics)
    return scores


def evaluate_runs_approximately(runs: Sequence[TrainingRun]) -> list[Metrics]:
    """Return the same scores to about six digits, in half the time, for display during training."""
    return evaluate_many([(run.history.evaluator.single_precision, run.network.theta) for run in runs])
