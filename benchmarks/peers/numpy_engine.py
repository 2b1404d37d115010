"""The engine itself: its plan on batches that are gathered from a table, as a training run does."""

import numpy as np

from benchmarks.problem import RATE, STEPS, Problem, orders
from engine.arrays import Array
from engine.batches import gather, table_of
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
        plan, slots = self.plan, len(self.plan.blocks)
        counted = plan.update.coefficients(RATE, self.steps + 1.0 + np.arange(STEPS))
        numbers = np.stack([np.broadcast_to(number, STEPS) for number in counted], axis=1)
        for first in range(0, STEPS, slots):
            now = slice(first, min(STEPS, first + slots))
            window = slice(now.stop - first)
            for place, (table, order) in enumerate(zip(self.tables, self.orders, strict=True)):
                rows = order[now.start * self.batch : now.stop * self.batch]
                gather(table, rows, plan.blocks[window, place])
            if len(self.tables) < self.networks:
                plan.blocks[window, 1:] = plan.blocks[window, :1]
            plan.coefficients[window] = numbers[now, :, np.newaxis, np.newaxis]
            plan.run(window)
        self.steps += STEPS

    def theta(self) -> Array:
        return self.plan.theta[0]
