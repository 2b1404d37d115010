"""Quiz: questions about any value of a trace, and what a wrong answer has left out.

A mistake is a number that comes out when something known is forgotten: a factor, a term, the sign. An
answer nearer to a mistake than to the truth is wrong, and the mistake says what was missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

import numpy as np

from engine.explain.trace import Line, Term

Kind = Literal["z", "a", "loss", "delta", "gradient", "weight"]
Missing = Literal["factor", "term", "sign", "activation", "applied", "old", "unchanged", "difference"]

SHARE = 0.01
SMALLEST = 1e-6
WEIGHT_DIGITS = 4
SAME = 1e-12
APART = 0.1
"""Of the tolerance: so near comes who gives one digit more than asked for."""


@dataclass(frozen=True)
class KnownMistake:
    """What comes out when something is left out. symbols: what that is, where it has a name."""

    missing: Missing
    value: float
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A line of a trace with its value to be found. tolerance: how near an answer has to come."""

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
    """Of an answer: whether it is right, and if not, what is missing where that can be told."""

    correct: bool
    mistake: KnownMistake | None


def questions(lines: Sequence[Line]) -> list[Question]:
    """Every question a trace has an answer to, in its order."""
    known = {line.symbol: line for line in lines if line.phase != "update"}
    return [
        _question(kind, line, known) for line in lines if (kind := _kind(line)) and np.isfinite(line.value)
    ]


def _question(kind: Kind, line: Line, known: dict[str, Line]) -> Question:
    tolerance = _tolerance(kind, line)
    mistakes = tuple(_distinguishable(line.value, tolerance, _mistakes(kind, line, known)))
    return Question(kind, line.symbol, line.layer, line.unit, line.tex, line.value, tolerance, mistakes)


def grade(question: Question, answer: float) -> Grade:
    """Right when it is within the tolerance and no mistake is nearer."""
    error = abs(answer - question.value)
    nearest = min(question.mistakes, key=lambda mistake: abs(answer - mistake.value), default=None)
    caught = nearest is not None and abs(answer - nearest.value) < error
    if error <= question.tolerance and not caught:
        return Grade(True, None)
    near = max(question.tolerance, SHARE * abs(nearest.value)) if nearest else 0.0
    told = nearest if nearest and abs(answer - nearest.value) <= near else None
    return Grade(False, told)


def sample(asked: Sequence[Question], count: int, rng: np.random.Generator) -> list[Question]:
    """So many of the questions, kinds in turn as far as they go, in their own order."""
    places = {question.kind: [] for question in asked}  # type: dict[str, list[int]]
    for place in rng.permutation(len(asked)):
        places[asked[place].kind].append(int(place))
    taken: list[int] = []
    while len(taken) < min(count, len(asked)):
        taken += [left.pop() for left in places.values() if left][: count - len(taken)]
    return [asked[place] for place in sorted(taken)]


def _kind(line: Line) -> Kind | None:
    if line.phase == "update":
        return "weight" if len(line.terms) > 1 else None
    if line.phase == "loss":
        return "loss"
    starts: dict[str, Kind] = {"z_": "z", "a_": "a", "δ_": "delta", "∂E/∂w": "gradient"}
    return next((kind for start, kind in starts.items() if line.symbol.startswith(start)), None)


def _tolerance(kind: Kind, line: Line) -> float:
    """At most one in a hundred; of a weight, whose step is small, its fourth digit, never half of the step.

    It is shown with the question, so it is round: a hundredth of the value itself would be the answer.
    """
    if kind != "weight" or not line.value:
        return _rounded_down(max(SHARE * abs(line.value), SMALLEST))
    digit = 10.0 ** (floor(log10(abs(line.value))) - WEIGHT_DIGITS + 1)
    step = abs(line.value - line.terms[0].product)
    return _rounded_down(min(digit, 0.5 * step) if step else digit)


def _rounded_down(tolerance: float) -> float:
    """To a digit 1, 2 or 5 with zeros."""
    power = floor(log10(tolerance) + SAME)
    return max(float(f"{digit}e{power}") for digit in (1, 2, 5) if digit <= tolerance / 10.0**power + SAME)


def _distinguishable(
    value: float, tolerance: float, mistakes: Iterator[KnownMistake]
) -> Iterator[KnownMistake]:
    """Those whose number is another one: tanh of a small z is z, to all the digits that anybody gives."""
    for mistake in mistakes:
        if abs(mistake.value - value) > max(APART * tolerance, SAME * max(1.0, abs(value))):
            yield mistake


def _mistakes(kind: Kind, line: Line, known: dict[str, Line]) -> Iterator[KnownMistake]:
    if kind == "z":
        yield from _without_a_term(line)
        after = known.get(line.symbol.replace("z_", "a_", 1))
        if after:
            yield KnownMistake("applied", after.value)
    elif kind == "a":
        yield KnownMistake("activation", line.terms[0].values[0])
    elif kind == "loss":
        yield from _of_the_loss(line)
    elif kind == "weight":
        yield from _of_an_update(line)
    else:
        yield from _without_a_factor(line.terms[0])
        yield KnownMistake("sign", -line.value)
        yield from _deeper(kind, line, known)


def _without_a_term(line: Line) -> Iterator[KnownMistake]:
    for term in line.terms:
        yield KnownMistake("term", line.value - term.product, term.symbols)


def _without_a_factor(term: Term) -> Iterator[KnownMistake]:
    if len(term.values) == 2:
        for place, symbol in enumerate(term.symbols):
            yield KnownMistake("factor", term.values[1 - place], (symbol,))


def _deeper(kind: Kind, line: Line, known: dict[str, Line]) -> Iterator[KnownMistake]:
    """A slope forgotten in the δ a gradient is made of; one of the units above forgotten in a δ."""
    source = known.get(line.terms[0].symbols[0])
    if source is None:
        return
    if kind == "gradient" and source.terms:
        slope, below = source.terms[0], line.terms[0].values[1:]
        yield KnownMistake("factor", slope.values[0] * (below[0] if below else 1.0), slope.symbols[1:])
    if kind == "delta":
        local = line.terms[0].values[1]
        for term in source.terms if len(source.terms) > 1 else ():
            yield KnownMistake("term", (source.value - term.product) * local, term.symbols)
        for place in range(2 if len(source.terms) == 1 else 0):
            term = source.terms[0]
            yield KnownMistake("factor", term.values[1 - place] * local, term.symbols[place : place + 1])


def _of_the_loss(line: Line) -> Iterator[KnownMistake]:
    yield KnownMistake("factor", 2 * line.value, ("½",))
    if len(line.terms) > 1:
        yield from _without_a_term(line)
    for term in line.terms if len(line.terms) == 1 else ():
        yield KnownMistake("difference", term.values[0] - term.values[1])


def _of_an_update(line: Line) -> Iterator[KnownMistake]:
    old, step = line.terms
    yield KnownMistake("sign", old.product - step.product)
    yield KnownMistake("old", step.product, (line.symbol,))
    yield KnownMistake("unchanged", old.product)
    if len(step.values) == 2:
        yield KnownMistake("factor", old.product - step.values[1], ("η",))
