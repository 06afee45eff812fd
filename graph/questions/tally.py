"""What is on record between cities and countries, thing by thing: what a matrix counts.

Ties as the lines they fold into; missions that a city sent and that visited; results of its
missions, events, programmes and of firms seated in it; the firms of those missions and results.
Planned missions are none, a sponsor hosts nothing, and what stays within a country is left out.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from graph.claims import TIE_KINDS, Claim, Hosted, Tie, Visited
from graph.nodes import kind_of
from graph.questions.activities import is_planned
from graph.questions.ground import of_kind
from graph.questions.sieve import let_through
from graph.questions.sums import counted_once, read_deals
from graph.questions.ties import folded
from graph.values import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graph.questions.ground import Ground
    from graph.questions.scene import Filters


class Measure(StrEnum):
    """What a matrix counts."""

    TIES = "ties"
    MISSIONS = "missions"
    FIRMS = "firms"
    DEALS = "deals"


class Told(NamedTuple):
    """A thing in a cell, and a claim that puts it there."""

    city: str
    country: str
    thing: str
    claims: tuple[Claim, ...]


Cells = dict[tuple[str, str], dict[str, list[Claim]]]
"""By city and country, the things and the claims that tell of them."""


def tally(ground: Ground, cities: Collection[str], measure: Measure, filters: Filters) -> Cells:
    """The things of a measure by city and country; pairs without any are left out."""
    read = {
        Measure.TIES: _ties,
        Measure.MISSIONS: _missions,
        Measure.FIRMS: _firms,
        Measure.DEALS: _deals,
    }[measure]
    cells: Cells = defaultdict(lambda: defaultdict(list))
    for told in read(ground, cities, filters):
        cells[told.city, told.country][told.thing].extend(told.claims)
    if measure is Measure.DEALS:
        cells = _once(ground, cells)
    return dict(cells)


def _abroad(ground: Ground, city: str, other: str) -> Iterator[str]:
    """The countries of a place, unless it is in a country of the city's."""
    found, own = ground.countries(other), ground.countries(city)
    if not found & own:
        yield from sorted(found)


def _ties(ground: Ground, cities: Collection[str], filters: Filters) -> Iterator[Told]:
    claims = of_kind(ground.at(cities, *sorted(TIE_KINDS)), Tie)
    at: dict[str, list[Tie]] = defaultdict(list)
    for claim in let_through(ground, filters, claims):
        for city in {claim.from_, claim.to} & set(cities):
            at[city].append(claim)
    ground.warm(end for told in at.values() for c in told for end in (c.from_, c.to))
    for city in sorted(at):
        ground.view.budget.check()
        for line, told in folded(city, at[city]).items():
            for country in _abroad(ground, city, line[0]):
                yield Told(city, country, "\x1f".join((city, *line)), tuple(told))


def _missions(ground: Ground, cities: Collection[str], filters: Filters) -> Iterator[Told]:
    sent = let_through(ground, filters, ground.out(cities, "SENT"))
    ground.nodes(claim.to for claim in sent)
    held = {claim.to for claim in sent if not is_planned(ground, claim.to)}
    visits: dict[str, list[Visited]] = defaultdict(list)
    for visit in let_through(ground, filters, of_kind(ground.out(held, "VISITED"), Visited)):
        visits[visit.from_].append(visit)
    ground.warm([*cities, *(v.to for found in visits.values() for v in found)])
    for claim in sent:
        for visit in visits.get(claim.to, ()):
            for country in _abroad(ground, claim.from_, visit.to):
                yield Told(claim.from_, country, claim.to, (claim, visit))


def _deals(ground: Ground, cities: Collection[str], filters: Filters) -> Iterator[Told]:
    by_deal = _of_cities(ground, cities, filters)
    where = let_through(ground, filters, ground.out(by_deal, "IN_PLACE"))
    bought = let_through(ground, filters, ground.into(by_deal, "BOUGHT"))
    ground.warm([*cities, *(c.to for c in where), *(c.from_ for c in bought)])
    ends = [(c.from_, c.to, c) for c in where] + [(c.to, c.from_, c) for c in bought]
    for deal, place, claim in ends:
        for city, why in by_deal[deal]:
            for country in _abroad(ground, city, place):
                told = (*why, claim, *ground.into((deal,), "DESCRIBES"))
                yield Told(city, country, deal, told)


def _firms(ground: Ground, cities: Collection[str], filters: Filters) -> Iterator[Told]:
    """The firms on the missions, and the sellers of the results, that the other measures count."""
    for kind, things in (
        ("PARTICIPATED_IN", list(_missions(ground, cities, filters))),
        ("SOLD", list(_deals(ground, cities, filters))),
    ):
        joined: dict[str, list[Claim]] = defaultdict(list)
        for claim in let_through(
            ground, filters, ground.into({told.thing for told in things}, kind)
        ):
            if kind_of(claim.from_) == "Firm":
                joined[claim.to].append(claim)
        for told in things:
            for claim in joined.get(told.thing, ()):
                yield Told(told.city, told.country, claim.from_, (claim, *told.claims))


def _of_cities(
    ground: Ground, cities: Collection[str], filters: Filters
) -> dict[str, list[tuple[str, tuple[Claim, ...]]]]:
    """The results of these cities: of what they sent, hosted or ran, and of firms seated there.

    For each result the cities, with the claims that make it theirs.
    """
    occasions: dict[str, list[Claim]] = defaultdict(list)
    for claim in let_through(ground, filters, ground.out(cities, "SENT", "RUNS", "HOSTED")):
        sponsor = isinstance(claim, Hosted) and claim.role is Role.SPONSOR
        if not sponsor and not (isinstance(claim, Hosted) and kind_of(claim.to) == "Mission"):
            occasions[claim.to].append(claim)
    seats: dict[str, list[Claim]] = defaultdict(list)
    for claim in ground.into(cities, "LOCATED_IN"):
        seats[claim.from_].append(claim)
    found: dict[str, list[tuple[str, tuple[Claim, ...]]]] = defaultdict(list)
    for made in let_through(ground, filters, ground.into(occasions, "MADE_AT")):
        found[made.from_].extend((one.from_, (one, made)) for one in occasions[made.to])
    for sold in let_through(ground, filters, ground.out(seats, "SOLD")):
        found[sold.to].extend((one.to, (sold,)) for one in seats[sold.from_])
    return found


def _once(ground: Ground, cells: Cells) -> Cells:
    """Each result once: neither a second report of it, nor what is contained in another."""
    read_deals(ground, {deal for told in cells.values() for deal in told})
    return {
        key: {one: told[one] for one in counted_once(ground, told)} for key, told in cells.items()
    }


def nowhere(ground: Ground, cities: Collection[str], filters: Filters) -> int:
    """How many results of these cities no source gives a place or a buyer of known country."""
    known = {told.thing for told in _deals(ground, cities, filters)}
    return len(set(_of_cities(ground, cities, filters)) - known)
