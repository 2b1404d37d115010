"""Stack keys, which networks must share to train as one stack, and the length of epochs in steps."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine.compiled.plan_cache import longest_stack
from engine.optimizers import OPTIMIZERS
from engine.training.run import TrainingRun
from engine.update import Update


def steps_per_epoch(run: TrainingRun) -> int:
    """Return the updates in one pass over the training rows, a short last batch included."""
    if OPTIMIZERS[run.config.optimizer].full_batch:
        return 1
    return -(-len(run.batches) // run.config.batch_size)


def steps_left(run: TrainingRun) -> int:
    """Return the updates until the end of the current epoch; those of a whole one if none has begun."""
    if OPTIMIZERS[run.config.optimizer].full_batch:
        return 1
    return -(-(len(run.batches) - run.batches.position) // run.config.batch_size)


def at_epoch_end(run: TrainingRun) -> bool:
    """Return whether no epoch has begun."""
    return run.batches.position == 0


MAX_KEYS = 1000


@dataclass(frozen=True, eq=False)
class StackKey:
    """Update on batches of one size. Equal keys are the same object, so comparing them costs nothing."""

    update: Update
    batch: int

    @cached_property
    def longest_stack(self) -> int:
        """Number of networks of this shape that are best trained together."""
        return longest_stack(self.update, self.batch)


@lru_cache(MAX_KEYS)
def _interned_key(update: Update, batch: int) -> StackKey:
    return StackKey(update, batch)


def stack_key_of(run: TrainingRun, by_row: bool) -> StackKey:
    """Return the stack key of a run's next steps. by_row: of one example each."""
    rows = len(run.batches)
    if not OPTIMIZERS[run.config.optimizer].full_batch:
        rows = 1 if by_row else min(run.config.batch_size, rows)
    return _interned_key(run.update, rows)
