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
    """State of a network. run: a snapshot of its training. modified: whether its start was set by hand.

    changed: indices of the parameters that the next change set.
    """

    version: int
    setup: "NetworkSetup"
    run: dict[str, Any]
    modified: bool
    changed: NDArray[np.intp]

    @property
    def size(self) -> int:
        """Estimated bytes of the training state, without examples."""
        arrays = (value for value in self.run.values() if isinstance(value, np.ndarray))
        return sum(array.nbytes for array in arrays) + BYTES_PER_ROW * len(self.run["history"])


class CheckpointRing:
    """Ring of the newest checkpoints: at most MAX_CHECKPOINTS, and fewer when they are large."""

    def __init__(self) -> None:
        self._checkpoints: deque[Checkpoint] = deque(maxlen=MAX_CHECKPOINTS)

    def __iter__(self) -> Iterator[Checkpoint]:
        return iter(self._checkpoints)

    def add(self, checkpoint: Checkpoint) -> None:
        """Add a checkpoint, and drop the oldest ones if there is no room."""
        self._checkpoints.append(checkpoint)
        while len(self._checkpoints) > 1 and self._size() > MAX_BYTES:
            self._checkpoints.popleft()

    def _size(self) -> int:
        # Checkpoints share examples and pending rows with their neighbors: each is counted once.
        setups = {id(checkpoint.setup.examples): checkpoint.setup for checkpoint in self._checkpoints}
        data = sum(setup.table.x.nbytes + setup.examples.x.nbytes for setup in setups.values())
        pairs = pairwise((None, *self._checkpoints))
        pending = sum(_pending_bytes(checkpoint, before) for before, checkpoint in pairs)
        return sum(checkpoint.size for checkpoint in self._checkpoints) + data + pending


def _pending_bytes(checkpoint: Checkpoint | None, before: Checkpoint | None) -> int:
    """Return the bytes of parameters that wait for their scores and are not in the checkpoint before."""
    entries: list[Entry] = checkpoint.run["history"] if checkpoint else []
    counted_epoch = before.run["epoch"] if before else -1
    since = takewhile(lambda entry: entry.epoch > counted_epoch, reversed(entries))
    return sum(entry.theta.nbytes for entry in since if isinstance(entry, PendingRow))


class CheckpointHistory:
    """Two rings: checkpoints before `steps`, and before changes. Neither displaces the other."""

    def __init__(self) -> None:
        self.steps = CheckpointRing()
        self.changes = CheckpointRing()

    def add(self, ring: CheckpointRingName, checkpoint: Checkpoint) -> None:
        """Add a checkpoint to one of the rings."""
        {"steps": self.steps, "changes": self.changes}[ring].add(checkpoint)

    def at(self, version: int) -> Checkpoint:
        """Return the checkpoint of this version. Raises InvalidRequest."""
        by_version = {checkpoint.version: checkpoint for checkpoint in chain(self.steps, self.changes)}
        if version in by_version:
            return by_version[version]
        versions = ", ".join(map(str, sorted(by_version)))
        choice = f"choose one of {versions}" if versions else "no version is available"
        raise InvalidRequest.of(FieldError("version", f"version {version} is not available; {choice}"))


def changed_indices(before: Array, after: Array) -> NDArray[np.intp]:
    """Return the indices of the parameters (P,) that a change set; none if their number changed."""
    return np.flatnonzero(before != after) if before.shape == after.shape else NOTHING
