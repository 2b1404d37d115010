"""JAX with many networks at once: `vmap` inside `lax.scan`, parameters donated.

The networks may be along the first or the last axis, in any number. `best_of` chooses the layout and
the number that train the most networks per second.
"""

from functools import partial
from time import perf_counter
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.peers.jax_network import Parameters, flat, parameters, step_of
from benchmarks.speed.workload import Problem, orders
from engine.types import Array

COUNTS = (32, 64, 128, 256)


class JaxVmap:
    """JAX peer with `networks` networks along `axis`. apart: each has its own data and batches."""

    def __init__(self, problem: Problem, networks: int, axis: int, apart: bool) -> None:
        self.networks, self.axis = networks, axis
        starts = np.stack([problem.start(seed) for seed in range(networks)])
        first = parameters(problem, starts)
        self.parameters = jax.tree.map(lambda array: jnp.moveaxis(array, 0, axis).copy(), first)
        self.x, self.y, self.order = (jnp.array(part) for part in (problem.x, problem.y, problem.order))
        if apart:
            x, y = (np.stack([part] * networks) for part in (problem.x, problem.y))
            drawn = [orders(len(problem.x), problem.batch, 3 + network) for network in range(networks)]
            order = np.stack(drawn, 1)
            self.x, self.y, self.order = jnp.array(x), jnp.array(y), jnp.array(order)
        self.train_lap = self._compile(problem, apart)

    def _compile(self, problem: Problem, apart: bool) -> Any:
        axis, networks = self.axis, self.networks
        data_axis = 0 if apart else None
        step = jax.vmap(step_of(problem), in_axes=(axis, data_axis, data_axis), out_axes=axis)

        @partial(jax.jit, donate_argnums=0)
        def train_lap(layers: Parameters, x: Any, y: Any, order: Any) -> Parameters:
            rows = (jnp.arange(networks)[:, None], order) if apart else order
            trained, _ = jax.lax.scan(
                lambda layers, batch: (step(layers, *batch), None), layers, (x[rows], y[rows])
            )
            return trained

        return train_lap

    def lap(self) -> None:
        self.parameters = jax.block_until_ready(self.train_lap(self.parameters, self.x, self.y, self.order))

    def theta(self) -> Array:
        return flat([(jnp.take(W, 0, self.axis), jnp.take(b, 0, self.axis)) for W, b in self.parameters])


def best_of(problem: Problem, apart: bool) -> JaxVmap:
    """Return a new peer with the number and layout that train the most networks per second here."""

    def seconds_per_network(networks: int, axis: int) -> float:
        peer = JaxVmap(problem, networks, axis, apart)
        times = []
        for _ in range(6):
            begin = perf_counter()
            peer.lap()
            times.append((perf_counter() - begin) / networks)
        return float(np.median(times[1:]))

    choices = [(networks, axis) for networks in COUNTS for axis in (0, -1)]
    networks, axis = min(choices, key=lambda choice: seconds_per_network(*choice))
    return JaxVmap(problem, networks, axis, apart)
