"""The checks read once more from docs/checks.md, each over all pairs, and worlds to try them on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from math import acos, cos, radians, sin
from random import Random
from typing import Any

from graph.claims import (
    Claim,
    Describes,
    DifferentFrom,
    InCountry,
    LocatedIn,
    MadeAt,
    Sent,
    Sold,
    Tie,
    Visited,
)
from graph.dates import PartialDate
from graph.nodes import City, Country, Deal, Firm, Mission, Node, Source
from tests.graphs import said
from tests.random_graphs import seeded

Told = tuple[str, frozenset[str]]
"""A code, and the nodes that a finding is about."""
LIVES = {"signed", "in_force"}


@dataclass
class World:
    """Everything that sources say, as lists."""

    claims: list[Claim]
    nodes: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for claim in self.claims:
            if isinstance(claim, Describes):
                self.nodes.setdefault(claim.to, claim.node)

    def of(self, kind: str) -> list[Claim]:
        """The claims of a kind."""
        return [claim for claim in self.claims if claim.kind == kind]

    def all_of(self, cls: type[Any]) -> list[Any]:
        """The nodes of a class, by id."""
        return sorted((n for n in self.nodes.values() if isinstance(n, cls)), key=lambda n: n.id)

    def targets(self, kind: str, start: str) -> set[str]:
        """Where claims of a kind lead from a node."""
        return {claim.to for claim in self.of(kind) if claim.from_ == start}

    def starts(self, kind: str, target: str) -> set[str]:
        """From where claims of a kind lead to a node."""
        return {claim.from_ for claim in self.of(kind) if claim.to == target}

    def describers(self, node: str) -> set[str]:
        """The sources that describe a node."""
        return {c.source for c in self.claims if isinstance(c, Describes) and c.to == node}

    def published(self, claim: Claim) -> PartialDate | None:
        """When the source of a claim was published."""
        source = self.nodes[claim.source]
        return source.published if isinstance(source, Source) else None

    @property
    def ties(self) -> list[Tie]:
        """All tie claims."""
        return [c for c in self.claims if isinstance(c, Tie)]

    def apart(self, one: str, other: str) -> bool:
        """Whether a decision keeps two apart."""
        return any({c.from_, c.to} == {one, other} for c in self.of("DIFFERENT_FROM"))


def found(world: World) -> set[Told]:
    """What each rule finds."""
    rules = (_ties, _one_sided, _cities, _partners, _firms, _missions, _deals)
    return {(code, frozenset(about)) for rule in rules for code, about in rule(world)}


# ---------------------------------------------------------------- ties


def _ties(world: World) -> Iterator[tuple[str, set[str]]]:
    for pair in {frozenset({c.from_, c.to}) for c in world.ties}:
        told = [c for c in world.ties if {c.from_, c.to} == pair]
        if len(pair) == 1:
            yield "tie_with_itself", set(pair)
        for claim in told:
            day, end = claim.signed_on, claim.ended_on
            if day and end and end.last < day.first:
                yield "tie_ended_before_signed", set(pair)
            said_on = world.published(claim)
            if day and said_on and said_on.last < day.first and claim.status != "proposed":
                yield "tie_signed_after_source", set(pair)
        if len(pair) == 2:
            yield from ((code, set(pair)) for code in _between(told))


def _between(told: list[Tie]) -> Iterator[str]:
    kinds = {c.kind for c in told} - {"TWINNED"}
    each = [{c.kind for c in told if c.source == s} - {"TWINNED"} for s in {c.source for c in told}]
    if len(kinds) > 1 and kinds not in each:
        yield "tie_kinds_differ"
    for one, other in combinations(told, 2):
        days = (one.signed_on, other.signed_on)
        of_one_kind = one.kind == other.kind or "TWINNED" in {one.kind, other.kind}
        if not (days[0] and days[1] and of_one_kind) or one.source == other.source:
            continue
        if days[0].last < days[1].first or days[1].last < days[0].first:
            yield "tie_signed_twice"


def _one_sided(world: World) -> Iterator[tuple[str, set[str]]]:
    listing = {end for c in world.ties if c.from_ != c.to for end in c.told_by or ()}
    for pair in {frozenset({c.from_, c.to}) for c in world.ties if c.from_ != c.to}:
        told = [c for c in world.ties if {c.from_, c.to} == pair]
        tellers = {end for c in told for end in c.told_by or ()}
        over = any(c.status in {"ended", "proposed"} for c in told)
        if len(tellers) == 1 and pair - tellers <= listing and not over:
            yield "tie_one_sided", set(pair)


# ---------------------------------------------------------------- cities


def kilometres(one: City, other: City) -> float | None:
    """The spherical law of cosines."""
    if None in {one.latitude, other.latitude}:
        return None
    a, b = radians(one.latitude or 0), radians(other.latitude or 0)
    turn = radians((one.longitude or 0) - (other.longitude or 0))
    return 6371 * acos(min(1, sin(a) * sin(b) + cos(a) * cos(b) * cos(turn)))


def _plain(name: str) -> str:
    table = str.maketrans("áö", "ao")
    return "".join(mark for mark in name.lower().translate(table) if mark.isalnum())


def _one_name(one: Node, other: Node) -> bool:
    return bool({_plain(n) for n in one.names.values()} & {_plain(n) for n in other.names.values()})


def _cities(world: World) -> Iterator[tuple[str, set[str]]]:
    for one, other in combinations(world.all_of(City), 2):
        far = kilometres(one, other)
        shared = world.targets("IN_COUNTRY", one.id) & world.targets("IN_COUNTRY", other.id)
        near = far is None or far <= 25
        one_place = far is not None and far <= 3
        alike = (_one_name(one, other) and near) or (_confusable(one, other) and one_place)
        if alike and shared and not world.apart(one.id, other.id):
            yield "city_duplicate", {one.id, other.id}


def _consonants(name: str) -> str:
    rest = [mark for mark in name[1:] if mark not in "aeiouyw"]
    return name[:1] + "".join(m for n, m in enumerate(rest) if n == 0 or rest[n - 1] != m)


def _confusable(one: City, other: City) -> bool:
    return any(
        _consonants(a) == _consonants(b)
        and (a == b or (min(len(a), len(b)) >= 5 and SequenceMatcher(None, a, b).ratio() >= 0.8))
        for a in map(_plain, one.names.values())
        for b in map(_plain, other.names.values())
    )


def _partners(world: World) -> Iterator[tuple[str, set[str]]]:
    for city in world.all_of(City):
        told: dict[str, set[str]] = {}
        for claim in world.ties:
            if city.id in {claim.from_, claim.to} and claim.from_ != claim.to:
                told.setdefault(claim.other(city.id), set()).add(claim.source)
        for one, other in combinations(sorted(told), 2):
            a, b = world.nodes[one], world.nodes[other]
            assert isinstance(a, City)
            assert isinstance(b, City)
            if told[one] & told[other] or not _confusable(a, b):
                continue
            here, there = (world.targets("IN_COUNTRY", c) for c in (one, other))
            if here and there and not here & there:
                yield "partner_confusable", {city.id, one, other}
            elif not _near(a, b) and not world.apart(one, other):
                yield "partner_twice", {one, other}


def _near(one: City, other: City) -> bool:
    far = kilometres(one, other)
    return far is not None and far <= 25


# ---------------------------------------------------------------- firms, missions, deals


def _firms(world: World) -> Iterator[tuple[str, set[str]]]:
    for one, other in combinations(world.all_of(Firm), 2):
        names = ({n.replace("(주)", "") for n in f.names.values()} for f in (one, other))
        seats = [world.targets("LOCATED_IN", f.id) for f in (one, other)]
        clash = all(seats) and not seats[0] & seats[1]
        if set.intersection(*names) and not clash and not world.apart(one.id, other.id):
            yield "firm_duplicate", {one.id, other.id}


def _missions(world: World) -> Iterator[tuple[str, set[str]]]:
    for one, other in combinations(world.all_of(Mission), 2):
        senders = world.starts("SENT", one.id) & world.starts("SENT", other.id)
        at_once = one.start.first <= other.end.last and other.start.first <= one.end.last
        places = [world.targets("VISITED", m.id) for m in (one, other)]
        met = not all(places) or places[0] & places[1]
        two = world.describers(one.id).isdisjoint(world.describers(other.id))
        if senders and at_once and met and two and not world.apart(one.id, other.id):
            yield "mission_duplicate", {one.id, other.id}


def _deals(world: World) -> Iterator[tuple[str, set[str]]]:
    for one, other in combinations(world.all_of(Deal), 2):
        same = (one.amount, one.currency, one.stage) == (other.amount, other.currency, other.stage)
        two = world.describers(one.id).isdisjoint(world.describers(other.id))
        told = any({c.from_, c.to} == {one.id, other.id} for c in world.of("SAME_DEAL_AS"))
        made_by_one = _makers(world, one) & _makers(world, other)
        at_once = _within_a_month(_days(world, one), _days(world, other))
        if same and two and not told and made_by_one and at_once:
            yield "deal_duplicate", {one.id, other.id}


def _makers(world: World, deal: Deal) -> set[str]:
    sellers = world.starts("SOLD", deal.id)
    missions = world.targets("MADE_AT", deal.id)
    return sellers or {city for m in missions for city in world.starts("SENT", m)}


def _days(world: World, deal: Deal) -> tuple[date, date] | None:
    if deal.date:
        return deal.date.first, deal.date.last
    spans = [world.nodes[m].span for m in world.targets("MADE_AT", deal.id)]
    if not spans:
        return None
    return min(s.first for s, _ in spans if s), max(e.last for _, e in spans if e)


def _within_a_month(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    if one is None or other is None:
        return True
    month = timedelta(days=31)
    return one[0] <= other[1] + month and other[0] <= one[1] + month


# ---------------------------------------------------------------- worlds

NAMES = ("Alta", "Álta", "Bergen", "Chongju", "Cheongju", "Mölln")
DAYS = ("2000", "2000-05", "2000-06-01", "2003", "2011")
SPANS = (("2005-03-01", "2005-03-06"), ("2005-03-06", "2005-03-09"), ("2005-04", "2005-05"))


def worlds(seed: int) -> list[list[Claim]]:
    """Small worlds of few names, days and places, source by source: much is alike."""
    rng = seeded(seed)
    nodes = {node.id: node for node in _nodes(rng)}
    cities = [one for one in nodes if one.startswith("city:")]
    batches = []
    for number in range(4):
        source = f"source:{number}"
        claims = {c.id: c for c in _claims(rng, source, nodes, cities)}
        if number == 0:
            where = (_whereabouts(rng, source, one) for one in nodes)
            claims |= {c.id: c for told in where for c in told}
        named = {end for c in claims.values() for end in (c.from_, c.to) if end in nodes}
        known = [nodes[one] for one in sorted(named)]
        told = said(source, *claims.values(), nodes=known, published=rng.choice(("2004", "2012")))
        batches.append(told)
    return [*batches, _rulings(rng, cities)]


def _nodes(rng: Random) -> Iterator[Node]:
    for code in ("KR", "KP"):
        yield Country(id=f"country:{code}")
    for n in range(8):
        where = rng.choice((None, 37.0, 37.1, 38.0))
        point = {} if where is None else {"latitude": where, "longitude": 127.0}
        yield City(id=f"city:{n}", names={"en": rng.choice(NAMES)}, **point)
    for n in range(4):
        yield Firm(id=f"firm:{n}", names={"ko": rng.choice(("그린존", "그린존(주)", "나무"))})
    for n in range(5):
        start, end = rng.choice(SPANS)
        yield Mission(id=f"mission:{n}", start=start, end=end)


def _whereabouts(rng: Random, source: str, node: str) -> Iterator[Claim]:
    if node.startswith("city:") and rng.random() < 0.8:
        country = rng.choice(("country:KR", "country:KR", "country:KP"))
        yield InCountry(from_=node, to=country, source=source)
    elif node.startswith("firm:") and rng.random() < 0.5:
        yield LocatedIn(from_=node, to=f"city:{rng.randrange(8)}", source=source)


def _claims(
    rng: Random, source: str, nodes: dict[str, Node], cities: Sequence[str]
) -> Iterator[Claim]:
    for _ in range(7):
        yield _a_tie(rng, source, cities)
    missions = rng.sample([one for one in nodes if one.startswith("mission:")], 2)
    for mission in missions:
        yield Sent(from_=rng.choice(cities[:2]), to=mission, source=source)
        yield Visited(from_=mission, to=rng.choice(cities[2:4]), source=source)
    for n in range(3):
        deal = f"deal:{source[-1]}-{n}"
        day = rng.choice((None, "2005-03-04", "2005-05"))
        amount = rng.choice((100, 200))
        fields = {"amount": amount, "currency": "USD", "stage": "contract", "date": day}
        nodes[deal] = Deal.model_validate({"id": deal, **fields})
        if rng.random() < 0.5:
            yield Sold(from_=f"firm:{rng.randrange(4)}", to=deal, source=source)
        yield MadeAt(from_=deal, to=rng.choice(missions), source=source)


def _a_tie(rng: Random, source: str, cities: Sequence[str]) -> Tie:
    one, other = sorted((rng.choice(cities), rng.choice(cities)))
    kind = rng.choice(("SISTER_CITY", "FRIENDSHIP_CITY", "TWINNED"))
    cls = next(cls for cls in Tie.__subclasses__() if cls.model_fields["kind"].default == kind)
    told_by = rng.choice((None, [one], [other], sorted({one, other})))
    return cls.model_validate(
        {
            "from": one,
            "to": other,
            "source": source,
            "status": rng.choice(("in_force", "signed", "ended", "proposed")),
            "signed_on": rng.choice((None, *DAYS)),
            "ended_on": rng.choice((None, None, *DAYS)),
            "told_by": told_by,
        }
    )


def _rulings(rng: Random, cities: Sequence[str]) -> list[Claim]:
    source = "source:ruling"
    pairs = [rng.sample(list(cities), 2) for _ in range(3)]
    told: list[Claim] = [DifferentFrom(from_=a, to=b, source=source) for a, b in pairs]
    told.append(DifferentFrom(from_="firm:0", to="firm:1", source=source))
    unique = {claim.id: claim for claim in told}
    return said(source, *unique.values(), kind="decision", published="2013")
