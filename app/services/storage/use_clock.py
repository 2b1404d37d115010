"""Clock of use: seconds that pass only while the server runs."""

from time import monotonic


class UseClock:
    """Clock that measures how long networks are unused. It goes on where it stood when the server ended.

    start: the clock's seconds now. The system's clock would count a correction of the date, and months in
    which the server was off, as time in which nobody used a network, and all would be deleted.
    """

    def __init__(self, start: float) -> None:
        self._offset = start - monotonic()

    def seconds(self) -> float:
        """Return the seconds of the clock."""
        return self._offset + monotonic()
