"""Plan cache: each plan is compiled once and serves all runs of its shape, within a limit in bytes."""

from collections import OrderedDict

from engine.compiled.batch_buffer import slot_count
from engine.compiled.plan import Plan
from engine.update import Update

CACHE_BYTES = 200_000_000
"""Approximate maximum size of all plans together."""

STACK_BYTES = 2_000_000
"""Maximum size of the memory of one step. A stack beyond the level-2 cache is slower per network."""

STACK_LIMIT = 64
"""Maximum number of runs in a stack. Each end of an epoch of one run interrupts the steps of all."""


class PlanCache:
    """LRU cache of plans with a limit in bytes. A plan beyond the limit is cached alone."""

    def __init__(self, max_bytes: int = CACHE_BYTES) -> None:
        self._free_bytes = max_bytes
        self._plans: OrderedDict[tuple[Update, int, int], Plan] = OrderedDict()

    def plan(self, update: Update, batch: int, stack: int) -> Plan:
        """Return the plan for `stack` networks on batches of `batch` examples."""
        key = update, batch, stack
        if key not in self._plans:
            self._free_bytes -= plan_bytes(*key)
            while self._free_bytes < 0 and self._plans:
                evicted, _ = self._plans.popitem(last=False)
                self._free_bytes += plan_bytes(*evicted)
            self._plans[key] = Plan(*key)
        self._plans.move_to_end(key)
        return self._plans[key]


PLANS = PlanCache()


def plan_bytes(update: Update, batch: int, stack: int = 1) -> int:
    """Return the approximate size of a plan."""
    buffer = slot_count(update, batch, stack) * update.coefficients_per_example * batch * 8
    return stack * (buffer + step_bytes(update, batch))


def step_bytes(update: Update, batch: int) -> int:
    """Return the approximate memory of one network's step: four buffers per layer, and four vectors."""
    rows = update.coefficients_per_example + 4 * sum(1 + layer.units for layer in update.architecture.layers)
    return 8 * (rows * batch + 4 * update.architecture.parameter_count)


def longest_stack(update: Update, batch: int) -> int:
    """Return the largest number of networks that should train in one stack."""
    return max(1, min(STACK_LIMIT, STACK_BYTES // step_bytes(update, batch)))


def padded_size(runs: int) -> int:
    """Return the stack size for this number of runs, one of four sizes per octave, so that few plans do."""
    step = 1 << max(0, runs.bit_length() - 3)
    return -(-runs // step) * step
