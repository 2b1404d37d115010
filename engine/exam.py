"""An exam: the examples that a network is scored on over and over, on preallocated memory.

`forward` and `score` say what is computed. A run asks for it at the end of every epoch, and there
it may take no longer than a few steps; so the pass forward and the loss are recorded by `tape`, as
a plan's are, once for every shape, and what depends on the targets alone is worked out beforehand.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import DTypeLike, NDArray

from engine.arrays import Array
from engine.evaluation import Metrics, Score, prediction_middle, r_squared, winners
from engine.examples import Examples
from engine.layout import ForwardMemory
from engine.losses import LOSSES
from engine.network import Architecture, blocks
from engine.plan import record_forward
from engine.replay import compiled
from engine.tape import Tape

SHEETS_KEPT = 64


class Sheet:
    """What an exam is written on: memory for one network and the block of all examples, used in turn.

    theta (P,), block (1 + inputs + outputs, rows) ones, x, y · outputs, predictions (outputs, rows)
    errors (rows,): the loss of each example.
    """

    def __init__(self, architecture: Architecture, loss: str, rows: int, dtype: DTypeLike) -> None:
        self.theta = np.zeros(architecture.parameter_count, dtype)
        self.block = np.zeros((1 + architecture.inputs + architecture.outputs, rows), dtype)
        self.errors = np.zeros(rows, dtype)
        x, y = np.split(self.block, [1 + architecture.inputs])
        memory, tape = ForwardMemory(architecture, x), Tape(dtype)
        record_forward(tape, blocks(architecture, self.theta), memory)
        self.outputs = self.predictions = memory.a[-1]
        a = tape.symbol(self.outputs)
        tape.store(LOSSES[loss].value(a, tape.symbol(y), -2), self.errors)
        prediction = LOSSES[loss].prediction(a, -2)
        if prediction is not a:
            self.predictions = np.zeros_like(self.outputs)
            tape.store(prediction, self.predictions)
        self._pass = compiled(tape.calls())

    def fill(self, theta: Array, block: Array) -> None:
        """Compute outputs, predictions and errors of the network theta on the examples of the block."""
        self.theta[:], self.block[:] = theta, block
        self._pass(slice(1))


@lru_cache(SHEETS_KEPT)
def sheet_for(architecture: Architecture, loss: str, rows: int, dtype: DTypeLike) -> Sheet:
    """The sheet of this shape, which serves all exams that have it."""
    return Sheet(architecture, loss, rows, dtype)


class Exam:
    """Scores networks of one architecture on the same examples, dropout off."""

    def __init__(self, architecture: Architecture, loss: str, examples: Examples) -> None:
        layers = tuple(replace(layer, dropout=0.0) for layer in architecture.layers)
        x, y = examples.x, examples.y
        self._sheet = sheet_for(replace(architecture, layers=layers), loss, len(x), x.dtype)
        self._block = np.concatenate([np.ones((len(x), 1), x.dtype), x, y], axis=1).T.copy()
        self._y, self._truth = y, winners(y, examples.middle) if examples.classes else None
        self._middle = prediction_middle(LOSSES[loss], examples.middle)
        train, test = slice(examples.train_rows), slice(examples.train_rows, len(x))
        self._parts = (train, test) if examples.train_rows < len(x) else (train,)

    @np.errstate(all="ignore")
    def metrics(self, theta: Array) -> Metrics:
        """The scores of the network with parameters theta (P,) on the training and on the test rows."""
        sheet, truth = self._sheet, self._truth
        sheet.fill(theta, self._block)
        if truth is None:
            return Metrics(*[self._regression(part) for part in self._parts])
        right = winners(sheet.predictions.T, self._middle) == truth
        return Metrics(*[self._classification(part, right[part]) for part in self._parts])

    def _classification(self, part: slice, right: NDArray[np.bool_]) -> Score:
        return Score(self._error(part), np.count_nonzero(right) / len(right), None)

    def _regression(self, part: slice) -> Score:
        return Score(self._error(part), None, r_squared(self._sheet.outputs[:, part].T, self._y[part]))

    def _error(self, part: slice) -> float:
        errors = self._sheet.errors[part]
        return float(np.add.reduce(errors)) / len(errors)
