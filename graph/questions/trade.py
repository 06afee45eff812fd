"""What trade is on record between two cities: missions, events, deals and agreements.

A city stands for itself, its parts and the firms, bodies and events in them. A mission or
event is between whoever goes (sent it, took part) and whoever receives (was visited, hosted
it, is where it was held); two hosts of one event meet there too. Two places that one mission
visited do not. A deal is between its sellers, or who went where it was made, and its buyers
and places. Planned missions, sponsors and proposed agreements show no trade.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from graph.claims import Agreement, Hosted
from graph.nodes import kind_of
from graph.questions.activities import is_planned
from graph.questions.ground import of_kind
from graph.values import Role, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph.claims import Claim
    from graph.questions.ground import Ground

Pair = tuple[str, str]
"""Two cities, the lesser id first."""


def pair_of(one: str, other: str) -> Pair:
    """Two cities as a pair."""
    return (one, other) if one < other else (other, one)


def trade_of(ground: Ground, cities: Collection[str]) -> dict[Pair, frozenset[str]]:
    """The missions, events, deals and agreements on record between these cities and any other.

    Agreements stand with the ids of their claims. Pairs without any are left out.
    """
    found: dict[Pair, set[str]] = defaultdict(set)
    members = _members(ground, cities)
    deals = _deals(ground, members)
    occasions = _occasions(ground, members, deals)
    deals |= {claim.from_ for claim in ground.into(occasions, "MADE_AT")}
    going, receiving = _sides(ground, occasions)
    for one in occasions:
        _note(found, one, going[one], receiving[one])
    _read_ahead(ground, _around(ground, deals))
    for deal in deals:
        _note(found, deal, *_of_deal(ground, deal, going))
    agreed = list(of_kind(ground.at(members, "AGREEMENT"), Agreement))
    _read_ahead(ground, agreed)
    for claim in (one for one in agreed if one.status is not Status.PROPOSED):
        _note(found, claim.id, _stands_for(ground, claim.from_), _stands_for(ground, claim.to))
    asked = frozenset(cities)
    return {pair: frozenset(found[pair]) for pair in sorted(found) if asked.intersection(pair)}


def _note(
    found: dict[Pair, set[str]], thing: str, some: Collection[str], others: Collection[str]
) -> None:
    for one, other in product(some, others):
        if one != other:
            found[pair_of(one, other)].add(thing)


def _members(ground: Ground, cities: Collection[str]) -> set[str]:
    """These cities, their parts, and who and what is in them."""
    area = ground.parts(cities)
    return area | {claim.from_ for claim in ground.into(area, "LOCATED_IN")}


def _deals(ground: Ground, members: Collection[str]) -> set[str]:
    """The deals that these sold or bought, or that were made in them."""
    found = {claim.to for claim in ground.out(members, "SOLD", "BOUGHT")}
    return found | {claim.from_ for claim in ground.into(members, "IN_PLACE")}


def _around(ground: Ground, deals: Collection[str]) -> list[Claim]:
    """Who sold and bought, and where."""
    return [*ground.into(deals, "SOLD", "BOUGHT"), *ground.out(deals, "IN_PLACE", "MADE_AT")]


def _occasions(ground: Ground, members: Collection[str], deals: Collection[str]) -> list[str]:
    """The missions and events that these, or these deals, have to do with, by id."""
    found = {claim.to for claim in ground.out(members, "SENT", "HOSTED", "PARTICIPATED_IN")}
    found |= {claim.from_ for claim in ground.into(members, "VISITED")} | set(members)
    found |= {claim.to for claim in ground.out(deals, "MADE_AT")}
    held = sorted(one for one in found if kind_of(one) in {"Mission", "Event"})
    ground.nodes(held)
    return [one for one in held if not is_planned(ground, one)]


def _sides(
    ground: Ground, occasions: Collection[str]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """For each mission and event the cities that go, and those that receive."""
    joined = ground.into(occasions, "SENT", "PARTICIPATED_IN")
    hosted = [
        claim
        for claim in of_kind(ground.into(occasions, "HOSTED"), Hosted)
        if claim.role is not Role.SPONSOR
    ]
    where = ground.out(occasions, "VISITED", "LOCATED_IN")
    _read_ahead(ground, [*joined, *hosted, *where])
    going: dict[str, set[str]] = defaultdict(set)
    receiving: dict[str, set[str]] = defaultdict(set)
    for claim in joined:
        going[claim.to] |= _stands_for(ground, claim.from_)
    for claim in hosted:
        receiving[claim.to] |= _stands_for(ground, claim.from_)
        if kind_of(claim.to) == "Event":
            going[claim.to] |= _stands_for(ground, claim.from_)
    for claim in where:
        receiving[claim.from_] |= _stands_for(ground, claim.to)
    return going, receiving


def _stands_for(ground: Ground, node: str) -> set[str]:
    """The cities whose trade it is: where this is, and what contains that."""
    return ground.containers(ground.seats((node,)))


def _read_ahead(ground: Ground, claims: Iterable[Claim]) -> None:
    """Read in sets where the ends of these claims are."""
    ends = {end for claim in claims for end in (claim.from_, claim.to)}
    ground.containers(ground.seats(ends))


def _of_deal(ground: Ground, deal: str, going: dict[str, set[str]]) -> tuple[set[str], set[str]]:
    """The cities on the selling and on the buying side of a deal."""
    selling = _all_for(ground, (claim.from_ for claim in ground.into((deal,), "SOLD")))
    if not selling:
        selling = {c for at in ground.out((deal,), "MADE_AT") for c in going.get(at.to, ())}
    buying = _all_for(ground, (claim.from_ for claim in ground.into((deal,), "BOUGHT")))
    places = (claim.to for claim in ground.out((deal,), "IN_PLACE"))
    return selling, buying | _all_for(ground, (one for one in places if kind_of(one) == "City"))


def _all_for(ground: Ground, nodes: Iterable[str]) -> set[str]:
    return {city for node in nodes for city in _stands_for(ground, node)}
