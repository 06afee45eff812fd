"""The embedded store: one SQLite file, the default.

One process writes at a time. It holds an operating-system lock on `<file>.lock` while it
does; the kernel frees the lock of a killed process. Its write connection is opened with the
first write and kept, for what it costs to open one is more than most writes do. Readers
open the file read-only, a connection for each thread, and hold one read transaction for
each question.

A write is durable once its WAL is synchronised, once for each. The WAL is brought into the
file when it has grown to `WAL_BYTES`, and when the store is closed.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph.budget import DEFAULT_SECONDS, Budget
from graph.errors import StoreUnavailable
from graph.sqlite_connection import PATIENCE_MS, connect, is_blank, translated
from graph.sqlite_ledger import SqliteLedger
from graph.sqlite_lock import locked
from graph.sqlite_schema import APPLICATION_ID, SCHEMA_VERSION, TABLES, VOCABULARY
from graph.sqlite_view import SqliteView
from graph.store import GraphStore, View
from graph.writing import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.changes import Change, WriteReport

T = TypeVar("T")
_STEPS_BETWEEN_CHECKS = 10_000
_CACHE_KIB = 65_536
"""The writer's cache: the indexes' inner pages of a large store have to fit."""
WAL_BYTES = 4_194_304
"""A WAL of fewer bytes is left as it is: bringing it into the file takes four more syncs."""
_READING_KIB = 8_192
"""A reader's cache, of which each thread has one: what one question reads has to fit."""


class SqliteStore(GraphStore):
    """Claims in one file; see the module for who may read and write when."""

    at_once = 3

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"sqlite:///{path}"
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._kept: tuple[sqlite3.Connection, tuple[int, int]] | None = None
        self._writing = False
        self._closed = False
        self._process = os.getpid()

    @classmethod
    def open(cls, url: str) -> SqliteStore:
        """Open the store of `sqlite:///path`, made if missing; StoreUnavailable if it cannot be."""
        text = url.removeprefix("sqlite:///")
        if text == url or not text:
            raise StoreUnavailable(f"{url!r} names no file: write sqlite:///path/to/jamae.db")
        store = cls(Path(text).expanduser().absolute())
        with translated(store.path):
            store._make() if not store.path.exists() else store._check()
        return store

    def _make(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._locked(), self._writer("rwc") as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
                return
            connection.execute("BEGIN IMMEDIATE")
            for statement in TABLES:
                connection.execute(statement)
            meta = (
                ("vocabulary", VOCABULARY),
                ("digest", "0"),
                ("turns", "0"),
                ("counts", '{"nodes": {}, "claims": {}}'),
            )
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.execute("COMMIT")

    def _check(self) -> None:
        """StoreUnavailable unless the file is a store of this version."""
        if not self.path.is_file():
            raise StoreUnavailable(f"{self.path} is no file; name another with --store")
        if self.path.stat().st_size == 0:
            return self._make()
        connection = self._reader()
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            if is_blank(connection):  # whoever was to make it was killed before
                return self._make()
            raise StoreUnavailable(f"{self.path} is no jamae store; name another with --store")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        words = connection.execute("SELECT value FROM meta WHERE name = 'vocabulary'").fetchone()
        if version != SCHEMA_VERSION or words != (VOCABULARY,):
            raise StoreUnavailable(
                f"{self.path} was written by another version of jamae (layout {version}, this one "
                f"reads {SCHEMA_VERSION}); load your records into a new file: "
                "jamae ingest --store sqlite:///NEW.db"
            )
        return None

    def change(self, change: Change) -> WriteReport:
        with translated(self.path), self._locked(), self._writer() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                ledger = SqliteLedger(connection)
                report = record(ledger, change, datetime.now(UTC))
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            self._shorten(connection)
            return report

    def read(self, question: Callable[[View], T], seconds: float = DEFAULT_SECONDS) -> T:
        view: View | None = getattr(self._local, "view", None)
        if view is not None:  # asked from within a question: the same state, the same budget
            return question(view)
        budget = Budget(seconds)
        with translated(self.path, budget):
            connection = self._reader()
            connection.set_progress_handler(lambda: budget.left <= 0, _STEPS_BETWEEN_CHECKS)
            connection.execute("BEGIN")
            self._local.view = SqliteView(connection, budget)
            try:
                return question(self._local.view)
            finally:
                self._local.view = None
                connection.set_progress_handler(None, 0)
                connection.execute("ROLLBACK")

    def engine(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def close(self) -> None:
        with self._guard:
            self._closed = True
            for connection in self._readers:
                connection.close()
            self._readers.clear()
            if not self._writing:  # else whoever writes does so
                self._leave()

    def _reader(self) -> sqlite3.Connection:
        """This thread's connection for reading; it can neither write nor checkpoint."""
        self._check_usable()
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.path, "ro")
            connection.execute(f"PRAGMA cache_size = -{_READING_KIB}")
            self._local.connection = connection
            with self._guard:
                self._readers.append(connection)
        return connection

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the write lock, and what the last holder left behind once it is inspected."""
        with locked(self.path) as ended_well:
            if not ended_well:
                self._inspect()
            yield

    @contextmanager
    def _writer(self, mode: str = "rw") -> Iterator[sqlite3.Connection]:
        """The connection for writing; whoever asks holds the lock.

        Without a file there is none: a new one would end what the WAL beside still holds.
        """
        with self._guard:
            self._check_usable()
            self._writing = True
        try:
            yield self._opened(mode)
        except BaseException:  # whatever it was amid, nothing of it goes into the next write
            self._leave()
            raise
        finally:
            with self._guard:
                self._writing = False
                if self._closed:
                    self._leave()

    def _opened(self, mode: str) -> sqlite3.Connection:
        if self._kept is not None and self._kept[1] == self._file():
            return self._kept[0]
        self._leave()
        connection = connect(self.path, mode)
        self._kept = connection, self._file()
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return connection

    def _check_usable(self) -> None:
        """StoreUnavailable once it is closed, and in a process that was forked off."""
        if self._closed:
            raise StoreUnavailable(f"{self.path} is closed")
        if self._process != os.getpid():  # SQLite's locks are not handed on: a write could be lost
            raise StoreUnavailable(
                f"{self.path} was opened by the process that this one was forked from; "
                "open it here by itself, and fork before that"
            )

    def _file(self) -> tuple[int, int]:
        """Which file the path names now: it may have been moved away since it was opened."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return 0, 0
        return found.st_dev, found.st_ino

    def _leave(self) -> None:
        """Close the connection for writing; the last one of all brings in what the WAL holds."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept[0].close()

    def _shorten(self, connection: sqlite3.Connection) -> None:
        """Bring a WAL that has grown into the file and empty it, unless somebody still reads it.

        SQLite itself does so only once nobody has the file open any more. StoreUnavailable if
        the file cannot grow: the change is kept, in the WAL, but a next one may find no room.
        """
        wal = self.path.with_name(f"{self.path.name}-wal")
        if not wal.exists() or wal.stat().st_size < WAL_BYTES:
            return
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA shrink_memory")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
                return
            raise StoreUnavailable(
                f"{self.path} kept the change beside it, in {self.path.name}-wal, but cannot take "
                f"it in ({error}); make room on the disk, leave both in place, and try again"
            ) from error
        finally:
            connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")

    def _inspect(self) -> None:
        """After a write that did not end well: StoreUnavailable if the file is damaged."""
        if not self.path.exists():
            return
        with self._writer() as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreUnavailable(
                f"{self.path} is damaged ({found}); move it away and load your records anew: "
                "jamae ingest"
            )
