"""Scheduler: who trains next, with whom, and how far.

Networks that agree in their update and the size of their batches train as one stack, which is what
lets one process serve a class; none of them can tell (`engine.training.stack`). Those with a pace come
first, whoever waits longest before the others. What is left goes to those that would take all:
half to `steps` under way, which somebody waits for, half to networks play_request as fast as possible;
of each kind whoever has had least. When paces cannot be kept, those get a small share of the time.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import inf
from time import perf_counter

from app.domain.instruments import Histogram, Rate
from app.messages.reports import STACK_SIZES
from app.trainer.scheduling.pacing import Throughput
from app.trainer.scheduling.stack_key import StackKey, steps_left
from app.trainer.session import TrainingSession
from engine.compiled.plan_cache import PLANS, padded_size
from engine.optimizers import OPTIMIZERS
from engine.training.loop import train_group

SLICE_SECONDS = 0.004
TICK_SECONDS = 0.02
"""Seconds of training between two looks at what has come."""
MAX_LATE_SECONDS = 0.05
"""Seconds that a pace may be late before the others have to leave it most of the time."""
UNPACED_SHARE = 0.12
LONG_SLICE_SECONDS = 0.1
NOTICE_SECONDS = 0.3
STEPS_GUESSED_PER_SECOND = 2e8
"""Multiplications, roughly, of a step that was never made."""
FULL_BATCH_PASSES = 8
"""Passes over all rows that one step of L-BFGS may take at that speed, when its line search is long."""
SECONDS_PER_SCORE = 4e-9
"""Seconds to score one example, for each parameter."""
MAX_THROUGHPUTS = 1000

Failed = Callable[[TrainingSession, Exception], None]
Warn = Callable[[float], None]

log = logging.getLogger(__name__)


class Scheduler:
    """failed: told of a network whose training raised. warn: told of a step that will take so long.

    steps, rate, stacks: what was done, counted for whoever looks after the service.
    """

    def __init__(self, failed: Failed, warn: Warn) -> None:
        self._failed = failed
        self._warn = warn
        self._throughputs: dict[tuple[StackKey, int], Throughput] = {}
        self._unpaced_at = 0.0
        self._last_unpaced_seconds = 0.0
        self._steps_lead_seconds = 0.0
        self.steps = 0
        self.rate = Rate(perf_counter())
        self.stack_sizes = Histogram(STACK_SIZES)

    def wait(self, sessions: Iterable[TrainingSession], now: float) -> float:
        """Seconds until somebody has something to do."""
        paced = min((session.due_at for session in sessions if session.paced), default=inf)
        unpaced = min((session.due_at for session in sessions if session.unpaced), default=inf)
        if unpaced < inf and paced < inf and not self._unpaced_may_train(paced, now):
            unpaced = self._unpaced_at
        return max(0.0, min(paced, unpaced) - now)

    def train(self, sessions: list[TrainingSession]) -> list[TrainingSession]:
        """Train for about a turn; those that trained."""
        begun, trained = perf_counter(), []
        paced = [session for session in sessions if session.paced]
        for stack, steps in _paced_stacks(paced, begun):
            most = self._throughput(stack[0].stack_key, len(stack)).steps_within(TICK_SECONDS)
            if most > (epoch := stack[0].epoch_steps):
                most -= most % epoch
            trained += self._train(stack, min(steps, most))
            if perf_counter() - begun > TICK_SECONDS:
                break
        due_at = min((session.due_at for session in paced), default=inf)
        if self._unpaced_may_train(due_at, perf_counter()):
            trained += self._train_unpaced(sessions)
        return list(dict.fromkeys(trained))

    def _unpaced_may_train(self, due_at: float, now: float) -> bool:
        """Return whether those without a pace may train now. due_at: when the first of the others is due."""
        if due_at == inf or now >= self._unpaced_at:
            return True
        return self._last_unpaced_seconds < LONG_SLICE_SECONDS and now - due_at < MAX_LATE_SECONDS

    def _train_unpaced(self, sessions: list[TrainingSession]) -> list[TrainingSession]:
        """Return a slice for those without a pace."""
        begun, trained = perf_counter(), []
        while perf_counter() - begun < SLICE_SECONDS:
            unpaced = [session for session in sessions if session.unpaced]
            if not unpaced:
                break
            half = self._next_class(unpaced)
            sign, since = 1 if half[0].job else -1, perf_counter()
            trained += self._train_least_served(half)
            self._steps_lead_seconds += sign * (perf_counter() - since)
        self._last_unpaced_seconds = perf_counter() - begun
        self._unpaced_at = begun + self._last_unpaced_seconds / UNPACED_SHARE
        return trained

    def _next_class(self, unpaced: list[TrainingSession]) -> list[TrainingSession]:
        """Those of these whose half of the time it is, `steps` or plays; all where they are of one kind."""
        steps = [session for session in unpaced if session.job]
        if not 0 < len(steps) < len(unpaced):
            self._steps_lead_seconds = 0.0
            return unpaced
        return steps if self._steps_lead_seconds <= 0 else [session for session in unpaced if not session.job]

    def _train_least_served(self, unpaced: list[TrainingSession]) -> list[TrainingSession]:
        """Train whoever has had least, and those that go well with it."""
        begun = perf_counter()
        floor = min((session.cpu_used for session in unpaced if session.cpu_used is not None), default=0.0)
        for session in unpaced:
            session.cpu_used = max(session.cpu_used or 0.0, floor)
        unpaced.sort(key=lambda session: session.cpu_used or 0.0)
        shape = unpaced[0].stack_key
        stack = [session for session in unpaced if session.stack_key is shape][: shape.longest_stack]
        speed = self._throughput(shape, len(stack))
        steps = min(speed.steps_within(SLICE_SECONDS), *(session.max_steps for session in stack))
        trained = self._train(stack, steps)
        share = (perf_counter() - begun) / len(stack)
        for session in stack:
            session.cpu_used = (session.cpu_used or 0.0) + share
        return trained

    def prepare(self, session: TrainingSession) -> None:
        """Make ready for a network's next steps, so that the first takes no longer than the others."""
        self._throughput(session.stack_key, 1)

    def _throughput(self, shape: StackKey, runs: int) -> Throughput:
        """The speed of so many runs together, learnt so far. At first there is only a plan of their steps."""
        key = shape, padded_size(runs)
        if key not in self._throughputs:
            if len(self._throughputs) > MAX_THROUGHPUTS:
                self._throughputs.clear()
            self._throughputs[key] = Throughput()
            if not OPTIMIZERS[shape.update.optimizer].full_batch:
                PLANS.plan(shape.update, shape.batch, padded_size(runs))
        return self._throughputs[key]

    def _train(self, stack: list[TrainingSession], steps: int) -> list[TrainingSession]:
        """Make so many steps of each; those that did not fail."""
        shape = stack[0].stack_key
        speed = self._throughput(shape, len(stack))
        expected = expected_seconds(stack, steps, speed)
        if expected > NOTICE_SECONDS:
            self._warn(expected)
        begun, before = perf_counter(), [session.run.step for session in stack]
        well = stack
        try:
            train_group([session.run for session in stack], shape.batch, steps)
        except Exception:
            log.exception("stack failed, each trains alone", extra={"networks": len(stack)})
            well = [
                session
                for session, step in zip(stack, before, strict=True)
                if self._train_alone(session, step + steps)
            ]
        now = perf_counter()
        seconds = now - begun
        speed.observe(steps, seconds)
        self.steps += steps * len(well)
        self.rate.observe(steps * len(well), now)
        self.stack_sizes.observe(len(well))
        for session in well:
            session.after_training(steps, seconds if len(stack) == 1 else None)
        return well

    def _train_alone(self, session: TrainingSession, until: int) -> bool:
        try:
            train_group([session.run], session.stack_key.batch, until - session.run.step)
        except Exception as error:
            self._failed(session, error)
            return False
        return True


def _paced_stacks(paced: list[TrainingSession], now: float) -> list[tuple[list[TrainingSession], int]]:
    """Those that are due, and those nearly so that go well with them, in stacks, and the steps to make.

    The one that has waited longest is in the first.
    """
    if not any(session.due_at <= now for session in paced):
        return []
    groups: dict[tuple[StackKey, int], list[TrainingSession]] = defaultdict(list)
    for session in sorted(paced, key=lambda session: session.due_at):
        if session.nearly_due_at <= now and (steps := session.steps_due(now)):
            groups[session.stack_key, steps].append(session)
    stacks = []
    for (shape, steps), group in groups.items():
        longest = shape.longest_stack
        stacks += [(group[first : first + longest], steps) for first in range(0, len(group), longest)]
    return sorted(
        (stack for stack in stacks if stack[0][0].due_at <= now), key=lambda stack: stack[0][0].due_at
    )


def estimate_step_seconds(shape: StackKey) -> float:
    """Return about how long a step takes, before any was made."""
    passes = FULL_BATCH_PASSES if OPTIMIZERS[shape.update.optimizer].full_batch else 1
    return passes * shape.update.architecture.parameter_count * shape.batch / STEPS_GUESSED_PER_SECOND


def expected_seconds(stack: list[TrainingSession], steps: int, speed: Throughput) -> float:
    """Return about how long so many steps of a stack take, with the scores where an epoch ends."""
    shape = stack[0].stack_key
    guess = len(stack) * estimate_step_seconds(shape)
    seconds = speed.seconds or guess
    if OPTIMIZERS[shape.update.optimizer].full_batch:
        # The steps so far do not tell how long the next line search is.
        seconds = max(seconds, guess)
    rows = sum(len(session.run.examples.x) for session in stack)
    scores = SECONDS_PER_SCORE * shape.update.architecture.parameter_count * rows
    if scores > NOTICE_SECONDS and any(steps >= steps_left(session.run) for session in stack):
        return steps * seconds + scores
    return steps * seconds
