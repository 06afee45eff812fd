"""The weakest link: what of a firm began in a partner's country during a mission there.

Nothing of it leads to the partner itself; it earns `co_occurrence` and no more.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.nodes import kind_of
from graph.questions.activities import is_planned
from graph.questions.case import Case, keep_whereabouts, scope, way_up

if TYPE_CHECKING:
    from graph.questions.ground import Ground


def began_during(case: Case) -> frozenset[str]:
    """The missions to P during which an event or deal of F began in P's country."""
    ground, activity = case.ground, case.activity
    area = ground.countries(case.partner)
    if not area or activity.agreed_with is not None:
        return frozenset()
    abroad = [c.to for c in activity.joined if _lies_in(ground, c.to, area)]
    if not abroad:
        return frozenset()
    own = _joined(ground, activity.firm) & missions_to(ground, case.partner)
    by_sender = ground.once(_missions_by_sender, case.partner)
    for home in ground.containers(ground.seats((activity.firm,))):
        own |= by_sender.get(home, set())
    hits = {(m, x) for m in own for x in abroad if _during(ground, x, m)}
    for mission, item in hits:
        _keep_meeting(case, mission, item)
    return frozenset(mission for mission, _ in hits)


def _lies_in(ground: Ground, item: str, area: frozenset[str]) -> bool:
    """Whether an event, or every place of a deal, lies in one of these countries."""
    if kind_of(item) == "Event":
        return bool(ground.countries(item) & area)
    places = {claim.to for claim in ground.out((item,), "IN_PLACE")}
    return bool(places) and all(ground.countries(place) & area for place in places)


def missions_to(ground: Ground, partner: str) -> frozenset[str]:
    """The missions that visited a partner, planned ones left out."""
    return ground.once(_missions_to, partner)


def _missions_to(ground: Ground, partner: str) -> frozenset[str]:
    missions = {claim.from_ for claim in ground.into(scope(ground, partner), "VISITED")}
    ground.nodes(missions)
    return frozenset(one for one in missions if not is_planned(ground, one))


def _missions_by_sender(ground: Ground, partner: str) -> dict[str, set[str]]:
    """The missions that visited a partner, by the cities that sent them."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in ground.into(missions_to(ground, partner), "SENT"):
        found[claim.from_].add(claim.to)
    return found


def own_missions(ground: Ground, firm: str) -> set[str]:
    """The missions that a firm joined or its city, or one that contains it, sent."""
    homes = ground.containers(ground.seats((firm,)))
    return _joined(ground, firm) | {claim.to for claim in ground.out(homes, "SENT")}


def _joined(ground: Ground, firm: str) -> set[str]:
    """The missions that a firm joined."""
    joined = ground.out((firm,), "PARTICIPATED_IN")
    return {claim.to for claim in joined if kind_of(claim.to) == "Mission"}


def _during(ground: Ground, item: str, mission: str) -> bool:
    begins = ground.node(item).span[0]
    start, end = ground.node(mission).span
    return begins is not None and start is not None and begins.within(start, end)


def _keep_meeting(case: Case, mission: str, item: str) -> None:
    ground, firm = case.ground, case.activity.firm
    visits = [c for c in ground.out((mission,), "VISITED") if c.to in case.here | {item}]
    homes = ground.containers(ground.seats((firm,)))
    sent = [c for c in ground.into((mission,), "SENT") if c.from_ in homes]
    joined = [c for c in ground.out((firm,), "PARTICIPATED_IN") if c.to == mission]
    where = ground.out((item,), "LOCATED_IN", "IN_PLACE", "IN_COUNTRY")
    case.keep((*visits, *sent, *joined, *where))
    keep_whereabouts(case, visits)
    seats = list(ground.out((firm,), "LOCATED_IN")) if sent else []
    case.keep(seats)
    for seat in seats:
        for sender in sent:
            case.keep(way_up(ground, seat.to, sender.from_))
