"""What only the embedded store promises: its file, its lock, its readers."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph import sqlite_lock
from graph.claims import Claim, Describes
from graph.errors import BudgetSpent, StoreBusy, StoreUnavailable
from graph.nodes import City, Deal, Node, Source
from graph.sqlite_rows import claim_rows
from graph.store import GraphStore, View, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "source:one"


def described(node: Node) -> Claim:
    return Describes(from_=SOURCE, to=node.id, source=SOURCE, node=node)


def cities(count: int) -> list[Claim]:
    found = [described(City(id=f"city:n{n}", names={"en": f"Place {n}"})) for n in range(count)]
    return [described(Source(id=SOURCE, title="One")), *found]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "jamae.db"


@pytest.fixture
def store(path: Path) -> Iterator[GraphStore]:
    with open_store(f"sqlite:///{path}") as opened:
        yield opened


def test_a_store_is_made_where_it_is_named(store: GraphStore, path: Path) -> None:
    assert path.is_file()
    assert store.read(lambda view: view.counts().nodes) == {}


def test_what_was_written_is_there_when_opened_again(store: GraphStore, path: Path) -> None:
    version = store.write(cities(3)).version
    store.close()
    store.close()
    with open_store(f"sqlite:///{path}") as again:
        assert again.version() == version
        assert again.read(lambda view: view.get(["city:n1"]))["city:n1"].name == "Place 1"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"not a database at all, but long enough to be looked at" * 40, "no jamae store"),
        (b"SQLite format 3\x00" + b"\x00" * 200, "no jamae store"),
        (b"\x00", "no jamae store"),
    ],
)
def test_a_file_that_is_no_store_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match=told):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="no jamae store"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_store_of_another_layout_names_the_way_out(store: GraphStore, path: Path) -> None:
    store.close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(StoreUnavailable, match=r"layout 99.*jamae ingest"):
        open_store(f"sqlite:///{path}")


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite:x.db", "postgres://x", "x", ""])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(url)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no file"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_second_writer_waits_and_is_told_who_writes(
    store: GraphStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import fcntl, os, sys, time\n"
        "f = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)\n"
        "fcntl.flock(f, fcntl.LOCK_EX); os.ftruncate(f, 0)\n"
        "os.pwrite(f, str(os.getpid()).encode(), 0)\n"
        "print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, f"{path}.lock"], stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        monkeypatch.setattr(sqlite_lock, "LOCK_SECONDS", 0.3)
        with pytest.raises(StoreBusy, match=f"process {holder.pid}"):
            store.write(cities(1))
        assert store.read(lambda view: view.counts().nodes) == {}
    finally:
        holder.kill()
        holder.communicate()
    assert store.write(cities(1)).inserted == 2


def test_after_an_unclean_end_a_damaged_file_is_not_written(store: GraphStore, path: Path) -> None:
    store.write(cities(2000))
    store.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40_000] = os.urandom(40_000)
    path.write_bytes(content)
    Path(f"{path}.lock").write_text("1")
    damaged = bytes(content)
    with pytest.raises(StoreUnavailable, match=r"damaged|no jamae store"):
        open_store(f"sqlite:///{path}").write(cities(2100))
    assert path.read_bytes() == damaged


def test_readers_in_threads_see_whole_states(store: GraphStore) -> None:
    store.write(cities(10))
    mixed: list[tuple[int, int]] = []
    stop = threading.Event()

    def look() -> None:
        def both(view: View) -> tuple[int, int]:
            first = view.counts().nodes.get("City", 0)
            return first, len(view.nodes("City", limit=10_000))

        while not stop.is_set():
            one, other = store.read(both)
            if one != other:
                mixed.append((one, other))

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for size in range(20, 400, 20):
        store.write(cities(size), replaces=SOURCE)
    stop.set()
    for reader in readers:
        reader.join()
    assert mixed == []


def test_a_reader_cannot_write(store: GraphStore) -> None:
    def sneak(view: View) -> None:
        view._connection.execute("DELETE FROM claim")  # type: ignore[attr-defined]  # on purpose

    with pytest.raises(StoreUnavailable, match="readonly"):
        store.read(sneak)


def test_a_question_that_takes_too_long_is_stopped(store: GraphStore) -> None:
    def endless(view: View) -> None:
        view._connection.execute(  # type: ignore[attr-defined]  # on purpose
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
        ).fetchone()

    with pytest.raises(BudgetSpent, match=r"0\.2 s"):
        store.read(endless, seconds=0.2)
    assert store.read(lambda view: view.version())


def test_a_closed_store_says_so(store: GraphStore) -> None:
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.version()


def test_sources_and_deals_that_share_an_identifier_stay_two(store: GraphStore) -> None:
    alike = {"registry": "17"}
    deals = [Deal(id=f"deal:{n}", identifiers=alike) for n in "ab"]
    other = Source(id="source:two", identifiers=alike)
    one = Source(id=SOURCE, identifiers=alike)
    store.write([described(node) for node in (one, other, *deals)])
    counts = store.read(lambda view: view.counts().nodes)
    assert counts == {"Deal": 2, "Source": 2}


def test_the_order_of_names_is_no_difference(store: GraphStore) -> None:
    names = {"ko": "가", "en": "A"}
    head = described(Source(id=SOURCE))
    first = store.write([head, described(City(id="city:x", names=names))])
    again = store.write([head, described(City(id="city:x", names=dict(reversed(names.items()))))])
    assert (again.unchanged, again.version) == (2, first.version)


class _Watched(sqlite3.Connection):
    """A connection that remembers its statements."""

    asked: set[str]

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        self.asked.add(statement)
        return super().execute(statement, *values)


def test_few_statements_are_kept_however_many_claims_are_looked_up(
    store: GraphStore, path: Path
) -> None:
    ids = [claim.id for claim in cities(5000)]
    store.write(cities(5000))
    watched = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, factory=_Watched)
    watched.asked = set()
    for count in (*range(1, 100), *range(100, 5000, 97), len(ids)):
        found = list(claim_rows(watched, "c.hash", ids[:count]))
        assert len(found) == count
    watched.close()
    assert len(watched.asked) <= 13


def test_a_write_goes_to_the_file_that_the_path_names(store: GraphStore, path: Path) -> None:
    store.write(cities(2))
    for file in path.parent.glob("jamae.db*"):
        file.unlink()
    with open_store(f"sqlite:///{path}") as other:
        store.write(cities(3))
        assert other.read(lambda view: view.counts()).nodes == {"City": 3, "Source": 1}
