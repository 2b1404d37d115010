"""Plan cache: each plan is compiled once and serves all runs of its shape, within a limit in bytes."""

from collections import OrderedDict

from engine.compiled.batch_buffer import slot_count
from engine.compiled.plan import Plan
from engine.update import Update

CACHE_BYTES = 200_000_000
"""Bytes that all plans together may take up, more or less."""

STACK_BYTES = 2_000_000
"""Bytes from which on a longer stack is a slower one: about what the nearest caches hold."""

STACK_LIMIT = 64
"""Runs in a stack end their epochs at places of their own, and each of these cuts the steps of all."""


class PlanCache:
    """Plans by shape; the one not used for the longest makes room for the next."""

    def __init__(self, room: int = CACHE_BYTES) -> None:
        self._room = room
        self._plans: OrderedDict[tuple[Update, int, int], Plan] = OrderedDict()

    def plan(self, update: Update, batch: int, stack: int) -> Plan:
        """Return the plan for a stack of so many on batches of this size."""
        shape = update, batch, stack
        if shape not in self._plans:
            self._room -= plan_bytes(*shape)
            while self._room < 0 and self._plans:
                gone, _ = self._plans.popitem(last=False)
                self._room += plan_bytes(*gone)
            self._plans[shape] = Plan(*shape)
        self._plans.move_to_end(shape)
        return self._plans[shape]


PLANS = PlanCache()


def plan_bytes(update: Update, batch: int, stack: int = 1) -> int:
    """Return the bytes of a plan, roughly."""
    window = slot_count(update, batch, stack) * update.coefficients_per_example * batch * 8
    return stack * (window + step_bytes(update, batch))


def step_bytes(update: Update, batch: int) -> int:
    """The bytes that one network's step meets, roughly: four buffers of each layer, and a few vectors."""
    rows = update.coefficients_per_example + 4 * sum(1 + layer.units for layer in update.architecture.layers)
    return 8 * (rows * batch + 4 * update.architecture.parameter_count)


def longest_stack(update: Update, batch: int) -> int:
    """Return how many networks are best trained in one stack."""
    return max(1, min(STACK_LIMIT, STACK_BYTES // step_bytes(update, batch)))


def padded_size(runs: int) -> int:
    """How many places a stack for so many has: one of four numbers an octave, so that few plans serve all."""
    step = 1 << max(0, runs.bit_length() - 3)
    return -(-runs // step) * step
