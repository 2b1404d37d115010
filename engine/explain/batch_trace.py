"""Batch trace: the lines of an update from several examples, as means over the lines of each.

The mean has one term for each of the first examples, and one term for the sum of all others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.backward import backward
from engine.explain.trace import Line, Term, trace, update_lines
from engine.forward import forward
from engine.losses import LOSSES
from engine.training.run import TrainingRun

MAX_SHOWN_EXAMPLES = 8
MAX_SHOWN_PARAMETERS = 20_000
"""Limit on shown examples times parameters of the network, which bounds the size of the answer."""
REST = "…"


@dataclass(frozen=True)
class BatchTrace:
    """Trace of a batch. lines: loss, gradients and update of the batch. each: lines of its first examples."""

    lines: list[Line]
    each: list[list[Line]]


def batch_trace(run: TrainingRun, rows: NDArray[np.intp], names: Sequence[int]) -> BatchTrace:
    """Return the lines of an update from these rows. names: the numbers of the examples in symbols."""
    x, y = run.examples.x[rows], run.examples.y[rows]
    loss = LOSSES[run.config.loss]
    fwd = forward(run.network, x)
    bwd = backward(run.network, fwd, y, loss)
    shown = rows[: shown_count(run)]
    each = [[line for line in trace(run, int(row)) if line.phase != "update"] for row in shown]
    values = [{line.symbol: line.value for line in lines} for lines in each]
    slopes = [f"∂E/∂{name}" for name in run.network.parameter_names()]
    means = dict(zip(slopes, bwd.gradient.tolist(), strict=True))
    means["E"] = float(loss.terms(fwd.output, y, -1).sum() / len(rows))
    lines = [
        _mean_line(line, names, [value[line.symbol] for value in values], len(rows), means[line.symbol])
        for line in each[0]
        if line.symbol in means
    ]
    return BatchTrace([*lines, *update_lines(run, bwd.gradient)], each)


def shown_count(run: TrainingRun) -> int:
    """Return how many examples of a batch get their own lines; fewer for a large network."""
    return max(1, min(MAX_SHOWN_EXAMPLES, MAX_SHOWN_PARAMETERS // run.network.theta.size))


def _mean_line(line: Line, names: Sequence[int], values: list[float], count: int, value: float) -> Line:
    """Return a line of one example as a mean over the batch: a term 1/n per value, and one for the rest."""
    share = f"1/{count}", 1 / count
    symbols = (line.symbol.replace("E", f"E_{name}", 1) for name in names)
    terms = [Term.of(share, (symbol, own)) for symbol, own in zip(symbols, values, strict=False)]
    if count > len(values):
        terms.append(Term.of((REST, value - sum(term.product for term in terms))))
    left = line.tex.partition(" = ")[0]
    tex = left + rf" = \frac{{1}}{{{count}}} \sum_k " + left.replace("E", "E_k", 1)
    return Line(line.phase, line.layer, line.unit, line.symbol, tex, value, tuple(terms))
