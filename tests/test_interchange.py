"""What others read: NDJSON that loads again, graphs for other programs, a flat table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest

from graph.claims import CLAIM_KINDS, Describes, InPlace, Sold
from graph.interchange import (
    DEAL_COLUMNS,
    deals_csv,
    to_gexf,
    to_graphml,
    to_ndjson,
    to_networkx,
)
from graph.nodes import City, Deal, Firm, Node, Source
from graph.spreadsheet import guarded
from graph.store import GraphStore, walk_claims
from ingest.load import load
from ingest.records import SHIPPED
from tests.random_graphs import batch, seeded

FORMULAS = [
    "=1+1",
    "+cmd",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\0x",
    "=HYPERLINK(...)",
    "-",
    "\nx",
    "＝1",
    "＠x",
]
NUMBERS = ["-5", "+7", "-0.5", "12", "0"]


@pytest.fixture
def shipped(new_sqlite_store: Callable[[], GraphStore]) -> GraphStore:
    """A store of the shipped records."""
    store = new_sqlite_store()
    load(store, [SHIPPED])
    return store


@pytest.fixture
def random_store(new_sqlite_store: Callable[[], GraphStore]) -> GraphStore:
    """A store of random sources that merge."""
    store = new_sqlite_store()
    rng = seeded(7)
    for number in range(12):
        claims = batch(rng, number)
        store.write(claims, replaces=f"source:s{number}")
    return store


def lines(store: GraphStore) -> list[str]:
    return store.read(lambda view: list(to_ndjson(view)))


# ---------------------------------------------------------------- NDJSON


def test_an_export_loaded_elsewhere_makes_the_same_version(
    shipped: GraphStore, store: GraphStore, tmp_path: Path
) -> None:
    path = tmp_path / "graph.ndjson"
    path.write_text("\n".join(lines(shipped)), "utf-8")
    assert load(store, [path]).version == shipped.version()
    assert lines(store) == lines(shipped)


def test_a_merged_graph_is_exported_as_its_sources_gave_it(
    random_store: GraphStore, new_sqlite_store: Callable[[], GraphStore], tmp_path: Path
) -> None:
    path = tmp_path / "graph.ndjson"
    path.write_text("\n".join(lines(random_store)), "utf-8")
    other = new_sqlite_store()
    assert load(other, [path]).version == random_store.version()
    assert lines(other) == lines(random_store)
    merged = random_store.read(
        lambda view: [c for k in CLAIM_KINDS for c in walk_claims(view, k) if c.stated]
    )
    assert merged, "the test shows nothing without a merge"


def test_each_source_leads_with_itself_and_what_it_describes(shipped: GraphStore) -> None:
    claims = [json.loads(line) for line in lines(shipped)[:-1]]
    sources = [claim["source"] for claim in claims]
    assert sources == sorted(sources)
    for source in set(sources):
        own = [claim for claim in claims if claim["source"] == source]
        assert own[0]["to"] == source
        described = [claim["kind"] == "DESCRIBES" for claim in own]
        assert described == sorted(described, reverse=True)


def test_the_last_line_counts_the_claims_and_names_the_version(shipped: GraphStore) -> None:
    *claims, end = lines(shipped)
    expected = {"end": True, "claims": len(claims), "version": shipped.version()}
    assert json.loads(end) == expected


# ---------------------------------------------------------------- graphs


def edges_of(graph: nx.Graph[str]) -> set[tuple[str, str, str]]:
    """Both ends and the key of every edge."""
    return {(a, b, key) for a, near in graph.adjacency() for b in near for key in near[b]}


def test_networkx_holds_every_node_and_claim(random_store: GraphStore) -> None:
    graph = to_networkx(random_store)
    counts = random_store.read(lambda view: view.counts())
    assert graph.number_of_nodes() == sum(counts.nodes.values())
    assert graph.number_of_edges() == sum(counts.claims.values())
    assert graph.graph["dataset_version"] == random_store.version()
    claims = random_store.read(lambda view: [c for k in CLAIM_KINDS for c in walk_claims(view, k)])
    assert {(c.from_, c.to, c.id) for c in claims} == edges_of(graph)
    assert all(graph.nodes[node]["name"] for node in graph)


def test_networkx_carries_the_fields_of_nodes_and_claims(shipped: GraphStore) -> None:
    graph = to_networkx(shipped)
    bandung = graph.nodes["city:Q10389"]
    assert (bandung["kind"], bandung["names"]["en"]) == ("City", "Bandung")
    [tie] = graph["city:Q10389"]["city:Q20714"].values()
    assert (tie["kind"], tie["status"], tie["source"]) == (
        "SISTER_CITY",
        "in_force",
        "source:suwon-2008",
    )


def test_graphml_is_read_back_with_the_same_nodes_edges_and_ids(random_store: GraphStore) -> None:
    graph = to_networkx(random_store)
    read = nx.read_graphml(io.BytesIO(random_store.read(to_graphml)), force_multigraph=True)
    assert set(read.nodes) == set(graph.nodes)
    assert edges_of(read) == edges_of(graph)
    for node, fields in read.nodes(data=True):
        assert fields["kind"] == graph.nodes[node]["kind"]
        assert fields["label"] == graph.nodes[node]["name"]


def test_gexf_is_read_back_and_does_not_depend_on_the_day(random_store: GraphStore) -> None:
    content = random_store.read(to_gexf)
    assert b"lastmodified" not in content
    graph, read = to_networkx(random_store), nx.read_gexf(io.BytesIO(content))
    assert set(read.nodes) == set(graph.nodes)
    ids = {fields["id"] for *_, fields in read.edges(data=True)}
    assert ids == {key for *_, key in edges_of(graph)}
    dated = [n for n, fields in graph.nodes(data=True) if "start" in fields]
    assert dated
    assert all(read.nodes[n]["start_date"] == graph.nodes[n]["start"] for n in dated)


# ---------------------------------------------------------------- the table of deals


def rows(store: GraphStore, language: str = "ko", *, raw: bool = False) -> list[dict[str, str]]:
    text = "".join(store.read(lambda view: list(deals_csv(view, language, raw=raw))))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_deal_is_a_row_with_its_citation(shipped: GraphStore) -> None:
    [row] = [row for row in rows(shipped) if row["deal"] == "deal:suwon-2008.greenzone-jth"]
    assert tuple(row) == DEAL_COLUMNS
    assert (row["city"], row["firm"], row["partner"]) == ("수원시", "그린존", "JTH Cosmetics")
    assert (row["place"], row["occasion"]) == ("자카르타", "수원시 시장개척단")
    assert (row["stage"], row["amount"], row["currency"]) == ("consultation", "600000", "USD")
    assert (row["source"], row["locator"]) == ("source:suwon-2008", "12")
    assert row["part_of"] == "deal:suwon-2008.consult-total"
    assert row["published"] == "2008-06-10"


def test_the_table_holds_every_deal_once(shipped: GraphStore) -> None:
    deals = shipped.read(lambda view: [node.id for node in view.nodes("Deal")])
    assert [row["deal"] for row in rows(shipped)] == deals
    english = {row["deal"]: row["city"] for row in rows(shipped, "en")}
    assert english["deal:suwon-2008.greenzone-jth"] == "Suwon"


def test_lines_end_as_rfc_4180_wants(shipped: GraphStore) -> None:
    text = "".join(shipped.read(lambda view: list(deals_csv(view))))
    assert text.count("\r\n") == len(rows(shipped)) + 1
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_like_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", [*NUMBERS, "", "수원시", "a=b", "1-2"])
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


def test_names_that_look_like_formulas_are_guarded_and_raw_leaves_them(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    store = new_sqlite_store()
    source = "source:x"
    nodes: list[Node] = [
        Source(id=source, title='=1+1,"a"'),
        Firm(id="firm:f", names={"ko": "=HYPERLINK(1)"}),
        City(id="city:c", names={"ko": "-5"}),
        Deal(id="deal:x.1", stage_word="@x", amount=Decimal("-0") + 5, currency="USD"),
    ]
    claims = [Describes(from_=source, to=n.id, source=source, node=n) for n in nodes]
    joined = [
        Sold(from_="firm:f", to="deal:x.1", source=source),
        InPlace(from_="deal:x.1", to="city:c", source=source),
    ]
    store.write([*claims, *joined], replaces=source)
    [row] = rows(store)
    assert (row["firm"], row["place"], row["stage_word"]) == ("'=HYPERLINK(1)", "-5", "'@x")
    assert row["title"] == '\'=1+1,"a"'
    [raw] = rows(store, raw=True)
    assert (raw["firm"], raw["title"]) == ("=HYPERLINK(1)", '=1+1,"a"')
