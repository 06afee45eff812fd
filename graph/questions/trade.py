"""What trade is on record between two cities: missions, events, deals and agreements.

A city stands for itself, its parts and the firms, bodies and events in them. A mission or
event is between whoever goes (sent it, took part) and whoever receives (was visited, hosted
it, is where it was held); two hosts of one event meet there too. Two places that one mission
visited do not. A deal is between its sellers, or who went where it was made, and its buyers
and places. Planned missions, sponsors and proposed agreements show no trade; nor does what
stays within one country.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from graph.claims import Agreement, Hosted
from graph.nodes import kind_of
from graph.questions.activities import is_planned
from graph.questions.area import is_abroad
from graph.questions.ground import of_kind
from graph.store import walk_claims, walk_nodes
from graph.values import Role, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.claims import Claim
    from graph.questions.ground import Ground

Pair = tuple[str, str]
"""Two cities, the lesser id first."""
_OCCASIONS = ("Mission", "Event")


def pair_of(one: str, other: str) -> Pair:
    """Two cities as a pair."""
    return (one, other) if one < other else (other, one)


def trade_of(ground: Ground, cities: Collection[str] | None = None) -> dict[Pair, frozenset[str]]:
    """The missions, events, deals and agreements between cities, by pair.

    Of all cities, or where one of the two is among `cities`. An agreement is told by the id of
    its claim. Pairs without any are left out; a city of unknown country is abroad to all.
    """
    read = _everything(ground) if cities is None else _around(ground, cities)
    asked = None if cities is None else frozenset(cities)
    found: dict[Pair, set[str]] = defaultdict(set)
    for thing, some, others in _met(ground, read):
        ground.view.budget.check()
        for one, other in product(some, others):
            if one != other and is_abroad(ground, one, other):
                found[pair_of(one, other)].add(thing)
    return {
        pair: frozenset(found[pair])
        for pair in sorted(found)
        if asked is None or asked.intersection(pair)
    }


@dataclass(frozen=True)
class _Read:
    """The missions and events, the deals and the agreements to look at."""

    occasions: Collection[str]
    deals: Collection[str]
    agreements: Collection[Agreement]


def _everything(ground: Ground) -> _Read:
    view = ground.view
    return _Read(
        _held(ground, (node.id for kind in _OCCASIONS for node in walk_nodes(view, kind))),
        {node.id for node in walk_nodes(view, "Deal")},
        list(of_kind(walk_claims(view, "AGREEMENT"), Agreement)),
    )


def _around(ground: Ground, cities: Collection[str]) -> _Read:
    """What these cities, their parts, and who and what is in them have to do with."""
    area = ground.parts(cities)
    members = area | {claim.from_ for claim in ground.into(area, "LOCATED_IN")}
    deals = {claim.to for claim in ground.out(members, "SOLD", "BOUGHT")}
    deals |= {claim.from_ for claim in ground.into(members, "IN_PLACE")}
    found = {claim.to for claim in ground.out(members, "SENT", "HOSTED", "PARTICIPATED_IN")}
    found |= {claim.from_ for claim in ground.into(members, "VISITED")} | members
    found |= {claim.to for claim in ground.out(deals, "MADE_AT")}
    occasions = _held(ground, found)
    deals |= {claim.from_ for claim in ground.into(occasions, "MADE_AT")}
    return _Read(occasions, deals, list(of_kind(ground.at(members, "AGREEMENT"), Agreement)))


def _held(ground: Ground, nodes: Iterable[str]) -> list[str]:
    """The missions and events among these that took place, by id."""
    occasions = sorted(one for one in set(nodes) if kind_of(one) in _OCCASIONS)
    ground.nodes(occasions)
    return [one for one in occasions if not is_planned(ground, one)]


def _met(ground: Ground, read: _Read) -> Iterator[tuple[str, set[str], set[str]]]:
    """Each thing, and the cities on either side of it."""
    going, receiving = _sides(ground, read.occasions)
    for one in read.occasions:
        yield one, going[one], receiving[one]
    _read_ahead(ground, [*ground.into(read.deals, "SOLD", "BOUGHT")])
    _read_ahead(ground, [*ground.out(read.deals, "IN_PLACE", "MADE_AT")])
    for deal in sorted(read.deals):
        yield deal, _selling(ground, deal, going), _buying(ground, deal)
    _read_ahead(ground, read.agreements)
    for claim in read.agreements:
        if claim.status is not Status.PROPOSED:
            yield claim.id, _of(ground, (claim.from_,)), _of(ground, (claim.to,))


def _sides(
    ground: Ground, occasions: Collection[str]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """For each mission and event the cities that go, and those that receive."""
    joined = ground.into(occasions, "SENT", "PARTICIPATED_IN")
    told = of_kind(ground.into(occasions, "HOSTED"), Hosted)
    hosted = [claim for claim in told if claim.role is not Role.SPONSOR]
    where = ground.out(occasions, "VISITED", "LOCATED_IN")
    _read_ahead(ground, [*joined, *hosted, *where])
    going: dict[str, set[str]] = defaultdict(set)
    receiving: dict[str, set[str]] = defaultdict(set)
    for claim in joined:
        going[claim.to] |= _of(ground, (claim.from_,))
    for claim in hosted:
        receiving[claim.to] |= _of(ground, (claim.from_,))
        if kind_of(claim.to) == "Event":
            going[claim.to] |= _of(ground, (claim.from_,))
    for claim in where:
        receiving[claim.from_] |= _of(ground, (claim.to,))
    return going, receiving


def _selling(ground: Ground, deal: str, going: Mapping[str, set[str]]) -> set[str]:
    """The sellers' cities; without any those that went where the deal was made."""
    sellers = _of(ground, (claim.from_ for claim in ground.into((deal,), "SOLD")))
    occasions = (claim.to for claim in ground.out((deal,), "MADE_AT"))
    return sellers or {city for one in occasions for city in going.get(one, ())}


def _buying(ground: Ground, deal: str) -> set[str]:
    """The buyers' cities, and those where the deal was made."""
    buyers = {claim.from_ for claim in ground.into((deal,), "BOUGHT")}
    return _of(ground, buyers | {claim.to for claim in ground.out((deal,), "IN_PLACE")})


def _of(ground: Ground, nodes: Iterable[str]) -> set[str]:
    """The cities whose trade it is: where these are, and what contains that."""
    return ground.containers(ground.seats(nodes))


def _read_ahead(ground: Ground, claims: Iterable[Claim]) -> None:
    """Read in sets where the ends of these claims are, and in which country."""
    ground.warm({end for claim in claims for end in (claim.from_, claim.to)})


def sources_of(ground: Ground, things: Collection[str]) -> set[str]:
    """The sources that tell of these missions, events, deals and agreements."""
    agreements = {one for one in things if one.startswith("AGREEMENT:")}
    told = ground.into([one for one in things if one not in agreements], "DESCRIBES")
    return {claim.source for claim in (*told, *ground.view.claims(agreements).values())}
