"""Compiled evaluator: loss, accuracy and R² on a fixed data set, on preallocated memory.

The results are those of `forward` and `score`. A run is evaluated at the end of every epoch, where
that may take no longer than a few steps. So `tape` records the forward pass and the loss once per
shape, as for a plan. Values that depend on the targets alone are computed in advance. Networks of
equal keys are evaluated in one stack, each on its own examples. As in a plan, each network gets
the same bits as alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import repeat

import numpy as np

from engine.compiled.batch_buffer import with_ones
from engine.compiled.buffers import ForwardBuffers
from engine.compiled.plan import record_forward
from engine.compiled.replay import compile_calls
from engine.compiled.tape import Tape
from engine.data.examples import Examples
from engine.losses import LOSSES
from engine.metrics import Metrics, Score, decision_threshold, predicted_classes, r_squared
from engine.network import Architecture, blocks
from engine.types import Array

MAX_CACHED_BUFFERS = 64
MAX_CACHED_KEYS = 1000
BUFFER_BYTES = 1_000_000
"""Maximum size of the buffers of several networks: about the size of the level-2 cache."""
MAX_NETWORKS = 16


@dataclass(frozen=True, eq=False)
class EvaluatorKey:
    """Cache key of evaluation buffers. `evaluator_key` returns the same object for equal arguments.

    parts: the training rows, and the test rows if there are any. middle: the threshold of predictions.
    """

    architecture: Architecture
    loss: str
    dtype: str
    rows: int
    parts: tuple[slice, ...]
    classes: int
    middle: float | None

    @cached_property
    def max_stack(self) -> int:
        """The largest number of networks to evaluate in one stack, a power of two."""
        layers = self.architecture.layers
        values = 1 + self.architecture.inputs + 2 * sum(1 + layer.units for layer in layers)
        fitting = BUFFER_BYTES // (values * self.rows * np.dtype(self.dtype).itemsize)
        return 1 << max(1, min(MAX_NETWORKS, fitting)).bit_length() - 1


@lru_cache(MAX_CACHED_KEYS)
def evaluator_key(
    architecture: Architecture,
    loss: str,
    dtype: str,
    rows: int,
    train: int,
    classes: int,
    middle: float | None,
) -> EvaluatorKey:
    """Return the key of all evaluators that agree in these values; dropout is off."""
    layers = tuple(replace(layer, dropout=0.0) for layer in architecture.layers)
    parts = (slice(0, train), slice(train, rows))[: 1 + (train < rows)]
    without_dropout = replace(architecture, layers=layers)
    threshold = decision_threshold(LOSSES[loss], middle)
    return EvaluatorKey(without_dropout, loss, dtype, rows, parts, classes, threshold)


class Evaluator:
    """Evaluator of networks of one architecture on the same examples, dropout off."""

    def __init__(self, architecture: Architecture, loss: str, examples: Examples) -> None:
        x, y = examples.x, examples.y
        self._arguments = architecture, loss, examples
        self.key = evaluator_key(
            architecture, loss, x.dtype.name, len(x), examples.train_rows, examples.classes, examples.middle
        )
        self.block = np.concatenate([with_ones(x), y], axis=1).T.copy()
        self.y = y
        self.truth = predicted_classes(y, examples.middle)

    @cached_property
    def single_precision(self) -> "Evaluator":
        """The same evaluator in float32: scores agree to about six digits, in half the time."""
        architecture, loss, examples = self._arguments
        x, y = (array.astype(np.float32) for array in (examples.x, examples.y))
        return Evaluator(architecture, loss, replace(examples, x=x, y=y))

    def metrics(self, theta: Array) -> Metrics:
        """Return the scores of the network with parameters theta (P,) on the training and the test rows."""
        return evaluate_many([(self, theta)])[0]


EvaluationTask = tuple[Evaluator, Array]
"""An evaluator, and the parameters (P,) to evaluate with it."""
ScoreColumns = tuple[Iterable[float | None], Iterable[float | None]]
"""Accuracy and r2 of each network; None where they are undefined."""


class EvaluationBuffers:
    """Preallocated memory to evaluate `stack` networks at once whose evaluators have the same key.

    theta (stack, P), block (stack, 1 + inputs + outputs, rows) ones, x, y
    outputs, predictions (stack, outputs, rows) · errors (stack, rows): the loss of each example.
    """

    def __init__(self, key: EvaluatorKey, stack: int) -> None:
        self._key, architecture = key, key.architecture
        rows = key.rows
        self._theta = np.zeros((stack, architecture.parameter_count), key.dtype)
        self._block = np.zeros((stack, 1 + architecture.inputs + architecture.outputs, rows), key.dtype)
        self._errors = np.zeros((stack, rows), key.dtype)
        self._truth = np.zeros((stack, rows), np.intp if architecture.outputs > 1 else bool)
        # Calls cost less on arrays with fewer axes, so a stack of one is recorded without its axis.
        theta, block, errors = (
            array[0] if stack == 1 else array for array in (self._theta, self._block, self._errors)
        )
        x, y = np.split(block, [1 + architecture.inputs], axis=-2)
        memory, tape = ForwardBuffers(architecture, x), Tape(key.dtype)
        record_forward(tape, blocks(architecture, theta), memory)
        outputs = predictions = memory.a[-1]
        a = tape.tracer(outputs)
        tape.store(LOSSES[key.loss].value(a, tape.tracer(y), -2), errors)
        prediction = LOSSES[key.loss].prediction(a, -2)
        if prediction is not a:
            predictions = np.zeros_like(outputs)
            tape.store(prediction, predictions)
        self._outputs, self._predictions = (
            array[np.newaxis] if stack == 1 else array for array in (outputs, predictions)
        )
        self._pass = compile_calls(tape.calls())

    def evaluate(self, tasks: Sequence[EvaluationTask]) -> list[Metrics]:
        """Return the metrics of `stack` networks."""
        for index, (evaluator, theta) in enumerate(tasks):
            self._theta[index] = theta
            self._block[index] = evaluator.block
            self._truth[index] = evaluator.truth
        self._pass(slice(1))
        columns = self._classification_scores() if self._key.classes else self._regression_scores(tasks)
        parts = zip(self._key.parts, columns, strict=True)
        return list(map(Metrics, *(map(Score, self._mean_errors(part), *column) for part, column in parts)))

    def _mean_errors(self, part: slice) -> list[float]:
        errors = self._errors[:, part]
        means: list[float] = (np.add.reduce(errors, axis=-1) / errors.shape[-1]).tolist()
        return means

    def _classification_scores(self) -> Iterator[ScoreColumns]:
        correct = predicted_classes(self._predictions.swapaxes(-1, -2), self._key.middle) == self._truth
        for part in self._key.parts:
            counts = np.add.reduce(correct[:, part], axis=-1, dtype=np.intp)
            yield (counts / (part.stop - part.start)).tolist(), repeat(None)

    def _regression_scores(self, tasks: Sequence[EvaluationTask]) -> Iterator[ScoreColumns]:
        for part in self._key.parts:
            outputs = self._outputs[..., part].swapaxes(-1, -2)
            yield (
                repeat(None),
                [r_squared(a, evaluator.y[part]) for a, (evaluator, _) in zip(outputs, tasks, strict=True)],
            )


@lru_cache(MAX_CACHED_BUFFERS)
def _cached_buffers(key: EvaluatorKey, stack: int) -> EvaluationBuffers:
    return EvaluationBuffers(key, stack)


@np.errstate(all="ignore")
def evaluate_many(tasks: Sequence[EvaluationTask]) -> list[Metrics]:
    """Return the metrics of each task, in the order of the tasks."""
    groups: dict[EvaluatorKey, list[int]] = defaultdict(list)
    for index, (evaluator, _) in enumerate(tasks):
        groups[evaluator.key].append(index)
    metrics: dict[int, Metrics] = {}
    for key, indices in groups.items():
        start = 0
        while remaining := len(indices) - start:
            # Stacks are powers of two, so that few buffers serve any number of networks.
            stack = min(key.max_stack, 1 << remaining.bit_length() - 1)
            chunk = indices[start : start + stack]
            results = _cached_buffers(key, stack).evaluate([tasks[index] for index in chunk])
            metrics.update(zip(chunk, results, strict=True))
            start += stack
    return [metrics[index] for index in range(len(tasks))]
