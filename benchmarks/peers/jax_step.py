"""JAX with one compiled step per call; the loop is in Python, where a program can inspect every step."""

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp

from benchmarks.peers.jax_network import Parameters, flat, parameters, step_of
from benchmarks.speed.workload import Problem
from engine.types import Array


class JaxStep:
    networks = 1

    def __init__(self, problem: Problem) -> None:
        self.x, self.y = jnp.array(problem.x), jnp.array(problem.y)
        self.batches = [jnp.array(rows) for rows in problem.order]
        self.parameters = parameters(problem, problem.start())
        step = step_of(problem)

        @partial(jax.jit, donate_argnums=0)
        def train_step(layers: Parameters, x: Any, y: Any, rows: Any) -> Parameters:
            return step(layers, x[rows], y[rows])

        self.train_step = train_step

    def lap(self) -> None:
        for rows in self.batches:
            self.parameters = self.train_step(self.parameters, self.x, self.y, rows)
        jax.block_until_ready(self.parameters)

    def theta(self) -> Array:
        return flat(self.parameters)
