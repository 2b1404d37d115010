"""JAX for many networks at once: `vmap` inside `lax.scan`, parameters donated.

Both layouts a JAX user may choose are here, the networks along the first axis or along the last,
and any number of networks: `best_of` takes what trains the most networks a second.
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
    """`networks` networks along `axis`; if `apart` with data and batches of their own, else all the same."""

    def __init__(self, problem: Problem, networks: int, axis: int, apart: bool) -> None:
        self.networks, self.axis = networks, axis
        starts = np.stack([problem.start(seed) for seed in range(networks)])
        first = parameters(problem, starts)
        self.parameters = jax.tree.map(lambda array: jnp.moveaxis(array, 0, axis).copy(), first)
        self.x, self.y, self.order = (jnp.array(part) for part in (problem.x, problem.y, problem.order))
        if apart:
            x, y = (np.stack([part] * networks) for part in (problem.x, problem.y))
            drawn = [orders(len(problem.x), problem.batch, 3 + place) for place in range(networks)]
            order = np.stack(drawn, 1)
            self.x, self.y, self.order = jnp.array(x), jnp.array(y), jnp.array(order)
        self.hundred = self._compiled(problem, apart)

    def _compiled(self, problem: Problem, apart: bool) -> Any:
        axis, networks = self.axis, self.networks
        data_axis = 0 if apart else None
        step = jax.vmap(step_of(problem), in_axes=(axis, data_axis, data_axis), out_axes=axis)

        @partial(jax.jit, donate_argnums=0)
        def hundred(layers: Parameters, x: Any, y: Any, order: Any) -> Parameters:
            where = (jnp.arange(networks)[:, None], order) if apart else order
            trained, _ = jax.lax.scan(
                lambda layers, batch: (step(layers, *batch), None), layers, (x[where], y[where])
            )
            return trained

        return hundred

    def lap(self) -> None:
        self.parameters = jax.block_until_ready(self.hundred(self.parameters, self.x, self.y, self.order))

    def theta(self) -> Array:
        return flat([(jnp.take(W, 0, self.axis), jnp.take(b, 0, self.axis)) for W, b in self.parameters])


def best_of(problem: Problem, apart: bool) -> JaxVmap:
    """The count and layout that train the most networks a second here, fresh from the start."""

    def pace(networks: int, axis: int) -> float:
        peer = JaxVmap(problem, networks, axis, apart)
        times = []
        for _ in range(6):
            begin = perf_counter()
            peer.lap()
            times.append((perf_counter() - begin) / networks)
        return float(np.median(times[1:]))

    choices = [(networks, axis) for networks in COUNTS for axis in (0, -1)]
    networks, axis = min(choices, key=lambda choice: pace(*choice))
    return JaxVmap(problem, networks, axis, apart)
