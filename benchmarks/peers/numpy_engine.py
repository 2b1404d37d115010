"""NumPy engine as a contestant: its plan, on batches gathered as in a training run."""

import numpy as np

from benchmarks.speed.workload import RATE, STEPS, Problem, orders
from engine.compiled.batch_buffer import with_ones
from engine.compiled.plan import Plan
from engine.training.config import TrainingConfig
from engine.types import Array


class NumpyEngine:
    """Engine with `networks` networks in a stack. apart: each has its own data and batches."""

    def __init__(
        self, problem: Problem, networks: int = 1, apart: bool = False, optimizer: str = "sgd"
    ) -> None:
        self.networks, self.batch = networks, problem.batch
        config = TrainingConfig(problem.architecture, optimizer=optimizer, learning_rate=RATE)
        self.plan = Plan(config.update(False), problem.batch, networks)
        self.plan.theta[:] = [problem.start(seed) for seed in range(networks)]
        self.data = [(with_ones(problem.x), problem.y.copy()) for _ in range(networks if apart else 1)]
        self.orders = [problem.order.astype(np.intp).ravel()]
        if apart:
            drawn = (orders(len(problem.x), problem.batch, seed) for seed in range(3, 3 + networks))
            self.orders = [order.astype(np.intp).ravel() for order in drawn]
        self.steps = 0

    def lap(self) -> None:
        plan, slots = self.plan, len(self.plan.buffer)
        for first in range(0, STEPS, slots):
            stop = min(STEPS, first + slots)
            counts = np.arange(self.steps + first + 1.0, self.steps + stop + 1.0)
            for network, ((x, y), order) in enumerate(zip(self.data, self.orders, strict=True)):
                batches = plan.buffer[: stop - first, network]
                rows = order[first * self.batch : stop * self.batch]
                batches.gather(x, y, rows, RATE if plan.update.is_plain_sgd else 1.0)
                batches.set_coefficients(plan.update, RATE, counts)
            if len(self.data) < self.networks:
                plan.buffer[: stop - first, 1:] = plan.buffer[: stop - first, :1]
            plan.run(slice(stop - first))
        self.steps += STEPS

    def theta(self) -> Array:
        return self.plan.theta[0]
