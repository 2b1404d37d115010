"""Data directory: it is locked for one server, and its database is opened and checked."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

FILE = "networks.sqlite3"
LOCK = "in-use.sqlite3"
MEMORY = Path(":memory:")
"""In place of a folder: nothing outlives the server."""
CHECKED_BYTES = 256_000_000
"""A larger file is not read whole at every start."""


class StoreError(Exception):
    """The data cannot be used, and what to do about it."""


PRIMARY = 0xFF
"""The part of SQLite's result codes that names the kind."""
REFUSED = {
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
}  # fmt: skip
"""What says nothing about the file: the system did not let it be opened or written."""


def connect(place: Path | str) -> sqlite3.Connection:
    """Return a connection that begins no transaction by itself, for whichever thread has it."""
    return sqlite3.connect(place, timeout=1.0, isolation_level=None, check_same_thread=False)


def lock_folder(folder: Path) -> sqlite3.Connection:
    """The folder, made if need be, as this server's own until the connection is closed or the process ends.

    A lock of the file system would do as well; SQLite's is the same on every one. Raises StoreError.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = connect(folder / LOCK)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{_unusable(folder)} ({error}): choose another one, as in {_other()}") from error
    try:
        lock.execute("PRAGMA busy_timeout = 0")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            told = f"Another playground uses the data folder {folder}: end it, or choose another one"
            raise StoreError(f"{told}, as in {_other()}") from error
        raise StoreError(f"{_unusable(folder)} ({error}): choose another one, as in {_other()}") from error
    used = (place for place in (folder, folder / LOCK, folder / FILE) if place.exists())
    if not all(os.access(place, os.W_OK) for place in used):
        lock.close()  # SQLite locks what may only be read for nobody
        raise StoreError(f"{_unusable(folder)} (it may only be read): choose another one, as in {_other()}")
    return lock


def open_database(folder: Path) -> sqlite3.Connection:
    """Open the database of a folder for writing. A damaged one is left as it is. Raises StoreError."""
    file = folder / FILE
    try:
        if file.exists():
            _check(file)
        connection = connect(file)
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & PRIMARY in REFUSED:
            raise StoreError(
                f"{_unusable(folder)} ({error}): choose another one, as in {_other()}"
            ) from error
        raise StoreError(
            f"{file} is damaged or no database ({' '.join(str(error).split())}): it was left as it is. "
            f"Put a backup in its place, or begin anew by moving it away"
        ) from error
    return connection


def _check(file: Path) -> None:
    """Read the file, changing nothing. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if file.stat().st_size <= CHECKED_BYTES:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)


def _unusable(folder: Path) -> str:
    return f"The data folder {folder} cannot be used"


def _other() -> str:
    return f"DATA={Path('~', 'other-folder')} python -m app"
