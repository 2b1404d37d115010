"""Scheduler: which networks train next, together with which others, and for how many steps.

- Networks with the same update and batch size train as one stack, with the numbers that each would have
  alone (`engine.training.stack`). So one process can serve a class.
- Networks with a pace are first, the longest overdue before the others.
- The rest of the time belongs to unpaced networks: half to `steps` under way, for which a client waits,
  half to plays without a pace. Of each kind the network trains that has had the least time.
- When paces cannot be met, unpaced networks get a small share of the time.
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
"""Training time between two reads of the channel."""
MAX_LATE_SECONDS = 0.05
"""Lateness of a pace from which unpaced networks get only UNPACED_SHARE of the time."""
UNPACED_SHARE = 0.12
LONG_SLICE_SECONDS = 0.1
NOTICE_SECONDS = 0.3
STEPS_GUESSED_PER_SECOND = 2e8
"""Multiplications per second that are assumed for a step that was never measured."""
FULL_BATCH_PASSES = 8
"""Passes over all rows that are assumed for one step of L-BFGS with a long line search."""
SECONDS_PER_SCORE = 4e-9
"""Seconds to score one example, for each parameter."""
MAX_THROUGHPUTS = 1000

Failed = Callable[[TrainingSession, Exception], None]
Warn = Callable[[float], None]

log = logging.getLogger(__name__)


class Scheduler:
    """Scheduler of all networks in one process.

    failed: called with a network whose training raised. warn: called with the seconds of a long step.
    steps, rate, stack_sizes: metrics for the operator.
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
        """Return the seconds until a network may train."""
        paced = min((session.due_at for session in sessions if session.paced), default=inf)
        unpaced = min((session.due_at for session in sessions if session.unpaced), default=inf)
        if unpaced < inf and paced < inf and not self._unpaced_may_train(paced, now):
            unpaced = self._unpaced_at
        return max(0.0, min(paced, unpaced) - now)

    def train(self, sessions: list[TrainingSession]) -> list[TrainingSession]:
        """Train for about TICK_SECONDS, and return the networks that trained."""
        begun, trained = perf_counter(), []
        paced = [session for session in sessions if session.paced]
        for stack, steps in _paced_stacks(paced, begun):
            max_steps = self._throughput(stack[0].stack_key, len(stack)).steps_within(TICK_SECONDS)
            if max_steps > (epoch := stack[0].epoch_steps):
                max_steps -= max_steps % epoch  # whole epochs, as `round_steps` gives them
            trained += self._train(stack, min(steps, max_steps))
            if perf_counter() - begun > TICK_SECONDS:
                break
        due_at = min((session.due_at for session in paced), default=inf)
        if self._unpaced_may_train(due_at, perf_counter()):
            trained += self._train_unpaced(sessions)
        return list(dict.fromkeys(trained))

    def _unpaced_may_train(self, due_at: float, now: float) -> bool:
        """Return whether unpaced networks may train now. due_at: when the first paced network is due."""
        if due_at == inf or now >= self._unpaced_at:
            return True
        return self._last_unpaced_seconds < LONG_SLICE_SECONDS and now - due_at < MAX_LATE_SECONDS

    def _train_unpaced(self, sessions: list[TrainingSession]) -> list[TrainingSession]:
        """Train unpaced networks for about SLICE_SECONDS, and return those that trained."""
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
        """Return the kind that is behind its half of the time, `steps` or plays; all if there is one kind."""
        steps = [session for session in unpaced if session.job]
        if not 0 < len(steps) < len(unpaced):
            self._steps_lead_seconds = 0.0
            return unpaced
        return steps if self._steps_lead_seconds <= 0 else [session for session in unpaced if not session.job]

    def _train_least_served(self, unpaced: list[TrainingSession]) -> list[TrainingSession]:
        """Train the network with the least time so far, and those that can be stacked with it."""
        begun = perf_counter()
        # A network that begins now starts level with the others. It is owed no time of the past.
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
        """Compile the plan of a network's steps, so that the first takes no longer than the others."""
        self._throughput(session.stack_key, 1)

    def _throughput(self, shape: StackKey, runs: int) -> Throughput:
        """Return the measured speed of a stack of this many runs. At first, compile the plan of its steps."""
        key = shape, padded_size(runs)
        if key not in self._throughputs:
            if len(self._throughputs) > MAX_THROUGHPUTS:
                self._throughputs.clear()
            self._throughputs[key] = Throughput()
            if not OPTIMIZERS[shape.update.optimizer].full_batch:
                PLANS.plan(shape.update, shape.batch, padded_size(runs))
        return self._throughputs[key]

    def _train(self, stack: list[TrainingSession], steps: int) -> list[TrainingSession]:
        """Train each network of a stack by these steps, and return those that did not fail."""
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
    """Return stacks of the networks that are due, with their steps. The longest overdue one is in the first.

    Networks that are nearly due join a stack with the same key and the same number of steps.
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
    """Return the estimated seconds of a step that was never measured."""
    passes = FULL_BATCH_PASSES if OPTIMIZERS[shape.update.optimizer].full_batch else 1
    return passes * shape.update.architecture.parameter_count * shape.batch / STEPS_GUESSED_PER_SECOND


def expected_seconds(stack: list[TrainingSession], steps: int, speed: Throughput) -> float:
    """Return the estimated seconds of these steps of a stack, with the scores at the end of an epoch."""
    shape = stack[0].stack_key
    guess = len(stack) * estimate_step_seconds(shape)
    seconds = speed.seconds or guess
    if OPTIMIZERS[shape.update.optimizer].full_batch:
        # Past steps do not predict how long the next line search is.
        seconds = max(seconds, guess)
    rows = sum(len(session.run.examples.x) for session in stack)
    scores = SECONDS_PER_SCORE * shape.update.architecture.parameter_count * rows
    if scores > NOTICE_SECONDS and any(steps >= steps_left(session.run) for session in stack):
        return steps * seconds + scores
    return steps * seconds
