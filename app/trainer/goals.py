"""Goals: what a network plays until.

Losses are looked at where an epoch ends, so that the same commands stop at the same step however
fast the machine is.
"""

from collections import deque

from app.schemas.answers import CauseKind
from app.schemas.commands import Until
from app.trainer.causes import Cause
from app.trainer.epochs import at_epoch_end, steps_left, steps_per_epoch
from engine.metrics import Metrics
from engine.training.run import TrainingRun


class Goal:
    """The conditions of one play. Without any, it ends when `unattended` more epochs have passed."""

    def __init__(self, until: Until | None, run: TrainingRun, unattended: int) -> None:
        self.until = until or Until()
        epochs = self.until.plateau.epochs if self.until.plateau else 0
        self._losses: deque[float] = deque(maxlen=epochs + 1)
        self._looked_at = -1
        self.conditions = set(self.until.model_dump(exclude_none=True))
        self._of_losses = bool(self.conditions - {"step", "epoch"})
        self._unattended = unattended
        self._last_epoch = self.until.epoch if self.conditions else run.epoch + unattended

    def steps_to_look(self, run: TrainingRun) -> int:
        """How many steps may be made before it has to be looked at again."""
        steps = [steps_left(run)] if self._of_losses else []
        if self._last_epoch is not None:
            more = max(0, self._last_epoch - run.epoch - 1)
            steps.append(steps_left(run) + more * steps_per_epoch(run))
        if self.until.step is not None:
            steps.append(max(1, self.until.step - run.step))
        return min(steps)

    def reached(self, run: TrainingRun, metrics: Metrics | None) -> Cause | None:
        """The first condition that holds. metrics: this moment's, where `needs_metrics`."""
        until = self.until
        if until.step is not None and run.step >= until.step:
            return Cause.of("step", step=until.step)
        if self._last_epoch is not None and run.epoch >= self._last_epoch:
            if until.epoch is not None:
                return Cause.of("epoch", epoch=until.epoch)
            return Cause.of("unattended", epochs=self._unattended)
        if metrics is None:
            return None
        test = metrics.test.loss if metrics.test else None
        looked_at: tuple[tuple[CauseKind, float | None, float | None], ...] = (
            ("train_loss", metrics.train.loss, until.train_loss),
            ("test_loss", test, until.test_loss),
        )
        for kind, loss, wanted in looked_at:
            if wanted is not None and loss is not None and loss <= wanted:
                return Cause.of(kind, loss=loss, wanted=wanted, epoch=run.epoch)
        return self._flat(run, metrics.train.loss)

    def needs_metrics(self, run: TrainingRun) -> bool:
        """Whether the losses are to be looked at now."""
        return self._of_losses and at_epoch_end(run)

    def _flat(self, run: TrainingRun, loss: float) -> Cause | None:
        plateau = self.until.plateau
        if plateau is None:
            return None
        if run.epoch != self._looked_at:
            self._looked_at = run.epoch
            self._losses.append(loss)
        if len(self._losses) <= plateau.epochs or max(self._losses) - min(self._losses) >= plateau.change:
            return None
        return Cause.of("plateau", change=plateau.change, epochs=plateau.epochs)
