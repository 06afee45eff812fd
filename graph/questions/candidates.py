"""Which firms could have to do with a partner, and which partners with a firm.

Candidates are found generously and in sets; `graph.questions.grades` decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from graph.claims import CLAIM_KINDS, WHEREABOUTS
from graph.nodes import kind_of
from graph.questions.activities import REPORTING
from graph.questions.case import scope
from graph.questions.coverage import SILENT
from graph.questions.during import missions_to, own_missions
from graph.questions.sums import read_deals
from graph.questions.totals import deals_with

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph.claims import Claim
    from graph.questions.ground import Ground


_AROUND = (*sorted({*CLAIM_KINDS} - SILENT), "LOCATED_IN")
"""What is asked of a partner, in one reading."""
_ABOUT = (*REPORTING, "LOCATED_IN", "IN_COUNTRY")
"""What is asked of missions, events and deals."""


def firms_near(ground: Ground, partner: str) -> list[str]:
    """Every firm that may have an activity linked to a partner, by id."""
    here = scope(ground, partner)
    ground.at(here, *_AROUND)
    missions = missions_to(ground, partner)
    occasions = missions | {claim.to for claim in ground.out(here, "HOSTED")}
    occasions |= {c.from_ for c in ground.into(here, "LOCATED_IN") if kind_of(c.from_) == "Event"}
    credited = {claim.to for claim in ground.out(here, "CREDITS")}
    occasions |= {one for one in credited if kind_of(one) == "Mission"}
    deals = deals_with(ground, partner) | {one for one in credited if kind_of(one) == "Deal"}
    ground.at(occasions | deals, *_ABOUT)
    deals |= {claim.from_ for claim in ground.into(occasions, "MADE_AT")}
    ground.at(deals, *_ABOUT)
    firms = {claim.from_ for claim in ground.into(occasions, "PARTICIPATED_IN")}
    firms |= {claim.from_ for claim in ground.into(deals, "SOLD")}
    firms |= {claim.other(end) for end in here for claim in ground.at((end,), "AGREEMENT")}
    firms |= credited | _firms_during(ground, partner, missions)
    return _read_ahead(ground, firms)


def _firms_during(ground: Ground, partner: str, missions: Collection[str]) -> set[str]:
    """Firms of the senders that may have begun something there during one of these missions.

    Great cities send many missions, and most of their firms have nothing to do with any: so
    ids alone are read of all, and days only of what lies in the partner's country.
    """
    area, adjacent = ground.countries(partner), ground.view.adjacent
    senders = {claim.from_ for claim in ground.into(missions, "SENT")}
    if not area or not senders:
        return set()
    seated = set().union(*adjacent(ground.parts(senders), ("LOCATED_IN",)).values())
    firms = [one for one in sorted(seated) if kind_of(one) == "Firm"]
    joined = adjacent(firms, ("PARTICIPATED_IN", "SOLD"))
    timely = _begun(ground, _lying_in(ground, set().union(*joined.values()), area), missions)
    return {firm for firm, items in joined.items() if not timely.isdisjoint(items)}


def _lying_in(ground: Ground, items: Iterable[str], area: Collection[str]) -> set[str]:
    """Those events and deals that may lie in an area, by what their places are joined with."""
    asked = {one for one in items if kind_of(one) in {"Event", "Deal"}}
    near = dict(ground.view.adjacent(sorted(asked), ("IN_PLACE", "LOCATED_IN", "IN_COUNTRY")))
    places = set().union(*near.values())
    while fresh := sorted(one for one in places - near.keys() if kind_of(one) == "City"):
        steps = ground.view.adjacent(fresh, ("PART_OF", "IN_COUNTRY"))
        near.update((one, steps.get(one, frozenset())) for one in fresh)
        places |= set().union(*steps.values())
    inside: set[str] = set(area)
    while more := {one for one, others in near.items() if not inside.isdisjoint(others)} - inside:
        inside |= more
    return asked & inside


def _begun(ground: Ground, items: Collection[str], missions: Collection[str]) -> set[str]:
    """Those items that began during one of these missions."""
    spans = [node.span for node in ground.nodes(missions).values()]
    days = sorted((start.last, (end or start).first) for start, end in spans if start)
    starts = [first for first, _ in days]
    ends = list(accumulate((last for _, last in days), max))
    timely = set()
    for one, node in ground.nodes(items).items():
        begins = node.span[0]
        at = bisect_right(starts, begins.first) if begins else 0
        if begins and at and ends[at - 1] >= begins.last:
            timely.add(one)
    return timely


def _read_ahead(ground: Ground, found: Iterable[str]) -> list[str]:
    """The firms among these, with what grading them will ask for already read."""
    firms = sorted({one for one in found if kind_of(one) == "Firm"})
    ground.at(firms, "PARTICIPATED_IN", "SOLD", "AGREEMENT", *WHEREABOUTS)
    joined = {claim.to for claim in ground.out(firms, "PARTICIPATED_IN", "SOLD")}
    items = {one for one in joined if kind_of(one) != "Programme"}
    deals = {one for one in items if kind_of(one) == "Deal"}
    about = ground.at(items, *_ABOUT)
    occasions = {claim.to for claim in about if claim.kind == "MADE_AT" and claim.from_ in deals}
    about += ground.at(occasions - items, *_ABOUT)
    items |= occasions
    ground.nodes({*items, *(claim.source for claim in about)})
    ends = _ends_by_kind(about)
    ground.refs(ends["BOUGHT"])
    places = {one for one in ends["IN_PLACE"] | ends["LOCATED_IN"] if kind_of(one) == "City"}
    around = ground.containers(places | ends["SENT"] | ground.seats(firms))
    ground.out(around, "IN_COUNTRY")
    read_deals(ground, deals)
    return firms


def _ends_by_kind(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """What the claims of each kind join, an item's own side left out."""
    ends: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        ends[claim.kind].add(claim.from_ if claim.kind in {"SENT", "BOUGHT"} else claim.to)
    return ends


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
