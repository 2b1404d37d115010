"""JAX jit: every unit of a network at every point of a grid."""

from typing import Any

import jax
import jax.numpy as jnp

from benchmarks.peers.jax_network import ACTIVATIONS, Parameters, parameters
from benchmarks.speed.workload import Problem
from engine.types import Array


class JaxGrid:
    def __init__(self, problem: Problem, x: Array) -> None:
        self.x, self.parameters = jnp.array(x), parameters(problem, problem.start())
        activations = [ACTIVATIONS[spec.activation] for spec in problem.architecture.layers]

        @jax.jit
        def units(layers: Parameters, x: Any) -> list[Any]:
            values = [x]
            for (W, b), g in zip(layers, activations, strict=True):
                values.append(g(values[-1] @ W.T + b))
            return values[1:]

        self.units = units

    def lap(self) -> None:
        jax.block_until_ready(self.units(self.parameters, self.x))

    def activations(self) -> list[Any]:
        """Return a (points, units) of every layer."""
        return self.units(self.parameters, self.x)
