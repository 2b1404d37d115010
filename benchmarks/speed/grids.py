"""Grids: every unit of 7-8-8-8-1 at 100 × 100 points, the data of the heat maps in the page."""

from collections.abc import Iterator
from statistics import median

import numpy as np

from benchmarks.peers.jax_grid import JaxGrid
from benchmarks.speed import thresholds
from benchmarks.speed.report import Row
from benchmarks.speed.thresholds import MEDIUM
from benchmarks.speed.timing import ratio, rounds
from benchmarks.speed.workload import Problem
from engine.forward import forward
from engine.network import Network

POINTS = 100 * 100


def grids(seconds: float) -> Iterator[Row]:
    """Compare the engine's forward pass with JAX. The row's losses are the means of all activations."""
    problem = Problem(MEDIUM, 10)
    x = np.random.default_rng(0).uniform(-1, 1, (POINTS, MEDIUM[0]))
    network, theirs = Network(problem.architecture, problem.start()), JaxGrid(problem, x)
    times = rounds({"ours": lambda: forward(network, x), "JAX jit": theirs.lap}, seconds)
    means = [
        float(np.mean([np.mean(a) for a in layers]))
        for layers in ([layer.a for layer in forward(network, x).layers], theirs.activations())
    ]
    yield Row(
        "100×100 grid, every unit, 7-8-8-8-1", "JAX jit", 1 / median(times["ours"]),
        1 / median(times["JAX jit"]), ratio(times["ours"], times["JAX jit"]), thresholds.GRID, "grids",
        (means[0], means[1]),
    )  # fmt: skip
