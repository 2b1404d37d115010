"""Runs set up as a golden file describes them, to be compared with PyTorch's numbers."""

from typing import Any

import numpy as np

from engine.backward import backward
from engine.data.examples import Examples
from engine.forward import forward
from engine.losses import LOSSES
from engine.network import Architecture, LayerSpec
from engine.training.config import TrainingConfig
from engine.training.run import TrainingRun
from engine.types import Array

Problem = dict[str, Any]
"""inputs, layers [[units, activation], …], loss, batch_size, x, y, start; L-BFGS: penalty_rate of its L2."""


def run_of(problem: Problem, optimizer: str) -> TrainingRun:
    """A run on the problem's rows as they lie, from its start."""
    layers = tuple(LayerSpec(units, activation) for units, activation in problem["layers"])
    rate = problem.get("penalty_rate", 0.0)
    config = TrainingConfig(
        Architecture(problem["inputs"], layers), problem["loss"], optimizer, batch_size=problem["batch_size"],
        shuffle=False, penalty="l2" if rate else "none", penalty_rate=rate,
    )  # fmt: skip
    x, y = np.array(problem["x"], float), np.array(problem["y"], float)
    return TrainingRun(config, Examples(x, y, len(x), classes=0, middle=None), np.array(problem["start"]))


def put(run: TrainingRun, theta: Array, state: Array, updates: int) -> None:
    """Set the run to where an optimiser has these parameters and memory after so many updates."""
    batches = -(-len(run.batches) // run.config.batch_size)
    run.restore(
        {
            **run.snapshot(), "theta": theta, "state": state, "updates": updates, "step": updates,
            "batches": {**run.batches.snapshot(), "position": updates % batches * run.config.batch_size},
        }
    )  # fmt: skip


def next_gradient(run: TrainingRun) -> Array:
    """The gradient that the next update will see."""
    rows = run.next_batch()
    trace = forward(run.network, run.examples.x[rows])
    return backward(run.network, trace, run.examples.y[rows], LOSSES[run.config.loss]).gradient
