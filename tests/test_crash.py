"""A load that is cut short: nothing lost, nothing half, and the repeat ends as if nothing was.

The loads are real processes, killed while they write. How often is printed: 0 shows nothing.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.claims import Claim, Describes, InCountry, LocatedIn
from graph.errors import StoreError
from graph.neo4j_store import Neo4jStore
from graph.nodes import City, Country, Firm, Node, Source
from graph.sqlite_store import SqliteStore
from graph.store import GraphStore
from tests.conftest import empty
from tests.neo4j_server import Neo4jServer
from tests.random_graphs import seeded

SOURCES = 16
FIRMS = 560
"""So many that only two sources share a transaction."""
KILLS = 20
SEED = 4


def claims_of(number: int) -> list[Claim]:
    """What one source says: many firms in few cities that all sources describe."""
    source = f"source:s{number:02}"
    cities = [f"city:c{n}" for n in range(4)]
    nodes: list[Node] = [
        Source(id=source, title=f"Source {number}"),
        Country(id="country:KR"),
        *(City(id=city, spellings=(f"{city}-{number}",)) for city in cities),
        *(Firm(id=f"firm:f{number}-{n}", names={"ko": f"기업 {n}"}) for n in range(FIRMS)),
    ]
    firms = [node.id for node in nodes if isinstance(node, Firm)]
    return [
        *(Describes(from_=source, to=node.id, source=source, node=node) for node in nodes),
        *(InCountry(from_=firm, to="country:KR", source=source) for firm in firms),
        *(LocatedIn(from_=f, to=cities[n % 4], source=source) for n, f in enumerate(firms)),
    ]


@dataclass(frozen=True)
class Given:
    """The sources to load, by id, and their file."""

    file: Path
    claims: dict[str, list[Claim]]

    def version(self, sources: set[str]) -> str:
        """The version that these sources make."""
        told = (claim for source in sources for claim in self.claims[source])
        return f"{sum(claim.digest() for claim in told) % (1 << 128):032x}"


def written(folder: Path, sources: int) -> Given:
    """A file of so many sources."""
    claims = {f"source:s{n:02}": claims_of(n) for n in range(sources)}
    made = Given(folder / "graph.ndjson", claims)
    lines = [claim.said() for told in claims.values() for claim in told]
    end = {"end": True, "claims": len(lines), "version": made.version(set(claims))}
    made.file.write_text("\n".join([*lines, json.dumps(end)]), "utf-8")
    return made


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    return written(tmp_path_factory.mktemp("crash"), SOURCES)


def started(given: Given, url: str, **variables: str) -> subprocess.Popen[str]:
    """`jamae ingest` of the file, as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "jamae", "ingest", str(given.file), "--store", url, "--json"],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> dict[str, object]:
    """The report of a load that was let to its end."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    report: dict[str, object] = json.loads(out)
    return report


def present(store: GraphStore) -> set[str]:
    """The sources that a reader sees; none while the store is busy."""
    try:
        return store.read(lambda view: {node.id for node in view.nodes("Source")})
    except StoreError:
        return set()


def check_whole(store: GraphStore, given: Given, acknowledged: set[str]) -> set[str]:
    """Every source is there whole or not at all, and those that were seen are; returns them."""
    there = present(store)
    assert acknowledged <= there, "what a reader has seen is lost"
    for source in there:
        told = store.read(lambda view, one=source: view.claims_of(one, limit=10_000))  # type: ignore[misc]  # one loop, one value
        said = sorted(claim.said() for claim in given.claims[source])
        assert sorted(claim.said() for claim in told) == said, f"{source} is there in part"
    assert store.version() == given.version(there)
    total = sum(len(given.claims[source]) for source in there)
    assert sum(store.read(lambda view: view.counts()).claims.values()) == total
    return there


def killed(process: subprocess.Popen[str], store: GraphStore, after: int, delay: float) -> set[str]:
    """Kill a load some time after a reader saw so many sources; returns those seen."""
    seen: set[str] = set()
    while process.poll() is None and len(seen) < after:
        seen |= present(store)
    time.sleep(delay)
    process.kill()
    process.communicate()
    return seen


def test_the_check_itself_sees_a_source_that_is_there_in_part(
    given: Given, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    store = new_sqlite_store()
    store.write(given.claims["source:s00"])
    assert check_whole(store, given, {"source:s00"}) == {"source:s00"}
    with pytest.raises(AssertionError, match="lost"):
        check_whole(store, given, {"source:s01"})
    store.write(given.claims["source:s01"][:-1])
    with pytest.raises(AssertionError, match="in part"):
        check_whole(store, given, set())


@pytest.mark.timeout(600)
def test_kill_9_of_a_load_into_sqlite(given: Given, tmp_path: Path) -> None:
    rng = seeded(SEED)
    amid = 0
    for number in range(KILLS):
        path = tmp_path / f"{number}.db"
        url = f"sqlite:///{path}"
        with SqliteStore.open(url) as store:
            process = started(given, url)
            seen = killed(process, store, rng.randrange(SOURCES), rng.uniform(0, 0.02))
            there = check_whole(store, given, seen)
        amid += 0 < len(there) < SOURCES
        with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        connection.close()
        report = finished(started(given, url))
        assert report["version"] == given.version(set(given.claims))
        # a commit that was written whole but not yet shown to readers may be found again
        whole = [len(told) for told in given.claims.values()]
        assert report["unchanged"] in {sum(whole[: len(there)]), sum(whole[: len(there) + 2])}
        with SqliteStore.open(url) as store:
            assert check_whole(store, given, there) == set(given.claims)
    print(f"seed {SEED}: {KILLS} kills, {amid} amid the load")
    assert amid >= KILLS // 2


@pytest.mark.timeout(600)
def test_kill_9_of_a_load_into_neo4j(given: Given, neo4j_server: Neo4jServer) -> None:
    rng = seeded(SEED)
    amid = 0
    secret = {"NEO4J_USERNAME": neo4j_server.username, "NEO4J_PASSWORD": neo4j_server.password}
    for _ in range(5):
        empty(neo4j_server)
        with Neo4jStore.open(neo4j_server.uri, neo4j_server.auth) as store:
            process = started(given, neo4j_server.uri, **secret)
            seen = killed(process, store, rng.randrange(1, SOURCES), rng.uniform(0, 0.1))
            time.sleep(0.5)  # a commit that was on its way arrives or not
            there = check_whole(store, given, seen)
            amid += 0 < len(there) < SOURCES
            report = finished(started(given, neo4j_server.uri, **secret))
            assert report["version"] == given.version(set(given.claims))
            assert check_whole(store, given, there) == set(given.claims)
    print(f"seed {SEED}: 5 kills, {amid} amid the load")
    assert amid >= 3


# ---------------------------------------------------------------- gentler ends


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_undoes_the_running_source_and_ends_with_130(
    given: Given, tmp_path: Path, number: signal.Signals
) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with SqliteStore.open(url) as store:
        process = started(given, url)
        while process.poll() is None and len(present(store)) < 3:
            pass
        process.send_signal(number)
        _, err = process.communicate(timeout=10)
        assert (process.returncode, err[:19]) == (130, "error[interrupted]:")
        assert 3 <= len(check_whole(store, given, set())) < SOURCES


def test_a_second_signal_ends_at_once() -> None:
    script = (
        "import os, signal, time\n"
        "from jamae import cli\n"
        "signal.signal(signal.SIGINT, cli._interrupted)\n"
        "try:\n"
        "    os.kill(os.getpid(), signal.SIGINT); time.sleep(5)\n"
        "except KeyboardInterrupt:\n"
        "    os.kill(os.getpid(), signal.SIGINT); time.sleep(5)\n"
        "raise SystemExit('still here')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, timeout=10, check=False
    )
    assert (done.returncode, done.stderr) == (130, b"")


def test_loads_that_run_at_once_wait_for_one_another(tmp_path: Path) -> None:
    given = written(tmp_path, 6)
    url = f"sqlite:///{tmp_path / 'a.db'}"
    processes = [started(given, url) for _ in range(4)]
    reports = [finished(process) for process in processes]
    assert {report["version"] for report in reports} == {given.version(set(given.claims))}
    total = sum(map(len, given.claims.values()))
    assert sum(int(str(report["inserted"])) for report in reports) == total


@pytest.fixture
def sizes(given: Given, tmp_path: Path) -> range:
    """Limits of a file's size below what the load needs."""
    url = f"sqlite:///{tmp_path / 'whole.db'}"
    finished(started(given, url))
    whole = (tmp_path / "whole.db").stat().st_size
    return range(whole // 12, whole, whole // 6)


def filled(given: Given, url: str, size: int) -> str:
    """What is told of a load into a store whose files cannot be larger than this.

    Its WAL is brought into the file with each write, as a long one is.
    """
    script = "import graph.sqlite_store as s, jamae.cli as c; s.WAL_BYTES = 0; c.main()"
    process = subprocess.Popen(
        [sys.executable, "-c", script, "ingest", str(given.file)],
        env={**os.environ, "JAMAE_STORE": url},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),  # noqa: PLW1509
        stderr=subprocess.PIPE,
        text=True,
    )
    _, err = process.communicate(timeout=60)
    assert process.returncode == 4, err
    return err


def test_a_full_disk_is_told_and_old_data_is_served(
    given: Given, tmp_path: Path, sizes: range
) -> None:
    for size in sizes:
        path = tmp_path / f"{size}.db"
        with SqliteStore.open(f"sqlite:///{path}") as store:
            store.write(given.claims["source:s00"])
            assert filled(given, store.url, size).startswith("error[store")
            check_whole(store, given, {"source:s00"})
        assert finished(started(given, f"sqlite:///{path}"))["version"]


def test_a_file_that_cannot_grow_is_told_though_the_change_is_kept(
    given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sqlite_store.WAL_BYTES", 0)  # the file holds all when it is full
    path = tmp_path / "a.db"
    beside = path.with_name("a.db-wal")
    first = sorted(given.claims)[:-4]
    with SqliteStore.open(f"sqlite:///{path}") as store:
        for source in first:
            store.write(given.claims[source])
        assert beside.name in filled(given, store.url, path.stat().st_size)
        assert len(check_whole(store, given, set(first))) == len(first) + 2
        assert beside.stat().st_size > 0
    finished(started(given, f"sqlite:///{path}"))
    assert not beside.exists() or beside.stat().st_size == 0
    with SqliteStore.open(f"sqlite:///{path}") as store:
        assert len(check_whole(store, given, set(first))) == SOURCES
