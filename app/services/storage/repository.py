"""Repository: records in and out of the tables, for one thread at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import time

from app.messages.reports import Record

KNOWN = "SELECT id, used_at FROM networks"
PLAYING = "SELECT id FROM networks WHERE playing"
USED = "UPDATE networks SET used_at = ? WHERE id = ?"
MADE = """INSERT INTO networks VALUES (?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at, playing = excluded.playing"""
CHANGED = "UPDATE networks SET used_at = ?, playing = ? WHERE id = ?"
SETUP = "INSERT INTO setups VALUES (?, ?) ON CONFLICT (network) DO UPDATE SET body = excluded.body"
PROGRESS = "INSERT INTO progress VALUES (?, ?) ON CONFLICT (network) DO UPDATE SET body = excluded.body"
LOADED = """SELECT setups.body, progress.body, playing FROM networks
            JOIN setups ON setups.network = id JOIN progress ON progress.network = id WHERE id = ?"""
PIECE = "INSERT INTO history (network, body) VALUES (?, ?)"
PIECES = "SELECT body FROM history WHERE network = ? ORDER BY number"
NO_PIECES = "DELETE FROM history WHERE network = ?"
DELETED = ("DELETE FROM networks WHERE id = ?", "DELETE FROM setups WHERE network = ?",
           "DELETE FROM progress WHERE network = ?", NO_PIECES)  # fmt: skip


class Repository:
    """The newest record of every network. What cannot be written is held until it can.

    held: records of known networks that wait for room on the disk.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.deferred: dict[str, Record] = {}
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        connection.execute("PRAGMA journal_size_limit = 67108864")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all of the block, or nothing. Raises sqlite3.Error."""
        held = self.deferred.copy()
        self._connection.execute("BEGIN")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self.deferred = held
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def known(self) -> dict[str, float]:
        """Return when each network was last used, in seconds since 1970."""
        return dict(self._connection.execute(KNOWN))

    def playing(self) -> list[str]:
        """Return the networks that played when they were last stored."""
        return [network for (network,) in self._connection.execute(PLAYING)]

    def save(self, network: str, record: Record) -> None:
        """Write a record; one without a setup only where there is one before it."""
        record = record.merged_onto(self.deferred.get(network))
        execute, now = self._connection.execute, time()
        if record.setup is None:
            if not execute(CHANGED, (now, record.playing, network)).rowcount:
                return
        else:
            execute(MADE, (network, now, record.playing))
            execute(SETUP, (network, record.setup))
        execute(PROGRESS, (network, record.progress))
        if record.replaces_history:
            execute(NO_PIECES, (network,))
        for piece in record.history:
            execute(PIECE, (network, piece))

    def defer_write(self, network: str, record: Record) -> None:
        """Keep in mind what could not be written. A network that was never kept is none."""
        if self._row(network):
            self.deferred[network] = record.merged_onto(self.deferred.get(network))

    def write_deferred(self) -> None:
        """Write what is held; with nothing held, write all the same, to see whether that goes."""
        held, self.deferred = self.deferred, {}
        for network, record in held.items():
            self.save(network, record)
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        self._connection.execute(f"PRAGMA user_version = {version}")

    def load(self, network: str) -> Record | None:
        """Return the newest record, with its setup."""
        row = self._row(network)
        if row is None:
            return None
        pieces = tuple(body for (body,) in self._connection.execute(PIECES, (network,)))
        written = Record(row[0], row[1], pieces, playing=bool(row[2]))
        return self.deferred[network].merged_onto(written) if network in self.deferred else written

    def _row(self, network: str) -> tuple[bytes, bytes, int] | None:
        row: tuple[bytes, bytes, int] | None = self._connection.execute(LOADED, (network,)).fetchone()
        return row

    def delete(self, network: str) -> None:
        """Forget a network."""
        for statement in DELETED:
            self._connection.execute(statement, (network,))

    def use(self, network: str, at: float) -> None:
        """Note when a network was used."""
        self._connection.execute(USED, (at, network))

    def close(self) -> None:
        self._connection.close()
