"""Stack keys: what networks must agree in to train as one stack; and the length of their epochs in steps."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine.compiled.plan_cache import longest_stack
from engine.optimizers import OPTIMIZERS
from engine.training.run import TrainingRun
from engine.update import Update


def steps_per_epoch(run: TrainingRun) -> int:
    """Updates in one pass over the training rows, a short last batch included."""
    if OPTIMIZERS[run.config.optimizer].full_batch:
        return 1
    return -(-len(run.batches) // run.config.batch_size)


def steps_left(run: TrainingRun) -> int:
    """Updates until the pass that has begun ends; a whole one where none has begun."""
    if OPTIMIZERS[run.config.optimizer].full_batch:
        return 1
    return -(-(len(run.batches) - run.batches.position) // run.config.batch_size)


def at_epoch_end(run: TrainingRun) -> bool:
    """Return whether no pass has begun."""
    return run.batches.position == 0


MAX_KEYS = 1000


@dataclass(frozen=True, eq=False)
class StackKey:
    """An update on batches of one size. One object stands for each, so that comparing costs nothing."""

    update: Update
    batch: int

    @cached_property
    def longest_stack(self) -> int:
        """How many networks of this shape are best trained together."""
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
