"""Which firms could have to do with a partner, and which partners with a firm.

Candidates are found generously and in sets; `graph.questions.grades` decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.nodes import kind_of
from graph.questions.case import scope
from graph.questions.during import missions_to, own_missions
from graph.questions.totals import deals_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.questions.ground import Ground


def firms_near(ground: Ground, partner: str) -> list[str]:
    """Every firm that may have an activity linked to a partner, by id."""
    here = scope(ground, partner)
    missions = missions_to(ground, partner)
    occasions = missions | {claim.to for claim in ground.out(here, "HOSTED")}
    occasions |= {c.from_ for c in ground.into(here, "LOCATED_IN") if kind_of(c.from_) == "Event"}
    credited = {claim.to for claim in ground.out(here, "CREDITS")}
    occasions |= {one for one in credited if kind_of(one) == "Mission"}
    deals = deals_with(ground, partner) | {one for one in credited if kind_of(one) == "Deal"}
    deals |= {claim.from_ for claim in ground.into(occasions, "MADE_AT")}
    firms = {claim.from_ for claim in ground.into(occasions, "PARTICIPATED_IN")}
    firms |= {claim.from_ for claim in ground.into(deals, "SOLD")}
    firms |= {claim.other(end) for end in here for claim in ground.at((end,), "AGREEMENT")}
    firms |= credited | _firms_of(ground, missions)
    return _read_ahead(ground, firms)


def _firms_of(ground: Ground, missions: Iterable[str]) -> set[str]:
    """The firms seated in the cities that sent these missions."""
    senders = {claim.from_ for claim in ground.into(missions, "SENT")}
    return {claim.from_ for claim in ground.into(ground.parts(senders), "LOCATED_IN")}


def _read_ahead(ground: Ground, found: Iterable[str]) -> list[str]:
    """The firms among these, with what grading them will ask for already read."""
    firms = sorted({one for one in found if kind_of(one) == "Firm"})
    ground.refs(firms)
    joined = ground.out(firms, "PARTICIPATED_IN", "SOLD")
    items = {claim.to for claim in joined}
    deals = {one for one in items if kind_of(one) == "Deal"}
    items |= {claim.to for claim in ground.out(deals, "MADE_AT")}
    ground.refs(items)
    ground.out(items, "VISITED", "LOCATED_IN", "IN_PLACE", "IN_COUNTRY")
    ground.into(items, "SENT", "HOSTED", "BOUGHT")
    return firms


def partners_near(ground: Ground, firm: str) -> list[str]:
    """Every City and Organization that may be linked to an activity of a firm, by id."""
    joined = {claim.to for claim in ground.out((firm,), "PARTICIPATED_IN", "SOLD")}
    deals = {one for one in joined if kind_of(one) == "Deal"}
    items = joined | {claim.to for claim in ground.out(deals, "MADE_AT")}
    missions = {i for i in items if kind_of(i) == "Mission"} | own_missions(ground, firm)
    found = {claim.to for claim in ground.out(items | missions, "VISITED", "LOCATED_IN")}
    found |= {claim.from_ for claim in ground.into(items, "HOSTED")}
    buyers = {claim.from_ for claim in ground.into(deals, "BOUGHT")}
    found |= buyers | ground.seats(buyers)
    found |= {claim.to for claim in ground.out(deals, "IN_PLACE")}
    found |= {claim.other(firm) for claim in ground.at((firm,), "AGREEMENT")}
    found |= {claim.from_ for claim in ground.into(items | {firm}, "CREDITS")}
    cities = {one for one in found if kind_of(one) == "City"}
    found |= ground.containers(cities)
    return sorted(one for one in found if kind_of(one) in {"City", "Organization"})
