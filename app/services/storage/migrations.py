"""Migrations of the database. To change the schema, add a step; existing steps never change.

A setup is large and seldom changes, progress is small and changes often: SQLite writes whole rows, so
they are rows of their own. So is what is asked of all networks at every start, and every piece of a
history, which only grows for most of the time. Before step 2 the history was a part of progress.
"""

import sqlite3
from collections.abc import Sequence

from app.services.storage.data_dir import StoreError

APPLICATION = 0x42505047
"""In the file's header: this is a playground's."""

STEPS: Sequence[str] = (
    f"""
    PRAGMA application_id = {APPLICATION};
    CREATE TABLE networks (id TEXT PRIMARY KEY, used_at REAL NOT NULL, playing INTEGER NOT NULL)
        WITHOUT ROWID;
    CREATE TABLE setups (network TEXT PRIMARY KEY, body BLOB NOT NULL);
    CREATE TABLE progress (network TEXT PRIMARY KEY, body BLOB NOT NULL);
    """,
    """
    CREATE TABLE history (number INTEGER PRIMARY KEY, network TEXT NOT NULL, body BLOB NOT NULL);
    CREATE INDEX history_of_network ON history (network);
    """,
)


def migrate(connection: sqlite3.Connection, steps: Sequence[str] = STEPS) -> None:
    """Take the steps that a file has not taken yet, each whole or not at all. Raises StoreError."""
    version = _number(connection, "user_version")
    if version > len(steps):
        raise StoreError(
            f"The data are of a newer playground (form {version}; this one knows {len(steps)}): "
            "use that one, or another folder, as in DATA=~/other-folder python -m app"
        )
    if version and _number(connection, "application_id") != APPLICATION:
        raise StoreError("The file is another program's database: choose another folder with DATA")
    for number, step in enumerate(steps[version:], version + 1):
        connection.executescript(f"BEGIN; {step} PRAGMA user_version = {number}; COMMIT;")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (number,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)
