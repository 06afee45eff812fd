"""A second reading of the matrix: every city against every country, thing by thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.claims import (
    Bought,
    Claim,
    Hosted,
    InPlace,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    Runs,
    Sent,
    Sold,
    Tie,
    Visited,
)
from graph.dates import PartialDate
from graph.nodes import Mission, kind_of
from graph.values import Role
from tests.naive import Facts, countries, parts
from tests.naive_sums import first_reports, wholes
from tests.naive_ties import fold


@dataclass(frozen=True)
class Choice:
    """What is left out, as a page's address says it."""

    hide: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    first: int | None = None
    last: int | None = None
    undated: bool = True

    def years(self, start: date | None, end: date | None) -> bool:
        """Whether the days touch the years."""
        if start is None and end is None:
            return self.undated
        begun, over = (start or date.min).year, (end or date.max).year
        return begun <= (self.last or 9999) and over >= (self.first or 1)

    def dates(self, one: PartialDate | None, other: PartialDate | None) -> bool:
        """The same for two partial dates, either of which stands for both."""
        start, end = one or other, other or one
        return self.years(start.first if start else None, end.last if end else None)


def sifted(facts: Facts, choice: Choice) -> Facts:
    """The facts without the claims that are left out."""
    kept = [
        claim
        for claim in facts.claims
        if claim.kind in {"PART_OF", "LOCATED_IN", "IN_COUNTRY"}
        or not (
            claim.kind in choice.without
            or {kind_of(claim.from_), kind_of(claim.to)} & choice.hide
            or not choice.dates(*days_of(facts, claim))
        )
    ]
    return Facts(tuple(kept), facts.nodes, facts.told)


def days_of(facts: Facts, claim: Claim) -> tuple[PartialDate | None, PartialDate | None]:
    """When a claim is of: its own days, else those of what it leads to, else of its start."""
    if isinstance(claim, Tie) and claim.signed_on:
        return claim.signed_on, claim.signed_on
    if isinstance(claim, Visited) and (claim.first_day or claim.last_day):
        return claim.first_day, claim.last_day
    for end in (claim.to, claim.from_):
        if kind_of(end) in {"Mission", "Event", "Programme", "Deal"} and any(facts.nodes[end].span):
            return facts.nodes[end].span
    return None, None


def abroad(facts: Facts, city: str, places: Iterable[str]) -> set[str]:
    """The countries of places outside the city's own."""
    own = countries(facts, city)
    found = [countries(facts, place) for place in places]
    return set().union(*(told for told in found if not told & own))


def cell(facts: Facts, whole: Facts, city: str, measure: str) -> dict[str, int]:
    """For each country what a city has with it; `facts` are sifted, `whole` are not."""
    if measure == "ties":
        return tie_lines(facts, city)
    things = {
        "missions": lambda: missions(facts, city),
        "deals": lambda: deals(facts, city),
        "firms": lambda: firms(facts, city),
    }[measure]()
    found: dict[str, set[str]] = {}
    for thing, there in things.items():
        for country in there:
            found.setdefault(country, set()).add(thing)
    if measure == "deals":
        return {country: len(once(whole, told)) for country, told in found.items()}
    return {country: len(told) for country, told in found.items()}


def tie_lines(facts: Facts, city: str) -> dict[str, int]:
    """How many lines of ties join a city with each country."""
    counts: dict[str, int] = {}
    for line in fold(facts, city, [tie for tie in facts.of(Tie) if city in (tie.from_, tie.to)]):
        for country in abroad(facts, city, [line.other]):
            counts[country] = counts.get(country, 0) + 1
    return counts


def missions(facts: Facts, city: str) -> dict[str, set[str]]:
    """The countries that each mission of a city visited."""
    found: dict[str, set[str]] = {}
    for sent in facts.of(Sent):
        node = facts.nodes[sent.to]
        if sent.from_ == city and isinstance(node, Mission) and node.status != "planned":
            visited = [claim.to for claim in facts.of(Visited) if claim.from_ == sent.to]
            found[sent.to] = abroad(facts, city, visited)
    return found


def deals(facts: Facts, city: str) -> dict[str, set[str]]:
    """The countries of each result of a city."""
    own = {claim.to for kind in (Sent, Runs) for claim in facts.of(kind) if claim.from_ == city}
    own |= {
        claim.to
        for claim in facts.of(Hosted)
        if claim.from_ == city and claim.role != Role.SPONSOR and kind_of(claim.to) == "Event"
    }
    seated = {claim.from_ for claim in facts.of(LocatedIn) if claim.to == city}
    results = {claim.from_ for claim in facts.of(MadeAt) if claim.to in own}
    results |= {claim.to for claim in facts.of(Sold) if claim.from_ in seated}
    found = {}
    for deal in results:
        places = [claim.to for claim in facts.of(InPlace) if claim.from_ == deal]
        places += [claim.from_ for claim in facts.of(Bought) if claim.to == deal]
        found[deal] = abroad(facts, city, places)
    return found


def firms(facts: Facts, city: str) -> dict[str, set[str]]:
    """The countries of the missions that firms joined, and of the results that they sold."""
    found: dict[str, set[str]] = {}
    joined: list[tuple[list[Claim], dict[str, set[str]]]] = [
        (list(facts.of(ParticipatedIn)), missions(facts, city)),
        (list(facts.of(Sold)), deals(facts, city)),
    ]
    for claims, things in joined:
        for claim in claims:
            if claim.to in things and kind_of(claim.from_) == "Firm":
                found.setdefault(claim.from_, set()).update(things[claim.to])
    return found


def once(facts: Facts, told: set[str]) -> set[str]:
    """Of results the first report of each, and none that another of them contains."""
    heads = first_reports(facts, told)
    return {
        head
        for head in heads
        if not any(
            other in wholes(facts, head) and not (head in wholes(facts, other) and head < other)
            for other in heads - {head}
        )
    }


def home_cities(facts: Facts, homes: Iterable[str]) -> set[str]:
    """The cities asked about, with their parts."""
    named = {one for one in homes if kind_of(one) == "City"}
    for city in facts.all_of("City"):
        inside = {c.to for c in facts.claims if c.kind == "IN_COUNTRY" and c.from_ == city}
        if inside & set(homes):
            named.add(city)
    return {part for city in named for part in parts(facts, city)}
