"""Compiled evaluator: loss, accuracy and R² on a fixed data set, on preallocated memory.

`forward` and `score` say what is computed. A run asks for it at the end of every epoch, and there
it may take no longer than a few steps; so the pass forward and the loss are recorded by `tape`, as
a plan's are, once for every shape, and what depends on the targets alone is worked out beforehand.
Networks of one shape that are scored at the same moment sit on one sheet, each at a place with
examples of its own; as in a plan, none of them can tell.
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
"""What the sheet of several may take up: about what the nearest caches hold."""
MAX_NETWORKS = 16


@dataclass(frozen=True, eq=False)
class EvaluatorKey:
    """What exams have in common that can be written on one sheet. One object stands for each.

    parts: which rows train and, where there are any, which test. middle: of predictions, see `score`.
    """

    architecture: Architecture
    loss: str
    dtype: str
    rows: int
    parts: tuple[slice, ...]
    classes: int
    middle: float | None

    @cached_property
    def longest(self) -> int:
        """How many are best scored together, a power of two."""
        values = 1 + self.architecture.inputs + 2 * sum(1 + one.units for one in self.architecture.layers)
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
    """Return the form of all exams that agree in this, dropout off."""
    layers = tuple(replace(layer, dropout=0.0) for layer in architecture.layers)
    parts = (slice(0, train), slice(train, rows))[: 1 + (train < rows)]
    plain = replace(architecture, layers=layers)
    return EvaluatorKey(plain, loss, dtype, rows, parts, classes, decision_threshold(LOSSES[loss], middle))


class Evaluator:
    """Scores networks of one architecture on the same examples, dropout off."""

    def __init__(self, architecture: Architecture, loss: str, examples: Examples) -> None:
        x, y = examples.x, examples.y
        self._given = architecture, loss, examples
        self.key = evaluator_key(
            architecture, loss, x.dtype.name, len(x), examples.train_rows, examples.classes, examples.middle
        )
        self.block = np.concatenate([with_ones(x), y], axis=1).T.copy()
        self.y = y
        self.truth = predicted_classes(y, examples.middle)

    @cached_property
    def single_precision(self) -> "Evaluator":
        """The same in single precision: scores agree to about six digits, and take half the time."""
        architecture, loss, examples = self._given
        x, y = (array.astype(np.float32) for array in (examples.x, examples.y))
        return Evaluator(architecture, loss, replace(examples, x=x, y=y))

    def metrics(self, theta: Array) -> Metrics:
        """The scores of the network with parameters theta (P,) on the training and on the test rows."""
        return evaluate_many([(self, theta)])[0]


EvaluationTask = tuple[Evaluator, Array]
"""An evaluator, and the parameters (P,) to evaluate with it."""
Marks = tuple[Iterable[float | None], Iterable[float | None]]
"""Accuracy and r2 of each, None where they mean nothing."""


class EvaluationBuffers:
    """Preallocated memory to evaluate `places` networks at once whose evaluators have equal keys.

    theta (places, P), block (places, 1 + inputs + outputs, rows) ones, x, y
    outputs, predictions (places, outputs, rows) · errors (places, rows): the loss of each example.
    """

    def __init__(self, form: EvaluatorKey, places: int) -> None:
        self._form, architecture = form, form.architecture
        rows = form.rows
        self._theta = np.zeros((places, architecture.parameter_count), form.dtype)
        self._block = np.zeros((places, 1 + architecture.inputs + architecture.outputs, rows), form.dtype)
        self._errors = np.zeros((places, rows), form.dtype)
        self._truth = np.zeros((places, rows), np.intp if architecture.outputs > 1 else bool)
        theta, block, errors = (
            array[0] if places == 1 else array for array in (self._theta, self._block, self._errors)
        )
        x, y = np.split(block, [1 + architecture.inputs], axis=-2)
        memory, tape = ForwardBuffers(architecture, x), Tape(form.dtype)
        record_forward(tape, blocks(architecture, theta), memory)
        outputs = predictions = memory.a[-1]
        a = tape.tracer(outputs)
        tape.store(LOSSES[form.loss].value(a, tape.tracer(y), -2), errors)
        prediction = LOSSES[form.loss].prediction(a, -2)
        if prediction is not a:
            predictions = np.zeros_like(outputs)
            tape.store(prediction, predictions)
        self._outputs, self._predictions = (
            array[np.newaxis] if places == 1 else array for array in (outputs, predictions)
        )
        self._pass = compile_calls(tape.calls())

    def evaluate(self, papers: Sequence[EvaluationTask]) -> list[Metrics]:
        """Return the scores of these networks, one at every place."""
        for place, (evaluator, theta) in enumerate(papers):
            self._theta[place], self._block[place], self._truth[place] = (
                theta,
                evaluator.block,
                evaluator.truth,
            )
        self._pass(slice(1))
        marks = self._classification_scores() if self._form.classes else self._regression_scores(papers)
        parts = zip(self._form.parts, marks, strict=True)
        return list(map(Metrics, *(map(Score, self._mean_errors(part), *two) for part, two in parts)))

    def _mean_errors(self, part: slice) -> list[float]:
        errors = self._errors[:, part]
        means: list[float] = (np.add.reduce(errors, axis=-1) / errors.shape[-1]).tolist()
        return means

    def _classification_scores(self) -> Iterator[Marks]:
        right = predicted_classes(self._predictions.swapaxes(-1, -2), self._form.middle) == self._truth
        for part in self._form.parts:
            counts = np.add.reduce(right[:, part], axis=-1, dtype=np.intp)
            yield (counts / (part.stop - part.start)).tolist(), repeat(None)

    def _regression_scores(self, papers: Sequence[EvaluationTask]) -> Iterator[Marks]:
        for part in self._form.parts:
            outputs = self._outputs[..., part].swapaxes(-1, -2)
            yield (
                repeat(None),
                [r_squared(a, evaluator.y[part]) for a, (evaluator, _) in zip(outputs, papers, strict=True)],
            )


@lru_cache(MAX_CACHED_BUFFERS)
def _cached_buffers(form: EvaluatorKey, places: int) -> EvaluationBuffers:
    return EvaluationBuffers(form, places)


@np.errstate(all="ignore")
def evaluate_many(papers: Sequence[EvaluationTask]) -> list[Metrics]:
    """Return the metrics of each task, in the order of the tasks."""
    groups: dict[EvaluatorKey, list[int]] = defaultdict(list)
    for number, (evaluator, _) in enumerate(papers):
        groups[evaluator.key].append(number)
    metrics: dict[int, Metrics] = {}
    for form, numbers in groups.items():
        begun = 0
        while left := len(numbers) - begun:
            places = min(form.longest, 1 << left.bit_length() - 1)
            together = numbers[begun : begun + places]
            found = _cached_buffers(form, places).evaluate([papers[one] for one in together])
            metrics.update(zip(together, found, strict=True))
            begun += places
    return [metrics[number] for number in range(len(papers))]
