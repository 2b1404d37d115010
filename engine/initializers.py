r"""Initializers: the weights a layer starts from.

Units with equal weights stay equal, because they always receive the same gradients. So weights
start random. Their size decides whether a signal keeps its variance through many layers: a sum
of n inputs grows like √n, and the classic rules (LeCun 1998, Glorot and Bengio 2010, He 2015)
divide by it. `uniform` does not depend on n; it is TensorFlow Playground's rule, and the default.

In the formulas n is the number of the layer's inputs and m of its units. To add a rule, write
(units, inputs, rng, **parameters) → W and add its entry to INITIALIZERS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from engine.hyperparameters import HyperParameter, check, defaults
from engine.rng import RandomSource, normal
from engine.types import Array

NO_BIAS = {"bias": HyperParameter(0.0)}


@dataclass(frozen=True)
class Initializer:
    """Rule for initial weights.

    formula: TeX of the distribution of one weight.
    weights: (units, inputs, rng, **parameters) → W (units, inputs).
    ranges: each parameter by name. Every rule has "bias", the initial value of all biases.
    """

    name: str
    label: str
    formula: str
    weights: Callable[..., Array]
    ranges: dict[str, HyperParameter]

    @property
    def parameters(self) -> dict[str, float]:
        """The default of each parameter by name."""
        return defaults(self.ranges)

    def check(self, **parameters: float) -> None:
        """Raise ValueError for a parameter that is unknown or not finite."""
        check(self.name, self.ranges, parameters)

    def draw(self, units: int, inputs: int, rng: RandomSource, **parameters: float) -> tuple[Array, Array]:
        """Draw W (units, inputs) and b (units,). Raises as `check`."""
        self.check(**parameters)
        chosen = self.parameters | parameters
        bias = chosen.pop("bias")
        return self.weights(units, inputs, rng, **chosen), np.full(units, float(bias))


def uniform(units: int, inputs: int, rng: RandomSource, limit: float) -> Array:
    """Draw weights uniformly from −limit to limit, unit by unit, input by input."""
    drawn: Array = limit * (2 * rng.random((units, inputs)) - 1)
    return drawn


def glorot_uniform(units: int, inputs: int, rng: RandomSource) -> Array:
    """Draw weights that keep the variance of signals and of gradients, for tanh and sigmoid."""
    return uniform(units, inputs, rng, sqrt(6 / (inputs + units)))


def glorot_normal(units: int, inputs: int, rng: RandomSource) -> Array:
    """Draw normal weights with the variance of glorot_uniform."""
    return sqrt(2 / (inputs + units)) * normal(rng, (units, inputs))


def he_uniform(units: int, inputs: int, rng: RandomSource) -> Array:
    """Draw weights that compensate for the half of all signals that ReLU silences."""
    return uniform(units, inputs, rng, sqrt(6 / inputs))


def he_normal(units: int, inputs: int, rng: RandomSource) -> Array:
    """Draw normal weights with the variance of he_uniform."""
    return sqrt(2 / inputs) * normal(rng, (units, inputs))


def lecun(units: int, inputs: int, rng: RandomSource) -> Array:
    """Draw weights that keep the variance of signals; SELU assumes this rule."""
    return sqrt(1 / inputs) * normal(rng, (units, inputs))


def orthogonal(units: int, inputs: int, rng: RandomSource) -> Array:
    """Draw a random rotation: the rows, or the columns if they are fewer, are orthonormal.

    Saxe, McClelland, Ganguli 2014. The signs make the rotation uniformly random (Mezzadri 2007).
    """
    tall = normal(rng, (max(units, inputs), min(units, inputs)))
    q, r = np.linalg.qr(tall)
    q = q * np.where(np.diagonal(r) < 0, -1.0, 1.0)
    return q if units >= inputs else q.T


def constant(units: int, inputs: int, rng: RandomSource, value: float) -> Array:  # noqa: ARG001
    """Return equal weights, with which the units of a layer can never become different."""
    return np.full((units, inputs), float(value))


def zeros(units: int, inputs: int, rng: RandomSource) -> Array:
    """Return zeros, with which most networks learn nothing, because no signal passes."""
    return constant(units, inputs, rng, 0)


INITIALIZERS: dict[str, Initializer] = {
    entry.name: entry
    for entry in (
        Initializer(
            "uniform", "Uniform", r"\mathcal{U}(-c, c)",
            uniform, {"limit": HyperParameter(0.5), "bias": HyperParameter(0.1)},
        ),
        Initializer(
            "glorot_uniform", "Glorot, uniform", r"\mathcal{U}(-c, c),\; c = \sqrt{\tfrac{6}{n + m}}",
            glorot_uniform, NO_BIAS,
        ),
        Initializer(
            "glorot_normal", "Glorot, normal", r"\mathcal{N}(0, \tfrac{2}{n + m})",
            glorot_normal, NO_BIAS,
        ),
        Initializer(
            "he_uniform", "He, uniform", r"\mathcal{U}(-c, c),\; c = \sqrt{\tfrac{6}{n}}",
            he_uniform, NO_BIAS,
        ),
        Initializer("he_normal", "He, normal", r"\mathcal{N}(0, \tfrac{2}{n})", he_normal, NO_BIAS),
        Initializer("lecun", "LeCun", r"\mathcal{N}(0, \tfrac{1}{n})", lecun, NO_BIAS),
        Initializer("orthogonal", "Orthogonal", r"W^\top W = I", orthogonal, NO_BIAS),
        Initializer("zeros", "Zeros", "0", zeros, NO_BIAS),
        Initializer("constant", "Constant", "c", constant, {"value": HyperParameter(0.1), **NO_BIAS}),
    )
}  # fmt: skip
