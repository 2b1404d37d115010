"""Checkpoints: states that a network can rewind to, each under its version."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.commands import CheckpointRingName
from engine.training.history import Entry, PendingRow
from engine.types import Array

if TYPE_CHECKING:
    from app.trainer.setup.network_setup import NetworkSetup

MAX_CHECKPOINTS = 100
MAX_BYTES = 1 << 20
BYTES_PER_ROW = 8
NOTHING: NDArray[np.intp] = np.empty(0, np.intp)


@dataclass(frozen=True)
class Checkpoint:
    """A network as it was. run: a snapshot of its training. modified: its start was set by hand.

    touched: the parameters that the change after it set.
    """

    version: int
    setup: "NetworkSetup"
    run: dict[str, Any]
    modified: bool
    changed: NDArray[np.intp]

    @property
    def size(self) -> int:
        """About how many bytes are kept for its training alone."""
        arrays = (value for value in self.run.values() if isinstance(value, np.ndarray))
        return sum(array.nbytes for array in arrays) + BYTES_PER_ROW * len(self.run["history"])


class CheckpointRing:
    """The newest ones: as many as MOMENTS, fewer when they are large."""

    def __init__(self) -> None:
        self._kept: deque[Checkpoint] = deque(maxlen=MAX_CHECKPOINTS)

    def __iter__(self) -> Iterator[Checkpoint]:
        return iter(self._kept)

    def add(self, moment: Checkpoint) -> None:
        """Keep a moment, and let go of what there is no room for."""
        self._kept.append(moment)
        while len(self._kept) > 1 and self._size() > MAX_BYTES:
            self._kept.popleft()

    def _size(self) -> int:
        examples = {id(moment.setup.examples): moment.setup for moment in self._kept}
        data = sum(setup.table.x.nbytes + setup.examples.x.nbytes for setup in examples.values())
        waiting = sum(_pending_bytes(moment, before) for before, moment in pairwise((None, *self._kept)))
        return sum(moment.size for moment in self._kept) + data + waiting


def _pending_bytes(moment: Checkpoint | None, before: Checkpoint | None) -> int:
    """The bytes of the parameters that wait for scores in a history, but for those of the moment before."""
    entries: list[Entry] = moment.run["history"] if moment else []
    known = before.run["epoch"] if before else -1
    since = takewhile(lambda entry: entry.epoch > known, reversed(entries))
    return sum(entry.theta.nbytes for entry in since if isinstance(entry, PendingRow))


class CheckpointHistory:
    """Moments before steps made by hand, and moments before changes: neither crowd out the others."""

    def __init__(self) -> None:
        self.steps = CheckpointRing()
        self.changes = CheckpointRing()

    def add(self, ring: CheckpointRingName, moment: Checkpoint) -> None:
        """Add a checkpoint to one of the rings."""
        {"steps": self.steps, "changes": self.changes}[ring].add(moment)

    def at(self, version: int) -> Checkpoint:
        """Return the moment of this version. Raises InvalidRequest."""
        kept = {moment.version: moment for moment in chain(self.steps, self.changes)}
        if version in kept:
            return kept[version]
        versions = ", ".join(map(str, sorted(kept)))
        there_is = f"choose one of {versions}" if versions else "no version is available"
        raise InvalidRequest.of(FieldError("version", f"version {version} is not available; {there_is}"))


def changed_indices(before: Array, after: Array) -> NDArray[np.intp]:
    """Return which parameters (P,) a change set; none where it changed how many there are."""
    return np.flatnonzero(before != after) if before.shape == after.shape else NOTHING
