"""The Cypher that the docs offer runs on a server that holds the shipped records."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString, cast

import pytest
from neo4j import GraphDatabase

from ingest.records import read_record, shipped_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.store import GraphStore
    from tests.neo4j_server import Neo4jServer

TEXT = (Path(__file__).parent.parent / "docs/neo4j.md").read_text("utf-8")
QUERIES = re.findall(r"```cypher\n(.*?)```", TEXT, re.DOTALL)


def test_there_are_ten() -> None:
    assert len(QUERIES) == 10


@pytest.fixture
def loaded(new_neo4j_store: Callable[[], GraphStore]) -> GraphStore:
    store = new_neo4j_store()
    for path in shipped_records():
        record = read_record(path)
        store.write(record.claims, replaces=record.source.id)
    return store


def test_each_query_answers(loaded: GraphStore, neo4j_server: Neo4jServer) -> None:
    assert loaded.version()
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as driver:
        for query in QUERIES:
            rows = driver.execute_query(cast("LiteralString", query)).records
            assert rows, query
            assert any(value is not None for value in rows[0].values()), query
