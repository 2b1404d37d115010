"""Epochs, counted in steps."""

from engine.optimizers import OPTIMIZERS
from engine.training.run import TrainingRun


def steps_per_epoch(run: TrainingRun) -> int:
    """Updates in one pass over the training rows, a short last batch included."""
    if OPTIMIZERS[run.recipe.optimizer].full_batch:
        return 1
    return -(-len(run.batches) // run.recipe.batch_size)


def steps_left(run: TrainingRun) -> int:
    """Updates until the pass that has begun ends; a whole one where none has begun."""
    if OPTIMIZERS[run.recipe.optimizer].full_batch:
        return 1
    return -(-(len(run.batches) - run.batches.position) // run.recipe.batch_size)


def at_epoch_end(run: TrainingRun) -> bool:
    """Whether no pass has begun."""
    return run.batches.position == 0
