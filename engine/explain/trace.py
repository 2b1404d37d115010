"""Trace: the forward pass, backward pass and update of one example, line by line.

Each line is one that a lecturer writes on the blackboard: a symbol, its formula, the terms with
their values, and the result. The value of a line is the sum of the products of its terms. The terms
of an activation and of the loss are exceptions: they hold the inputs of the formula.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod
from typing import Literal

import numpy as np

from engine import notation
from engine.backward import BackwardTrace, backward
from engine.expression.tex import number_tex
from engine.forward import ForwardTrace, forward
from engine.losses import LOSSES, Loss
from engine.network import Architecture, Network, weight_mask
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.training.config import TrainingConfig
from engine.training.run import TrainingRun
from engine.types import Array

Phase = Literal["forward", "loss", "backward", "update"]


@dataclass(frozen=True)
class Term:
    """Product of named numbers: the symbols of its factors, their values, and the product."""

    symbols: tuple[str, ...]
    values: tuple[float, ...]
    product: float

    @classmethod
    def of(cls, *factors: tuple[str, float]) -> "Term":
        """Return the term with these factors (symbol, value)."""
        symbols, values = zip(*factors, strict=True)
        return cls(symbols, tuple(map(float, values)), float(prod(values)))


@dataclass(frozen=True)
class Line:
    """Line of a trace. layer counts the inputs as 1. unit counts from 1; 0 for the loss."""

    phase: Phase
    layer: int
    unit: int
    symbol: str
    tex: str
    value: float
    terms: tuple[Term, ...] = field(default_factory=tuple)


def trace(run: TrainingRun, row: int) -> list[Line]:
    """Return the lines of an update from the example in this row alone, without making the update.

    Raises IndexError when there is no such row.
    """
    if not 0 <= row < len(run.examples.x):
        raise IndexError(f"example {row} does not exist; choose one from 0 to {len(run.examples.x) - 1}")
    x, y = run.examples.x[row : row + 1], run.examples.y[row : row + 1]
    loss = LOSSES[run.config.loss]
    fwd = forward(run.network, x)
    bwd = backward(run.network, fwd, y, loss)
    return [
        *_forward_lines(run.network, fwd),
        _loss_line(run.network, fwd, y, loss),
        *_backward_lines(run.network, fwd, bwd, loss),
        *update_lines(run, bwd.gradient),
    ]


def _forward_lines(network: Network, fwd: ForwardTrace) -> Iterator[Line]:
    a_prev = fwd.x[0]
    for layer, (weights, values) in enumerate(zip(network.layers, fwd.layers, strict=True), start=1):
        for i, (z, a) in enumerate(zip(values.z[0], values.a[0], strict=True), start=1):
            terms = [Term.of((notation.weight(layer, i, 0), weights.b[i - 1]))]
            for j, below in enumerate(a_prev, start=1):
                factor = notation.weight(layer, i, j), weights.W[i - 1, j - 1]
                terms.append(Term.of(factor, (notation.unit("a", layer, j), below)))
            pre = notation.unit("z", layer + 1, i)
            yield _sum_line("forward", layer + 1, i, pre, terms)
            post = notation.unit("a", layer + 1, i)
            formula = f"{notation.tex(post)} = g({notation.tex(pre)}) = {weights.activation.formula}"
            yield Line("forward", layer + 1, i, post, formula, float(a), (Term.of((pre, z)),))
        a_prev = values.a[0]


def _loss_line(network: Network, fwd: ForwardTrace, y: Array, loss: Loss) -> Line:
    layer = len(network.layers) + 1
    parts = loss.terms(fwd.output, y, -1)[0]
    terms = [
        Term((notation.unit("a", layer, k), f"y_{k}"), (float(a), float(target)), float(part))
        for k, (a, target, part) in enumerate(zip(fwd.output[0], y[0], parts, strict=True), start=1)
    ]
    return Line(
        "loss", layer, 0, "E", f"E = {loss.formula}", sum(term.product for term in terms), tuple(terms)
    )


def _backward_lines(network: Network, fwd: ForwardTrace, bwd: BackwardTrace, loss: Loss) -> Iterator[Line]:
    for index in reversed(range(len(network.layers))):
        yield from _delta_lines(network, fwd, bwd, loss, index)
        a_prev = fwd.layers[index - 1].a[0] if index else fwd.x[0]
        for i, delta in enumerate(bwd.layers[index].delta[0], start=1):
            for j, below in enumerate((1.0, *a_prev)):
                symbol = notation.slope("E", notation.weight(index + 1, i, j))
                source = [(notation.unit("a", index + 1, j), below)] if j else []
                term = Term.of((notation.unit("δ", index + 2, i), delta), *source)
                yield _sum_line("backward", index + 2, i, symbol, [term])


def _delta_lines(
    network: Network, fwd: ForwardTrace, bwd: BackwardTrace, loss: Loss, index: int
) -> Iterator[Line]:
    """Yield a layer's ∂E/∂a, from the loss or as a sum over the units above, and δ = ∂E/∂a · g'(z)."""
    layer, values, gradients = index + 2, fwd.layers[index], bwd.layers[index]
    slope = network.layers[index].activation.derivative(values.z, values.a)
    slopes = np.broadcast_to(slope, values.z.shape)[0]
    for i, (da, local) in enumerate(zip(gradients.da[0], slopes, strict=True), start=1):
        symbol = notation.slope("E", notation.unit("a", layer, i))
        if index == len(network.layers) - 1:
            formula = f"{notation.tex(symbol)} = {notation.at_unit(loss.slope, layer, i)}"
            yield Line("backward", layer, i, symbol, formula, float(da))
        else:
            terms = []
            for k, delta in enumerate(bwd.layers[index + 1].delta[0], start=1):
                w = notation.weight(layer, k, i), network.layers[index + 1].W[k - 1, i - 1]
                terms.append(Term.of((notation.unit("δ", layer + 1, k), delta), w))
            yield _sum_line("backward", layer, i, symbol, terms)
        factors = (symbol, da), (f"g'({notation.unit('z', layer, i)})", local)
        yield _sum_line("backward", layer, i, notation.unit("δ", layer, i), [Term.of(*factors)])


def update_lines(run: TrainingRun, gradient: Array) -> Iterator[Line]:
    """Yield the new weights: plain SGD as w ← w − η ∂E/∂w, other optimizers as old weight plus step."""
    config, theta = run.config, run.network.theta
    if OPTIMIZERS[config.optimizer].full_batch:  # the line search needs E at points that the trace lacks
        return
    rate, after = _updated(run, gradient)
    plain = config.optimizer == "sgd" and config.clip_norm is None and config.penalty == "none"
    for parameter, (layer, i, j) in enumerate(_weight_indices(config.architecture)):
        symbol = notation.weight(layer, i, j)
        w, dw = notation.tex(symbol), notation.slope("E", symbol)
        terms = [Term.of((symbol, theta[parameter]))]
        if not run.trainable[parameter]:
            formula = rf"{w} \text{{ frozen}}"
        elif plain:
            formula = rf"{w} \leftarrow {w} - \eta\,{notation.tex(dw)}"
            terms.append(Term.of(("−η", -rate), (dw, gradient[parameter])))
        else:
            formula = _update_formula(config, is_bias=j == 0)
            terms.append(Term.of((f"Δ{symbol}", after[parameter] - theta[parameter])))
        yield Line("update", layer + 1, i, symbol, formula, float(after[parameter]), tuple(terms))


def _update_formula(config: TrainingConfig, is_bias: bool) -> str:
    """Return how an update is made of a gradient g: clipped, penalized (a bias never is), and optimized."""
    gradient = r"g = \frac{\partial E}{\partial w}"
    if config.clip_norm is not None:
        norm = r"\lVert \partial E/\partial\theta \rVert"
        gradient += rf" \cdot \min\Bigl(1, \frac{{{number_tex(config.clip_norm)}}}{{{norm}}}\Bigr)"
    penalty = "" if is_bias else PENALTIES[config.penalty].step
    before, after = (penalty, "") if penalty.startswith("g") else ("", penalty)
    written = gradient, before, OPTIMIZERS[config.optimizer].formula, after
    return r",\;\; ".join(filter(None, written))


def _updated(run: TrainingRun, gradient: Array) -> tuple[float, Array]:
    """Return the learning rate of the next update, and the parameters after an update with this gradient."""
    config = run.config
    rate = config.rate_at(run.step, run.epoch)
    coefficients = run.update.coefficients(rate, run.updates + 1)
    decay = config.penalty_rate * weight_mask(config.architecture)
    clip_norm = np.array([config.clip_norm or 0])
    state, free = tuple(run.state), run.trainable.astype(float)
    theta = run.network.theta
    return rate, run.update.apply(theta, gradient, state, coefficients, free, decay, clip_norm).theta


def _weight_indices(architecture: Architecture) -> Iterator[tuple[int, int, int]]:
    """Yield (layer, i, j) of every w_ij^(layer), in the order of the flat vector."""
    for layer, (units, columns) in enumerate(architecture.block_shapes, start=1):
        for i in range(1, units + 1):
            yield from ((layer, i, j) for j in range(columns))


def _sum_line(phase: Phase, layer: int, unit: int, symbol: str, terms: list[Term]) -> Line:
    formula = " + ".join(notation.PRODUCT.join(map(notation.tex, term.symbols)) for term in terms)
    value = sum(term.product for term in terms)
    return Line(phase, layer, unit, symbol, f"{notation.tex(symbol)} = {formula}", value, tuple(terms))
