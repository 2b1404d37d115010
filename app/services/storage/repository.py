"""Repository: reading and writing records in the tables, for one thread at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import time
from typing import Any
from zlib import crc32

from app.messages.reports import Record
from app.services.storage.use_clock import UseClock

SELECT_USED_AT = "SELECT id, used_at FROM networks"
SELECT_UNTOUCHED = "SELECT id FROM networks WHERE NOT touched ORDER BY used_at"
SELECT_PLAYING = "SELECT id FROM networks WHERE playing"
UPDATE_USED_AT = "UPDATE networks SET used_at = ? WHERE id = ?"
UPSERT_NETWORK = """INSERT INTO networks (id, used_at, playing, touched) VALUES (?, ?, ?, 0)
          ON CONFLICT (id) DO UPDATE
          SET used_at = excluded.used_at, playing = excluded.playing, touched = 1"""
UPDATE_NETWORK = "UPDATE networks SET used_at = ?, playing = ?, touched = 1 WHERE id = ?"
UPDATE_TOUCHED = "UPDATE networks SET touched = 1 WHERE id = ?"
UPSERT_BODY = """INSERT INTO {table} (network, body, checksum) VALUES (?, ?, ?)
          ON CONFLICT (network) DO UPDATE SET body = excluded.body, checksum = excluded.checksum"""
UPSERT_SETUP, UPSERT_PROGRESS = (UPSERT_BODY.format(table=table) for table in ("setups", "progress"))
SELECT_RECORD = """SELECT setups.body, setups.checksum, progress.body, progress.checksum, playing
            FROM networks LEFT JOIN setups ON setups.network = id LEFT JOIN progress ON progress.network = id
            WHERE id = ?"""
INSERT_HISTORY = "INSERT INTO history (network, body, checksum) VALUES (?, ?, ?)"
SELECT_HISTORY = "SELECT body, checksum FROM history WHERE network = ? ORDER BY number"
DELETE_HISTORY = "DELETE FROM history WHERE network = ?"
DELETE_NETWORK = ("DELETE FROM networks WHERE id = ?", "DELETE FROM setups WHERE network = ?",
                  "DELETE FROM progress WHERE network = ?", DELETE_HISTORY)  # fmt: skip


class DamagedRecordError(sqlite3.DatabaseError):
    """A stored record is not as it was written."""


class Repository:
    """The newest record of every network. A record that cannot be written is deferred and retried.

    deferred: records of stored networks that wait until the database can be written again.
    use_clock: by which `used_at` is measured.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.deferred: dict[str, Record] = {}
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        connection.execute("PRAGMA journal_size_limit = 67108864")
        # The last use is the last moment at which the server is known to have run. A new database begins
        # with the date, as `used_at` was the date in earlier versions.
        self.use_clock = UseClock(max(self.used_at().values(), default=time()))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all changes of the block, or none of them. Raises sqlite3.Error."""
        deferred = self.deferred.copy()
        self._connection.execute("BEGIN")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self.deferred = deferred
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def used_at(self) -> dict[str, float]:
        """Return when each network was last used, in seconds of the use clock."""
        return dict(self._connection.execute(SELECT_USED_AT))

    def untouched(self) -> list[str]:
        """Return the networks that were created and not touched since, oldest first."""
        return [network for (network,) in self._connection.execute(SELECT_UNTOUCHED)]

    def playing(self) -> list[str]:
        """Return the networks whose newest stored record is playing."""
        return [network for (network,) in self._connection.execute(SELECT_PLAYING)]

    def save(self, network: str, record: Record) -> None:
        """Write a record. A record without a setup is ignored if the network is not stored."""
        record = record.merged_onto(self.deferred.get(network))
        execute, now = self._connection.execute, self.use_clock.seconds()
        if record.setup is None:
            if not execute(UPDATE_NETWORK, (now, record.playing, network)).rowcount:
                return  # the network was deleted while its trainer still sent progress
        else:
            execute(UPSERT_NETWORK, (network, now, record.playing))
            execute(UPSERT_SETUP, (network, record.setup, crc32(record.setup)))
        execute(UPSERT_PROGRESS, (network, record.progress, crc32(record.progress)))
        if record.replaces_history:
            execute(DELETE_HISTORY, (network,))
        for piece in record.history:
            execute(INSERT_HISTORY, (network, piece, crc32(piece)))

    def defer_write(self, network: str, record: Record) -> None:
        """Hold a record that could not be written. A network that is not stored is ignored."""
        if self._row(network):
            self.deferred[network] = record.merged_onto(self.deferred.get(network))

    def write_deferred(self) -> None:
        """Write all deferred records. Raises sqlite3.Error if the database still cannot be written."""
        deferred, self.deferred = self.deferred, {}
        for network, record in deferred.items():
            self.save(network, record)
        # Without a deferred record, only a write shows whether writing works again.
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        self._connection.execute(f"PRAGMA user_version = {version}")

    def load(self, network: str) -> Record | None:
        """Return the newest record, with its setup. Raises DamagedRecordError."""
        row = self._row(network)
        if row is None:
            return None
        *parts, playing = row
        setup, progress = (_intact(*parts[:2]), _intact(*parts[2:]))
        pieces = tuple(_intact(*piece) for piece in self._connection.execute(SELECT_HISTORY, (network,)))
        stored = Record(setup, progress, pieces, playing=bool(playing))
        return self.deferred[network].merged_onto(stored) if network in self.deferred else stored

    def _row(self, network: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._connection.execute(SELECT_RECORD, (network,)).fetchone()
        return row

    def delete(self, network: str) -> None:
        """Delete all rows of a network."""
        for statement in DELETE_NETWORK:
            self._connection.execute(statement, (network,))

    def use(self, network: str, at: float) -> None:
        """Record when a network was used."""
        self._connection.execute(UPDATE_USED_AT, (at, network))

    def touch(self, network: str) -> None:
        """Record that a network was touched."""
        self._connection.execute(UPDATE_TOUCHED, (network,))

    def close(self) -> None:
        self._connection.close()


def _intact(body: bytes | None, checksum: int | None) -> bytes:
    """Return a stored body. Raises DamagedRecordError if it is missing or has changed."""
    if body is None or (checksum is not None and crc32(body) != checksum):
        raise DamagedRecordError("a stored record is damaged")
    return body
