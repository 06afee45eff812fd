"""A second reading of domain.md: activities, flags and grades (section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from graph.claims import (
    IDENTITY_KINDS,
    WHEREABOUTS,
    Agreement,
    Claim,
    Credits,
    Hosted,
    MadeAt,
    ParticipatedIn,
    SameDealAs,
    Sent,
    Sold,
    Tie,
    Visited,
)
from graph.dates import PartialDate
from graph.nodes import Mission, kind_of
from graph.values import Grade, Role, SourceKind, Status
from tests.naive import Facts, countries, holding, joined, parts, seats
from tests.naive_sums import lies_in, places_of, with_partner
from tests.naive_ties import fold, in_force, ties_of


@dataclass(frozen=True)
class Activity:
    """Missions, events and deals that are one, or an agreement; and what ties the firm to it."""

    firm: str
    items: frozenset[str]
    ties: tuple[Claim, ...]
    began: PartialDate | None

    @property
    def key(self) -> str:
        """The least of its ids."""
        return min((*self.items, *(claim.id for claim in self.ties)))

    @property
    def is_agreement(self) -> bool:
        """Whether this is the firm's agreement with the partner."""
        return not self.items


@dataclass(frozen=True)
class Flags:
    """What the sources say about one activity."""

    participated: bool
    hosted: bool
    counterparty: bool
    tie_in_force: bool
    credited: Literal["mission", "firm"] | None
    confirmed: bool

    @property
    def linked(self) -> bool:
        """Whether one of them leads to the partner, a tie apart."""
        return self.participated or self.hosted or self.counterparty or self.credited is not None

    @property
    def number(self) -> int:
        """How many of them are set."""
        told = (self.participated, self.hosted, self.counterparty, self.tie_in_force)
        return sum(told) + bool(self.credited) + self.confirmed


def happened(facts: Facts, node_id: str) -> bool:
    """False for planned missions, which are no activity."""
    node = facts.nodes[node_id]
    return not (isinstance(node, Mission) and node.status == "planned")


def earliest(days: Iterable[PartialDate | None]) -> PartialDate | None:
    """The earliest of the known ones."""
    known = [day for day in days if day is not None]
    return min(known, key=lambda day: (day.first, day.last)) if known else None


def activities(facts: Facts, firm: str, partner: str) -> list[Activity]:
    """What a firm is tied to: missions, events, deals, and agreements with the partner."""
    tying = [
        claim
        for claim in [*facts.of(ParticipatedIn), *facts.of(Sold)]
        if claim.from_ == firm
        and kind_of(claim.to) in ("Mission", "Event", "Deal")
        and happened(facts, claim.to)
    ]
    own = {claim.to for claim in tying}
    made = [
        {claim.from_, claim.to}
        for claim in facts.of(MadeAt)
        if claim.from_ in own and kind_of(claim.to) != "Programme" and happened(facts, claim.to)
    ]
    same = [{c.from_, c.to} for c in facts.of(SameDealAs) if {c.from_, c.to} <= own]
    found = []
    for items in joined([*({one} for one in own), *made, *same]):
        ties = tuple(claim for claim in tying if claim.to in items)
        began = earliest(facts.nodes[item].span[0] for item in items)
        found.append(Activity(firm, frozenset(items), ties, began))
    return [*found, *agreements(facts, firm, partner)]


def agreements(facts: Facts, firm: str, partner: str) -> list[Activity]:
    """The firm's agreements with the partner, one for each line; proposed is none."""
    ties = [
        tie
        for tie in facts.of(Agreement)
        if {tie.from_, tie.to} == {firm, partner} and tie.status != Status.PROPOSED
    ]
    lines = fold(facts, partner, ties)
    return [Activity(firm, frozenset(), line.claims, line.signed_on) for line in lines]


def reporters(facts: Facts, activity: Activity) -> set[str]:
    """The sources that report an activity."""
    silent = WHEREABOUTS | IDENTITY_KINDS
    told = [
        claim
        for claim in facts.claims
        if claim.kind not in silent and {claim.from_, claim.to} & activity.items
    ]
    return {claim.source for claim in [*told, *activity.ties]}


def missions_of(activity: Activity) -> list[str]:
    """The missions of an activity."""
    return sorted(item for item in activity.items if kind_of(item) == "Mission")


def own_deals(activity: Activity) -> list[str]:
    """The firm's deals of an activity."""
    return sorted(claim.to for claim in activity.ties if claim.kind == "SOLD")


def participated(facts: Facts, partner: str, activity: Activity) -> bool:
    """Took part in a mission or event that visited P, met P, or took place in P."""
    inside = parts(facts, partner)
    for tie in activity.ties:
        if tie.kind == "PARTICIPATED_IN":
            visited = {claim.to for claim in facts.of(Visited) if claim.from_ == tie.to}
            if (visited | seats(facts, tie.to)) & inside:
                return True
    return False


def hosted(facts: Facts, partner: str, activity: Activity) -> bool:
    """P hosted it in any role but sponsor."""
    return any(
        claim.to in activity.items and claim.role != Role.SPONSOR
        for claim in facts.of(Hosted)
        if claim.from_ in parts(facts, partner)
    )


def counterparty(facts: Facts, partner: str, activity: Activity) -> bool:
    """A deal whose buyer is P or sits in P, or that was made in P; or an agreement with P."""
    if activity.is_agreement:
        return True
    return any(with_partner(facts, deal, partner) for deal in own_deals(activity))


def ties_in_force(facts: Facts, partner: str, activity: Activity) -> list[Tie]:
    """The ties of P with the sending city, F's city, or what contains them, in force then."""
    sending = {claim.from_ for claim in facts.of(Sent) if claim.to in activity.items}
    near = holding(facts, sending | seats(facts, activity.firm))
    ties = [tie for tie in ties_of(facts, partner) if tie.other(partner) in near]
    told = reporters(facts, activity)
    return [tie for tie in ties if in_force(facts, tie, ties, activity.began, told)]


def credits_of(facts: Facts, partner: str, activity: Activity) -> list[Credits]:
    """The CREDITS claims by P about this activity."""
    told = reporters(facts, activity)
    deals = own_deals(activity)
    return [
        claim
        for claim in facts.of(Credits)
        if claim.from_ in parts(facts, partner)
        and (
            claim.to in deals
            or (claim.to == activity.firm and claim.source in told)
            or claim.to in missions_of(activity)
        )
    ]


def flags(facts: Facts, partner: str, activity: Activity) -> Flags:
    """The flags of one activity."""
    credit = credits_of(facts, partner, activity)
    credited: Literal["mission", "firm"] | None = "mission" if credit else None
    if any(kind_of(claim.to) != "Mission" for claim in credit):
        credited = "firm"
    return Flags(
        participated(facts, partner, activity),
        hosted(facts, partner, activity),
        counterparty(facts, partner, activity),
        bool(ties_in_force(facts, partner, activity)),
        credited,
        any(facts.source(claim).source_kind == SourceKind.STATEMENT for claim in credit),
    )


def grade(facts: Facts, partner: str, activity: Activity, told: Flags) -> Grade | None:
    """The grade of an activity, None if there is nothing to grade."""
    if told.tie_in_force and told.credited == "firm":
        return Grade.CONFIRMED if told.confirmed else Grade.STATED
    if told.tie_in_force and alternatives(told):
        return Grade.SUPPORTED
    if told.linked:
        return Grade.CO_OCCURRENCE
    return Grade.CO_OCCURRENCE if co_occurring(facts, partner, activity) else None


def alternatives(told: Flags) -> bool:
    """One of the three that make a tie in force a support."""
    with_host = told.participated and told.hosted
    with_credit = told.participated and told.credited == "mission"
    return with_host or with_credit or told.counterparty


def missions_to(facts: Facts, partner: str) -> set[str]:
    """The missions that visited P."""
    inside = parts(facts, partner)
    visits = {claim.from_ for claim in facts.of(Visited) if claim.to in inside}
    return {mission for mission in visits if happened(facts, mission)}


def co_occurring(facts: Facts, partner: str, activity: Activity) -> set[tuple[str, str]]:
    """Missions to P, and what of F began in P's country during each."""
    near = holding(facts, seats(facts, activity.firm))
    own = {claim.to for claim in facts.of(Sent) if claim.from_ in near}
    own |= {claim.to for claim in facts.of(ParticipatedIn) if claim.from_ == activity.firm}
    return {
        (mission, tie.to)
        for mission in missions_to(facts, partner) & own
        for tie in activity.ties
        if kind_of(tie.to) in ("Event", "Deal")
        and abroad_with(facts, partner, tie.to)
        and during(facts, tie.to, mission)
    }


def abroad_with(facts: Facts, partner: str, item: str) -> bool:
    """Whether an event or deal lies in P's country."""
    if kind_of(item) == "Event":
        return bool(countries(facts, item) & countries(facts, partner))
    places = places_of(facts, item)
    return any(
        bool(places) and all(lies_in(facts, place, country) for place in places)
        for country in countries(facts, partner)
    )


def during(facts: Facts, item: str, mission: str) -> bool:
    """Whether something surely began during a mission."""
    began = facts.nodes[item].span[0]
    start, end = facts.nodes[mission].span
    if began is None or start is None:
        return False
    last = (end or start).first
    return start.last <= began.first and began.last <= last
