"""Compared libraries, one per file, each in the form that an experienced user would choose."""

from typing import Protocol

from engine.types import Array


class Peer(Protocol):
    """Contestant that trains networks."""

    networks: int
    """Number of networks that a lap trains: 1 except for stacks."""

    def lap(self) -> None:
        """Train on a problem's 100 batches, gathering included. The next lap continues from there."""

    def theta(self) -> Array:
        """Return the parameters (P,) of the (first) network, in the engine's order."""
