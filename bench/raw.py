"""The raw-driver loop as a column: hand-written Cypher and plain values.

No code of ours, but for the ten shortest paths: where the server's own search finds fewer,
`graph.paths` goes on over this column's adjacency. Those are held against networkx.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from neo4j import GraphDatabase

from bench import lines, plain, raw_cypher
from bench.lines import Line
from bench.server import address, server_figures
from graph.budget import Budget
from graph.paths import shortest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from bench.inputs import Inputs
    from bench.plain import Row
    from graph.claims import Claim

BATCH, ROWS = 20_000, 5_000
_NOT_PROPERTIES = ("id", "kind", "from", "to")


class Raw:
    """A session of the driver, kept open, on a server that is empty at first."""

    def __init__(self) -> None:
        uri, auth = address("bolt")
        self._driver = GraphDatabase.driver(uri, auth=auth, telemetry_disabled=True)
        self._session = self._driver.session(database="neo4j", fetch_size=-1)
        self._seen: set[str] = set()

    def run(self, statement: str, **values: Any) -> list[list[Any]]:
        """The rows of a statement."""
        return self._session.run(statement, values).values()

    def rows(self, statement: str, **values: Any) -> list[Row]:
        """The rows of a statement as maps."""
        return self._session.run(statement, values).data()

    # ------------------------------------------------------------ writing

    def load(self, path: Path) -> int:
        """Load the export, batch by batch, so that it could be run again."""
        for statement in raw_cypher.FRAME:
            self.run(statement)
        self.run(raw_cypher.AWAIT)
        count = 0
        with path.open(encoding="utf-8") as file:
            while batch := list(islice(file, BATCH)):
                claims = [claim for claim in map(json.loads, batch) if "end" not in claim]
                self.put(claims)
                count += len(claims)
        self.run(raw_cypher.AWAIT)
        return count

    def put(self, claims: Iterable[Row]) -> None:
        """Put claims, the nodes they describe first, one transaction for each 5,000 rows."""
        nodes, rows = defaultdict(list), defaultdict(list)
        for claim in claims:
            if "node" in claim and claim["node"]["id"] not in self._seen:
                node = claim["node"]
                self._seen.add(node["id"])
                nodes[node["kind"]].append({"id": node["id"], "properties": _flat(node)})
            rows[claim["kind"]].append(_row(claim))
        for kind, of_kind in nodes.items():
            self._put(raw_cypher.PUT_NODES[kind], of_kind)
        for kind, of_kind in rows.items():
            of_kind.sort(key=lambda row: (row["from"], row["to"]))
            self._put(raw_cypher.PUT_CLAIMS[kind], of_kind)

    def _put(self, statement: str, rows: list[Row]) -> None:
        for at in range(0, len(rows), ROWS):
            self.run(statement, rows=rows[at : at + ROWS])

    def write(self, claims: Sequence[Claim]) -> None:
        """Write claims of the model, new or known."""
        self.put(json.loads(claim.said()) for claim in claims)

    # ------------------------------------------------------------ reading

    def lines(self, inputs: Inputs) -> list[Line]:
        """Every line, each in as few statements as it takes."""
        facts = Cypher(self)
        return [
            Line(lines.LOOKUP, inputs.lookups, self._lookup, _node_key),
            *(
                Line(name, inputs.around, partial(self._around, ask), _claims_key)
                for name, ask in ((lines.HOP, raw_cypher.HOP), (lines.HOPS, raw_cypher.HOPS))
            ),
            Line(
                lines.SHORTEST,
                inputs.pairs,
                lambda two: self._shortest(two, lines.KINDS),
                lines.paths_key,
            ),
            Line(
                lines.SHORTEST_OF_TWO,
                inputs.city_pairs,
                lambda two: self._shortest(two, lines.TWO_KINDS),
                lines.paths_key,
            ),
            Line(lines.TEN, inputs.pairs[:50], self._ten, lines.paths_key),
            *plain_lines(facts, inputs),
            *(
                Line(name, inputs.words[words], self._search, _search_key)
                for words, name in lines.SEARCHES.items()
            ),
        ]

    def _lookup(self, one: str) -> list[Any]:
        return self.run(raw_cypher.LOOKUP, id=one)[0]

    def _around(self, statement: str, one: str) -> list[list[Any]]:
        return self.run(statement, id=one)

    def _shortest(self, two: Sequence[str], kinds: tuple[str, ...], k: int = 1) -> list[list[str]]:
        statement = raw_cypher.SHORTEST[kinds]
        return [ids for (ids,) in self.run(statement, start=two[0], goal=two[1], k=k)]

    def _ten(self, two: Sequence[str]) -> list[list[str]]:
        """The ten shortest: the server's own search, and longer ones walk by walk."""
        found = self._shortest(two, lines.KINDS, lines.MANY)
        if len(found) == lines.MANY:
            return found
        budget = Budget(60)
        routes = shortest(self._adjacent, two[0], two[1], lines.MAX_HOPS, lines.MANY, budget).routes
        return [list(route) for route in routes]

    def _adjacent(self, ids: Collection[str]) -> dict[str, frozenset[str]]:
        rows = self.run(raw_cypher.ADJACENT, ids=list(ids))
        return {one: frozenset(others) for one, others in rows}

    def _search(self, query: str) -> tuple[str, list[list[Any]]]:
        ask = raw_cypher.SEARCH_PAIR if len(query) == 2 else raw_cypher.SEARCH
        return query, self.run(ask, text=query.lower(), page=lines.PAGE)

    def more(self, _: Inputs) -> dict[str, Any]:
        """What the server takes."""
        return server_figures()

    def close(self) -> None:
        """Close the session and the driver."""
        self._session.close()
        self._driver.close()


class Cypher:
    """The facts, each in one statement."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw

    def place(self, partner: str) -> tuple[set[str], set[str]]:
        """See `plain.Facts`."""
        here, lands = self._raw.run(raw_cypher.PLACE, id=partner)[0]
        return set(here), set(lands)

    def ties(self, city: str) -> list[Row]:
        """See `plain.Facts`."""
        return self._raw.rows(raw_cypher.TIES, id=city)

    def links(self, here: Collection[str]) -> list[Row]:
        """See `plain.Facts`."""
        return self._raw.rows(raw_cypher.LINKS, here=list(here))

    def firms(self, items: Collection[str]) -> set[str]:
        """See `plain.Facts`."""
        return {firm for (firm,) in self._raw.run(raw_cypher.FIRMS, items=list(items))}

    def during(self, missions: Collection[str], lands: Collection[str]) -> set[str]:
        """See `plain.Facts`."""
        rows = self._raw.run(raw_cypher.DURING, missions=list(missions), lands=list(lands))
        return {firm for (firm,) in rows}

    def doings(self, firms: Collection[str]) -> list[Row]:
        """See `plain.Facts`."""
        return self._raw.rows(raw_cypher.DOINGS, firms=list(firms))

    def homes(self, firms: Collection[str]) -> dict[str, tuple[set[str], set[str]]]:
        """See `plain.Facts`."""
        rows = self._raw.run(raw_cypher.HOMES, firms=list(firms))
        return {firm: (set(cities), set(lands)) for firm, cities, lands in rows}

    def told(self, items: Collection[str]) -> dict[str, Row]:
        """See `plain.Facts`."""
        return {row["id"]: row for row in self._raw.rows(raw_cypher.TOLD, items=list(items))}

    def shown(self, firms: Collection[str], items: Collection[str]) -> list[Any]:
        """See `plain.Facts`."""
        return [
            self._raw.run(raw_cypher.SHOWN_FIRMS, firms=list(firms)),
            self._raw.run(raw_cypher.SHOWN_CLAIMS, items=list(items)),
        ]

    def deals(self, here: Collection[str]) -> list[Row]:
        """See `plain.Facts`."""
        return self._raw.rows(raw_cypher.DEALS, here=list(here))


def plain_lines(facts: plain.Facts, inputs: Inputs) -> Iterator[Line]:
    """The lines that `plain` answers over facts."""
    for name, partners in (
        (lines.MEDIAN, inputs.medians),
        (lines.PARTNERS, inputs.partners),
        (lines.HUB, inputs.hubs),
    ):
        yield Line(name, partners, lambda one: plain.beneficiaries(facts, one), itemgetter(0))
    yield Line(lines.TIES, inputs.tied, lambda one: plain.tie_lines(facts.ties(one)), list)
    yield Line(
        lines.TOTALS,
        inputs.partners,
        lambda one: plain.totals(facts.deals(facts.place(one)[0])),
        list,
    )


def _flat(node: Row) -> Row:
    """A node's fields without maps."""
    flat = {k: v for k, v in node.items() if k not in {"kind", "names", "identifiers"} and v != []}
    flat |= {f"name_{language}": name for language, name in node.get("names", {}).items()}
    flat |= {f"id_{scheme}": value for scheme, value in node.get("identifiers", {}).items()}
    if "name_en" in flat:
        flat["low_en"] = flat["name_en"].lower()
    return flat


def _row(claim: Row) -> Row:
    properties = {k: v for k, v in claim.items() if k not in _NOT_PROPERTIES and v != []}
    if "node" in properties:
        properties["node"] = json.dumps(properties["node"], ensure_ascii=False)
    row = {"id": claim["id"], "from": claim["from"], "to": claim["to"]}
    return {**row, "properties": properties}


def _node_key(row: Sequence[Any]) -> Row:
    fields = {k: v for k, v in row[1].items() if not k.startswith(("name_", "id_", "low_"))}
    names = {k[5:]: v for k, v in row[1].items() if k.startswith("name_")}
    identifiers = {k[3:]: v for k, v in row[1].items() if k.startswith("id_")}
    return {
        **fields,
        **({"names": names} if names else {}),
        **({"identifiers": identifiers} if identifiers else {}),
    }


def _claims_key(rows: Sequence[Sequence[Any]]) -> list[str]:
    return [row[0]["id"] for row in rows]


def _search_key(found: tuple[str, list[list[Any]]]) -> list[int]:
    query, rows = found
    names = [{k: v for k, v in row[0].items() if k.startswith("name_")} for row in rows]
    return lines.page_key(query, names)
