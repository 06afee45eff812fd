"""The files for Neo4j's own importer: what it makes of them opens as the same store."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.claims import Claim, Describes, SameAs, SisterCity
from graph.neo4j_store import Neo4jStore
from graph.nodes import City, Source
from graph.sqlite_store import SqliteStore
from graph.store import GraphStore
from graph.values import Status
from ingest.load import load
from ingest.records import shipped_records
from jamae.cli import run
from tests.neo4j_engines import JavaEngine
from tests.neo4j_server import Neo4jServer
from tests.random_graphs import batch, seeded
from tests.store_contents import contents

SEED = 26


def merged() -> list[Claim]:
    """Two cities that one source calls one, and a tie of the one that goes."""
    source = "source:merging"
    told: list[Claim] = [
        Describes(from_=source, to=node.id, source=source, node=node)
        for node in (
            Source(id=source, title='A "title", with \\ and ; and 쉼표'),
            City(id="city:a", names={"en": "A"}, identifiers={"wikidata": "Q1"}),
            City(id="city:z", names={"ko": "제트"}, identifiers={"wikidata": "Q2"}),
            City(id="city:m", spellings=("m; n", "m, n"), latitude=-1e-7),
        )
    ]
    tie = SisterCity(from_="city:m", to="city:z", source=source, status=Status.SIGNED)
    return [*told, SameAs(from_="city:a", to="city:z", source=source), tie]


@pytest.fixture
def filled(tmp_path: Path) -> GraphStore:
    """An embedded store with the shipped records, a random source and a merge."""
    store = SqliteStore.open(f"sqlite:///{tmp_path / 'a.db'}")
    load(store, shipped_records())
    store.write(batch(seeded(SEED), 60))
    store.write(merged())
    return store


@pytest.mark.timeout(900)
def test_the_importer_makes_the_same_store(
    filled: GraphStore,
    tmp_path: Path,
    new_neo4j_server: Callable[[], Neo4jServer],
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "files"
    assert run(["export", "neo4j-import", str(folder), "--store", filled.url]) == 0
    _, _, line = capsys.readouterr().out.strip().partition(" && ")
    server = new_neo4j_server()
    engine = server.engine
    if not isinstance(engine, JavaEngine):
        pytest.fail("the importer needs the server that .ci/tools brings: see docs/neo4j.md")
    server.stop()
    admin = ["java", "-Xmx512m", f"--class-path={engine.lib}/*", "org.neo4j.cli.AdminTool"]
    done = subprocess.run(
        [*admin, *shlex.split(line)[1:]],
        cwd=folder,
        env={**os.environ, "NEO4J_HOME": str(engine.home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    server.start()
    with filled, Neo4jStore.open(server.uri, server.auth) as imported:
        assert contents(imported) == contents(filled)
        sources = [node.id for node in filled.read(lambda view: view.nodes("Source"))]
        counted = [one.read(lambda view: view.told(sources)) for one in (imported, filled)]
        assert counted[0] == counted[1]
        for store in (imported, filled):  # what is written next lands in the same places
            store.retract("source:merging")
            store.write(merged())
            store.retract("source:jinju-2025")
        assert contents(imported) == contents(filled)


def test_a_folder_that_holds_something_is_left_alone(
    filled: GraphStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with filled:
        assert run(["export", "neo4j-import", str(tmp_path), "--store", filled.url]) == 1
    assert "is there already" in capsys.readouterr().err
    assert run(["export", "neo4j-import", "--store", filled.url]) == 2
