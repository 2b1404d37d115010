"""Migrations of the database. To change the schema, add a step; existing steps never change.

SQLite writes whole rows, so each part of a record has its own table:
- networks: the columns that every start reads for all networks;
- setups: large, and seldom written;
- progress: small, and written often;
- history: one row per piece, because a history mostly grows. Before step 2 it was a part of progress.
"""

import sqlite3
from collections.abc import Sequence

from app.services.storage.data_dir import APPLICATION, StoreError

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
    # Networks of earlier versions count as touched: nobody knows whether they were.
    "ALTER TABLE networks ADD COLUMN touched INTEGER NOT NULL DEFAULT 1;",
    # CRC-32 of each body. Rows of earlier versions have none, and are not checked.
    """
    ALTER TABLE setups ADD COLUMN checksum INTEGER;
    ALTER TABLE progress ADD COLUMN checksum INTEGER;
    ALTER TABLE history ADD COLUMN checksum INTEGER;
    """,
)


def migrate(connection: sqlite3.Connection, steps: Sequence[str] = STEPS) -> None:
    """Apply the steps that the database does not have yet, each in one transaction. Raises StoreError."""
    version = _number(connection, "user_version")
    if version > len(steps):
        raise StoreError(
            f"A newer playground wrote the data (schema {version}; this one supports up to {len(steps)}): "
            "use the newer one, or another folder, as in DATA=~/other-folder python -m app"
        )
    if version and _number(connection, "application_id") != APPLICATION:
        raise StoreError("The file is another program's database: choose another folder with DATA")
    for number, step in enumerate(steps[version:], version + 1):
        connection.executescript(f"BEGIN; {step} PRAGMA user_version = {number}; COMMIT;")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (number,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)
