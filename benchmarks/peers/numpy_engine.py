"""The engine itself: its plan on batches that are gathered from a table, as a training run does."""

import numpy as np

from benchmarks.problem import RATE, STEPS, Problem, orders
from engine.arrays import Array
from engine.batches import gathered, table_of
from engine.plan import Plan
from engine.recipe import Recipe


class NumpyEngine:
    """`networks` networks in a stack; with data and batches of their own if `apart`, all the same if not."""

    def __init__(
        self, problem: Problem, networks: int = 1, apart: bool = False, optimizer: str = "sgd"
    ) -> None:
        self.networks, self.batch = networks, problem.batch
        recipe = Recipe(problem.architecture, optimizer=optimizer, learning_rate=RATE)
        self.plan = Plan(recipe.update(False), problem.batch, networks)
        self.plan.theta[:] = [problem.start(seed) for seed in range(networks)]
        self.tables = [table_of(problem.x, problem.y) for _ in range(networks if apart else 1)]
        self.orders = [problem.order.astype(np.intp).ravel()]
        if apart:
            drawn = (orders(len(problem.x), problem.batch, seed) for seed in range(3, 3 + networks))
            self.orders = [order.astype(np.intp).ravel() for order in drawn]
        self.steps = 0

    def lap(self) -> None:
        pairs = zip(self.tables, self.orders, strict=True)
        blocks = np.stack([gathered(table, order, self.batch) for table, order in pairs], axis=1)
        numbers = self.plan.update.coefficients(RATE, self.steps + 1.0 + np.arange(STEPS))
        coefficients = np.stack(np.broadcast_arrays(*numbers), axis=-1).reshape(-1, len(numbers), 1, 1)
        self.plan.run(blocks, coefficients)
        self.steps += STEPS

    def theta(self) -> Array:
        return self.plan.theta[0]
