"""The whole graph in the forms that others read: NDJSON, networkx, GraphML, GEXF, CSV."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.claims import CLAIM_KINDS, describes_id
from graph.nodes import NODE_KINDS, Deal
from graph.questions.ground import Ground
from graph.spreadsheet import csv_line
from graph.store import GraphStore, walk_claims, walk_nodes
from graph.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.claims import Claim
    from graph.questions.answers import Citation
    from graph.store import View

EXPORT_SECONDS = 3600.0
"""How long an export may read."""

# ---------------------------------------------------------------- NDJSON


def to_ndjson(view: View) -> Iterator[str]:
    """One claim a line, as its source gave it, and a last line that counts them.

    Sources by id, each led by what it describes, itself first; the same graph gives the
    same lines. Loaded elsewhere they make the same version.
    """
    count = 0
    # each source describes itself; one that was merged with another is no node of its own
    for source in sorted({claim.source for claim in walk_claims(view, "DESCRIBES")}):
        for claim in _told_by(view, source):
            count += 1
            yield claim.said()
    yield json.dumps({"end": True, "claims": count, "version": view.version()})


def _told_by(view: View, source: str) -> Iterator[Claim]:
    """A source's claims in their order (`graph.statements.in_order`), page by page."""
    own = describes_id(source, source)
    yield from view.claims((own,)).values()
    described = (claim for claim in _pages(view, source, "DESCRIBES:") if claim.id != own)
    yield from takewhile(lambda claim: claim.kind == "DESCRIBES", described)
    yield from (claim for claim in _pages(view, source) if claim.kind != "DESCRIBES")


def _pages(view: View, source: str, after: str = "") -> Iterator[Claim]:
    while page := view.claims_of(source, after):
        yield from page
        after = page[-1].id


# ---------------------------------------------------------------- networkx


def to_networkx(graph: View | GraphStore) -> nx.MultiDiGraph[str]:
    """All nodes and claims as a graph; edges are keyed by claim id.

    Nodes and edges carry their fields under the model's names, values as in JSON; a node
    also carries `name`, the one to show. Edges join current ids, and an undirected kind
    goes from the smaller id to the larger.
    """
    if isinstance(graph, GraphStore):
        return graph.read(to_networkx, seconds=EXPORT_SECONDS)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(dataset_version=graph.version())
    for kind in NODE_KINDS:
        for node in walk_nodes(graph, kind):
            fields = node.model_dump(mode="json", exclude_none=True, exclude={"id"})
            made.add_node(node.id, name=node.name, **fields)
    for kind in CLAIM_KINDS:
        for claim in walk_claims(graph, kind):
            hidden = {"id", "from_", "to", "node"}
            fields = claim.model_dump(mode="json", exclude_none=True, exclude=hidden)
            made.add_edge(claim.from_, claim.to, key=claim.id, **fields)
    return made


def flattened(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The same graph with plain values only: maps as `names_ko`, lists joined by `; `."""
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    for node, fields in graph.nodes(data=True):
        flat.add_node(node, label=fields["name"], **_flat(fields))
    for one, other, key, fields in graph.edges(keys=True, data=True):
        flat.add_edge(one, other, key=key, label=fields["kind"], **_flat(fields))
    return flat


def _flat(fields: dict[str, Any]) -> dict[str, Any]:
    return dict(chain.from_iterable(_plain(name, value) for name, value in fields.items()))


def _plain(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{name}_{key}", inner
    elif isinstance(value, list):
        if value:
            yield name, "; ".join(map(str, value))
    else:
        yield name, value


def to_graphml(view: View) -> bytes:
    """The graph as GraphML."""
    return _written(nx.write_graphml_xml, flattened(to_networkx(view)))


def to_gexf(view: View) -> bytes:
    """The graph as GEXF 1.2, without the day on which it was written.

    `start` and `end` are called `start_date` and `end_date`: GEXF's own know no partial dates.
    """
    graph = flattened(to_networkx(view))
    for _, fields in graph.nodes(data=True):
        for name in ("start", "end"):
            if name in fields:
                fields[f"{name}_date"] = fields.pop(name)
    for _, _, key, fields in graph.edges(keys=True, data=True):
        fields["id"] = key
    text = _written(nx.write_gexf, graph)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", text, count=1)


def _written(write: Any, graph: nx.MultiDiGraph[str]) -> bytes:
    file = io.BytesIO()
    write(graph, file)
    return file.getvalue()


# ---------------------------------------------------------------- CSV of deals

DEAL_COLUMNS = (
    "deal", "city", "firm", "partner", "place", "occasion", "stage", "stage_word", "amount",
    "currency", "count", "approximate", "date", "part_of", "source", "title", "publisher",
    "published", "url", "locator",
)  # fmt: skip


@dataclass(frozen=True)
class _Columns:
    """What stands around the deals, read ahead for all of them."""

    ground: Ground
    language: str

    def row(self, deal: Deal) -> Iterator[str]:
        ground = self.ground
        occasions = sorted({c.to for c in ground.out((deal.id,), "MADE_AT")})
        firms = sorted({c.from_ for c in ground.into((deal.id,), "SOLD")})
        yield deal.id
        yield self._names(self._cities(occasions, firms))
        yield self._names(firms)
        yield self._names(c.from_ for c in ground.into((deal.id,), "BOUGHT"))
        yield self._names(c.to for c in ground.out((deal.id,), "IN_PLACE"))
        yield self._names(occasions)
        yield from self._figures(deal)
        yield "; ".join(sorted({c.to for c in ground.out((deal.id,), "PART_OF_DEAL")}))
        yield from _cited(ground.told_of((deal.id,))[0])

    def _figures(self, deal: Deal) -> Iterator[str]:
        yield deal.stage or ""
        yield deal.stage_word or ""
        yield "" if deal.amount is None else plain(deal.amount)
        yield deal.currency or ""
        yield "" if deal.count is None else str(deal.count)
        yield {True: "yes", False: "no", None: ""}[deal.approximate]
        yield str(deal.date or "")

    def _cities(self, occasions: Iterable[str], firms: Iterable[str]) -> set[str]:
        """Who sent the mission, runs the programme or held the event; else the firms' seats."""
        ground = self.ground
        senders = {c.from_ for c in ground.into(occasions, "SENT", "RUNS")}
        events = [one for one in occasions if one.startswith("event:")]
        hosts = {c.from_ for c in ground.into(events, "HOSTED")}
        return senders or hosts or ground.seats(firms)

    def _names(self, ids: Iterable[str]) -> str:
        nodes = self.ground.nodes(ids)
        return "; ".join(nodes[one].called(self.language) for one in sorted(nodes))


def _cited(citation: Citation) -> Iterator[str]:
    yield citation.source
    yield citation.title or ""
    yield citation.publisher or ""
    yield str(citation.published or "")
    yield citation.url or ""
    yield "" if citation.locator is None else str(citation.locator)


def deals_csv(view: View, language: str = "ko", *, raw: bool = False) -> Iterator[str]:
    """The deals as RFC 4180 lines, the header first, several values joined by `; `.

    A text that a spreadsheet would run as a formula is led by `'` unless `raw`.
    """
    columns = _Columns(Ground(view), language)
    yield csv_line(DEAL_COLUMNS, raw=True)
    for node in walk_nodes(view, "Deal"):
        if isinstance(node, Deal):
            yield csv_line(columns.row(node), raw=raw)
