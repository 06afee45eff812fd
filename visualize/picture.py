"""A neighbourhood as a picture, its panel texts, its legend, and the list that equals it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.claims import WHEREABOUTS, Claim
from graph.nodes import kind_of
from graph.questions.answers import BeneficiariesAnswer, Neighbour, NeighbourhoodAnswer, Ref
from visualize import style
from visualize.lines import Line, fold
from visualize.links import Links
from visualize.network import Net, graph_to_pyvis
from visualize.slider import Bar
from visualize.telling import Statement, Teller, Told, outward
from visualize.wording import Named, Words

DRAWN = 150
"""The most nodes in one picture; the list has them all."""


@dataclass(frozen=True)
class Entry:
    """A line of the legend."""

    kind: str
    word: str
    count: int
    colour: str
    shape: str = ""
    dashes: tuple[int, ...] = ()
    width: float = 2
    hollow: bool = False


@dataclass(frozen=True)
class Row:
    """A line of the list: a relation and what is said of it."""

    id: str
    told: Told


@dataclass(frozen=True)
class Picture:
    """All that a page needs to show a neighbourhood."""

    center: Ref
    net: Net
    panel: dict[str, object]
    node_legend: tuple[Entry, ...]
    line_legend: tuple[Entry, ...]
    rows: tuple[Row, ...]
    shown: int
    total: int
    truncated: bool
    bars: Sequence[Bar] = ()
    undated: int = 0


def draw(
    answer: NeighbourhoodAnswer, words: Words, links: Links, named: Iterable[Named] = ()
) -> Picture:
    """The picture of a neighbourhood: at most `DRAWN` nodes, nearest and most linked first.

    `named` are nodes that know their names better than the answer does: its deals.
    """
    nodes = _nodes(answer, {node.id: words.name(node) for node in named if node.kind == "Deal"})
    known = {node.id: node for node in nodes}
    claims = [claim for claim in answer.claims if claim.from_ in known and claim.to in known]
    teller = Teller(words, links, nodes)
    rows = _rows(fold(claims), answer, teller)
    drawn = {node.id: node for node in _nearest(answer, nodes, claims)}
    inside = [claim for claim in claims if claim.from_ in drawn and claim.to in drawn]
    return Picture(
        center=known[answer.center.id],
        net=graph_to_pyvis(
            list(drawn.values()),
            inside,
            answer.center.id,
            lang=words.lang,
            tree=_outward_pairs(fold(inside), answer.center.id),
        ),
        panel=_panel(list(drawn.values()), rows, words, links),
        node_legend=_node_legend(list(drawn.values()), words),
        line_legend=_line_legend(fold(inside), words),
        rows=rows,
        shown=len(drawn),
        total=len(nodes),
        truncated=answer.truncated,
    )


def _outward_pairs(lines: Sequence[Line], center: str) -> set[tuple[str, str]]:
    """The pairs that lead away from the centre; a line between two of its neighbours does not."""
    near = {end for line in lines if center in line.pair for end in line.pair} - {center}
    return {line.pair for line in lines if not near.issuperset(line.pair)}


def with_evidence(
    neighbourhood: NeighbourhoodAnswer, answer: BeneficiariesAnswer, known: Iterable[Named]
) -> NeighbourhoodAnswer:
    """A neighbourhood together with the chains of an answer, whereabouts left out."""
    chains = [chain for line in answer.beneficiaries for chain in line.evidence]
    claims = {c.id: c for chain in chains for c in chain.claims if c.kind not in WHEREABOUTS}
    claims |= {claim.id: claim for claim in neighbourhood.claims}
    named = {node.id: node for node in known}
    here = {neighbourhood.center.id, *(node.id for node in neighbourhood.nodes)}
    ends = sorted({end for claim in claims.values() for end in (claim.from_, claim.to)} - here)
    more = tuple(_further(end, named.get(end)) for end in ends)
    return neighbourhood.model_copy(
        update={
            "nodes": neighbourhood.nodes + more,
            "claims": tuple(claims[key] for key in sorted(claims)),
            "citations": tuple(
                dict.fromkeys(
                    [*neighbourhood.citations, *(c for chain in chains for c in chain.citations)]
                )
            ),
        }
    )


def _further(node_id: str, node: Named | None) -> Neighbour:
    if isinstance(node, Ref):
        return Neighbour.model_validate({**dict(node), "distance": 2})
    return Neighbour(
        id=node_id,
        kind=kind_of(node_id),
        name=node.name if node else node_id,
        names=dict(node.names) if node else {},
        country=None,
        distance=2,
    )


def _nodes(answer: NeighbourhoodAnswer, names: Mapping[str, str]) -> list[Ref]:
    nodes: dict[str, Ref] = {}
    for node in (answer.center, *answer.nodes):
        better = {"name": names[node.id]} if node.id in names else {}
        nodes.setdefault(node.id, node.model_copy(update=better))
    return list(nodes.values())


def _nearest(
    answer: NeighbourhoodAnswer, nodes: Sequence[Ref], claims: Sequence[Claim]
) -> list[Ref]:
    distance = {node.id: node.distance for node in answer.nodes} | {answer.center.id: 0}
    degree = Counter(end for claim in claims for end in {claim.from_, claim.to})
    ranked = sorted(nodes, key=lambda node: (distance[node.id], -degree[node.id], node.id))
    return ranked[:DRAWN]


def _rows(lines: Sequence[Line], answer: NeighbourhoodAnswer, teller: Teller) -> tuple[Row, ...]:
    ordered = outward(lines, answer.center.id)
    return tuple(Row(line.id, teller.tell(line, answer.citations)) for line in ordered)


def _panel(
    nodes: Sequence[Ref], rows: Sequence[Row], words: Words, links: Links
) -> dict[str, object]:
    """What the panel tells of each node and line, as texts; lists, so no id is a key."""
    return {
        "nodes": [node_text(node, words, links) for node in nodes],
        "lines": [
            {"id": row.id, "said": [said(statement) for statement in row.told.statements]}
            for row in rows
        ],
        "words": {key: words.ui(key) for key in ("panel_hint", "open", "ask_here", "note")},
        "selected": words.ui("selected", kind="{kind}", name="{name}", n="{n}"),
        "canvas": style.CANVAS,
        "selection": style.SELECTION,
    }


def node_text(node: Ref, words: Words, links: Links) -> dict[str, object]:
    """What the panel tells of a node, as texts."""
    return {
        "id": node.id,
        "kind": words.of("kind", node.kind),
        "name": words.name(node),
        "also": sorted(set(node.names.values()) - {words.own_name(node)}),
        "open": links.view(node.id),
        "ask": links.ask(node.id, node.kind, node.country),
    }


def said(statement: Statement) -> dict[str, object]:
    """What the panel tells of a statement, as texts."""
    cited = statement.cited
    return {
        "relation": statement.relation,
        "facts": list(statement.facts),
        "note": statement.note,
        "quote": statement.quote,
        "cite": [cited.title, *cited.place] if cited else [],
        "url": cited.url if cited else None,
    }


def _node_legend(nodes: Sequence[Ref], words: Words) -> tuple[Entry, ...]:
    counts = Counter(node.kind for node in nodes)
    return tuple(
        Entry(
            kind, words.of("kind", kind), counts[kind], mark.colour, mark.shape, hollow=mark.hollow
        )
        for kind, mark in style.NODES.items()
        if counts[kind]
    )


def _line_legend(lines: Sequence[Line], words: Words) -> tuple[Entry, ...]:
    counts = Counter(line.kind for line in lines)
    return tuple(
        Entry(
            kind,
            words.of("claim", kind),
            counts[kind],
            look.colour,
            dashes=look.dashes,
            width=look.width,
        )
        for kind, look in style.CLAIMS.items()
        if counts[kind]
    )
