r"""Formulas that the microscope must show, made from the engine's TeX of each line of a trace.

A number in a formula is written ⟨0.5⟩. The page sets three things in its own way: cases stand on one line, a
derivative in a row has a slash, and \frac may be \dfrac. All else is equal to the letter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import notation
from engine.activations import ACTIVATIONS

Json = dict[str, Any]
SHOWN_NUMBER = re.compile(r"\\htmlData\{exact=([^}]*)\}\{(?:[^{}]|\{[^{}]*\})*\}")
CASES = re.compile(r"\\begin\{cases\}(.*?) & (.*?)\\\\(.*?) & .*?\\end\{cases\}")
NO_NAME = r"(?<![a-zA-Z])(?<!(?<!\\)\\)", r"(?![a-zA-Z])"
"""Around a symbol that is no part of a name. Two backslashes are the end of a line, one starts a name."""
LETTER = re.compile("[azy]".join(NO_NAME))
SLOPE = re.compile(r"\\frac\{(\\partial E)\}\{(\\partial [^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
SOFTMAX = r"\operatorname{softmax}(z)"
MEAN_TERMS, SUM_SHARES = 4, 4


@dataclass(frozen=True)
class Equation:
    """A symbol, a relation, what stands after it form by form, and the result."""

    symbol: str
    forms: list[str]
    value: float | None
    relation: str = "="


@dataclass(frozen=True)
class Board:
    """Equations, the factors of a product in their boxes, and the rule that every row follows."""

    equations: list[Equation]
    factors: list[Equation] = field(default_factory=list)
    rule: str | None = None


def board_on_page(board: Json) -> Board:
    """Return a board as the page's modules made it."""
    factors = [_equation_on_page(factor["equation"]) for factor in board.get("factors", [])]
    rule = board.get("rule")
    return Board(list(map(_equation_on_page, board["equations"])), factors, rule and _plain(rule))


def _equation_on_page(equation: Json) -> Equation:
    forms = list(map(_plain, equation["forms"]))
    return Equation(_plain(equation["symbol"]), forms, equation["value"], equation["relation"])


def _plain(tex: str) -> str:
    return SHOWN_NUMBER.sub(lambda number: _bare(float(number[1])), tex).replace(r"\dfrac", r"\frac")


def _bare(value: float) -> str:
    return f"⟨{value + 0.0!r}⟩"


def _put(value: float) -> str:
    """Return a number as a factor or a term: in brackets where it has a minus."""
    return f"({_bare(value)})" if value < 0 else _bare(value)


def board_of(kind: str, lines: Sequence[Json], trace: Json, spec: Json) -> Board:
    """Return what stands at a stop of one example's walk."""
    if kind == "forward":
        return Board([_sum(lines[0]), _activation(lines[1])])
    if kind == "loss":
        return Board([_loss(lines[0])])
    return {"delta": _delta, "gradient": _gradient, "update": _update}[kind](lines, trace, spec)


def batch_board_of(kind: str, lines: Sequence[Json], batch: Json, spec: Json) -> Board:
    """Return what stands at a stop of a batch's walk: an example a row, or the mean of their gradients."""
    if kind == "update":
        return _update(lines, batch, spec)
    if kind == "gradient":
        return Board([_mean(line) for line in lines], rule=rule_of(lines[0]))
    rows = [_own_row(kind, [_find(each, line) for line in lines], each, spec) for each in batch["each"]]
    if kind == "loss":
        return Board([*rows, _mean(lines[0])], rule=lines[0]["tex"])
    rule = lines[1]["tex"].replace(r"\partial E", r"\partial E_k") if kind == "delta" else None
    return Board(rows, rule=rule)


def _own_row(kind: str, lines: Sequence[Json], each: Json, spec: Json) -> Equation:
    board = board_of(kind, lines, each, spec)
    first = board.equations[0]
    if kind == "loss":
        return Equation(notation.tex(f"E_{each['example']}"), first.forms[1:2], first.value)
    symbol = rf"\text{{{each['example']}:}}\;{first.symbol}"
    if kind == "delta":
        return Equation(symbol, first.forms, first.value)
    a = board.equations[1]
    return Equation(symbol, [first.forms[1], rf"{_bare(lines[0]['value'])},\;\; {a.symbol}"], a.value)


def _find(trace: Json, wanted: Json) -> Json:
    same = ("phase", "symbol")
    return next(line for line in trace["lines"] if all(line[key] == wanted[key] for key in same))


def _sum(line: Json) -> Equation:
    symbol, formula = line["tex"].split(" = ", 1)
    terms = line["terms"]
    numbers = " + ".join(r"\cdot ".join(map(_put, term["values"])) for term in terms)
    shares = " + ".join(_put(term["product"]) for term in terms)
    forms = [formula]
    if len(terms) > 1 or len(terms[0]["symbols"]) > 1:
        forms.append(numbers)
    if 1 < len(terms) <= SUM_SHARES:
        forms.append(shares)
    return Equation(symbol, forms, line["value"])


def _activation(line: Json) -> Equation:
    symbol, g, formula = line["tex"].split(" = ", 2)
    numbers = _numbered(formula, {"z": line["terms"][0]["values"][0]})
    return Equation(symbol, [f"{g} = {_in_line(formula)}", _in_line(numbers)], line["value"])


def _numbered(formula: str, values: dict[str, float]) -> str:
    """Return a formula with numbers for its letters, or for symbols with indices; none may be left."""
    for symbol, value in values.items():
        formula = re.sub(re.escape(symbol).join(NO_NAME), f"{{{_put(value)}}}", formula)
    assert not LETTER.search(formula.partition("|_")[0].replace(SOFTMAX, "")), formula
    return re.sub(r"([\d}])\\,\{", r"\1\\cdot {", formula)


def _in_line(tex: str) -> str:
    formula, _, letters = tex.partition(r",\; ")
    line = CASES.sub(r"\1\\;\\text{if}\\;\2,\\;\\text{else}\\;\3", formula)
    return rf"\left. {line}\, \right|_{{{letters}}}" if letters else line


def _softmax(terms: Sequence[Json], output: int) -> str:
    powers = [f"e^{{{_bare(term['values'][0])}}}" for term in terms]
    return rf"\frac{{{powers[output]}}}{{{' + '.join(powers)}}}"


def _loss(line: Json) -> Equation:
    symbol, formula = line["tex"].split(" = ", 1)
    terms = line["terms"]
    if r"\sum" in formula:
        share = formula.replace(r"\sum ", "")
        letters = [dict(zip("azy", (a, a, y), strict=True)) for a, y in (term["values"] for term in terms)]
        numbers = " + ".join(_in_line(_numbered(share, values)) for values in letters)
    else:
        truth = [term["values"][1] for term in terms].index(1)
        numbers = _numbered(formula.replace(f"{SOFTMAX}_y", _softmax(terms, truth)), {})
    forms = [_in_line(formula), numbers]
    shares = [rf"\underset{{{notation.tex(t['symbols'][0])}}}{{{_bare(t['product'])}}}" for t in terms]
    return Equation(symbol, [*forms, " + ".join(shares)] if len(terms) > 1 else forms, line["value"])


def _loss_slope(line: Json, loss: Json) -> Equation:
    symbol, formula = line["tex"].split(" = ", 1)
    term = loss["terms"][line["unit"] - 1]
    a, y = map(notation.tex, term["symbols"])
    output, target = term["values"]
    of_output = f"{SOFTMAX}_{{{line['unit']}}}"
    shown = formula.replace(of_output, _softmax(loss["terms"], line["unit"] - 1))
    numbers = _numbered(shown, {a: output, a.replace("a", "z"): output, y: target})
    return Equation(symbol, [_in_line(formula), _in_line(numbers)], line["value"])


def _delta(lines: Sequence[Json], trace: Json, spec: Json) -> Board:
    da, delta = lines
    loss = next(line for line in trace["lines"] if line["phase"] == "loss")
    above = _sum(da) if da["terms"] else _loss_slope(da, loss)
    symbol, product = delta["tex"].split(" = ", 1)
    slope_symbol = product.removeprefix(above.symbol + notation.PRODUCT)
    z = slope_symbol.removeprefix("g'(").removesuffix(")")
    known = {line["tex"].split(" = ")[0]: line["value"] for line in trace["lines"]}
    formula = ACTIVATIONS[spec["layers"][delta["layer"] - 2]["activation"]].slope
    numbers = _numbered(formula, {"z": known[z], "a": known[z.replace("z", "a")]})
    forms = [_in_line(formula)] if numbers == formula else [_in_line(formula), _in_line(numbers)]
    local = Equation(slope_symbol, forms, delta["terms"][0]["values"][1])
    above = Equation(above.symbol, above.forms[:2], above.value)
    return Board([Equation(symbol, _sum(delta).forms[1:2], delta["value"])], [above, local])


def _gradient(lines: Sequence[Json], _: Json, __: Json) -> Board:
    rows = [_sum(line) for line in lines]
    equations = [Equation(_inline(row.symbol), row.forms, row.value) for row in rows]
    of_any_input = re.sub(r"(w_\{\d+,?)1\}", r"\1j}", lines[1]["tex"])
    return Board(equations, rule=re.sub(r"\b([xa])_\{1\}", r"\1_j", of_any_input))


def _inline(symbol: str) -> str:
    return SLOPE.sub(r"\1/\2", symbol)


def _update(lines: Sequence[Json], _: Json, __: Json) -> Board:
    moved = [line for line in lines if len(line["terms"]) > 1]
    return Board(list(map(_updated, lines)), rule=rule_of(moved[-1]) if moved else None)


def rule_of(line: Json) -> str:
    """Return a line about one weight as a rule about every w."""
    tex: str = line["tex"]
    return tex.replace(notation.tex(line["symbol"].removeprefix("∂E/∂")), "w")


def _updated(line: Json) -> Equation:
    w = notation.tex(line["symbol"])
    (before, *_), *steps = [term["values"] for term in line["terms"]]
    if not steps:
        assert line["tex"] == rf"{w} \text{{ frozen}}"
        return Equation(w, [], line["value"], r"\leftarrow")
    if len(steps[0]) == 2:
        symbol, formula = line["tex"].split(r" \leftarrow ")
        assert symbol == w
        dw = notation.tex(f"∂E/∂{line['symbol']}")
        written = formula.replace(dw, _put(steps[0][1])).replace(w, _bare(before))
        written = written.replace(rf"\eta{notation.PRODUCT}", rf"{_bare(-steps[0][0])}\cdot ")
    else:
        written = f"{_bare(before)} + {_put(steps[0][0])}"
    return Equation(w, [written], line["value"], r"\leftarrow")


def _mean(line: Json) -> Equation:
    symbol, formula = line["tex"].split(" = ", 1)
    own = [term["values"][1] for term in line["terms"] if len(term["values"]) == 2]
    rest = [r"\cdots"] if len(own) < len(line["terms"]) or len(own) > MEAN_TERMS else []
    total = " + ".join([*map(_put, own[:MEAN_TERMS]), *rest])
    share, _ = formula.replace(r"\frac", r"\tfrac").split(r" \sum_k ")
    return Equation(_inline(symbol), [rf"{share}\,\bigl({total}\bigr)"], line["value"])
