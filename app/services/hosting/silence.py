"""Silence: for how long a trainer has said nothing, and when that means that it hangs.

Ticks of this process are counted, not seconds: it may be slow itself.
"""

from app.services.hosting.pulses import Pulse, pulse, starved, stopped

TICK = 0.1
QUIET = 3
"""Ticks without a word after which a trainer is asked whether it is well."""
SILENT = 11
"""Ticks without a word, or an answer, after which it counts as hung."""
STARTING = 150
DOUBT = 3
"""A trainer that said it would be busy may take so many times as long as it said."""


class Silence:
    """process: whose. A process that has just been started takes its time."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._ticks, self._patience = 0, STARTING
        self._begun: Pulse | None = None

    def broken(self) -> None:
        """Something was heard."""
        self._ticks, self._patience = 0, SILENT

    def expect(self, seconds: float) -> None:
        """It said that nothing will be heard for about so long."""
        self._patience += int(DOUBT * seconds / TICK)

    def tick(self) -> bool:
        """Count one more; whether the process is to be asked how it is."""
        self._ticks += 1
        if self._ticks == 1:
            self._begun = pulse(self._process)
        return self._ticks == QUIET

    @property
    def too_long(self) -> bool:
        """Whether it hangs, or somebody suspended it: one that only waits for a processor does not."""
        if self._ticks <= QUIET:
            return False
        now = pulse(self._process)
        waits = self._ticks < self._patience or starved(self._begun, now, TICK * self._patience)
        return stopped(now) or not waits
