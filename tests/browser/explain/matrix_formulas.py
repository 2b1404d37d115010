"""Formulas in matrix form, computed from the numbers of a trace's lines."""

import re
from collections.abc import Sequence
from functools import reduce

import numpy as np

from engine.types import Array, Mask
from tests.browser.explain.formulas import Board, Equation, Json, rule_of

MATRIX = re.compile(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}")
FACTOR = re.compile(
    r"\\begin\{bmatrix\}.*?\\end\{bmatrix\}|⟨[^⟩]*⟩|\\tfrac\{1\}\{\d+\}|\\eta"
    r"|\\frac\{\\partial E\}\{\\partial [aWb]\^\{\(\d+\)\}\}|g'\(z\^\{\(\d+\)\}\)|\\Delta [Wb]\^\{\(\d+\)\}"
    r"|\([Wa]\^\{\(\d+\)\}\)\^\{\\mathsf T\}|\\mathbf\{1\}(?:\^\{\\mathsf T\})?"
    r"|(?:[Wbaz]|\\delta)\^\{\(\d+\)\}"
)


class MatrixFormulas:
    """Formulas in matrix form, computed: every symbol is the matrix of the numbers in the engine's lines."""

    def __init__(self, traces: Sequence[Json], lines: Sequence[Json]) -> None:
        """traces: an example each, in columns. lines: with the gradients and the update."""
        self._known: dict[str, Array] = {r"\mathbf{1}": np.ones((len(traces), 1))}
        self._after: dict[str, Array] = {}
        self._frozen: dict[str, Mask] = {}
        for layer in sorted({line["layer"] for line in lines if line["phase"] == "forward"}):
            self._learn_passes(traces, layer)
            self._learn_weights(lines, layer)

    def _learn_passes(self, traces: Sequence[Json], layer: int) -> None:
        def column(trace: Json, start: str) -> list[Json]:
            return [
                line
                for line in trace["lines"]
                if line["layer"] == layer and line["symbol"].startswith(start) and line["phase"] != "update"
            ]

        def beside(start: str) -> Array:
            return np.array([[line["value"] for line in column(trace, start)] for trace in traces]).T

        sums = column(traces[0], "z_")
        block = np.array([[term["values"][0] for term in line["terms"]] for line in sums])
        inputs = [[term["values"][1] for term in column(t, "z_")[0]["terms"][1:]] for t in traces]
        slopes = [[line["terms"][0]["values"][1] for line in column(t, "δ_")] for t in traces]
        self._known |= {
            f"W^{{({layer - 1})}}": block[:, 1:], f"b^{{({layer - 1})}}": block[:, :1],
            f"a^{{({layer - 1})}}": np.array(inputs).T,
            f"z^{{({layer})}}": beside("z_"), f"a^{{({layer})}}": beside("a_"),
            rf"\delta^{{({layer})}}": beside("δ_"), f"g'(z^{{({layer})}})": np.array(slopes).T,
            rf"\frac{{\partial E}}{{\partial a^{{({layer})}}}}": beside("∂E/∂a"),
        }  # fmt: skip

    def _learn_weights(self, lines: Sequence[Json], layer: int) -> None:
        here = [line for line in lines if line["layer"] == layer]
        update = [line for line in here if line["phase"] == "update"]
        shape = len([line for line in here if line["symbol"].startswith("z_")]), -1
        slopes = [line["value"] for line in here if line["symbol"].startswith("∂E/∂w")]
        steps = [line["terms"][1]["values"] if len(line["terms"]) > 1 else [0.0] for line in update]
        still = [len(line["terms"]) == 1 for line in update]
        rates = [-step[0] for step in steps if len(step) == 2]
        if rates:
            self._known[r"\eta"] = np.array(rates[0])
        for name, part in (("W", slice(1, None)), ("b", slice(1))):
            symbol = f"{name}^{{({layer - 1})}}"
            slope = np.reshape(slopes, shape)[:, part]
            self._known[rf"\frac{{\partial E}}{{\partial {symbol}}}"] = slope
            if update:
                self._known[rf"\Delta {symbol}"] = np.reshape([step[-1] for step in steps], shape)[:, part]
                self._after[symbol] = np.reshape([line["value"] for line in update], shape)[:, part]
                self._frozen[symbol] = np.reshape(still, shape)[:, part]

    def check(self, kind: str, lines: Sequence[Json], board: Board) -> None:
        """Assert that what stands at a stop of a layer comes to the numbers of its lines."""
        for equation in board.equations:
            self._check(equation)
        if kind == "forward":
            formula = lines[1]["tex"].split(" = ", 2)[2]
            assert board.equations[1].forms[0].endswith(rf",\;\; g(z) = {formula}")
        moved = [line for line in lines if kind == "update" and len(line["terms"]) > 1]
        plain = any(len(line["terms"][1]["values"]) == 2 for line in moved)
        assert board.rule == (rule_of(moved[-1]) if moved and not plain else None)

    def _check(self, equation: Equation) -> None:
        """Assert that symbol, formula, numbers and result come to the same."""
        if equation.relation == r"\leftarrow":
            self._check_update(equation)
            return
        wanted = self._value(equation.symbol)
        for form in equation.forms:
            if re.match(r"g\(z|g\\begin", form):
                pre = form.removeprefix("g").partition(r",\;\;")[0].removeprefix("(z").removesuffix(")")
                z = equation.symbol.replace("a", "z")
                found = self._value(f"z{pre}" if pre.startswith("^") else pre)
                np.testing.assert_allclose(found, self._value(z), err_msg=form)
            else:
                np.testing.assert_allclose(self._value(form), wanted, atol=1e-12, err_msg=form)

    def _check_update(self, equation: Equation) -> None:
        wanted, frozen = self._after[equation.symbol], self._frozen[equation.symbol]
        formula, numbers = equation.forms
        if formula == rf"{equation.symbol}\;\text{{(frozen)}}":
            assert frozen.all()
            np.testing.assert_array_equal(self._value(numbers), wanted)
            return
        formula, zeros, _ = formula.partition(r"\;\;\text{(0: frozen)}")
        assert bool(zeros) == frozen.any()
        np.testing.assert_allclose(
            self._value(formula)[~frozen], wanted[~frozen], atol=1e-12, err_msg=formula
        )
        for form in numbers.split(" = "):
            np.testing.assert_allclose(self._value(form), wanted, atol=1e-12, err_msg=form)

    def _value(self, tex: str) -> Array:
        first, *others = re.split(r" ([+-]) ", tex)
        total = self._product(first)
        for sign, term in zip(others[::2], others[1::2], strict=True):
            total = total + self._product(term) if sign == "+" else total - self._product(term)
        return total

    def _product(self, tex: str) -> Array:
        left, hadamard, right = tex.partition(r"\odot")
        if hadamard:
            return self._product(left) * self._product(right)
        rest = re.sub(r"\\[,;]|\\cdot|\s", "", FACTOR.sub("", tex))
        assert not rest, f"{rest} in {tex} is nothing that the engine's lines say"
        return reduce(_juxtaposed, map(self._factor, FACTOR.findall(tex)))

    def _factor(self, tex: str) -> Array:
        if matrix := MATRIX.fullmatch(tex):
            rows = [row.split(" & ") for row in matrix[1].split(r"\\ ")]
            return np.array([[float(number.strip("⟨⟩")) for number in row] for row in rows])
        if tex.startswith("⟨"):
            return np.array(float(tex.strip("⟨⟩")))
        if share := re.fullmatch(r"\\tfrac\{1\}\{(\d+)\}", tex):
            return np.array(1 / int(share[1]))
        if tex.endswith(r"^{\mathsf T}"):
            return self._factor(tex.removesuffix(r"^{\mathsf T}").removeprefix("(").removesuffix(")")).T
        return self._known[tex]


def _juxtaposed(left: Array, right: Array) -> Array:
    return left @ right if left.ndim and right.ndim else left * right
