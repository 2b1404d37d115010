r"""Optimizers: from the gradient g to the next parameters θ. η is the learning rate.

Each is a pure function over the whole flat vector: (parameters, gradient, state) → (parameters,
state). Numbers that change from step to step but are the same for every parameter (the rate, bias
corrections) are computed separately, as `coefficients`. Names, formulas and defaults are PyTorch's.

To add one, write its update with NumPy ufuncs alone and add its entry to OPTIMIZERS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.hyperparameters import HyperParameter, check, defaults
from engine.lbfgs import PAIRS
from engine.types import Array

State = tuple[Array, ...]
Coefficients = tuple[Any, ...]


def rate_only(rate: Array, t: Array, **parameters: float) -> Coefficients:
    """Return the coefficients of an optimizer that counts no steps: η itself."""
    return (rate,)


@dataclass(frozen=True)
class Optimizer:
    """Optimizer.

    update: (θ, g, state, coefficients, **parameters) → (θ, state); θ, g and each state vector (…, P).
    state: the names of its state vectors, which start at 0. ranges: each parameter by name.
    coefficients: (η, t, **parameters) → numbers for step t = 1, 2, …; elementwise for arrays.
    full_batch: each step needs all training rows, and E as a function of θ (see `engine.lbfgs`).
    """

    name: str
    label: str
    formula: str
    update: Callable[..., tuple[Array, State]]
    state: tuple[str, ...] = ()
    ranges: Mapping[str, HyperParameter] = field(default_factory=dict)
    coefficients: Callable[..., Coefficients] = rate_only
    learning_rate: float = 0.03
    full_batch: bool = False

    @property
    def parameters(self) -> dict[str, float]:
        """The default of each parameter by name."""
        return defaults(self.ranges)

    def check(self, **parameters: float) -> None:
        """Raise ValueError for a parameter that is unknown or out of its range."""
        check(self.name, self.ranges, parameters)

    @property
    def counts_steps(self) -> bool:
        """Whether the coefficients change from step to step even at a constant rate."""
        return self.coefficients is not rate_only


def sgd(theta: Array, g: Array, state: State, c: Coefficients) -> tuple[Array, State]:
    """Step against the gradient."""
    (rate,) = c
    return theta - rate * g, ()


def momentum(theta: Array, g: Array, state: State, c: Coefficients, momentum: float) -> tuple[Array, State]:
    """Step along the velocity v, a decaying sum of the gradients so far (Polyak 1964)."""
    (v,), (rate,) = state, c
    v = momentum * v + g
    return theta - rate * v, (v,)


def nesterov(theta: Array, g: Array, state: State, c: Coefficients, momentum: float) -> tuple[Array, State]:
    """Apply momentum with a look-ahead to the position after the step (Sutskever et al. 2013)."""
    (v,), (rate,) = state, c
    v = momentum * v + g
    return theta - rate * (g + momentum * v), (v,)


def adagrad(theta: Array, g: Array, state: State, c: Coefficients, epsilon: float) -> tuple[Array, State]:
    """Divide each parameter's step by the root of the sum of its squared gradients (Duchi et al. 2011)."""
    (s,), (rate,) = state, c
    s = s + g * g
    return theta - rate * g / (np.sqrt(s) + epsilon), (s,)


def rmsprop(
    theta: Array, g: Array, state: State, c: Coefficients, alpha: float, epsilon: float
) -> tuple[Array, State]:
    """Apply AdaGrad with a running mean s of g² instead of a sum (Hinton, lecture 6e, 2012)."""
    (s,), (rate,) = state, c
    s = alpha * s + (1 - alpha) * g * g
    return theta - rate * g / (np.sqrt(s) + epsilon), (s,)


def adadelta(
    theta: Array, g: Array, state: State, c: Coefficients, rho: float, epsilon: float
) -> tuple[Array, State]:
    """Apply RMSProp with the size of the recent moves as its rate (Zeiler 2012)."""
    (s, d), (rate,) = state, c
    s = rho * s + (1 - rho) * g * g
    move = np.sqrt(d + epsilon) / np.sqrt(s + epsilon) * g
    d = rho * d + (1 - rho) * move * move
    return theta - rate * move, (s, d)


def adam_coefficients(
    rate: Array, t: Array, beta1: float, beta2: float, epsilon: float, **rest: float
) -> Coefficients:
    """Return (η r / (1 − β₁ᵗ), ε r) with r = √(1 − β₂ᵗ): the bias corrections of m and of √v."""
    root = np.sqrt(1 - beta2**t)
    return rate * root / (1 - beta1**t), epsilon * root


def adam(
    theta: Array, g: Array, state: State, c: Coefficients, beta1: float, beta2: float, **rest: float
) -> tuple[Array, State]:
    """Divide momentum by RMSProp's root, both corrected for their start at 0 (Kingma, Ba 2014, section 2)."""
    (m, v), (rate, floor) = state, c
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    return theta - rate * m / (np.sqrt(v) + floor), (m, v)


def adamw_coefficients(rate: Array, t: Array, weight_decay: float, **rest: float) -> Coefficients:
    """Return Adam's two coefficients, and the factor 1 − η·decay that shrinks every parameter first."""
    return *adam_coefficients(rate, t, **rest), 1 - rate * weight_decay


def adamw(
    theta: Array, g: Array, state: State, c: Coefficients, weight_decay: float, **rest: float
) -> tuple[Array, State]:
    """Apply Adam, with a decay of the parameters that does not pass through g (Loshchilov, Hutter 2017)."""
    rate, floor, shrink = c
    return adam(shrink * theta, g, state, (rate, floor), **rest)


def lbfgs(theta: Array, g: Array, state: State, c: Coefficients, **rest: float) -> tuple[Array, State]:
    """Raise TypeError: L-BFGS is no function of one gradient, and `engine.lbfgs` runs it."""
    raise TypeError("L-BFGS asks for E at several points a step: engine.lbfgs runs it")


LBFGS_STATE = tuple(f"{vector}{pair}" for vector in "sy" for pair in range(1, PAIRS + 1))
_MIN_EPSILON = 1e-20
"""Smallest ε: it keeps a division by the root of a running square finite where all gradients were 0."""


def _decay(default: float) -> HyperParameter:
    """Return the range of a decay rate. It excludes 1, at which new gradients would have no effect."""
    return HyperParameter(default, 0, below=1)


_MOMENTUM = {"momentum": _decay(0.9)}
_ADAM = {"beta1": _decay(0.9), "beta2": _decay(0.999), "epsilon": HyperParameter(1e-8, _MIN_EPSILON)}
_ADAM_TEX = r"\theta \mathrel{-}= \eta\,\hat m / (\sqrt{\hat v} + \varepsilon)"
_MOMENTUM_TEX = r"v = \mu v + g,\; \theta \mathrel{-}= "

OPTIMIZERS: dict[str, Optimizer] = {
    entry.name: entry
    for entry in (
        Optimizer("sgd", "SGD", r"\theta \mathrel{-}= \eta\,g", sgd),
        Optimizer("momentum", "Momentum", _MOMENTUM_TEX + r"\eta\,v", momentum, ("v",), _MOMENTUM),
        Optimizer(
            "nesterov", "Nesterov", _MOMENTUM_TEX + r"\eta\,(g + \mu v)",
            nesterov, ("v",), _MOMENTUM,
        ),
        Optimizer(
            "adagrad", "AdaGrad",
            r"s \mathrel{+}= g^2,\; \theta \mathrel{-}= \eta\,g / (\sqrt s + \varepsilon)",
            adagrad, ("s",), {"epsilon": HyperParameter(1e-10, _MIN_EPSILON)},
        ),
        Optimizer(
            "rmsprop", "RMSProp",
            r"s = \alpha s + (1 - \alpha) g^2,\; \theta \mathrel{-}= \eta\,g / (\sqrt s + \varepsilon)",
            rmsprop, ("s",), {"alpha": _decay(0.99), "epsilon": HyperParameter(1e-8, _MIN_EPSILON)},
        ),
        Optimizer(
            "adadelta", "Adadelta",
            r"\Delta = g\sqrt{d + \varepsilon} / \sqrt{s + \varepsilon},\; \theta \mathrel{-}= \eta\Delta",
            adadelta, ("s", "d"), {"rho": _decay(0.9), "epsilon": HyperParameter(1e-6, _MIN_EPSILON)},
            learning_rate=1.0,
        ),
        Optimizer("adam", "Adam", _ADAM_TEX, adam, ("m", "v"), _ADAM, adam_coefficients),
        Optimizer(
            "adamw", "AdamW", r"\theta \mathrel{*}= 1 - \eta\lambda,\; " + _ADAM_TEX,
            adamw, ("m", "v"), {**_ADAM, "weight_decay": HyperParameter(0.01, 0)}, adamw_coefficients,
        ),
        Optimizer(
            "lbfgs", "L-BFGS", r"\theta \mathrel{-}= \eta\,H g,\; H \approx (\nabla^2 E)^{-1}",
            lbfgs, LBFGS_STATE, learning_rate=1.0, full_batch=True,
        ),
    )
}  # fmt: skip
