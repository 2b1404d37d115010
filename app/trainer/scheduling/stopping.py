"""Stopping: the conditions that end a play, and why a network trains no further.

Losses are checked where an epoch ends, so that the same commands stop at the same step however fast the
machine is.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from app.schemas.requests import Until
from app.schemas.responses import CauseKind
from app.trainer.scheduling.stack_key import at_epoch_end, steps_left, steps_per_epoch
from engine.metrics import Metrics
from engine.training.divergence import Divergence
from engine.training.run import TrainingRun

SENTENCES: Mapping[CauseKind, str] = {
    "diverged": "{message} The last finite weights are kept. Reset with a smaller learning rate.",
    "step": "Step {step:,} reached.",
    "epoch": "Epoch {epoch:,} reached.",
    "train_loss": "The training loss {loss:.6g} has reached the goal of {wanted:g} at epoch {epoch:,}.",
    "test_loss": "The test loss {loss:.6g} has reached the goal of {wanted:g} at epoch {epoch:,}.",
    "plateau": "The training loss changed by less than {change:g} in {epochs:,} epochs.",
    "unattended": "{epochs:,} epochs done, no stopping rule set.",
    "unwatched": "No client has watched this network for {seconds:g} s.",
    "fault": "{detail}",
}


@dataclass(frozen=True)
class StopReason:
    """reason: in English. values: the numbers and names in it."""

    kind: CauseKind
    reason: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, kind: CauseKind, **values: float | str) -> "StopReason":
        """Return a reason. values: those that the sentence of this kind names."""
        return cls(kind, SENTENCES[kind].format(**values), values)

    @classmethod
    def of_divergence(cls, divergence: Divergence) -> "StopReason":
        """Return the reason of a divergence. Its `gradient` is None if it was not finite."""
        gradient = divergence.gradient if isfinite(divergence.gradient) else None
        values = {"step": divergence.step, "parameter": divergence.parameter, "gradient": gradient}
        return cls("diverged", SENTENCES["diverged"].format(message=divergence.message), values)

    @property
    def to_dict(self) -> dict[str, Any]:
        """Reason as it is sent to programs."""
        return {"kind": self.kind, "values": dict(self.values)}


class StopCondition:
    """Conditions of one play. Without any, it ends after `unattended` epochs."""

    def __init__(self, until: Until | None, run: TrainingRun, unattended: int) -> None:
        self.until = until or Until()
        epochs = self.until.plateau.epochs if self.until.plateau else 0
        self._losses: deque[float] = deque(maxlen=epochs + 1)
        self._checked_epoch = -1
        self.conditions = set(self.until.model_dump(exclude_none=True))
        self._of_losses = bool(self.conditions - {"step", "epoch"})
        self._max_epochs = unattended
        self._last_epoch = self.until.epoch if self.conditions else run.epoch + unattended

    def steps_to_check(self, run: TrainingRun) -> int:
        """Return how many steps may be made before the conditions must be checked again."""
        steps = [steps_left(run)] if self._of_losses else []
        if self._last_epoch is not None:
            more = max(0, self._last_epoch - run.epoch - 1)
            steps.append(steps_left(run) + more * steps_per_epoch(run))
        if self.until.step is not None:
            steps.append(max(1, self.until.step - run.step))
        return min(steps)

    def reached(self, run: TrainingRun, metrics: Metrics | None) -> StopReason | None:
        """Return the first condition that holds. metrics: the current ones, if `needs_metrics`."""
        until = self.until
        if until.step is not None and run.step >= until.step:
            return StopReason.of("step", step=until.step)
        if self._last_epoch is not None and run.epoch >= self._last_epoch:
            if until.epoch is not None:
                return StopReason.of("epoch", epoch=until.epoch)
            return StopReason.of("unattended", epochs=self._max_epochs)
        if metrics is None:
            return None
        test = metrics.test.loss if metrics.test else None
        checks: tuple[tuple[CauseKind, float | None, float | None], ...] = (
            ("train_loss", metrics.train.loss, until.train_loss),
            ("test_loss", test, until.test_loss),
        )
        for kind, loss, wanted in checks:
            if wanted is not None and loss is not None and loss <= wanted:
                return StopReason.of(kind, loss=loss, wanted=wanted, epoch=run.epoch)
        return self._flat(run, metrics.train.loss)

    def needs_metrics(self, run: TrainingRun) -> bool:
        """Return whether the losses must be checked now."""
        return self._of_losses and at_epoch_end(run)

    def _flat(self, run: TrainingRun, loss: float) -> StopReason | None:
        plateau = self.until.plateau
        if plateau is None:
            return None
        if run.epoch != self._checked_epoch:
            self._checked_epoch = run.epoch
            self._losses.append(loss)
        if len(self._losses) <= plateau.epochs or max(self._losses) - min(self._losses) >= plateau.change:
            return None
        return StopReason.of("plateau", change=plateau.change, epochs=plateau.epochs)
