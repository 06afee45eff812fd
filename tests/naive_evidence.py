"""A second reading of domain.md: the claims that make the chain from P to F (section 4)."""

from collections.abc import Iterable

from graph.claims import (
    Bought,
    Claim,
    Hosted,
    InCountry,
    InPlace,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    PartOf,
    Sent,
    Visited,
)
from graph.nodes import kind_of
from graph.values import Role
from tests.naive import Facts, holding, parts, seats
from tests.naive_grades import Activity, co_occurring, credits_of, own_deals, ties_in_force
from tests.naive_sums import is_or_sits_in, made_in


def evidence(facts: Facts, partner: str, activity: Activity, *, linked: bool) -> set[str]:
    """The ids of all claims of the chain."""
    here = [
        *meetings(facts, partner, activity),
        *hosts(facts, partner, activity),
        *sales(facts, partner, activity),
        *credits_of(facts, partner, activity),
    ]
    chain = [] if linked else during(facts, partner, activity)
    here += [claim for claim in chain if claim.kind == "VISITED"]
    told = [*activity.ties, *chain, *here, *within(facts, here, partner)]
    told += [
        claim
        for claim in facts.of(MadeAt)
        if claim.from_ in own_deals(activity) and claim.to in activity.items
    ]
    for tie in ties_in_force(facts, partner, activity):
        told += [tie, *to_home(facts, activity, tie.other(partner))]
    return {claim.id for claim in told}


def meetings(facts: Facts, partner: str, activity: Activity) -> list[Claim]:
    """By what a mission or event that F took part in visited P, met it or took place in it."""
    joined = {tie.to for tie in activity.ties if tie.kind == "PARTICIPATED_IN"}
    near: list[Claim] = [*facts.of(Visited), *facts.of(LocatedIn)]
    return [c for c in near if c.from_ in joined and c.to in parts(facts, partner)]


def hosts(facts: Facts, partner: str, activity: Activity) -> list[Claim]:
    """By what P hosted it."""
    return [
        claim
        for claim in facts.of(Hosted)
        if claim.to in activity.items
        and claim.from_ in parts(facts, partner)
        and claim.role != Role.SPONSOR
    ]


def sales(facts: Facts, partner: str, activity: Activity) -> list[Claim]:
    """By what a deal of F was made in P, or its buyer is P or sits in it."""
    inside = parts(facts, partner)
    told: list[Claim] = []
    for deal in own_deals(activity):
        if made_in(facts, deal, partner):
            told += [claim for claim in facts.of(InPlace) if claim.from_ == deal]
        bought = [claim for claim in facts.of(Bought) if claim.to == deal]
        bought = [claim for claim in bought if is_or_sits_in(facts, claim.from_, partner)]
        told += bought
        sitting = {claim.from_ for claim in bought} - inside
        told += [c for c in facts.of(LocatedIn) if c.from_ in sitting and c.to in inside]
    return told


def within(facts: Facts, told: Iterable[Claim], partner: str) -> list[Claim]:
    """By what the parts of P that these claims name lie in it."""
    named = {end for claim in told for end in (claim.from_, claim.to)}
    return [claim for city in sorted(named) for claim in way_up(facts, city, partner)]


def way_up(facts: Facts, city: str, top: str) -> list[Claim]:
    """By what a city lies in one that contains it."""
    if kind_of(city) != "City" or city not in parts(facts, top):
        return []
    between = holding(facts, [city]) & parts(facts, top)
    return [claim for claim in facts.of(PartOf) if {claim.from_, claim.to} <= between]


def to_home(facts: Facts, activity: Activity, home: str) -> list[Claim]:
    """How the activity leads to the city that has a tie: who sent it, where F sits."""
    inside = parts(facts, home)
    sent = [c for c in facts.of(Sent) if c.to in activity.items and c.from_ in inside]
    sits = [c for c in facts.of(LocatedIn) if c.from_ == activity.firm and c.to in inside]
    cities = {claim.from_ for claim in sent} | {claim.to for claim in sits}
    ways = [claim for city in sorted(cities) for claim in way_up(facts, city, home)]
    return [*sent, *sits, *ways]


def during(facts: Facts, partner: str, activity: Activity) -> list[Claim]:
    """How an event or deal in P's country leads to a mission that visited P."""
    told: list[Claim] = []
    firm = activity.firm
    for mission, item in sorted(co_occurring(facts, partner, activity)):
        near = parts(facts, partner) | {item}
        told += [c for c in facts.of(Visited) if c.from_ == mission and c.to in near]
        told += [c for c in facts.of(ParticipatedIn) if (c.from_, c.to) == (firm, mission)]
        where: list[Claim] = [*facts.of(LocatedIn), *facts.of(InPlace), *facts.of(InCountry)]
        told += [claim for claim in where if claim.from_ == item]
        told += own_mission(facts, firm, mission)
    return told


def own_mission(facts: Facts, firm: str, mission: str) -> list[Claim]:
    """By what a mission was sent by F's city or one that contains it."""
    near = holding(facts, seats(facts, firm))
    sent = [claim for claim in facts.of(Sent) if claim.to == mission and claim.from_ in near]
    told: list[Claim] = [*sent]
    for claim in sent:
        told += [c for c in facts.of(LocatedIn) if c.from_ == firm]
        for seat in seats(facts, firm):
            told += way_up(facts, seat, claim.from_)
    return told
