"""The compared libraries, one a file, each in the form that its good users would choose."""

from typing import Protocol

from engine.types import Array


class Peer(Protocol):
    """Somebody who trains networks."""

    networks: int
    """How many networks a lap trains: 1, but for the stacked forms."""

    def lap(self) -> None:
        """Train through a problem's 100 batches, gathering them included, and go on the next time."""

    def theta(self) -> Array:
        """The parameters (P,) of the (first) network, in the engine's order: bias, then weights, a unit."""
