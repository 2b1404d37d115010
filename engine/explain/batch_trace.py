"""Batch trace: one update as the mean of its examples' gradients, each example forward and back first.

The first examples stand in the terms by their own lines; all others together are one term, the rest.
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

SHOWN = 8
MOST_PARAMETERS = 20_000
"""Of all examples shown together: what is more nobody reads."""
REST = "…"


@dataclass(frozen=True)
class BatchTrace:
    """lines: loss, gradients and update of the whole batch. each: its first examples' own lines."""

    lines: list[Line]
    each: list[list[Line]]


def batch_trace(run: TrainingRun, rows: NDArray[np.intp], names: Sequence[int]) -> BatchTrace:
    """Return what an update from these rows together would be. names: what the examples are called."""
    x, y = run.examples.x[rows], run.examples.y[rows]
    loss = LOSSES[run.config.loss]
    there = forward(run.network, x)
    back = backward(run.network, there, y, loss)
    shown = rows[: shown_of(run)]
    each = [[line for line in trace(run, int(row)) if line.phase != "update"] for row in shown]
    own = [{line.symbol: line.value for line in lines} for lines in each]
    slopes = [f"∂E/∂{name}" for name in run.network.parameter_names()]
    mean = dict(zip(slopes, back.gradient.tolist(), strict=True))
    mean["E"] = float(loss.terms(there.output, y, -1).sum() / len(rows))
    lines = [
        _mean(line, names, [values[line.symbol] for values in own], len(rows), mean[line.symbol])
        for line in each[0]
        if line.symbol in mean
    ]
    return BatchTrace([*lines, *update_lines(run, back.gradient)], each)


def shown_of(run: TrainingRun) -> int:
    """Return how many examples stand by their own lines: fewer of a large network."""
    return max(1, min(SHOWN, MOST_PARAMETERS // run.network.theta.size))


def _mean(line: Line, names: Sequence[int], values: list[float], count: int, value: float) -> Line:
    """Return a line of one example as the mean over the batch: 1/n times each one's own, and the rest."""
    share = f"1/{count}", 1 / count
    named = (line.symbol.replace("E", f"E_{name}", 1) for name in names)
    terms = [Term.of(share, (symbol, own)) for symbol, own in zip(named, values, strict=False)]
    if count > len(values):
        terms.append(Term.of((REST, value - sum(term.product for term in terms))))
    plain = line.tex.partition(" = ")[0]
    tex = plain + rf" = \frac{{1}}{{{count}}} \sum_k " + plain.replace("E", "E_k", 1)
    return Line(line.phase, line.layer, line.unit, line.symbol, tex, value, tuple(terms))
