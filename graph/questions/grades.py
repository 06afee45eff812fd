"""What the sources say about one activity of a firm and one partner: flags and grade.

The rules are those of domain, section 4; `graph.questions.flags` reads each flag and keeps
the claims that show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.questions import flags as read
from graph.questions.answers import Flags
from graph.questions.case import Case
from graph.questions.during import began_during
from graph.values import Grade

if TYPE_CHECKING:
    from graph.claims import Claim, Tie
    from graph.questions.activities import Activity
    from graph.questions.ground import Ground


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


def grade(ground: Ground, partner: str, activity: Activity) -> Graded | None:
    """The grade of an activity for a partner; None if nothing links the two."""
    if activity.agreed_with not in {None, partner}:
        return None
    case = Case(ground, partner, activity)
    participated = read.participated(case)
    hosted = read.hosted(case)
    counterparty = read.counterparty(case)
    credited, confirmed = read.credited(case)
    linked = participated or hosted or counterparty or credited is not None
    during = frozenset() if linked else began_during(case)
    if not linked and not during:
        return None
    ties = read.ties(case)
    tie_in_force = read.keep_ties_in_force(case, ties)
    case.keep((*activity.joined, *read.made_at(case)))
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
