"""Data directory: locking it for one server, opening its database and checking it for damage."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

FILE = "networks.sqlite3"
LOCK = "in-use.sqlite3"
APPLICATION = 0x42505047
"""The application id in the file's header, which marks a database of the playground."""
MEMORY = Path(":memory:")
"""The folder that stands for a database in memory, which is lost when the server ends."""
MAX_CHECKED_BYTES = 256_000_000
"""A larger file is not checked, because reading all of it at every start would take too long."""


class StoreError(Exception):
    """The data folder cannot be used. The message names what to do."""


PRIMARY_CODE_MASK = 0xFF
"""The bits of SQLite's extended result codes that hold the primary result code."""
ACCESS_ERRORS = {
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
}  # fmt: skip
"""Primary result codes of failed access. They do not mean that the file is damaged."""


def connect(path: Path | str) -> sqlite3.Connection:
    """Return a connection in autocommit mode that may pass from one thread to another."""
    return sqlite3.connect(path, timeout=1.0, isolation_level=None, check_same_thread=False)


def lock_folder(folder: Path) -> sqlite3.Connection:
    """Create the folder if it is missing, and lock it. Raises StoreError.

    The lock lasts until the connection is closed or the process ends. An SQLite lock, unlike a lock file,
    needs no clean-up after a crash and works the same on every system.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create(folder / LOCK)
        lock = connect(folder / LOCK)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{_unusable(folder)} ({error}): choose another one, as in {_other()}") from error
    try:
        lock.execute("PRAGMA busy_timeout = 0")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            message = f"Another playground uses the data folder {folder}: end it, or choose another one"
            raise StoreError(f"{message}, as in {_other()}") from error
        raise StoreError(f"{_unusable(folder)} ({error}): choose another one, as in {_other()}") from error
    existing = (path for path in (folder, folder / LOCK, folder / FILE) if path.exists())
    if not all(os.access(path, os.W_OK) for path in existing):
        lock.close()  # on a read-only file, BEGIN EXCLUSIVE succeeds without taking a lock
        raise StoreError(f"{_unusable(folder)} (it is read-only): choose another one, as in {_other()}")
    return lock


def open_database(folder: Path) -> sqlite3.Connection:
    """Open the database of a folder for writing. Raises StoreError, also for a damaged file.

    A damaged file stays as it is, so that the user can still recover data from it.
    """
    file = folder / FILE
    try:
        if file.exists():
            _check(file)  # before anything is written, since the next lines change another program's file too
        _create(file)
        connection = connect(file)
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE_MASK in ACCESS_ERRORS:
            raise StoreError(
                f"{_unusable(folder)} ({error}): choose another one, as in {_other()}"
            ) from error
        raise StoreError(
            f"{file} is damaged or not a database ({' '.join(str(error).split())}). It was not changed. "
            "Replace it with a backup, or move it away to start with an empty database"
        ) from error
    return connection


def _create(file: Path) -> None:
    """Create the file, if it is missing, for its owner only, also in a folder that others may read."""
    # An id in it gives write access to its network. SQLite gives -wal and -shm the same permissions.
    file.touch(mode=0o600, exist_ok=True)


def _check(file: Path) -> None:
    """Check the file without changing it. Raises sqlite3.Error if it is damaged."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if tables and application != APPLICATION:
            raise StoreError("The file is another program's database: choose another folder with DATA")
        if file.stat().st_size <= MAX_CHECKED_BYTES:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)


def _unusable(folder: Path) -> str:
    return f"The data folder {folder} cannot be used"


def _other() -> str:
    return f"DATA={Path('~', 'other-folder')} python -m app"
