"""What the embedded store's connection for writing promises, which is kept between writes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph import sqlite_store
from graph.errors import ClaimRefused, StoreUnavailable
from graph.sqlite_store import SqliteStore
from graph.store import View, open_store
from graph.writing import record as record_change
from tests.test_sqlite_store import cities

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jamae.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore.open(f"sqlite:///{path}")
    yield opened
    opened.close()


def beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def count(path: Path) -> int:
    """How many cities a store has, opened anew; it is whole besides."""
    with open_store(f"sqlite:///{path}") as store:
        found = store.read(lambda view: view.counts().nodes.get("City", 0))
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()
    return found


def test_a_file_that_was_moved_away_takes_its_wal_along(store: SqliteStore, path: Path) -> None:
    store.write(cities(300))
    assert beside(path, "-wal").stat().st_size > 0
    moved = path.rename(path.with_name("moved.db"))
    with pytest.raises(StoreUnavailable):
        store.write(cities(301))
    assert not path.exists()
    beside(path, "-wal").rename(beside(moved, "-wal"))
    beside(path, "-shm").unlink()
    assert count(moved) == 300


def test_a_writer_is_as_patient_after_the_wal_was_shortened(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "WAL_BYTES", 0)
    store.write(cities(1))
    foreign = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    foreign.execute("BEGIN IMMEDIATE")
    waiting = threading.Timer(0.5, lambda: foreign.execute("ROLLBACK"))
    waiting.start()
    try:
        assert store.write(cities(2)).inserted == 1
    finally:
        waiting.join()
        foreign.close()


def test_a_wal_that_somebody_reads_is_shortened_later(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(cities(1))
    reading, done = threading.Event(), threading.Event()

    def slowly(view: View) -> tuple[Any, Any]:
        before = view.counts()
        reading.set()
        assert done.wait(60)
        return before, view.counts()

    monkeypatch.setattr(sqlite_store, "WAL_BYTES", 0)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(store.read, slowly, 60)
        assert reading.wait(60)
        for size in (100, 200):
            store.write(cities(size))
        assert beside(path, "-wal").stat().st_size > 0
        done.set()
        before, after = asked.result()
    assert before == after
    store.write(cities(201))
    assert beside(path, "-wal").stat().st_size == 0
    assert store.read(lambda view: view.counts().nodes["City"]) == 201


def test_a_store_that_is_closed_amid_a_write_ends_it_first(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amid, closed = threading.Event(), threading.Event()
    record = record_change

    def slowly(*given: Any) -> Any:
        amid.set()
        assert closed.wait(60)
        return record(*given)

    monkeypatch.setattr(sqlite_store, "record", slowly)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(store.write, cities(3))
        assert amid.wait(60)
        store.close()
        closed.set()
        assert writing.result().inserted == 4
    assert not beside(path, "-wal").exists()
    assert count(path) == 3


def test_a_closed_store_takes_no_write(store: SqliteStore, path: Path) -> None:
    store.write(cities(2))
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.write(cities(3))
    assert not beside(path, "-wal").exists()
    assert count(path) == 2


def test_a_refused_write_leaves_nothing_to_inspect(store: SqliteStore, path: Path) -> None:
    with pytest.raises(ClaimRefused):
        store.write(cities(1)[1:])
    assert beside(path, ".lock").read_bytes() == b""


def test_a_store_whose_making_was_cut_short_is_made(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    assert path.stat().st_size > 0
    with open_store(f"sqlite:///{path}") as store:
        store.write(cities(2))
    assert count(path) == 2


def run(script: str, path: Path) -> subprocess.Popen[str]:
    """A process that runs a script with a store open, and tells each write once it is done."""
    begin = (
        "import os, signal, sys, time\n"
        "from graph.store import open_store\n"
        "from graph.errors import StoreUnavailable\n"
        "from tests.test_sqlite_store import cities\n"
        "store = open_store('sqlite:///' + sys.argv[1])\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", begin + script, str(path)], stdout=subprocess.PIPE, text=True
    )


def test_a_process_that_was_forked_off_does_not_use_the_store(path: Path) -> None:
    process = run(
        "store.write(cities(1)); store.version()\n"
        "if not os.fork():\n"
        "    for use in (lambda: store.write(cities(2)), store.version):\n"
        "        try:\n"
        "            use()\n"
        "        except StoreUnavailable as error:\n"
        "            print(error, flush=True)\n"
        "    os._exit(0)\n"
        "os.wait(); store.write(cities(3)); print('whole'); store.close()\n",
        path,
    )
    out, _ = process.communicate(timeout=60)
    *refused, whole = out.splitlines()
    assert whole == "whole"
    assert [f"{path} was opened by the process" in one for one in refused] == [True, True]
    assert count(path) == 3


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_what_was_written_outlives_a_process_that_never_closed(path: Path, end: str) -> None:
    process = run(f"for n in range(1, 40): store.write(cities(n))\n{end}\n", path)
    process.communicate(timeout=60)
    assert beside(path, "-wal").stat().st_size > 0
    assert count(path) == 39


def test_two_processes_that_keep_the_file_open_write_in_turn(
    store: SqliteStore, path: Path
) -> None:
    process = run(
        "for n in range(1, 400): print(store.write(cities(n)).inserted, flush=True)", path
    )
    assert process.stdout is not None
    for number in range(1, 60):
        process.stdout.readline()
        store.write(cities(1000 + number))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    report = store.write(cities(2000))
    assert (report.inserted, report.unchanged) == (2000 - 1059, 1060)
    store.close()
    assert count(path) == 2000


def test_what_a_file_has_no_room_for_is_kept_beside_it(path: Path) -> None:
    with open_store(f"sqlite:///{path}") as store:
        store.write(cities(2000))
    process = run(
        "import resource\n"
        "size = os.stat(sys.argv[1]).st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "print(store.write(cities(2300)).inserted)\n"
        "store.close()\n",
        path,
    )
    out, _ = process.communicate(timeout=60)
    assert out == "300\n"
    assert beside(path, "-wal").stat().st_size > 0
    assert count(path) == 2300
    with open_store(f"sqlite:///{path}") as store:
        store.write(cities(2301))
    assert not beside(path, "-wal").exists()
    assert count(path) == 2301
