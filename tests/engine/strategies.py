"""Networks, examples and runs to test with, each drawn from a seed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.data.examples import Examples
from engine.losses import LOSSES
from engine.network import Architecture, LayerSpec, Network
from engine.optimizers import OPTIMIZERS
from engine.training.config import TrainingConfig
from engine.training.run import TrainingRun
from engine.types import Array

SEEDS = st.integers(0, 2**32 - 1)
STEPWISE = [name for name, optimizer in OPTIMIZERS.items() if not optimizer.full_batch]


def architecture(
    inputs: int, *widths: int, activation: str = "tanh", output: str | None = None, dropout: float = 0.0
) -> Architecture:
    """Layers of these widths; the last is the output, and alone never drops units out."""
    hidden = [LayerSpec(units, activation, dropout) for units in widths[:-1]]
    return Architecture(inputs, (*hidden, LayerSpec(widths[-1], output or activation)))


def architecture_for(loss: str, inputs: int, *widths: int, activation: str = "tanh") -> Architecture:
    """As `architecture`, with the output layer that this loss wants."""
    output = "linear" if LOSSES[loss].reads_logits else activation
    return architecture(inputs, *widths, activation=activation, output=output)


def network(shape: Architecture, seed: int, *lead: int) -> Network:
    """Random weights and random biases too: with zero biases a dead ReLU row sits on the next kink."""
    size = (*lead, shape.parameter_count)
    return Network(shape, np.random.default_rng(seed).uniform(-0.8, 0.8, size))


def inputs(seed: int, *shape: int) -> Array:
    return np.random.default_rng([seed, 1]).uniform(-1.5, 1.5, shape)


def targets(loss: str, seed: int, *shape: int) -> Array:
    """Targets (…, rows, outputs) of the kind that the loss compares with."""
    rng = np.random.default_rng([seed, 2])
    if loss == "cross_entropy":
        return np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])]
    if loss == "binary_cross_entropy":
        return rng.integers(2, size=shape).astype(float)
    if loss == "hinge":
        return 2.0 * rng.integers(2, size=shape) - 1
    return rng.uniform(-1.5, 1.5, shape)


def examples(shape: Architecture, loss: str, seed: int, train: int = 30, test: int = 10) -> Examples:
    rows = train + test
    x, y = inputs(seed, rows, shape.inputs), targets(loss, seed, rows, shape.outputs)
    return Examples(x, y, train, classes=0, middle=None)


def run(shape: Architecture, seed: int = 0, train: int = 30, test: int = 10, **config: Any) -> TrainingRun:
    """A run on random examples, from the start that its recipe draws."""
    built = TrainingConfig(shape, seed=seed, **config)
    return TrainingRun(built, examples(shape, built.loss, seed, train, test))


def twin(original: TrainingRun) -> TrainingRun:
    """Another run in the same state, which shares no memory with it."""
    copy = TrainingRun(original.config, original.examples)
    copy.restore(original.snapshot())
    return copy


def assert_same_state(one: TrainingRun, other: TrainingRun) -> None:
    """The two runs agree in everything that they will ever do, to the last bit."""
    assert one.history.rows == other.history.rows
    first, second = one.snapshot(), other.snapshot()
    assert first.keys() == second.keys()
    for name, value in first.items():
        np.testing.assert_equal(second[name], value, err_msg=name)


def price(penalty: str, weights: Array, rate: Array) -> Array:
    """What each weight costs, by the formulas of the registry."""
    if penalty == "l1":
        return rate * np.abs(weights)
    if penalty == "l2":
        return rate / 2 * weights * weights
    return 0 * weights


@st.composite
def widths(draw: st.DrawFn, most: int = 5, layers: int = 2, outputs: int = 3) -> tuple[int, ...]:
    """Up to `layers` hidden widths, then the number of outputs, at least 2."""
    hidden = draw(st.lists(st.integers(1, most), max_size=layers))
    return (*hidden, draw(st.integers(2, outputs)))


@contextmanager
def derivative(name: str, slope: Any) -> Iterator[None]:
    """Inside it, the activation of this name has another derivative."""
    right = ACTIVATIONS[name]
    ACTIVATIONS[name] = replace(right, derivative=slope)
    try:
        yield
    finally:
        ACTIVATIONS[name] = right
