"""Connections of the embedded store, and what SQLite says in our words."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.errors import BudgetSpent, StoreBusy, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.budget import Budget

PATIENCE_MS = 5_000
"""How long to wait for who does not know of our lock: another program, a reader that recovers."""


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection to the file: `ro`, `rw`, or `rwc`, which makes it if there is none."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether this is a database with a WAL, as ours have, in which nothing was made yet."""
    asked = ("SELECT count(*) FROM sqlite_master", "PRAGMA user_version", "PRAGMA journal_mode")
    return [connection.execute(one).fetchone()[0] for one in asked] == [0, 0, "wal"]


@contextmanager
def translated(path: Path, budget: Budget | None = None) -> Iterator[None]:
    """Turn what SQLite and the file system say into our errors, each naming the fix."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error) and budget is not None:
            raise BudgetSpent(f"not answered within {budget.seconds:g} s") from error
        if "locked" in str(error) or "busy" in str(error):
            raise StoreBusy(f"{path} is busy ({error}); try again") from error
        raise StoreUnavailable(f"{path} cannot be used: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreUnavailable(f"{path} is no jamae store: {error}") from error
    except OSError as error:
        reason = error.strerror or error
        raise StoreUnavailable(f"{path} cannot be opened: {reason}") from error
