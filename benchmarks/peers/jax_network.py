"""Network of the JAX peers: a list of (W, b) per layer, E, and one step of SGD."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.speed.workload import RATE, Problem
from engine.network import blocks
from engine.types import Array

jax.config.update("jax_enable_x64", True)
Parameters = list[tuple[Any, Any]]
ACTIVATIONS: dict[str, Callable[[Any], Any]] = {"tanh": jnp.tanh, "linear": lambda z: z}


def parameters(problem: Problem, theta: Array) -> Parameters:
    """Return theta (…, P) as JAX arrays W (…, units, inputs) and b (…, units)."""
    return [
        (jnp.array(block[..., 1:]), jnp.array(block[..., 0])) for block in blocks(problem.architecture, theta)
    ]


def flat(layers: Parameters) -> Array:
    """Return the vector (P,) of W (units, inputs) and b (units,) of each layer."""
    return np.concatenate([np.column_stack([b, W]).ravel() for W, b in layers])


def step_of(problem: Problem) -> Callable[[Parameters, Any, Any], Parameters]:
    """Return the function (parameters, x (batch, inputs), y (batch, outputs)) → parameters after one step."""
    activations = [ACTIVATIONS[spec.activation] for spec in problem.architecture.layers]

    def error(layers: Parameters, x: Any, y: Any) -> Any:
        a = x
        for (W, b), g in zip(layers, activations, strict=True):
            a = g(a @ W.T + b)
        return 0.5 * jnp.square(a - y).sum(-1).mean()

    def step(layers: Parameters, x: Any, y: Any) -> Parameters:
        gradient = jax.grad(error)(layers, x, y)
        return jax.tree.map(lambda p, g: p - RATE * g, layers, gradient)

    return step
