"""Small dense worlds of facts, made at random, in which every rule of domain.md finds work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import networkx as nx

from graph.claims import CLAIM_CLASSES, Claim, Describes
from graph.nodes import NODE_CLASSES, Node, kind_of

HOME = ("city:hp", "city:hc", "city:hd", "city:hx")
ABROAD = ("city:pc", "city:pd", "city:px", "city:qc")
BODIES = ("organization:hb", "organization:pb", "organization:qb")
HOME_FIRMS = ("firm:a", "firm:b", "firm:c", "firm:d")
FOREIGN_FIRMS = ("firm:p", "firm:q")
MISSIONS = ("mission:m", "mission:n", "mission:o")
EVENTS = ("event:e", "event:f")
PROGRAMMES = ("programme:g",)
COUNTRIES = ("country:kr", "country:id", "country:us")
ALIASES = {
    "city:pc": "city:zpc",
    "city:hc": "city:ahc",
    "firm:a": "firm:za",
    "mission:m": "mission:a",
}
"""Second ids by which a source may call what another calls by the first."""

CONTAINERS = (
    ("PART_OF", "city:hd", "city:hc"),
    ("PART_OF", "city:hc", "city:hp"),
    ("PART_OF", "city:pd", "city:pc"),
)
COUNTRY_OF = (
    *(("IN_COUNTRY", city, "country:kr") for city in ("city:hp", "city:hx", "city:hc")),
    *(("IN_COUNTRY", city, "country:id") for city in ("city:pc", "city:px", "city:pd")),
    ("IN_COUNTRY", "city:qc", "country:us"),
    ("IN_COUNTRY", "organization:pb", "country:id"),
    ("IN_COUNTRY", "event:e", "country:id"),
    ("IN_COUNTRY", "firm:a", "country:kr"),
    ("IN_COUNTRY", "firm:p", "country:id"),
)
SEATS = (
    ("LOCATED_IN", "firm:a", "city:hd"),
    ("LOCATED_IN", "firm:b", "city:hc"),
    ("LOCATED_IN", "firm:c", "city:hx"),
    ("LOCATED_IN", "firm:p", "city:pd"),
    ("LOCATED_IN", "firm:q", "city:px"),
    ("LOCATED_IN", "organization:hb", "city:hc"),
    ("LOCATED_IN", "organization:pb", "city:pd"),
    ("LOCATED_IN", "organization:qb", "city:qc"),
    ("LOCATED_IN", "event:e", "city:pd"),
    ("LOCATED_IN", "event:f", "city:px"),
)
GEOGRAPHY = (*CONTAINERS, *COUNTRY_OF, *SEATS)

EARLY = ("2018", "2019", "2019-11", "2020-05-10", "1990")
DURING = ("2020-05-10", "2020-05-11", "2020-05-12", "2020-05-11/2020-05-13", "2020-05", "2020")
LATE = ("2020-05-16", "2020-06", "2021", "2022-03-01")
DATES = (None, None, *EARLY, *DURING, *LATE)
STAGES = (
    ("contract",) * 5 + ("consultation",) * 4 + ("expected", "mixed", "adoption", "lapsed", None)
)
STATUSES = ("signed",) * 4 + ("in_force",) * 4 + ("ended", "ended", "proposed", "dormant")
SOURCE_KINDS = ("article",) * 5 + ("statement",) * 3 + ("dataset", "register", "decision", None)

PARTNERS = (*ABROAD, *BODIES)
ENDS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "SISTER_CITY": (HOME, ABROAD),
    "FRIENDSHIP_CITY": (HOME, ABROAD),
    "EXCHANGE_CITY": (HOME, ABROAD),
    "TWINNED": (HOME, ABROAD),
    "AGREEMENT": ((*HOME, *HOME_FIRMS), PARTNERS),
    "SENT": (HOME, MISSIONS),
    "VISITED": (MISSIONS, (*ABROAD, *BODIES, "country:id", "firm:p", "event:e")),
    "HOSTED": ((*ABROAD, *BODIES, "city:hc"), (*MISSIONS, *EVENTS)),
    "PARTICIPATED_IN": (
        (*HOME_FIRMS, *HOME_FIRMS, "firm:p", "organization:hb"),
        (*MISSIONS, *EVENTS, *PROGRAMMES),
    ),
    "RUNS": ((*HOME, "organization:hb"), PROGRAMMES),
    "CREDITS": (PARTNERS, (*HOME_FIRMS, *MISSIONS)),
}
NUMBERS = {
    "SISTER_CITY": 3, "FRIENDSHIP_CITY": 1, "EXCHANGE_CITY": 1, "TWINNED": 2, "AGREEMENT": 3,
    "SENT": 2, "VISITED": 3, "HOSTED": 3, "PARTICIPATED_IN": 6, "RUNS": 1, "CREDITS": 3,
}  # fmt: skip


@dataclass
class World:
    """What the sources of a world say, each in a batch of its own."""

    batches: list[list[Claim]]

    @property
    def claims(self) -> list[Claim]:
        """All of it."""
        return [claim for batch in self.batches for claim in batch]


@dataclass
class Writer:
    """One source being written: its claims, and what it must describe for them."""

    rng: Random
    number: int
    deals: list[str] = field(default_factory=list)
    claims: dict[str, Claim] = field(default_factory=dict)
    described: dict[str, Node] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Its id."""
        return f"source:s{self.number}"

    def say(self, kind: str, one: str, other: str, **more: Any) -> None:
        """Add a claim, its ends called by any of their ids."""
        ends = [self.called(one), self.called(other)]
        cls = CLAIM_CLASSES[kind]
        locator = self.rng.choice((None, 1, 7))
        claim = cls(from_=ends[0], to=ends[1], source=self.source, locator=locator, **more)
        self.claims.setdefault(claim.id, claim)
        for end in ends:
            self.describe(end)

    def called(self, node_id: str) -> str:
        """One of the ids of a node."""
        alias = ALIASES.get(node_id, node_id)
        return alias if self.rng.random() < 0.15 else node_id

    def describe(self, node_id: str) -> None:
        """Give some fields of a node, once."""
        if node_id not in self.described:
            self.described[node_id] = described(self.rng, node_id)

    def batch(self) -> list[Claim]:
        """All that the source says, itself and every node it names described."""
        self.described[self.source] = source_node(self.rng, self.source)
        told = [
            Describes(from_=self.source, to=one, source=self.source, node=node)
            for one, node in sorted(self.described.items())
        ]
        return [*told, *self.claims.values()]


def described(rng: Random, node_id: str) -> Node:
    """A node with some fields; a deal of another source with none."""
    cls = NODE_CLASSES[kind_of(node_id)]
    fields: dict[str, Any] = {}
    alias = next((a for pair in ALIASES.items() for a in pair if a == node_id), None)
    if alias and rng.random() < 0.7:
        first = next(one for one, other in ALIASES.items() if node_id in (one, other))
        fields["identifiers"] = {"wikidata": f"Q{sorted(ALIASES).index(first) + 1}"}
    if rng.random() < 0.7:
        fields["names"] = {rng.choice(("ko", "en")): f"{node_id[-2:]}{rng.randrange(3)}"}
    if node_id.startswith("mission:"):
        fields |= mission_fields(rng)
    if node_id.startswith("event:"):
        fields |= {"start": rng.choice(DATES), "end": rng.choice((None, None, "2020-05-14"))}
    if node_id.startswith("programme:"):
        fields |= {"year": rng.choice((None, "2020", "2021"))}
    return cls(id=node_id, **fields)


def mission_fields(rng: Random) -> dict[str, Any]:
    """When a mission took place, if it did, and with how many firms."""
    start, end = rng.choice(
        (
            ("2020-05-10", "2020-05-16"),
            ("2020-05-10", "2020-05-16"),
            ("2020-05-10", None),
            ("2020-05", "2020-05"),
            ("2019-11-02", "2019-11-05"),
            (None, None),
        )
    )
    status = rng.choice((None, None, "completed", "completed", "planned"))
    return {"start": start, "end": end, "status": status, "firms_count": rng.choice((None, 1, 9))}


def source_node(rng: Random, source: str) -> Node:
    """A source of any kind, published at any time, of a lineage it may share."""
    return NODE_CLASSES["Source"](
        id=source,
        **{
            "source_kind": rng.choice(SOURCE_KINDS),
            "published": rng.choice(DATES),
            "lineage": rng.choice((None, None, "wire", "registry")),
        },
    )


def world(seed: int, sources: int = 4) -> World:
    """What some sources say of one small world."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    contained: nx.DiGraph[str] = nx.DiGraph()
    writers: list[Writer] = []
    for number in range(sources):
        writer = Writer(rng, number)
        writers.append(writer)
        tell_places(writer)
        tell_relations(writer)
        tell_deals(writer, writers, contained)
    return World([writer.batch() for writer in writers])


def tell_places(writer: Writer) -> None:
    """Where things are; each source says some of it."""
    for kind, one, other in GEOGRAPHY:
        if writer.rng.random() < 0.4:
            writer.say(kind, one, other)


def tell_relations(writer: Writer) -> None:
    """Ties, missions, events, hosts, credits."""
    rng = writer.rng
    for kind, number in NUMBERS.items():
        starts, ends = ENDS[kind]
        for _ in range(rng.randint(0, number)):
            one, other = rng.choice(starts), rng.choice(ends)
            if one != other:
                writer.say(kind, one, other, **FIELDS.get(kind, no_fields)(rng))


def no_fields(_rng: Random) -> dict[str, Any]:
    """Most claims have none of their own."""
    return {}


def tie_fields(rng: Random) -> dict[str, Any]:
    """What is said of a tie."""
    status = rng.choice(STATUSES)
    ended = rng.choice(DATES) if status == "ended" or rng.random() < 0.05 else None
    return {"status": status, "signed_on": rng.choice((None, *EARLY, *DURING)), "ended_on": ended}


FIELDS: dict[str, Callable[[Random], dict[str, Any]]] = {
    **dict.fromkeys(("SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY", "TWINNED"), tie_fields),
    "AGREEMENT": lambda rng: {**tie_fields(rng), "form": rng.choice(("mou", "mou", "loi"))},
    "HOSTED": lambda rng: {"role": rng.choice(("host", "organiser", "venue", "sponsor"))},
    "VISITED": lambda rng: {"first_day": rng.choice((None, "2020-05-11"))},
}


def tell_deals(writer: Writer, writers: list[Writer], contained: "nx.DiGraph[str]") -> None:
    """The deals of a source: where, at what, by and to whom, and inside which others."""
    rng = writer.rng
    for key in range(rng.randint(1, 4)):
        deal = f"deal:s{writer.number}-{key}"
        writer.deals.append(deal)
        writer.described[deal] = deal_node(rng, deal)
        for kind, share, others in (
            ("MADE_AT", 0.8, (*MISSIONS, *MISSIONS, *EVENTS, *PROGRAMMES)),
            ("MADE_AT", 0.2, EVENTS),
            ("IN_PLACE", 0.6, (*ABROAD, "country:id")),
            ("IN_PLACE", 0.2, (*ABROAD, "country:id")),
        ):
            if rng.random() < share:
                writer.say(kind, deal, rng.choice(others))
        if rng.random() < 0.5:
            writer.say("SOLD", rng.choice(HOME_FIRMS), deal)
        if rng.random() < 0.4:
            writer.say("BOUGHT", rng.choice((*FOREIGN_FIRMS, *ABROAD, *BODIES)), deal)
        if rng.random() < 0.2:
            writer.say("CREDITS", rng.choice(PARTNERS), deal)
    join_deals(writer, [deal for one in writers for deal in one.deals], contained)


def join_deals(writer: Writer, deals: list[str], contained: "nx.DiGraph[str]") -> None:
    """Some parts and some reports of one result, so that nothing contains itself."""
    for _ in range(writer.rng.randint(0, 4)):
        kind = writer.rng.choice(("PART_OF_DEAL", "PART_OF_DEAL", "SAME_DEAL_AS"))
        one, other = writer.rng.choice(writer.deals), writer.rng.choice(deals)
        if one == other:
            continue
        wider = contained.copy()
        wider.add_edge(one, other, same=kind == "SAME_DEAL_AS")
        if sound(wider):
            contained.add_edge(one, other, same=kind == "SAME_DEAL_AS")
            writer.say(kind, one, other)


def sound(contained: "nx.DiGraph[str]") -> bool:
    """Whether no deal contains itself once reports of one result are taken as one."""
    alike: nx.Graph[str] = nx.Graph()
    alike.add_nodes_from(contained)
    alike.add_edges_from(pair for pair in contained.edges if contained.edges[pair]["same"])
    group = {deal: min(one) for one in nx.connected_components(alike) for deal in one}
    inside: nx.DiGraph[str] = nx.DiGraph()
    for one, other in contained.edges:
        if not contained.edges[one, other]["same"]:
            inside.add_edge(group[one], group[other])
    return nx.is_directed_acyclic_graph(inside)


def deal_node(rng: Random, deal: str) -> Node:
    """A deal on any rung, with or without an amount."""
    amount = rng.choice((None, "1000", "250.5", "4000000", "70"))
    return NODE_CLASSES["Deal"](
        id=deal,
        **{
            "stage": rng.choice(STAGES),
            "amount": amount,
            "currency": amount and rng.choice(("USD", "USD", "USD", "KRW")),
            "count": rng.choice((None, 1, 3)),
            "date": rng.choice(DATES),
        },
    )
