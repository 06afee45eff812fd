"""What only the server store can meet: servers, passwords, foreign data, plans."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import combinations
from typing import Any

import pytest
from neo4j import Bookmarks, Driver, GraphDatabase

from graph import cypher, cypher_follow
from graph.claims import CLAIM_CLASSES, CLAIM_KINDS
from graph.errors import StoreBusy, StoreUnavailable
from graph.following import Step
from graph.neo4j_store import Limits, Neo4jStore
from graph.nodes import NODE_CLASSES
from graph.store import GraphStore, View, open_store
from tests.conftest import empty, neo4j_warnings
from tests.neo4j_proxy import wire
from tests.neo4j_server import Neo4jServer
from tests.store_contents import city, contents, sisters, source, told

BY = source("article", source_kind="article")
SUWON, BANDUNG = city("a", names={"ko": "수원시"}), city("b", names={"ko": "반둥"})
CLAIMS = [*told(BY, SUWON, BANDUNG), sisters(BY, SUWON, BANDUNG, signed_on="1997-08-27")]
HASTY = Limits(read_retry=0.5, write_retry=0.5)


@pytest.fixture
def driver(neo4j_server: Neo4jServer) -> Iterator[Driver]:
    """A driver of our own to look behind the store, on an empty database."""
    empty(neo4j_server)
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as one:
        yield one


@pytest.fixture(scope="module")
def other_server(new_neo4j_server: Callable[[], Neo4jServer]) -> Neo4jServer:
    """A server to kill."""
    return new_neo4j_server()


def refusal(url: str, credentials: tuple[str, str] | None = ("neo4j", "password")) -> str:
    with pytest.raises(StoreUnavailable) as refused:
        open_store(url, credentials)
    assert refused.value.__cause__ is not None or "begin with" in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("credentials", [("neo4j", "not the password"), ("who", "x"), None])
def test_a_wrong_password_is_named(
    neo4j_server: Neo4jServer, credentials: tuple[str, str] | None
) -> None:
    for url in (neo4j_server.uri, neo4j_server.bolt_uri):
        message = refusal(url, credentials)
        assert "NEO4J_PASSWORD" in message
        assert "not the password" not in message


@pytest.mark.parametrize("scheme", ["neo4j", "bolt", "neo4j+s", "bolt+s"])
def test_no_server_there_is_named(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    message = refusal(f"{scheme}://127.0.0.1:{port}")
    assert f"127.0.0.1:{port} is not running there: start it" in message


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_another_server_there_is_named(scheme: str) -> None:
    with web_server() as port:
        assert "something else than Neo4j" in refusal(f"{scheme}://127.0.0.1:{port}")


@contextmanager
def web_server() -> Iterator[int]:
    class Quiet(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s"])
def test_a_server_without_tls_is_named(neo4j_server: Neo4jServer, scheme: str) -> None:
    assert "without +s" in refusal(f"{scheme}://{neo4j_server.host}", neo4j_server.auth)


@pytest.mark.parametrize(
    "url",
    [
        "neo4j+x://127.0.0.1",
        "bolt+ssc://127.0.0.1",
        "bolt://user:secret@127.0.0.1:1",
        "neo4j://user:secret@127.0.0.1:1",
        "bolt://127.0.0.1:port",
        "neo4j://nowhere.invalid",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_secret(url: str) -> None:
    assert "secret" not in refusal(url)


@pytest.mark.parametrize("scheme", ["uri", "bolt_uri"])
def test_both_schemes_lead_to_one_store(
    neo4j_server: Neo4jServer, driver: Driver, scheme: str
) -> None:
    del driver
    with open_store(getattr(neo4j_server, scheme), neo4j_server.auth) as store:
        store.write(CLAIMS)
        assert store.engine() == "Neo4j Kernel 5.26.12 community"
        with open_store(neo4j_server.uri, neo4j_server.auth) as again:
            assert contents(again) == contents(store)


def test_a_person_can_read_the_graph(
    new_neo4j_store: Callable[[], GraphStore], driver: Driver
) -> None:
    new_neo4j_store().write(CLAIMS)
    [row] = driver.execute_query(
        "MATCH (:City {name_ko: '수원시'})-[tie:SISTER_CITY]-(other:City) "
        "RETURN other.name_ko, tie.status, tie.signed_on, tie.source"
    ).records
    assert row.values() == ["반둥", "signed", "1997-08-27", BY.id]


def test_foreign_data_is_left_alone(neo4j_server: Neo4jServer, driver: Driver) -> None:
    driver.execute_query("CREATE (:Person {name: 'Ada'})")
    with pytest.raises(StoreUnavailable, match="not jamae's"):
        open_store(neo4j_server.uri, neo4j_server.auth)
    [row] = driver.execute_query("MATCH (n) RETURN labels(n), properties(n)").records
    assert row.values() == [["Person"], {"name": "Ada"}]


@pytest.mark.parametrize("change", ["s.layout = 0", "s.vocabulary = 'City'", "s.layout = null"])
def test_another_version_is_refused(neo4j_server: Neo4jServer, driver: Driver, change: str) -> None:
    open_store(neo4j_server.uri, neo4j_server.auth).close()
    driver.execute_query(f"MATCH (s:Store) SET {change}")
    with pytest.raises(StoreUnavailable, match=r"another version.*jamae ingest"):
        open_store(neo4j_server.uri, neo4j_server.auth)


def test_a_store_emptied_meanwhile_says_so(
    neo4j_server: Neo4jServer, new_neo4j_store: Callable[[], GraphStore]
) -> None:
    store = new_neo4j_store()
    empty(neo4j_server)
    with pytest.raises(StoreUnavailable, match="emptied"):
        store.version()
    with pytest.raises(StoreUnavailable, match="emptied"):
        store.write(CLAIMS)


class _Crowded(Neo4jStore):
    """A store of which other threads have always just noted an older mark."""

    _first: Bookmarks | None = None

    @property
    def _mark(self) -> Bookmarks | None:
        return self._first

    @_mark.setter
    def _mark(self, mark: Bookmarks | None) -> None:
        self._first = self._first or mark


@pytest.mark.usefixtures("driver")
def test_what_other_threads_note_hides_no_change(neo4j_server: Neo4jServer) -> None:
    auth = neo4j_server.auth
    with (
        Neo4jStore.open(neo4j_server.uri, auth) as other,
        _Crowded.open(neo4j_server.uri, auth) as store,
    ):
        other.write(CLAIMS)
        store.version()

        def counted(view: View) -> int:
            return len(view.all_claims("DESCRIBES"))

        def ask(view: View) -> tuple[int, int]:
            before = counted(view)
            other.retract(CLAIMS[0].source)
            return before, counted(view)

        with pytest.raises(StoreBusy, match="changed twice"):
            store.read(ask, seconds=60)


def test_a_write_that_cannot_have_its_turn_says_so(
    neo4j_server: Neo4jServer, driver: Driver
) -> None:
    with Neo4jStore.open(neo4j_server.uri, neo4j_server.auth, HASTY) as store:
        with driver.session() as session, session.begin_transaction() as other:
            other.run("MATCH (s:Store) SET s.writer = 'another'").consume()
            with pytest.raises(StoreBusy, match="try again"):
                store.write(CLAIMS)
        assert store.write(CLAIMS).inserted == len(CLAIMS)


@pytest.mark.parametrize("reaches_server", [True, False])
def test_a_lost_answer_is_settled_by_looking(
    neo4j_server: Neo4jServer, driver: Driver, reaches_server: bool
) -> None:
    with (
        wire(neo4j_server.host, reaches_server=reaches_server) as cut,
        Neo4jStore.open(f"bolt://{cut.address}", neo4j_server.auth) as store,
    ):
        assert store.write(CLAIMS).inserted == len(CLAIMS)
        assert cut.cuts == 1
        assert store.write(CLAIMS).unchanged == len(CLAIMS)
    [row] = driver.execute_query("MATCH (s:Store) RETURN size(s.batches)").records
    assert row.values() == [1]


def test_several_may_open_an_empty_database_at_once(other_server: Neo4jServer) -> None:
    def use(_number: int) -> int:
        with Neo4jStore.open(other_server.uri, other_server.auth) as store:
            return store.write(CLAIMS).inserted

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [0, 0, 0, len(CLAIMS)]


def test_a_killed_server_is_unavailable_until_it_is_back(other_server: Neo4jServer) -> None:
    with Neo4jStore.open(other_server.uri, other_server.auth, HASTY) as store:
        store.write(CLAIMS)
        before = contents(store)
        other_server.kill()
        with pytest.raises(StoreUnavailable, match="start it"):
            store.version()
        with pytest.raises(StoreUnavailable, match="start it"):
            store.write([])
        other_server.start()
        assert contents(store) == before
        assert store.write(CLAIMS).unchanged == len(CLAIMS)


def test_a_warning_of_the_server_is_noticed(driver: Driver) -> None:
    with neo4j_warnings() as warnings:
        driver.execute_query("MATCH (n:NoSuchLabel) RETURN n.no_such_property")
    assert warnings


def test_no_field_can_be_taken_for_a_flattened_one() -> None:
    for cls in (*NODE_CLASSES.values(), *CLAIM_CLASSES.values()):
        taken = ("name_", "id_", "stated_", "tokens")
        assert [name for name in cls.model_fields if name.startswith(taken)] == []


STATEMENTS = {
    name if key is None else f"{name} {','.join(sorted(key)) if key is not str(key) else key}": text
    for name, value in vars(cypher).items()
    if name.isupper() and name[0] != "_" and name not in {"VOCABULARY", "COMPONENTS"}
    for key, text in (value.items() if isinstance(value, dict) else [(None, value)])
    if isinstance(text, str)
}
PARAMETERS: dict[str, Any] = {
    "after": "",
    "batch": "x",
    "digest": "0",
    "end": "city;",
    "goal": "city:2",
    "ids": ["city:1"],
    "inward": True,
    "k": 3,
    "keys": ["city:1"],
    "kinds": ["SENT"],
    "layout": 1,
    "limit": 10,
    "loading": "{}",
    "nodes": 5,
    "outward": True,
    "places": [{"node": "city:1", "stated": ["city:2"]}],
    "query": "+a",
    "rows": [{"id": "city:1", "from": "city:1", "to": "city:2", "keys": [], "properties": {}}],
    "source": "source:x",
    "sources": ["source:x"],
    "start": "city:1",
    "stated": ["city:1"],
    "tally": {"digest": "0"},
    "undirected": ["SISTER_CITY"],
    "vocabulary": "",
}
SCANS = {"AllNodesScan", "NodeByLabelScan", "CartesianProduct", "VarLengthExpand(All)"}
SAMPLE = "CALL db.prepareForReplanning(60)"


@pytest.fixture(scope="module")
def framed(neo4j_server: Neo4jServer) -> Iterator[Driver]:
    """A driver of our own to a server whose database is empty but for the frame."""
    empty(neo4j_server)
    Neo4jStore.open(neo4j_server.uri, neo4j_server.auth).close()
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as one:
        one.execute_query(SAMPLE)
        yield one


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_scans_even_when_planned_on_an_empty_store(framed: Driver, name: str) -> None:
    by_kind = name in {"CLAIMS", "HELD"}
    ids = {kind: ["x"] for kind in CLAIM_KINDS} if by_kind else PARAMETERS["ids"]
    with neo4j_warnings() as warnings:
        summary = framed.execute_query(
            f"EXPLAIN {STATEMENTS[name]}",
            {**PARAMETERS, "ids": ids},
        ).summary
    assert not warnings
    steps = list(operators(summary.plan))
    allowed = {"CartesianProduct"} if name.startswith(("PUT_CLAIMS", "SHORTEST")) else set()
    assert not {step for step in steps if step in SCANS or "TypeScan" in step} - allowed
    ends = [step for step in steps if step.startswith("NodeUniqueIndexSeek")]
    assert len(ends) == 2 or not allowed  # a product of one and one
    assert len(steps) > 1


AT = Step(("SENT",), "out", frozenset({"city:1"}), again=True, nodes=True, sources=True)
ON = Step(("SENT", "TWINNED"), "in", frozenset({"city:2"}), (AT,), frozenset({"City"}))
MADE = {
    "search": cypher_follow.SEARCH,
    "expanding": cypher_follow.expanding(("SENT", "TWINNED"), "out", limited=True),
    "following": cypher_follow.following(cypher_follow.forms((AT, ON))),
    "tracing": cypher_follow.tracing(cypher_follow.forms((AT, ON))),
    "looking": cypher_follow.looking(cypher_follow.forms((AT,))[0]),
}
"""One of each statement that is made when it is asked."""


@pytest.mark.parametrize("name", MADE)
def test_no_statement_that_is_made_scans(framed: Driver, name: str) -> None:
    parameters = {**PARAMETERS, "ids0": ["city:1"], "ids1": ["city:2"]}
    with neo4j_warnings():  # of fields that nothing has yet
        summary = framed.execute_query(f"EXPLAIN {MADE[name]}", parameters).summary
    steps = set(operators(summary.plan))
    assert not {step for step in steps if step in SCANS or "TypeScan" in step} - {
        "CartesianProduct"  # of lists, each a row
    }


def test_a_free_choice_of_kinds_is_no_statement_of_its_own(
    new_neo4j_store: Callable[[], GraphStore],
) -> None:
    store = new_neo4j_store()
    store.write(CLAIMS)
    made = cypher_follow.expanding.cache_info().misses

    def ask(view: View) -> int:
        pairs = list(combinations(CLAIM_KINDS, 2))
        found = [view.expand([SUWON.id], pair, limit=9) for pair in pairs]
        wanted = [
            [c for c in CLAIMS if c.kind in pair and SUWON.id in {c.from_, c.to}] for pair in pairs
        ]
        assert [sorted(c.id for c in told) for told in found] == [
            sorted(c.id for c in told) for told in wanted
        ]
        return len(pairs)

    assert store.read(ask, seconds=60) > 200
    assert cypher_follow.expanding.cache_info().misses - made <= len(cypher.FAMILIES)


def test_claims_among_hubs_are_not_planned_each_with_each(framed: Driver) -> None:
    hubs = "CREATE (a:Node {id: 'city:1'}), (b:Node {id: 'city:2'}) WITH a, b "
    framed.execute_query(hubs + "UNWIND range(1, 3000) AS i CREATE (a)-[:SISTER_CITY {id: i}]->(b)")
    framed.execute_query(SAMPLE)
    asked = f"EXPLAIN {cypher.AMONG[cypher.FAMILIES[-1]]}"
    assert "CartesianProduct" not in operators(framed.execute_query(asked, PARAMETERS).summary.plan)


def operators(plan: Any) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from operators(child)
