"""Which firms could have to do with a partner, and which partners with a firm.

Candidates are found generously and in sets; `graph.questions.grades` decides.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from graph.claims import CLAIM_KINDS
from graph.following import Step
from graph.nodes import kind_of
from graph.questions.activities import REPORTING
from graph.questions.case import scope
from graph.questions.coverage import SILENT
from graph.questions.during import missions_to, own_missions
from graph.questions.ground import whereabouts
from graph.questions.sums import read_deals
from graph.questions.totals import deals_with

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graph.questions.ground import Ground


_AROUND = (*sorted({*CLAIM_KINDS} - SILENT), "LOCATED_IN")
"""What is asked of a partner, in one reading."""
_ABOUT = (*REPORTING, "LOCATED_IN", "IN_COUNTRY")
"""What is asked of missions, events and deals."""
_ITEMS = frozenset({"Mission", "Event", "Deal"})


def firms_near(ground: Ground, partner: str) -> list[str]:
    """Every firm that may have an activity linked to a partner, by id."""
    _read_around(ground, partner)
    here = scope(ground, partner)
    missions = missions_to(ground, partner)
    occasions = missions | {claim.to for claim in ground.out(here, "HOSTED")}
    occasions |= {c.from_ for c in ground.into(here, "LOCATED_IN") if kind_of(c.from_) == "Event"}
    credited = {claim.to for claim in ground.out(here, "CREDITS")}
    occasions |= {one for one in credited if kind_of(one) == "Mission"}
    deals = deals_with(ground, partner) | {one for one in credited if kind_of(one) == "Deal"}
    made = {claim.from_ for claim in ground.into(occasions, "MADE_AT")}
    deals |= made
    firms = {claim.from_ for claim in ground.into(occasions, "PARTICIPATED_IN")}
    firms |= {claim.from_ for claim in ground.into(deals, "SOLD")}
    firms |= {claim.other(end) for end in here for claim in ground.at((end,), "AGREEMENT")}
    firms |= credited | _firms_during(ground, partner, missions)
    return _read_ahead(ground, firms, missions, made)


def _read_around(ground: Ground, partner: str) -> None:
    """Read, in one go, what hangs on a partner, and what hangs on the occasions and deals there."""
    here = Step(("PART_OF",), "in", frozenset((partner,)), again=True, nodes=True)
    around = Step(_AROUND, after=(here,), sources=True)
    bought = Step(("BOUGHT",), "out", after=(around,), only=frozenset({"Firm", "Organization"}))
    made = Step(("MADE_AT",), "in", after=(around,), only=_ITEMS - {"Deal"})
    about = Step(_ABOUT, after=(around, bought, made), only=_ITEMS, nodes=True, sources=True)
    senders = Step(("PART_OF",), "in", after=(about,), only=frozenset({"City"}), again=True)
    where = whereabouts((partner,), after=(around, about), only={"City"})
    ground.follow(here, around, bought, made, about, senders, where)


def _firms_during(ground: Ground, partner: str, missions: Collection[str]) -> set[str]:
    """Firms of the senders that may have begun something there during one of these missions.

    Great cities send many missions, and most of their firms have nothing to do with any: so
    ids alone are read of all, and days only of what lies in the partner's country.
    """
    area = ground.countries(partner)
    senders = {claim.from_ for claim in ground.into(missions, "SENT")}
    if not area or not senders:
        return set()
    seated = Step(("LOCATED_IN",), "in", frozenset(ground.parts(senders)))
    joined = Step(("PARTICIPATED_IN", "SOLD"), "out", after=(seated,), only=frozenset({"Firm"}))
    placed = Step(
        ("IN_PLACE", "LOCATED_IN", "IN_COUNTRY"),
        "out",
        after=(joined,),
        only=frozenset({"Event", "Deal"}),
    )
    within = Step(
        ("PART_OF", "IN_COUNTRY"), "out", after=(placed,), only=frozenset({"City"}), again=True
    )
    _, joins, *near = ground.view.trace((seated, joined, placed, within))
    timely = _begun(ground, _lying_in(near[0].keys(), {**near[0], **near[1]}, area), missions)
    return {firm for firm, items in joins.items() if not timely.isdisjoint(items)}


def _lying_in(
    items: Collection[str], near: Mapping[str, frozenset[str]], area: Collection[str]
) -> set[str]:
    """Those items that may lie in an area, by what they and their places are joined with."""
    inside: set[str] = set(area)
    while more := {one for one, others in near.items() if not inside.isdisjoint(others)} - inside:
        inside |= more
    return inside & set(items)


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


def _read_ahead(
    ground: Ground, found: Iterable[str], missions: Collection[str], made: Collection[str]
) -> list[str]:
    """The firms among these, with what grading them will ask for already read.

    So is what is told beside them: of these missions, and of the deals made there.
    """
    firms = sorted({one for one in found if kind_of(one) == "Firm"})
    own = Step(("AGREEMENT", "PARTICIPATED_IN", "SOLD"), ids=frozenset(firms), sources=True)
    met = Step(("MADE_AT",), "out", after=(own,), only=frozenset({"Deal"}))
    items = Step(_ABOUT, after=(own, met), only=_ITEMS, nodes=True, sources=True)
    bought = Step(("BOUGHT",), "in", after=(own,), only=frozenset({"Deal"}))
    where = whereabouts(firms, after=(items,), only={"City"})
    where = where._replace(sources=True)
    ground.follow(own, met, items, bought, where, whereabouts(after=(bought,)))
    sold = {c.to for c in ground.out(firms, "PARTICIPATED_IN", "SOLD") if kind_of(c.to) == "Deal"}
    read_deals(ground, sold | set(made), missions)
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
