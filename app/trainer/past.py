"""The past: moments of a network that it may go back to, each under the version it then had."""

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from app.services.refusals import FieldError, Unfit

if TYPE_CHECKING:
    from app.trainer.setups import Setup

MOMENTS = 100
BYTES = 1 << 20
BYTES_PER_ROW = 8


@dataclass(frozen=True)
class Moment:
    """A network as it was. run: a snapshot of its training. modified: its start was set by hand."""

    version: int
    setup: "Setup"
    run: dict[str, Any]
    modified: bool

    @property
    def size(self) -> int:
        """About how many bytes are kept for it alone."""
        arrays = (value for value in self.run.values() if isinstance(value, np.ndarray))
        return sum(array.nbytes for array in arrays) + BYTES_PER_ROW * len(self.run["history"])


class Past:
    """The newest moments: as many as MOMENTS, fewer when they are large."""

    def __init__(self) -> None:
        self._moments: deque[Moment] = deque(maxlen=MOMENTS)

    def keep(self, moment: Moment) -> None:
        """Keep a moment, and let go of what there is no room for."""
        self._moments.append(moment)
        size = sum(kept.size for kept in self._moments)
        while size > BYTES and len(self._moments) > 1:
            size -= self._moments.popleft().size

    def at(self, version: int) -> Moment:
        """The moment of this version. Raises Unfit."""
        for moment in self._moments:
            if moment.version == version:
                return moment
        versions = ", ".join(str(moment.version) for moment in self._moments)
        there_is = f"kept are those of versions {versions}" if versions else "none is kept"
        raise Unfit.of(FieldError("version", f"nothing is kept of version {version}: {there_is}"))
