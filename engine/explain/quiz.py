"""Quiz: questions about the values of a trace, and grades that explain wrong answers.

A known mistake is the number that results when a factor, a term or the sign is left out. An answer
that is nearer to a known mistake than to the true value is wrong. The mistake explains the error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10
from sys import float_info
from typing import Literal

import numpy as np

from engine.explain.trace import Line, Term

Kind = Literal["z", "a", "loss", "delta", "gradient", "weight"]
Missing = Literal["factor", "term", "sign", "activation", "applied", "old", "unchanged", "difference"]

RELATIVE_TOLERANCE = 0.01
MIN_TOLERANCE = 1e-6
WEIGHT_DIGITS = 4
ROUNDING = 1e-12
TINY = float_info.min
"""Smallest number with all its digits: a smaller one has no exact digit to grade."""
MIN_DISTANCE = 0.1
"""Fraction of the tolerance. A mistake nearer to the true value cannot be told from an exact answer."""


@dataclass(frozen=True)
class KnownMistake:
    """Value that results from a mistake. missing: its kind. symbols: the factor or term left out."""

    missing: Missing
    value: float
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """Question for the value of a line. tolerance: the largest error of a correct answer."""

    kind: Kind
    symbol: str
    layer: int
    unit: int
    tex: str
    value: float
    tolerance: float
    mistakes: tuple[KnownMistake, ...]


@dataclass(frozen=True)
class Grade:
    """Grade of an answer. mistake: the known mistake that explains a wrong answer, if there is one."""

    correct: bool
    mistake: KnownMistake | None


def questions(lines: Sequence[Line]) -> list[Question]:
    """Return a question for each finite line of a trace that has a kind, in the order of the lines."""
    by_symbol = {line.symbol: line for line in lines if line.phase != "update"}
    return [
        _question(kind, line, by_symbol)
        for line in lines
        if (kind := _kind(line)) and np.isfinite(line.value)
    ]


def _question(kind: Kind, line: Line, by_symbol: dict[str, Line]) -> Question:
    tolerance = _tolerance(kind, line)
    mistakes = tuple(_distinguishable(line.value, tolerance, _mistakes(kind, line, by_symbol)))
    return Question(kind, line.symbol, line.layer, line.unit, line.tex, line.value, tolerance, mistakes)


def grade(question: Question, answer: float) -> Grade:
    """Grade an answer: correct if it is within the tolerance and no known mistake is nearer."""
    error = abs(answer - question.value)
    nearest = min(question.mistakes, key=lambda mistake: abs(answer - mistake.value), default=None)
    is_mistake = nearest is not None and abs(answer - nearest.value) < error
    if error <= question.tolerance and not is_mistake:
        return Grade(True, None)
    limit = max(question.tolerance, RELATIVE_TOLERANCE * abs(nearest.value)) if nearest else 0.0
    explanation = nearest if nearest and abs(answer - nearest.value) <= limit else None
    return Grade(False, explanation)


def sample(pool: Sequence[Question], count: int, rng: np.random.Generator) -> list[Question]:
    """Draw `count` questions of the pool, with the kinds in turn, and return them in the pool's order."""
    by_kind = {question.kind: [] for question in pool}  # type: dict[str, list[int]]
    for index in rng.permutation(len(pool)):
        by_kind[pool[index].kind].append(int(index))
    drawn: list[int] = []
    while len(drawn) < min(count, len(pool)):
        drawn += [indices.pop() for indices in by_kind.values() if indices][: count - len(drawn)]
    return [pool[index] for index in sorted(drawn)]


def _kind(line: Line) -> Kind | None:
    if line.phase == "update":
        return "weight" if len(line.terms) > 1 else None
    if line.phase == "loss":
        return "loss"
    starts: dict[str, Kind] = {"z_": "z", "a_": "a", "δ_": "delta", "∂E/∂w": "gradient"}
    return next((kind for start, kind in starts.items() if line.symbol.startswith(start)), None)


def _tolerance(kind: Kind, line: Line) -> float:
    """Return at most 1 % of the value; for a weight its fourth digit, and at most half of the step."""
    # The page shows the tolerance with the question. Exactly 1 % of the value would reveal the answer.
    if kind != "weight" or not line.value:
        return _rounded_down(max(RELATIVE_TOLERANCE * abs(line.value), MIN_TOLERANCE))
    # A step is small against its weight: with 1 % the old weight would be a correct answer.
    digit = 10.0 ** (floor(log10(abs(line.value))) - WEIGHT_DIGITS + 1)
    half_step = 0.5 * abs(line.value - line.terms[0].product)
    return _rounded_down(min(digit, half_step) if half_step else digit)


def _rounded_down(tolerance: float) -> float:
    """Round down to 1, 2 or 5 times a power of ten; at least TINY."""
    # Decimal knows the exponent exactly. The logarithm of a number just below a power of ten rounds up.
    limit = Decimal(max(tolerance, TINY)) * (1 + Decimal(ROUNDING))
    steps = [Decimal(digit).scaleb(limit.adjusted()) for digit in (1, 2, 5)]
    return float(max(step for step in steps if step <= limit))


def _distinguishable(
    value: float, tolerance: float, mistakes: Iterator[KnownMistake]
) -> Iterator[KnownMistake]:
    """Yield the mistakes whose value differs from the true one; for a small z, tanh z equals z."""
    for mistake in mistakes:
        if abs(mistake.value - value) > max(MIN_DISTANCE * tolerance, ROUNDING * max(1.0, abs(value))):
            yield mistake


def _mistakes(kind: Kind, line: Line, by_symbol: dict[str, Line]) -> Iterator[KnownMistake]:
    if kind == "z":
        yield from _missing_terms(line)
        activation = by_symbol.get(line.symbol.replace("z_", "a_", 1))
        if activation:
            yield KnownMistake("applied", activation.value)
    elif kind == "a":
        yield KnownMistake("activation", line.terms[0].values[0])
    elif kind == "loss":
        yield from _loss_mistakes(line)
    elif kind == "weight":
        yield from _update_mistakes(line)
    else:
        yield from _missing_factors(line.terms[0])
        yield KnownMistake("sign", -line.value)
        yield from _source_mistakes(kind, line, by_symbol)


def _missing_terms(line: Line) -> Iterator[KnownMistake]:
    for term in line.terms:
        yield KnownMistake("term", line.value - term.product, term.symbols)


def _missing_factors(term: Term) -> Iterator[KnownMistake]:
    if len(term.values) == 2:
        for index, symbol in enumerate(term.symbols):
            yield KnownMistake("factor", term.values[1 - index], (symbol,))


def _source_mistakes(kind: Kind, line: Line, by_symbol: dict[str, Line]) -> Iterator[KnownMistake]:
    """Yield mistakes in the line that this one is computed from.

    A gradient can lack the slope in its δ. A δ can lack one of the units above.
    """
    source = by_symbol.get(line.terms[0].symbols[0])
    if source is None:
        return
    if kind == "gradient" and source.terms:
        slope, below = source.terms[0], line.terms[0].values[1:]
        yield KnownMistake("factor", slope.values[0] * (below[0] if below else 1.0), slope.symbols[1:])
    if kind == "delta":
        local = line.terms[0].values[1]
        for term in source.terms if len(source.terms) > 1 else ():
            yield KnownMistake("term", (source.value - term.product) * local, term.symbols)
        for index in range(2 if len(source.terms) == 1 else 0):
            term = source.terms[0]
            yield KnownMistake("factor", term.values[1 - index] * local, term.symbols[index : index + 1])


def _loss_mistakes(line: Line) -> Iterator[KnownMistake]:
    yield KnownMistake("factor", 2 * line.value, ("½",))
    if len(line.terms) > 1:
        yield from _missing_terms(line)
    for term in line.terms if len(line.terms) == 1 else ():
        yield KnownMistake("difference", term.values[0] - term.values[1])


def _update_mistakes(line: Line) -> Iterator[KnownMistake]:
    old, step = line.terms
    yield KnownMistake("sign", old.product - step.product)
    yield KnownMistake("old", step.product, (line.symbol,))
    yield KnownMistake("unchanged", old.product)
    if len(step.values) == 2:
        yield KnownMistake("factor", old.product - step.values[1], ("η",))
