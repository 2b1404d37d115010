"""Rounds: who trains next, with whom, and how far.

Networks that agree in their update and the size of their batches train as one stack, which is what
lets one process serve a class; none of them can tell (`engine.training.stack`). Those with a pace come
first, whoever waits longest before the others. What is left goes to those that would take all:
half to `steps` under way, which somebody waits for, half to networks played as fast as possible;
of each kind whoever has had least. When paces cannot be kept, those get a small share of the time.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import inf
from time import perf_counter

from app.domain.instruments import Histogram, Rate
from app.messages.reports import STACKS
from app.trainer.scheduling.pacing import Speed
from app.trainer.scheduling.stack_key import Shape
from app.trainer.session import Resident
from engine.compiled.plan_cache import SHELF, places
from engine.optimizers import OPTIMIZERS
from engine.training.loop import train_stack

SLICE = 0.004
TURN = 0.02
"""Seconds of training between two looks at what has come."""
BEHIND = 0.05
"""Seconds that a pace may be late before the others have to leave it most of the time."""
GREEDY_SHARE = 0.12
LONG = 0.1
WORTH_TELLING = 0.3
STEPS_GUESSED_PER_SECOND = 2e8
"""Multiplications, roughly, of a step that was never made."""
SHAPES_KEPT = 1000

Failed = Callable[[Resident, Exception], None]
Warn = Callable[[float], None]

log = logging.getLogger(__name__)


class Rounds:
    """failed: told of a network whose training raised. warn: told of a step that will take so long.

    steps, rate, stacks: what was done, counted for whoever looks after the service.
    """

    def __init__(self, failed: Failed, warn: Warn) -> None:
        self._failed = failed
        self._warn = warn
        self._speeds: dict[tuple[Shape, int], Speed] = {}
        self._greedy_at = 0.0
        self._last_greedy = 0.0
        self._ahead = 0.0
        self.steps = 0
        self.rate = Rate(perf_counter())
        self.stacks = Histogram(STACKS)

    def wait(self, residents: Iterable[Resident], now: float) -> float:
        """Seconds until somebody has something to do."""
        paced = min((resident.due_at for resident in residents if resident.paced), default=inf)
        greedy = min((resident.due_at for resident in residents if resident.greedy), default=inf)
        if greedy < inf and paced < inf and not self._greedy_may(paced, now):
            greedy = self._greedy_at
        return max(0.0, min(paced, greedy) - now)

    def train(self, residents: list[Resident]) -> list[Resident]:
        """Train for about a turn; those that trained."""
        begun, trained = perf_counter(), []
        paced = [resident for resident in residents if resident.paced]
        for stack, steps in _paced_stacks(paced, begun):
            most = self._speed(stack[0].shape, len(stack)).within(TURN)
            if most > (epoch := stack[0].epoch_steps):
                most -= most % epoch
            trained += self._train(stack, min(steps, most))
            if perf_counter() - begun > TURN:
                break
        due_at = min((resident.due_at for resident in paced), default=inf)
        if self._greedy_may(due_at, perf_counter()):
            trained += self._train_greedy(residents)
        return list(dict.fromkeys(trained))

    def _greedy_may(self, due_at: float, now: float) -> bool:
        """Whether those without a pace may train now. due_at: when the first of the others is due."""
        if due_at == inf or now >= self._greedy_at:
            return True
        return self._last_greedy < LONG and now - due_at < BEHIND

    def _train_greedy(self, residents: list[Resident]) -> list[Resident]:
        """A slice for those without a pace."""
        begun, trained = perf_counter(), []
        while perf_counter() - begun < SLICE:
            greedy = [resident for resident in residents if resident.greedy]
            if not greedy:
                break
            half = self._in_turn(greedy)
            sign, since = 1 if half[0].job else -1, perf_counter()
            trained += self._train_neediest(half)
            self._ahead += sign * (perf_counter() - since)
        self._last_greedy = perf_counter() - begun
        self._greedy_at = begun + self._last_greedy / GREEDY_SHARE
        return trained

    def _in_turn(self, greedy: list[Resident]) -> list[Resident]:
        """Those of these whose half of the time it is, `steps` or plays; all where they are of one kind."""
        steps = [resident for resident in greedy if resident.job]
        if not 0 < len(steps) < len(greedy):
            self._ahead = 0.0
            return greedy
        return steps if self._ahead <= 0 else [resident for resident in greedy if not resident.job]

    def _train_neediest(self, greedy: list[Resident]) -> list[Resident]:
        """Train whoever has had least, and those that go well with it."""
        begun = perf_counter()
        floor = min((resident.used for resident in greedy if resident.used is not None), default=0.0)
        for resident in greedy:
            resident.used = max(resident.used or 0.0, floor)
        greedy.sort(key=lambda resident: resident.used or 0.0)
        shape = greedy[0].shape
        stack = [resident for resident in greedy if resident.shape is shape][: shape.longest_stack]
        speed = self._speed(shape, len(stack))
        steps = min(speed.within(SLICE), *(resident.most for resident in stack))
        trained = self._train(stack, steps)
        share = (perf_counter() - begun) / len(stack)
        for resident in stack:
            resident.used = (resident.used or 0.0) + share
        return trained

    def prepare(self, resident: Resident) -> None:
        """Make ready for a network's next steps, so that the first takes no longer than the others."""
        self._speed(resident.shape, 1)

    def _speed(self, shape: Shape, runs: int) -> Speed:
        """The speed of so many runs together, learnt so far. At first there is only a plan of their steps."""
        key = shape, places(runs)
        if key not in self._speeds:
            if len(self._speeds) > SHAPES_KEPT:
                self._speeds.clear()
            self._speeds[key] = Speed()
            if not OPTIMIZERS[shape.update.optimizer].full_batch:
                SHELF.plan(shape.update, shape.batch, places(runs))
        return self._speeds[key]

    def _train(self, stack: list[Resident], steps: int) -> list[Resident]:
        """Make so many steps of each; those that did not fail."""
        shape = stack[0].shape
        speed = self._speed(shape, len(stack))
        expected = steps * (speed.seconds or len(stack) * guessed_seconds(shape))
        if expected > WORTH_TELLING:
            self._warn(expected)
        begun, before = perf_counter(), [resident.run.step for resident in stack]
        well = stack
        try:
            train_stack([resident.run for resident in stack], shape.batch, steps)
        except Exception:
            log.exception("stack failed, each trains alone", extra={"networks": len(stack)})
            well = [
                resident
                for resident, step in zip(stack, before, strict=True)
                if self._train_alone(resident, step + steps)
            ]
        now = perf_counter()
        seconds = now - begun
        speed.note(steps, seconds)
        self.steps += steps * len(well)
        self.rate.note(steps * len(well), now)
        self.stacks.note(len(well))
        for resident in well:
            resident.trained(steps, seconds if len(stack) == 1 else None)
        return well

    def _train_alone(self, resident: Resident, until: int) -> bool:
        try:
            train_stack([resident.run], resident.shape.batch, until - resident.run.step)
        except Exception as error:
            self._failed(resident, error)
            return False
        return True


def _paced_stacks(paced: list[Resident], now: float) -> list[tuple[list[Resident], int]]:
    """Those that are due, and those nearly so that go well with them, in stacks, and the steps to make.

    The one that has waited longest is in the first.
    """
    if not any(resident.due_at <= now for resident in paced):
        return []
    groups: dict[tuple[Shape, int], list[Resident]] = defaultdict(list)
    for resident in sorted(paced, key=lambda resident: resident.due_at):
        if resident.nearly_due_at <= now and (steps := resident.owed(now)):
            groups[resident.shape, steps].append(resident)
    stacks = []
    for (shape, steps), group in groups.items():
        longest = shape.longest_stack
        stacks += [(group[first : first + longest], steps) for first in range(0, len(group), longest)]
    return sorted(
        (stack for stack in stacks if stack[0][0].due_at <= now), key=lambda stack: stack[0][0].due_at
    )


def guessed_seconds(shape: Shape) -> float:
    """About how long a step takes, before any was made."""
    return shape.update.architecture.parameter_count * shape.batch / STEPS_GUESSED_PER_SECOND
