"""Small dense worlds of facts, made at random, in which every rule of domain.md finds work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import networkx as nx

from graph.claims import CLAIM_CLASSES, Claim, Describes, SameAs
from graph.nodes import Node
from tests.random_graphs import seeded
from tests.random_nodes import (
    ALIASES,
    DATES,
    DURING,
    EARLY,
    FORUM,
    TOUR,
    deal_node,
    described,
    source_node,
)

HOME = ("city:hp", "city:hc", "city:hd", "city:hx")
ABROAD = ("city:pc", "city:pd", "city:px", "city:qc")
BODIES = ("organization:hb", "organization:pb", "organization:qb")
HOME_FIRMS = ("firm:a", "firm:b", "firm:c", "firm:d")
FOREIGN_FIRMS = ("firm:p", "firm:q")
MISSIONS = ("mission:m", "mission:n", "mission:o")
EVENTS = ("event:e", "event:f")
PROGRAMMES = ("programme:g",)
COUNTRIES = ("country:kr", "country:id", "country:us")
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

STATUSES = ("signed",) * 4 + ("in_force",) * 4 + ("ended", "ended", "proposed", "dormant")

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

    def same(self, one: str, other: str) -> None:
        """Say that two ids mean one thing."""
        claim = SameAs(from_=one, to=other, source=self.source)
        self.claims[claim.id] = claim
        self.describe(one)
        self.describe(other)

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


def world(seed: int, sources: int = 4) -> World:
    """What some sources say of one small world."""
    rng = seeded(seed)
    contained: nx.DiGraph[str] = nx.DiGraph()
    writers: list[Writer] = []
    for number in range(sources):
        writer = Writer(rng, number)
        writers.append(writer)
        tell_places(writer)
        tell_relations(writer)
        tell_known_tie(writer)
        tell_forum(writer)
        tell_deals(writer, writers, contained)
    return World([writer.batch() for writer in writers])


def tell_places(writer: Writer) -> None:
    """Where things are, and a few that are the same; each source says some of it."""
    for one, other in ALIASES.items():
        if writer.rng.random() < 0.08:
            writer.same(one, other)
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


def tell_forum(writer: Writer) -> None:
    """A firm at a forum, or with a deal, in a country that a mission visits in those days."""
    rng = writer.rng
    if rng.random() < 0.5:
        return
    writer.say("SENT", rng.choice(("city:hc", "city:hx")), TOUR)
    writer.say("VISITED", TOUR, rng.choice((*ABROAD, "organization:pb")))
    firm = rng.choice(HOME_FIRMS)
    if rng.random() < 0.3:
        writer.say("PARTICIPATED_IN", firm, TOUR)
    writer.say("PARTICIPATED_IN", firm, FORUM)
    writer.say("LOCATED_IN", FORUM, "city:px")
    writer.say("IN_COUNTRY", "city:px", "country:id")
    writer.say("IN_COUNTRY", "city:pc", "country:id")


def tell_known_tie(writer: Writer) -> None:
    """What most sources say of one tie: mostly the same, not always in the same words."""
    if writer.rng.random() < 0.5:
        fields = {**tie_fields(writer.rng), "signed_on": writer.rng.choice((None, "2019"))}
        writer.say("SISTER_CITY", "city:hc", "city:pc", **fields)
    if writer.rng.random() < 0.3:
        fields = {"status": "dormant", "ended_on": writer.rng.choice((None, "2019-11"))}
        writer.say("SISTER_CITY", "city:hc", "city:pc", **fields)


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
            ("IN_PLACE", 0.6, (*ABROAD, "country:id", "country:us")),
            ("IN_PLACE", 0.2, (*ABROAD, "country:id", "country:us")),
        ):
            if rng.random() < share:
                writer.say(kind, deal, rng.choice(others))
        if rng.random() < 0.5:
            writer.say("SOLD", rng.choice(HOME_FIRMS), deal)
        if rng.random() < 0.4:
            writer.say("BOUGHT", rng.choice((*FOREIGN_FIRMS, *ABROAD, *BODIES)), deal)
        if rng.random() < 0.2:
            writer.say("CREDITS", rng.choice(PARTNERS), deal)
    tell_legs(writer, contained)
    join_deals(writer, [deal for one in writers for deal in one.deals], contained)


def tell_legs(writer: Writer, contained: "nx.DiGraph[str]") -> None:
    """A mission's total and its legs, of which no firm is named."""
    rng = writer.rng
    if rng.random() < 0.6:
        return
    whole, *legs = (f"deal:s{writer.number}-{key}" for key in "wxy")
    writer.say("VISITED", TOUR, rng.choice(ABROAD))
    for deal in (whole, *legs):
        writer.deals.append(deal)
        writer.described[deal] = deal_node(rng, deal)
        writer.say("MADE_AT", deal, TOUR)
    for leg in legs:
        writer.say("IN_PLACE", leg, rng.choice((*ABROAD, "country:us")))
        writer.say("PART_OF_DEAL", leg, whole)
        contained.add_edge(leg, whole, same=False)


def join_deals(writer: Writer, deals: list[str], contained: "nx.DiGraph[str]") -> None:
    """Some parts and some reports of one result, so that nothing contains itself."""
    for _ in range(writer.rng.randint(0, 4)):
        kind = writer.rng.choice(("PART_OF_DEAL", "PART_OF_DEAL", "SAME_DEAL_AS"))
        one, other = writer.rng.choice(writer.deals), writer.rng.choice(deals)
        if one == other or contained.has_edge(one, other) or contained.has_edge(other, one):
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
