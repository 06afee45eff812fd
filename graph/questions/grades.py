"""What the sources say about one activity of a firm and one partner: flags and grade.

The rules are those of domain, section 4. Every claim that makes a flag true is kept:
together they are the evidence, the chain from the partner to the firm.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from graph.claims import Hosted, Tie
from graph.nodes import kind_of
from graph.questions.activities import Activity, is_planned, reporters
from graph.questions.answers import Flags
from graph.questions.ground import of_kind
from graph.questions.ties import in_force, ties_at
from graph.questions.totals import is_with, made_in
from graph.values import Grade, Role, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.claims import Claim
    from graph.questions.ground import Ground

Credited = Literal["mission", "firm"]


@dataclass(frozen=True)
class Graded:
    """An activity, its grade for a partner, and the claims that show it."""

    activity: Activity
    grade: Grade
    flags: Flags
    claims: tuple[Claim, ...]
    ties: tuple[Tie, ...] = ()
    """All tie claims that could have counted, in force or not."""
    missions: frozenset[str] = frozenset()
    """The missions of the chain: the activity's own, or those during which it began."""

    @property
    def order(self) -> tuple[int, int, str]:
        """Best grade first, then most flags, then by key."""
        return -self.grade.rank, -flag_count(self.flags), self.activity.key


def flag_count(flags: Flags) -> int:
    """How many of the six flags are true."""
    told = (flags.participated, flags.hosted, flags.counterparty, flags.tie_in_force)
    return sum((*told, flags.credited is not None, flags.confirmed))


@dataclass
class _Case:
    """One partner and one activity under examination."""

    ground: Ground
    partner: str
    activity: Activity
    evidence: dict[str, Claim] = field(default_factory=dict)

    def keep(self, claims: Iterable[Claim]) -> bool:
        """Keep the claims as evidence; whether there were any."""
        found = {claim.id: claim for claim in claims}
        self.evidence |= found
        return bool(found)

    @property
    def here(self) -> set[str]:
        """The partner and its parts."""
        return scope(self.ground, self.partner)


def scope(ground: Ground, partner: str) -> set[str]:
    """The partner, and a city's parts."""
    return ground.parts((partner,)) if kind_of(partner) == "City" else {partner}


def grade(ground: Ground, partner: str, activity: Activity) -> Graded | None:
    """The grade of an activity for a partner; None if nothing links the two."""
    if activity.agreed_with not in {None, partner}:
        return None
    case = _Case(ground, partner, activity)
    participated = _participated(case)
    hosted = _hosted(case)
    counterparty = _counterparty(case)
    credited, confirmed = _credited(case)
    linked = participated or hosted or counterparty or credited is not None
    during = frozenset() if linked else _began_during(case)
    if not linked and not during:
        return None
    ties = _ties(case)
    tie_in_force = _keep_ties_in_force(case, ties)
    case.keep((*activity.joined, *_made_at(case)))
    claims = tuple(sorted(case.evidence.values(), key=_chain_order))
    flags = Flags(
        participated=participated,
        hosted=hosted,
        counterparty=counterparty,
        tie_in_force=tie_in_force,
        credited=credited,
        confirmed=confirmed,
        independent_sources=ground.lineages(claims),
    )
    missions = activity.missions | during
    return Graded(activity, grade_of(flags), flags, claims, tuple(ties), missions)


def grade_of(flags: Flags) -> Grade:
    """The grade that these flags earn, for an activity that is linked to the partner at all."""
    if flags.tie_in_force and flags.credited == "firm":
        return Grade.CONFIRMED if flags.confirmed else Grade.STATED
    if flags.tie_in_force and has_alternative(flags):
        return Grade.SUPPORTED
    return Grade.CO_OCCURRENCE


def has_alternative(flags: Flags) -> bool:
    """Whether one of the three ways to `supported` beside the tie holds."""
    mission = flags.participated and (flags.hosted or flags.credited == "mission")
    return mission or flags.counterparty


_CHAIN = (
    "SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY", "TWINNED", "AGREEMENT", "CREDITS",
    "HOSTED", "SENT", "VISITED", "IN_PLACE", "BOUGHT", "MADE_AT", "PARTICIPATED_IN", "SOLD",
    "LOCATED_IN", "PART_OF", "IN_COUNTRY",
)  # fmt: skip


def _chain_order(claim: Claim) -> tuple[int, str]:
    return _CHAIN.index(claim.kind), claim.id


# ---------------------------------------------------------------- flags


def _participated(case: _Case) -> bool:
    """F took part in a mission or event that visited P, met P, or took place in P."""
    ground, here = case.ground, case.here
    joined = {c.to: c for c in case.activity.joined if c.kind == "PARTICIPATED_IN"}
    near = [
        claim
        for claim in ground.out(joined, "VISITED", "LOCATED_IN")
        if claim.to in here or (claim.kind == "LOCATED_IN" and ground.lies_in(claim.to, here))
    ]
    case.keep(joined[claim.from_] for claim in near)
    return case.keep(near) and _keep_whereabouts(case, near)


def _keep_whereabouts(case: _Case, claims: Iterable[Claim]) -> bool:
    """Keep how the parts of P that these claims name lie in P; always True."""
    for claim in claims:
        for end in (claim.from_, claim.to):
            if kind_of(end) == "City" and end != case.partner and end in case.here:
                case.keep(_way_up(case.ground, end, case.partner))
    return True


def _way_up(ground: Ground, city: str, top: str) -> list[Claim]:
    """The PART_OF claims that lead from a city up to one that contains it."""
    between = ground.containers((city,)) & ground.parts((top,))
    return [c for c in ground.out(between, "PART_OF") if c.to in between]


def _hosted(case: _Case) -> bool:
    """P hosted it in any role but sponsor."""
    claims = [
        claim
        for claim in of_kind(case.ground.into(case.activity.occasions, "HOSTED"), Hosted)
        if claim.from_ in case.here and claim.role is not Role.SPONSOR
    ]
    return case.keep(claims) and _keep_whereabouts(case, claims)


def _counterparty(case: _Case) -> bool:
    """F has a deal with P here, or this is F's agreement with P."""
    ground, here = case.ground, case.here
    if case.activity.agreed_with is not None:
        return True
    deals = [deal for deal in sorted(case.activity.deals) if is_with(ground, deal, case.partner)]
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
    return case.keep(told) and _keep_whereabouts(case, told)


def _made_at(case: _Case) -> list[Claim]:
    """What makes the deals and the occasions of an activity one."""
    made = case.ground.out(case.activity.deals, "MADE_AT")
    return [claim for claim in made if claim.to in case.activity.occasions]


def _credited(case: _Case) -> tuple[Credited | None, bool]:
    """Whom P is credited with helping, and whether the firm itself says so."""
    activity, ground = case.activity, case.ground
    told_by = reporters(ground, activity)
    firm, mission = [], []
    for claim in ground.out(case.here, "CREDITS"):
        if claim.to in activity.deals or (claim.to == activity.firm and claim.source in told_by):
            firm.append(claim)
        elif claim.to in activity.missions:
            mission.append(claim)
    case.keep((*firm, *mission))
    _keep_whereabouts(case, (*firm, *mission))
    kinds = {ground.source(claim.source).source_kind for claim in (*firm, *mission)}
    credited: Credited | None = "firm" if firm else "mission" if mission else None
    return credited, SourceKind.STATEMENT in kinds


def _ties(case: _Case) -> list[Tie]:
    """The ties between P and the sending city, F's city, or a city that contains one of them."""
    ground, activity = case.ground, case.activity
    senders = {claim.from_ for claim in ground.into(activity.missions, "SENT")}
    homes = ground.containers(senders | ground.seats((activity.firm,)))
    return [
        claim
        for claim in ties_at(ground, (case.partner,))
        if claim.other(case.partner) in homes and claim.from_ != claim.to
    ]


def _keep_ties_in_force(case: _Case, ties: Iterable[Tie]) -> bool:
    ground, activity = case.ground, case.activity
    told_by = reporters(ground, activity)
    held = [tie for tie in ties if in_force(ground, tie, activity.begins, told_by)]
    for tie in held:
        _keep_home(case, tie.other(case.partner))
    return case.keep(held)


def _keep_home(case: _Case, home: str) -> None:
    """Keep how the activity leads to the city that has the tie: who sent it, where F sits."""
    ground, activity = case.ground, case.activity
    area = ground.parts((home,))
    sent = [c for c in ground.into(activity.missions, "SENT") if c.from_ in area]
    sits = [c for c in ground.out((activity.firm,), "LOCATED_IN") if c.to in area]
    case.keep((*sent, *sits))
    for claim in (*sent, *sits):
        city = claim.from_ if claim.kind == "SENT" else claim.to
        case.keep(_way_up(ground, city, home))


# ---------------------------------------------------------------- the weakest link


def _began_during(case: _Case) -> frozenset[str]:
    """The missions to P during which an event or deal of F began in P's country."""
    ground, activity = case.ground, case.activity
    area = ground.countries(case.partner)
    if not area or activity.agreed_with is not None:
        return frozenset()
    abroad = [c.to for c in activity.joined if _lies_in(ground, c.to, area)]
    if not abroad:
        return frozenset()
    missions = missions_to(ground, case.partner)
    own = own_missions(ground, activity.firm) & missions
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


def missions_to(ground: Ground, partner: str) -> set[str]:
    """The missions that visited a partner, planned ones left out."""
    visits = ground.into(scope(ground, partner), "VISITED")
    return {claim.from_ for claim in visits if not is_planned(ground, claim.from_)}


def own_missions(ground: Ground, firm: str) -> set[str]:
    """The missions that a firm joined or its city, or one that contains it, sent."""
    joined = {c.to for c in ground.out((firm,), "PARTICIPATED_IN") if kind_of(c.to) == "Mission"}
    homes = ground.containers(ground.seats((firm,)))
    return joined | {claim.to for claim in ground.out(homes, "SENT")}


def _during(ground: Ground, item: str, mission: str) -> bool:
    begins = ground.node(item).span[0]
    start, end = ground.node(mission).span
    return begins is not None and start is not None and begins.within(start, end)


def _keep_meeting(case: _Case, mission: str, item: str) -> None:
    ground, firm = case.ground, case.activity.firm
    visits = [c for c in ground.out((mission,), "VISITED") if c.to in case.here | {item}]
    homes = ground.containers(ground.seats((firm,)))
    sent = [c for c in ground.into((mission,), "SENT") if c.from_ in homes]
    joined = [c for c in ground.out((firm,), "PARTICIPATED_IN") if c.to == mission]
    where = ground.out((item,), "LOCATED_IN", "IN_PLACE", "IN_COUNTRY")
    case.keep((*visits, *sent, *joined, *where))
    _keep_whereabouts(case, visits)
    seats = list(ground.out((firm,), "LOCATED_IN")) if sent else []
    case.keep(seats)
    for seat in seats:
        for sender in sent:
            case.keep(_way_up(ground, seat.to, sender.from_))
