"""The store: what was kept is there again, whatever happened in between."""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest

from app.domain.exceptions import RecordDamaged, StorageError
from app.messages.reports import Record
from app.paths import data_folder
from app.services.storage import repository, use_clock
from app.services.storage.data_dir import FILE, LOCK, MEMORY, StoreError
from app.services.storage.migrations import STEPS, migrate
from app.services.storage.sqlite_store import SqliteStore

RECORD = Record(b"setup", b"one")


@asynccontextmanager
async def kept_in(folder: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(folder)
    store.open()
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with kept_in(tmp_path) as opened:
        yield opened


def refuse_to_write(store: SqliteStore, refuse: bool) -> asyncio.Future[object]:
    """Have the database say no to every change, as on a disk that may only be read."""
    return store._submit(
        lambda repository: repository._connection.execute(f"PRAGMA query_only = {int(refuse)}")
    )


def fill_up(store: SqliteStore, full: bool) -> asyncio.Future[object]:
    """Have the database find no more room on the disk."""
    pages = 1 if full else 1 << 30
    return store._submit(
        lambda repository: repository._connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    )


def await_end_of_trouble(store: SqliteStore) -> None:
    while store.error:
        time.sleep(0.05)


async def test_a_record_without_a_setup_keeps_that_of_the_record_before(store: SqliteStore):
    await store.save("n", RECORD)
    await store.save("n", Record(None, b"two", playing=True))
    assert await store.load("n") == Record(b"setup", b"two", playing=True)


async def test_what_was_kept_is_there_when_the_folder_is_opened_again(tmp_path: Path):
    async with kept_in(tmp_path) as store:
        await store.save("rests", RECORD)
        await store.save("plays", Record(b"setup", b"two", playing=True))
        await store.save("gone", RECORD)
        await store.delete("gone")
    async with kept_in(tmp_path) as store:
        assert store.playing() == ["plays"]
        assert await store.load("rests") == RECORD
        assert ("rests" in store, "gone" in store, len(store)) == (True, False, 2)


async def test_a_network_is_known_when_it_is_kept_and_a_deleted_one_does_not_come_back(store: SqliteStore):
    saved = store.save("n", RECORD)
    assert "n" not in store
    await saved
    assert "n" in store
    await store.delete("n")
    await store.save("n", Record(None, b"late"))
    assert await store.load("n") is None


async def test_many_changes_asked_for_at_once_share_commits(store: SqliteStore):
    statements: list[str] = []
    await store._submit(lambda repository: repository._connection.set_trace_callback(statements.append))
    await asyncio.gather(*(store.save(f"n{number}", RECORD) for number in range(100)))
    assert len(store) == 100
    assert statements.count("COMMIT") <= 5


@pytest.mark.parametrize("hinder", [refuse_to_write, fill_up])
async def test_without_room_changes_are_refused_and_kept_as_soon_as_there_is_room(store: SqliteStore, hinder):
    await store.save("n", RECORD)
    await hinder(store, True)
    with pytest.raises(StorageError, match="could not be saved"):
        await store.save("new", Record(b"x" * 100_000, b""))
    with pytest.raises(StorageError):
        await store.save("n", Record(b"other" * 10_000, b"two"))
    await asyncio.gather(store.save("n", Record(None, b"three" * 10_000)), return_exceptions=True)
    assert store.error
    latest = Record(b"other" * 10_000, b"three" * 10_000)
    assert await store.load("n") == latest
    await hinder(store, False)
    await asyncio.to_thread(await_end_of_trouble, store)
    assert await store.load("n") == latest
    assert "new" not in store
    assert await store.load("new") is None


async def test_networks_nobody_used_for_long_are_forgotten_and_use_is_noted(store: SqliteStore):
    for network in ("old", "used", "new"):
        await store.save(network, RECORD)
    store._used_at.update(old=0.0, used=0.0)
    store.use(["used"])
    assert store.expire(1000) == ["old"]
    assert await store.load("old") is None
    assert len(store) == 2


def permissions(folder: Path) -> dict[str, int]:
    """By name the permissions of each file."""
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


async def test_files_are_for_their_owner_only_in_a_folder_that_was_there_before(tmp_path: Path):
    async with kept_in(tmp_path) as store:
        await store.save("n", RECORD)
        found = permissions(tmp_path)
    assert {FILE, LOCK, f"{FILE}-wal"} <= set(found)
    assert set(found.values()) == {0o600}


async def test_the_oldest_network_is_found_that_nobody_has_watched_or_changed(tmp_path: Path):
    async with kept_in(tmp_path) as store:
        for network in ("changed", "watched", "oldest", "younger", "youngest"):
            await store.save(network, RECORD)
        await store.save("changed", Record(None, b"two"))
        store.touch("watched")
        store.use(["oldest"])  # being in memory is no use by somebody
        assert store.pop_untouched(1000) is None, "all are young"
        assert store.pop_untouched(0) == "oldest"
        await store.delete("oldest")
        assert store.is_untouched("younger")
    async with kept_in(tmp_path) as store:
        assert [store.pop_untouched(0) for _ in range(3)] == ["younger", "youngest", None]


@contextmanager
def days_passed(days: float, *clocks: str) -> Iterator[None]:
    """Have these clocks of the system go ahead."""
    with pytest.MonkeyPatch.context() as patch:
        for clock in clocks:
            real = getattr(time, clock)
            patch.setattr(time, clock, lambda real=real: real() + 86_400 * days)
            for module in (repository, use_clock):
                if hasattr(module, clock):
                    patch.setattr(module, clock, getattr(time, clock))
        yield


async def test_only_time_in_which_the_server_ran_makes_a_network_unused(tmp_path: Path):
    async with kept_in(tmp_path) as store:
        await store.save("n", RECORD)
        with days_passed(31, "time"):  # somebody corrects the date
            assert store.expire(30 * 86_400) == []
    with days_passed(150, "time", "monotonic"):  # the term is over, the machine was off
        async with kept_in(tmp_path) as store:
            assert store.expire(30 * 86_400) == []
            with days_passed(31, "monotonic"):
                assert store.expire(30 * 86_400) == ["n"]


async def test_a_second_server_is_refused_while_the_first_one_uses_the_folder(tmp_path: Path):
    async with kept_in(tmp_path):
        with pytest.raises(StoreError, match=r"Another playground uses .* DATA="):
            SqliteStore(tmp_path).open()
    async with kept_in(tmp_path) as store:
        assert len(store) == 0


def damaged(file: Path) -> Iterator[str]:
    """A database, damaged in several ways one after the other."""
    connection = sqlite3.connect(file)
    with closing(connection):
        migrate(connection)
        connection.executemany(
            "INSERT INTO progress (network, body) VALUES (?, ?)", [(f"n{n}", b"x" * 3000) for n in range(50)]
        )
        connection.commit()
    whole = file.read_bytes()
    for name, body in {
        "no database": b"something else " * 1000,
        "cut off": whole[: len(whole) // 2],
        "holes": whole[:8192] + b"\x00" * 20_000 + whole[28_192:],
    }.items():
        file.write_bytes(body)
        yield name


def test_a_damaged_database_is_told_and_left_as_it_is(tmp_path: Path):
    file = tmp_path / FILE
    for name in damaged(file):
        before = file.read_bytes()
        with pytest.raises(StoreError, match=r"damaged or not a database .* was not changed"):
            SqliteStore(tmp_path).open()
        assert file.read_bytes() == before, name


def test_a_file_that_may_not_be_opened_is_not_called_damaged(tmp_path: Path):
    (tmp_path / FILE).mkdir()
    with pytest.raises(StoreError, match="cannot be used"):
        SqliteStore(tmp_path).open()


@pytest.mark.parametrize("name", ["", FILE, LOCK])
def test_a_folder_that_may_only_be_read_is_refused_even_where_sqlite_would_open_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    (tmp_path / FILE).touch()
    may = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: place != tmp_path / name and may(place, mode))
    with pytest.raises(StoreError, match="read-only"):
        SqliteStore(tmp_path).open()


def test_data_of_a_newer_playground_are_refused_and_another_program_s_too(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(StoreError, match="newer playground wrote the data"):
        SqliteStore(tmp_path).open()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("CREATE TABLE notes (text)")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreError, match="another program's"):
        SqliteStore(tmp_path).open()
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("table", ["setups", "progress", "history"])
async def test_a_record_whose_bits_have_changed_is_refused_and_all_others_work(tmp_path: Path, table: str):
    async with kept_in(tmp_path) as store:
        await store.save("damaged", Record(b"setup", b"progress", (b"history",)))
        await store.save("whole", RECORD)
    change = "UPDATE {} SET body = ? WHERE network = 'damaged'"
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute(change.format(table), (b"other bits",))
        connection.commit()
    async with kept_in(tmp_path) as store:
        with pytest.raises(RecordDamaged, match="Restore a backup"):
            await store.load("damaged")
        assert await store.load("whole") == RECORD
        assert store.error is None, "writing works"
        await store.delete("damaged")
        assert await store.load("damaged") is None


async def test_a_record_of_which_a_part_is_missing_is_damaged_and_not_unknown(tmp_path: Path):
    async with kept_in(tmp_path) as store:
        await store.save("n", RECORD)
        await store._submit(lambda repository: repository._connection.execute("DELETE FROM setups"))
        with pytest.raises(RecordDamaged):
            await store.load("n")


@pytest.mark.parametrize("version", range(len(STEPS) + 1))
def test_every_older_schema_is_brought_up_to_date_step_by_step(version: int):
    old, new = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    with closing(old), closing(new):
        migrate(old, STEPS[:version])
        migrate(old)
        migrate(new)
        schemas = [
            connection.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()
            for connection in (old, new)
        ]
        assert schemas[0] == schemas[1] != []
        assert old.execute("PRAGMA user_version").fetchone() == (len(STEPS),)


def test_a_step_that_fails_is_not_taken_by_half():
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection)
        with pytest.raises(sqlite3.Error):
            migrate(connection, [*STEPS, "CREATE TABLE more (id); CREATE TABLE networks (id);"])
        connection.rollback()
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert not connection.execute("SELECT * FROM sqlite_schema WHERE name = 'more'").fetchall()


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("linux", {}, "HOME/.local/share/backprop-playground"),
        ("linux", {"XDG_DATA_HOME": "elsewhere"}, "elsewhere/backprop-playground"),
        ("darwin", {}, "HOME/Library/Application Support/backprop-playground"),
    ],
)
def test_data_live_where_the_platform_has_them(platform, variables, place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("HOME"))
    assert data_folder().as_posix() == place


async def test_in_memory_nothing_touches_a_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    async with kept_in(MEMORY) as store:
        await store.save("n", RECORD)
        assert await store.load("n") == RECORD
    assert not any(os.scandir(tmp_path))
