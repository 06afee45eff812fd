"""Which flags an activity of a firm has for a partner (domain, section 4).

Every claim that makes a flag true is kept in the case: together they are the evidence,
the chain from the partner to the firm.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from graph.claims import Hosted, Tie
from graph.nodes import kind_of
from graph.questions.case import Case, keep_whereabouts, scope, way_up
from graph.questions.ground import of_kind
from graph.questions.ties import in_force, ties_at
from graph.questions.totals import is_with, made_in
from graph.values import Role, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.claims import Claim
    from graph.questions.ground import Ground

Credited = Literal["mission", "firm"]


def participated(case: Case) -> bool:
    """F took part in a mission or event that visited P, met P, or took place in P."""
    ground, here = case.ground, case.here
    joined = {c.to: c for c in case.activity.joined if c.kind == "PARTICIPATED_IN"}
    near = [
        claim
        for claim in ground.out(joined, "VISITED", "LOCATED_IN")
        if claim.to in here or (claim.kind == "LOCATED_IN" and ground.lies_in(claim.to, here))
    ]
    case.keep(joined[claim.from_] for claim in near)
    return case.keep(near) and keep_whereabouts(case, near)


def hosted(case: Case) -> bool:
    """P hosted it in any role but sponsor."""
    claims = [
        claim
        for claim in of_kind(case.ground.into(case.activity.occasions, "HOSTED"), Hosted)
        if claim.from_ in case.here and claim.role is not Role.SPONSOR
    ]
    return case.keep(claims) and keep_whereabouts(case, claims)


def counterparty(case: Case) -> bool:
    """F has a deal with P here, or this is F's agreement with P."""
    ground, here = case.ground, case.here
    if case.activity.agreed_with is not None:
        return True
    deals = [deal for deal in sorted(case.activity.deals) if is_with(ground, deal, case.partner)]
    if not deals:
        return False
    made = [
        claim
        for claim in ground.out(deals, "IN_PLACE")
        if kind_of(case.partner) == "City" and made_in(ground, claim.from_, case.partner)
    ]
    bought = ground.into(deals, "BOUGHT")
    seats = [c for c in ground.out((b.from_ for b in bought), "LOCATED_IN") if c.to in here]
    sitting = here | {claim.from_ for claim in seats}
    bought = [claim for claim in bought if claim.from_ in sitting]
    seats = [claim for claim in seats if claim.from_ not in here]
    told = (*made, *bought, *seats)
    return case.keep(told) and keep_whereabouts(case, told)


def made_at(case: Case) -> list[Claim]:
    """What makes the deals and the occasions of an activity one."""
    made = case.ground.out(case.activity.deals, "MADE_AT")
    return [claim for claim in made if claim.to in case.activity.occasions]


def credited(case: Case) -> tuple[Credited | None, bool]:
    """Whom P is credited with helping, and whether the firm itself says so."""
    activity, ground = case.activity, case.ground
    missions, firm, mission = activity.missions, [], []
    by_target = ground.once(_credits_of, case.partner)
    near = (*activity.deals, *missions, activity.firm)
    for claim in sorted((c for one in near for c in by_target.get(one, ())), key=_id):
        if claim.to in activity.deals or (
            claim.to == activity.firm and claim.source in case.reporters
        ):
            firm.append(claim)
        elif claim.to in missions:
            mission.append(claim)
    case.keep((*firm, *mission))
    keep_whereabouts(case, (*firm, *mission))
    kinds = {ground.source(claim.source).source_kind for claim in (*firm, *mission)}
    credited: Credited | None = "firm" if firm else "mission" if mission else None
    return credited, SourceKind.STATEMENT in kinds


def _credits_of(ground: Ground, partner: str) -> dict[str, list[Claim]]:
    """What the partner is credited with, by what that is."""
    by_target: dict[str, list[Claim]] = defaultdict(list)
    for claim in ground.out(scope(ground, partner), "CREDITS"):
        by_target[claim.to].append(claim)
    return by_target


def _id(claim: Claim) -> str:
    return claim.id


def ties(case: Case) -> list[Tie]:
    """The ties between P and the sending city, F's city, or a city that contains one of them."""
    ground, activity = case.ground, case.activity
    senders = {claim.from_ for claim in ground.into(activity.missions, "SENT")}
    homes = ground.containers(senders | ground.seats((activity.firm,)))
    by_home = ground.once(_ties_by_home, case.partner)
    found = [claim for home in homes for claim in by_home.get(home, ())]
    return sorted(found, key=lambda claim: claim.id)


def _ties_by_home(ground: Ground, partner: str) -> dict[str, list[Tie]]:
    """The partner's ties by their other end; a tie with itself is none."""
    by_home: dict[str, list[Tie]] = defaultdict(list)
    for claim in ties_at(ground, (partner,)):
        if claim.from_ != claim.to:
            by_home[claim.other(partner)].append(claim)
    return by_home


def keep_ties_in_force(case: Case, ties: Iterable[Tie]) -> bool:
    """Whether one of these ties was in force when the activity began; keeps those that were."""
    ground, begins = case.ground, case.activity.begins
    held = [tie for tie in ties if in_force(ground, tie, begins, lambda: case.reporters)]
    for tie in held:
        _keep_home(case, tie.other(case.partner))
    return case.keep(held)


def _keep_home(case: Case, home: str) -> None:
    """Keep how the activity leads to the city that has the tie: who sent it, where F sits."""
    ground, activity = case.ground, case.activity
    sent = [
        c for c in ground.into(activity.missions, "SENT") if home in ground.containers((c.from_,))
    ]
    sits = [
        c for c in ground.out((activity.firm,), "LOCATED_IN") if home in ground.containers((c.to,))
    ]
    case.keep((*sent, *sits))
    for claim in (*sent, *sits):
        city = claim.from_ if claim.kind == "SENT" else claim.to
        case.keep(way_up(ground, city, home))
