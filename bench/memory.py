"""networkx as a column: everything in the memory of one process, gone when it ends."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx

from bench import lines
from bench.lines import Line
from bench.raw import plain_lines
from graph.claims import CLAIM_JSON, TIE_KINDS, Claim
from graph.nodes import NODE_JSON, Node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from bench.inputs import Inputs
    from bench.plain import Row

_UPWARDS = 3
_REPORTING = (
    "SENT", "VISITED", "HOSTED", "PARTICIPATED_IN", "MADE_AT", "SOLD", "BOUGHT", "IN_PLACE",
    "PART_OF_DEAL", "SAME_DEAL_AS", "CREDITS",
)  # fmt: skip


class Memory:
    """A MultiDiGraph in the form that `jamae.to_networkx` gives: fields as in JSON."""

    def __init__(self) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def load(self, path: Path) -> int:
        """Read the export into the graph."""
        with path.open(encoding="utf-8") as file:
            for line in file:
                claim = json.loads(line)
                if "end" not in claim:
                    self._put(claim)
        return self.graph.number_of_edges()

    def _put(self, claim: Row) -> None:
        ends = claim.pop("from"), claim.pop("to")
        key, node = claim.pop("id"), claim.pop("node", None)
        if node is not None and "kind" not in self.graph.nodes.get(ends[1], ()):
            self.graph.add_node(ends[1], **node)
        self.graph.add_edge(*ends, key=key, **claim)

    def write(self, claims: Sequence[Claim]) -> None:
        """Put claims into the graph; nothing of it is durable."""
        for claim in claims:
            self._put(json.loads(claim.said()))

    # ------------------------------------------------------------ reading

    def lines(self, inputs: Inputs) -> list[Line]:
        """Every line; models are made of what the graph holds, as a store makes them."""
        facts = Edges(self.graph)
        return [
            Line(lines.LOOKUP, inputs.lookups, self._node, _node_key),
            Line(lines.HOP, inputs.around, self._hop, _claims_key),
            Line(lines.HOPS, inputs.around, self._hops, _claims_key),
            Line(
                lines.SHORTEST,
                inputs.pairs,
                lambda two: self._shortest(self.all_kinds, two),
                lines.lengths_key,
            ),
            Line(
                lines.SHORTEST_OF_TWO,
                inputs.city_pairs,
                lambda two: self._shortest(self.two_kinds, two),
                lines.lengths_key,
            ),
            Line(lines.TEN, inputs.pairs[:50], self._ten, lines.lengths_key),
            *plain_lines(facts, inputs),
            *(
                Line(name, inputs.words[words], self._search, _search_key)
                for words, name in lines.SEARCHES.items()
            ),
        ]

    def _node(self, one: str) -> Node:
        node: Node = NODE_JSON.validate_python(self.graph.nodes[one])
        return node

    def _near(self, ids: Collection[str], limit: int) -> list[Claim]:
        found: dict[str, tuple[str, str, Row]] = {}
        kinds = frozenset(lines.KINDS)
        for one in ids:
            for start, end, key, fields in self.graph.out_edges(one, keys=True, data=True):
                if fields["kind"] in kinds:
                    found[key] = start, end, fields
            for start, end, key, fields in self.graph.in_edges(one, keys=True, data=True):
                if fields["kind"] in kinds:
                    found[key] = start, end, fields
        return [
            CLAIM_JSON.validate_python({"id": key, "from": start, "to": end, **fields})
            for key in sorted(found)[:limit]
            for start, end, fields in [found[key]]
        ]

    def _hop(self, one: str) -> list[Claim]:
        return self._near((one,), lines.HOP_LIMIT)

    def _hops(self, one: str) -> list[Claim]:
        near = self._near((one,), lines.HOPS_LIMIT)
        ends = {one, *(claim.from_ for claim in near), *(claim.to for claim in near)}
        return self._near(ends, lines.HOPS_LIMIT)

    @cached_property
    def all_kinds(self) -> nx.Graph[str]:
        """What paths of all kinds go through, prepared once."""
        return self._simple(frozenset(lines.KINDS))

    @cached_property
    def two_kinds(self) -> nx.Graph[str]:
        """The same of two kinds."""
        return self._simple(frozenset(lines.TWO_KINDS))

    def _simple(self, kinds: frozenset[str]) -> nx.Graph[str]:
        simple: nx.Graph[str] = nx.Graph()
        simple.add_edges_from(
            (start, end)
            for start, end, fields in self.graph.edges(data=True)
            if fields["kind"] in kinds and not end.startswith("country:")
        )
        return simple

    def _shortest(self, simple: nx.Graph[str], two: Sequence[str]) -> list[int]:
        """The length of one shortest path: which of several it is, networkx leaves open."""
        try:
            length = len(nx.bidirectional_shortest_path(simple, two[0], two[1])) - 1
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return []
        return [length] if length <= lines.MAX_HOPS else []

    def _ten(self, two: Sequence[str]) -> list[int]:
        """The lengths of ten shortest paths, of which networkx leaves open the order."""
        found: list[int] = []
        try:
            for route in nx.shortest_simple_paths(self.all_kinds, two[0], two[1]):
                if len(found) == lines.MANY or len(route) - 1 > lines.MAX_HOPS:
                    break
                found.append(len(route) - 1)
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return []
        return found

    def _search(self, query: str) -> tuple[str, list[dict[str, str]]]:
        """A page of hits, found by looking at every name: networkx has no index."""
        hits = [
            (grade, -self.graph.degree(one), one)
            for one, fields in self.graph.nodes(data=True)
            if (grade := lines.closeness(query, fields.get("names", {}).values())) is not None
        ]
        return query, [self.graph.nodes[one]["names"] for *_, one in sorted(hits)[: lines.PAGE]]

    def more(self, _: Inputs) -> dict[str, Any]:
        """Nothing more."""
        return {}

    def close(self) -> None:
        """Nothing to let go of."""


def _node_key(node: Node) -> Any:
    return node.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _claims_key(claims: Sequence[Claim]) -> list[str]:
    return [claim.id for claim in claims]


def _search_key(found: tuple[str, list[dict[str, str]]]) -> list[int]:
    return lines.page_key(*found)


class Edges:
    """The facts, read off the graph's edges; see `plain.Facts` for each."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        self._graph = graph

    def _out(self, one: str, *kinds: str) -> Iterator[tuple[str, Row]]:
        for _, end, fields in self._graph.out_edges(one, data=True):
            if fields["kind"] in kinds:
                yield end, fields

    def _into(self, one: str, *kinds: str) -> Iterator[tuple[str, Row]]:
        for start, _, fields in self._graph.in_edges(one, data=True):
            if fields["kind"] in kinds:
                yield start, fields

    def _both(self, one: str, *kinds: str) -> Iterator[tuple[str, Row]]:
        yield from self._out(one, *kinds)
        yield from self._into(one, *kinds)

    def _field(self, one: str, name: str) -> Any:
        return self._graph.nodes[one].get(name)

    def _begins(self, one: str) -> Any:
        return self._field(one, "start") or self._field(one, "date")

    def _up(self, cities: Collection[str]) -> set[str]:
        reached = set(cities)
        for _ in range(_UPWARDS):
            reached |= {end for one in reached for end, _ in self._out(one, "PART_OF")}
        return reached

    def _down(self, cities: Collection[str]) -> set[str]:
        reached = set(cities)
        for _ in range(_UPWARDS):
            reached |= {start for one in reached for start, _ in self._into(one, "PART_OF")}
        return reached

    def _lands(self, cities: Collection[str]) -> set[str]:
        return {end for one in self._up(cities) for end, _ in self._out(one, "IN_COUNTRY")}

    def place(self, partner: str) -> tuple[set[str], set[str]]:
        """See `plain.Facts`."""
        return self._down({partner}), self._lands({partner})

    def ties(self, city: str) -> list[Row]:
        """See `plain.Facts`."""
        return [
            {
                "other": other,
                "kind": fields["kind"],
                "source": fields["source"],
                "published": self._field(fields["source"], "published"),
                **{name: fields.get(name) for name in ("form", "status", "signed_on", "ended_on")},
            }
            for other, fields in self._both(city, *TIE_KINDS)
        ]

    def links(self, here: Collection[str]) -> list[Row]:
        """See `plain.Facts`."""
        return [
            {"tag": tag, "item": item, "role": fields.get("role"), "source": fields["source"]}
            for one in here
            for tag, item, fields in self._links(one)
        ]

    def _links(self, here: str) -> Iterator[tuple[str, str, Row]]:
        for item, fields in self._into(here, "VISITED"):
            if self._field(item, "status") != "planned":
                yield "visited", item, fields
        yield from self._seated(here)
        for tag, kind in (("hosted", "HOSTED"), ("credited", "CREDITS"), ("bought", "BOUGHT")):
            for item, fields in self._out(here, kind):
                yield tag, item, fields
        for item, fields in self._into(here, "IN_PLACE"):
            yield "placed", item, fields
        for item, fields in self._both(here, "AGREEMENT"):
            if item.startswith("firm:"):
                yield "agreed", item, fields

    def _seated(self, here: str) -> Iterator[tuple[str, str, Row]]:
        for item, fields in self._into(here, "LOCATED_IN"):
            if item.startswith("event:"):
                yield "located", item, fields
            for deal, told in self._out(item, "BOUGHT"):
                yield "bought", deal, told

    def firms(self, items: Collection[str]) -> set[str]:
        """See `plain.Facts`."""
        deals = {start for one in items for start, _ in self._into(one, "MADE_AT")}
        found = {f for one in items for f, _ in self._into(one, "PARTICIPATED_IN", "SOLD")}
        found |= {firm for one in deals for firm, _ in self._into(one, "SOLD")}
        return {one for one in found if one.startswith("firm:")}

    def during(self, missions: Collection[str], lands: Collection[str]) -> set[str]:
        """See `plain.Facts`."""
        found = set()
        for mission in missions:
            start, end = self._field(mission, "start"), self._field(mission, "end")
            senders = self._down({city for city, _ in self._into(mission, "SENT")})
            firms = {f for city in senders for f, _ in self._into(city, "LOCATED_IN")}
            firms |= {firm for firm, _ in self._into(mission, "PARTICIPATED_IN")}
            for firm in firms:
                for item, _ in self._out(firm, "PARTICIPATED_IN", "SOLD"):
                    begins = self._begins(item)
                    timely = item.startswith(("event:", "deal:")) and start <= begins <= end
                    if timely and self._item_lands(item) & set(lands):
                        found.add(firm)
        return {one for one in found if one.startswith("firm:")}

    def _item_lands(self, item: str) -> set[str]:
        return self._lands({end for end, _ in self._out(item, "LOCATED_IN", "IN_PLACE")})

    def doings(self, firms: Collection[str]) -> list[Row]:
        """See `plain.Facts`."""
        return [
            {
                "firm": firm,
                "kind": fields["kind"],
                "item": item,
                "source": fields["source"],
                "status": self._field(item, "status"),
                "made_at": [
                    end
                    for end, _ in self._out(item, "MADE_AT")
                    if end.startswith("event:") or self._field(end, "status") == "completed"
                ],
                "same": [other for other, _ in self._both(item, "SAME_DEAL_AS")],
            }
            for firm in firms
            for item, fields in self._out(firm, "PARTICIPATED_IN", "SOLD")
            if not item.startswith("programme:")
        ]

    def homes(self, firms: Collection[str]) -> dict[str, tuple[set[str], set[str]]]:
        """See `plain.Facts`."""
        found = {}
        for firm in firms:
            cities = self._up({end for end, _ in self._out(firm, "LOCATED_IN")})
            found[firm] = cities, self._lands(cities)
        return found

    def told(self, items: Collection[str]) -> dict[str, Row]:
        """See `plain.Facts`."""
        return {
            item: {
                "begins": self._begins(item),
                "sources": {fields["source"] for _, fields in self._both(item, *_REPORTING)},
                "senders": self._up({city for city, _ in self._into(item, "SENT")}),
            }
            for item in items
        }

    def shown(self, firms: Collection[str], items: Collection[str]) -> list[Any]:
        """See `plain.Facts`."""
        told = [(self._graph.nodes[one], list(self._out(one, "LOCATED_IN"))) for one in firms]
        claims = {
            (start, end, key): (fields, self._graph.nodes[fields["source"]])
            for item in items
            for edges in (self._graph.out_edges, self._graph.in_edges)
            for start, end, key, fields in edges(item, keys=True, data=True)
            if fields["kind"] in _REPORTING
        }
        return [told, claims]

    def deals(self, here: Collection[str]) -> list[Row]:
        """See `plain.Facts`."""
        found = set()
        for one in here:
            buyers = {one} | {start for start, _ in self._into(one, "LOCATED_IN")}
            found |= {deal for buyer in buyers for deal, _ in self._out(buyer, "BOUGHT")}
            found |= {deal for deal, _ in self._into(one, "IN_PLACE")}
        days = defaultdict(list)
        for deal in found:
            for source, _ in self._into(deal, "DESCRIBES"):
                days[deal].append(self._field(source, "published"))
        return [
            {
                "id": deal,
                "published": min(days[deal]),
                "same": [other for other, _ in self._both(deal, "SAME_DEAL_AS")],
                "wholes": [end for end, _ in self._out(deal, "PART_OF_DEAL")],
                **{name: self._field(deal, name) for name in ("stage", "currency", "amount")},
            }
            for deal in found
        ]
