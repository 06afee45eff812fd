"""How much was signed, and at which rung of the ladder.

The filters are those of domain, section 3; `graph.questions.sums` makes the sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.claims import PARTNERS, PLACES, Hosted
from graph.errors import BadRequest
from graph.following import Step
from graph.nodes import NODE_KINDS, Deal, kind_of
from graph.questions.answers import LeftOut, TotalsAnswer
from graph.questions.ground import Ground, of_kind, whereabouts
from graph.questions.stretch import stretch_of
from graph.questions.sums import sum_up
from graph.store import walk_nodes
from graph.values import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from graph.dates import PartialDate
    from graph.store import View

_OF_DEAL = ("BOUGHT", "DESCRIBES", "IN_PLACE", "MADE_AT", "SOLD")
"""What is asked of each deal."""
_TAKES = {
    "city": {"City"},
    "partner": PARTNERS,
    "place": PLACES,
    "mission": {"Mission", "Event", "Programme"},
    "firm": {"Firm"},
}
"""The kinds of node that each filter can mean."""


@dataclass(frozen=True)
class Filters:
    """Which deals to count; None does not filter. Places, partners and firms by id."""

    city: str | None = None
    partner: str | None = None
    place: str | None = None
    mission: str | None = None
    firm: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None


def totals(view: View, filters: Filters) -> TotalsAnswer:
    """The sums over the deals that pass every filter; no line if none does.

    NotFound if nothing describes what a filter names; BadRequest if that is of a kind which
    the filter cannot mean, or if `since` lies after `until`: no deal could pass.
    """
    ground = Ground(view)
    if filters.partner is not None:
        _read_deals_with(ground, filters.partner)
    _check(ground, filters)
    deals = [deal for deal in _candidates(ground, filters) if _passes(ground, deal, filters)]
    undated = [deal for deal in deals if not _dated(ground, deal, filters)]
    unknown = {deal.id for deal in undated}
    lines, aside = sum_up(ground, [deal for deal in deals if deal.id not in unknown])
    aside += [LeftOut(deal=ground.deal_ref(d), reason="date_unknown") for d in undated]
    return TotalsAnswer(
        lines=lines,
        left_out=tuple(sorted(aside, key=lambda one: one.deal.id)),
        citations=ground.told_of(deal.id for deal in deals),
        dataset_version=view.version(),
    )


# ---------------------------------------------------------------- filters


def _check(ground: Ground, filters: Filters) -> None:
    """BadRequest where an empty sum would hide that the question makes no sense."""
    asked = {param: getattr(filters, param) for param in _TAKES}
    named = {param: one for param, one in asked.items() if one is not None}
    ground.nodes(named.values())
    for param, one in named.items():
        ground.require(param, one, _TAKES[param])
    if filters.since and filters.until and filters.since.first > filters.until.last:
        raise BadRequest("since", "since lies after until; no day lies between the two")


def _candidates(ground: Ground, filters: Filters) -> list[Deal]:
    """All deals that can pass, found from the narrowest end."""
    finders: list[tuple[str | None, Callable[[Ground, str], set[str]]]] = [
        (filters.firm, lambda g, one: _sold(g, {one})),
        (filters.mission, lambda g, one: _made_at(g, {one})),
        (filters.place, deals_in),
        (filters.partner, deals_with),
        (filters.city, _deals_from),
    ]
    for asked, find in finders:
        if asked is not None:
            return _deals(ground, find(ground, asked))
    return [deal for deal in walk_nodes(ground.view, "Deal") if isinstance(deal, Deal)]


def _deals(ground: Ground, ids: Collection[str]) -> list[Deal]:
    return [node for node in ground.nodes(ids).values() if isinstance(node, Deal)]


def _sold(ground: Ground, firms: Iterable[str]) -> set[str]:
    return {claim.to for claim in ground.out(firms, "SOLD")}


def _made_at(ground: Ground, occasions: Iterable[str]) -> set[str]:
    return {claim.from_ for claim in ground.into(occasions, "MADE_AT")}


def _deals_from(ground: Ground, city: str) -> set[str]:
    """Deals of a city: of its missions, events, programmes, and of firms seated in it."""
    area = ground.parts((city,))
    firms = {c.from_ for c in ground.into(area, "LOCATED_IN") if kind_of(c.from_) == "Firm"}
    return _made_at(ground, occasions_of(ground, area)) | _sold(ground, firms)


def occasions_of(ground: Ground, area: Collection[str]) -> set[str]:
    """The missions that these cities sent, the events they hosted, the programmes they run.

    A sponsor does not host, here as for the flag `hosted`.
    """
    started = {claim.to for claim in ground.out(area, "SENT", "RUNS")}
    hosts = of_kind(ground.out(area, "HOSTED"), Hosted)
    hosted = {claim.to for claim in hosts if claim.role is not Role.SPONSOR}
    return started | {one for one in hosted if kind_of(one) == "Event"}


def deals_in(ground: Ground, place: str) -> set[str]:
    """The deals of which every place lies in this city or country."""
    area = ground.parts((place,)) if kind_of(place) == "City" else _cities_of(ground, place)
    found = {claim.from_ for claim in ground.into({place, *area}, "IN_PLACE")}
    ground.out(found, "IN_PLACE")
    return {deal for deal in found if made_in(ground, deal, place)}


def _cities_of(ground: Ground, country: str) -> set[str]:
    inside = {claim.from_ for claim in ground.into((country,), "IN_COUNTRY")}
    return ground.parts(one for one in inside if kind_of(one) == "City")


def deals_with(ground: Ground, partner: str) -> set[str]:
    """The deals made in a partner, or bought by it or by someone who sits in it."""
    buyers = ground.parts((partner,)) if kind_of(partner) == "City" else {partner}
    buyers |= {c.from_ for c in ground.into(buyers, "LOCATED_IN") if kind_of(c.from_) != "Event"}
    bought = {claim.to for claim in ground.out(buyers, "BOUGHT")}
    return bought | (deals_in(ground, partner) if kind_of(partner) == "City" else set())


def _read_deals_with(ground: Ground, partner: str) -> None:
    """Read ahead, in one go, what adding up a partner's deals will ask for."""
    area = Step(("PART_OF",), "in", frozenset((partner,)), again=True, nodes=True)
    seated = Step(("LOCATED_IN",), "in", after=(area,))
    found = Step(("BOUGHT", "IN_PLACE"), after=(area, seated))
    deals = Step(("PART_OF_DEAL", "SAME_DEAL_AS"), "out", after=(found,), again=True, nodes=True)
    told = Step(_OF_DEAL, after=(deals,), only=frozenset({"Deal"}), sources=True)
    places = whereabouts(after=(told,), only={*NODE_KINDS} - {"Deal", "Source"})
    ground.follow(area, seated, found, deals, told, places)


def made_in(ground: Ground, deal: str, place: str) -> bool:
    """Whether a deal has a place, and every one lies in this city or country."""
    places = {claim.to for claim in ground.out((deal,), "IN_PLACE")}
    return bool(places) and all(ground.lies_in(one, {place}) for one in places)


def is_with(ground: Ground, deal: str, partner: str) -> bool:
    """Whether a deal was made in a partner, or its buyer is it or sits in it."""
    if kind_of(partner) == "City" and made_in(ground, deal, partner):
        return True
    buyers = {claim.from_ for claim in ground.into((deal,), "BOUGHT")}
    return partner in buyers or any(
        ground.lies_in(seat, {partner}) for seat in ground.seats(buyers)
    )


def _passes(ground: Ground, deal: Deal, filters: Filters) -> bool:
    occasions = {claim.to for claim in ground.out((deal.id,), "MADE_AT")}
    sellers = {claim.from_ for claim in ground.into((deal.id,), "SOLD")}
    return (
        (filters.firm is None or filters.firm in sellers)
        and (filters.mission is None or filters.mission in occasions)
        and (filters.place is None or made_in(ground, deal.id, filters.place))
        and (filters.partner is None or is_with(ground, deal.id, filters.partner))
        and (filters.city is None or _is_of(ground, occasions, sellers, filters.city))
        and not stretch_of(ground, deal).outside(filters.since, filters.until)
    )


def _is_of(ground: Ground, occasions: set[str], sellers: set[str], city: str) -> bool:
    area = ground.parts((city,))
    return bool(occasions & occasions_of(ground, area)) or bool(ground.seats(sellers) & area)


def _dated(ground: Ground, deal: Deal, filters: Filters) -> bool:
    """Whether a deal surely lies within the bounds; so it does where there are none."""
    return stretch_of(ground, deal).inside(filters.since, filters.until)
