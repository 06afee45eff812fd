"""A second reading of what lies between and alike, as literal and slow as can be."""

from collections import defaultdict
from math import log

from graph.claims import (
    Agreement,
    Bought,
    Hosted,
    InCountry,
    InPlace,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    Sent,
    Sold,
    Tie,
    Visited,
)
from graph.nodes import kind_of
from graph.values import Role, Status
from tests.naive import Facts, countries, parts, seats
from tests.naive_grades import happened

Pair = tuple[str, str]


def side(facts: Facts, city: str) -> set[str]:
    """A city, its parts, and who and what is in them."""
    area = parts(facts, city)
    return area | {claim.from_ for claim in facts.of(LocatedIn) if claim.to in area}


def have_traded(facts: Facts, one: str, other: str) -> bool:
    """Whether a mission, event, deal or agreement between two cities is on record."""
    return bool(trade_between(facts, one, other))


def trade_between(facts: Facts, one: str, other: str) -> set[str]:
    """The missions, events, deals and agreements between two cities of different countries."""
    if countries(facts, one) & countries(facts, other):
        return set()
    sides = side(facts, one), side(facts, other)
    return agreed(facts, *sides) | {
        what
        for here, there in (sides, sides[::-1])
        for what in facts.all_of("Mission", "Event", "Deal")
        if met(facts, here, there, what) or dealt(facts, here, there, what)
    }


def agreed(facts: Facts, here: set[str], there: set[str]) -> set[str]:
    """What the two sides agreed on."""
    return {
        claim.id
        for claim in facts.of(Agreement)
        for one, other in ((claim.from_, claim.to), (claim.to, claim.from_))
        if one in here and other in there and claim.status != Status.PROPOSED
    }


def met(facts: Facts, here: set[str], there: set[str], occasion: str) -> bool:
    """Whether one side went to a mission or event and the other received it."""
    if kind_of(occasion) == "Deal" or not happened(facts, occasion):
        return False
    return bool(goers(facts, occasion) & here and receivers(facts, occasion) & there)


def goers(facts: Facts, occasion: str) -> set[str]:
    """Who sent a mission, took part, or held an event."""
    found = {c.from_ for c in facts.of(Sent) if c.to == occasion}
    found |= {c.from_ for c in facts.of(ParticipatedIn) if c.to == occasion}
    return found | (hosts(facts, occasion) if kind_of(occasion) == "Event" else set())


def receivers(facts: Facts, occasion: str) -> set[str]:
    """Whom a mission visited, who hosted, where an event was."""
    found = {c.to for c in facts.of(Visited) if c.from_ == occasion}
    return found | hosts(facts, occasion) | seats(facts, occasion)


def hosts(facts: Facts, occasion: str) -> set[str]:
    """Who hosted, sponsors apart."""
    told = [c for c in facts.of(Hosted) if c.to == occasion]
    return {c.from_ for c in told if c.role != Role.SPONSOR}


def dealt(facts: Facts, here: set[str], there: set[str], deal: str) -> bool:
    """Whether one side sold, or went where a deal was made, and the other bought or is there."""
    sellers = {c.from_ for c in facts.of(Sold) if c.to == deal}
    if not any(seats(facts, seller) for seller in sellers):
        occasions = [c.to for c in facts.of(MadeAt) if c.from_ == deal]
        sellers = {
            goer
            for one in occasions
            if kind_of(one) != "Programme" and happened(facts, one)
            for goer in goers(facts, one)
        }
    buyers = {c.from_ for c in facts.of(Bought) if c.to == deal}
    buyers |= {c.to for c in facts.of(InPlace) if c.from_ == deal}
    return bool(sellers & here and buyers & there)


def asked(facts: Facts, places: list[str]) -> set[str]:
    """The cities that places mean."""
    return {
        part
        for city in facts.all_of("City")
        if city in places or in_country(facts, city) & set(places)
        for part in parts(facts, city)
    }


def in_country(facts: Facts, city: str) -> set[str]:
    """The countries that a source puts a city itself in."""
    return {claim.to for claim in facts.of(InCountry) if claim.from_ == city}


def tied(facts: Facts, cities: set[str]) -> set[Pair]:
    """The pairs of cities with a tie abroad, one of them asked about."""
    return {
        (claim.from_, claim.to)
        for claim in facts.of(Tie)
        if not isinstance(claim, Agreement)
        and {claim.from_, claim.to} & cities
        and not countries(facts, claim.from_) & countries(facts, claim.to)
    }


def are_tied(facts: Facts, one: str, other: str) -> bool:
    """Whether a tie that lasts joins two cities."""
    return any(
        {claim.from_, claim.to} == {one, other}
        and claim.status not in (Status.PROPOSED, Status.ENDED)
        for claim in facts.of(Tie)
        if not isinstance(claim, Agreement)
    )


def gaps(facts: Facts, places: list[str]) -> tuple[int, list[Pair]]:
    """How many pairs are tied, and those of them without trade, home first."""
    cities = asked(facts, places)
    pairs = tied(facts, cities)
    silent = [pair for pair in pairs if not have_traded(facts, *pair)]
    return len(pairs), sorted(
        (one, other) if one in cities else (other, one) for one, other in silent
    )


# ---------------------------------------------------------------- similar cities


def partners(facts: Facts, node: str) -> set[str]:
    """The cities and bodies that a tie joins with this, if it is more than proposed and lasts."""
    return {
        claim.other(node)
        for claim in facts.of(Tie)
        if node in (claim.from_, claim.to)
        and claim.status not in (Status.PROPOSED, Status.ENDED)
        and kind_of(claim.other(node)) in ("City", "Organization")
    }


def similar(
    facts: Facts, city: str, places: list[str]
) -> tuple[dict[str, float], dict[str, set[str]]]:
    """The score of every city that shares a partner, and what these have that it lacks."""
    own, among = partners(facts, city), asked(facts, places)
    scores, lacked = {}, defaultdict(set)
    for other in facts.all_of("City"):
        shared = own & partners(facts, other)
        if other == city or not shared or (places and other not in among):
            continue
        scores[other] = round(sum(1 / log(len(partners(facts, one))) for one in sorted(shared)), 6)
        for one in partners(facts, other) - tied_to(facts, city) - {city}:
            if not countries(facts, one) & countries(facts, city):
                lacked[one].add(other)
    return scores, dict(lacked)


def tied_to(facts: Facts, city: str) -> set[str]:
    """All that a tie joins with a city, whatever became of it."""
    return {tie.other(city) for tie in facts.of(Tie) if city in (tie.from_, tie.to)}
