"""A second reading of domain.md: who benefits, and what is not known (section 4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.claims import WHEREABOUTS, Hosted, MadeAt, ParticipatedIn, Sent, Sold, Tie
from graph.dates import PartialDate
from graph.nodes import Mission, kind_of
from graph.values import Grade, Role, SourceKind, Stage
from tests.naive import Facts, area, countries, parts, seats
from tests.naive_grades import (
    Activity,
    Flags,
    activities,
    alternatives,
    co_occurring,
    earliest,
    flags,
    grade,
    happened,
    missions_of,
    missions_to,
    own_deals,
)
from tests.naive_sums import (
    Sum,
    first_reports,
    group_of,
    parts_of_deal,
    places_of,
    sums,
    with_partner,
)
from tests.naive_ties import Line, fold, ties_of

NEVER_READ = (SourceKind.REGISTER, SourceKind.DATASET)
SILENT = WHEREABOUTS | {"SAME_AS", "DIFFERENT_FROM"}


@dataclass(frozen=True)
class Graded:
    """One activity of a firm as the partner sees it."""

    activity: Activity
    flags: Flags
    grade: Grade


@dataclass(frozen=True)
class Benefit:
    """What is known of one firm and one partner."""

    shown: tuple[Graded, ...]

    @property
    def best(self) -> Graded:
        """Best grade, then most flags, then the least id."""
        return min(
            self.shown,
            key=lambda one: (-one.grade.rank, -one.flags.number, one.activity.key),
        )


def benefit(
    facts: Facts, partner: str, firm: str, as_of: PartialDate | None = None
) -> Benefit | None:
    """What a firm has of a partner; None if nothing."""
    if firm_is_at_home(facts, partner, firm):
        return None
    shown = []
    for activity in activities(facts, firm, partner):
        if later(facts, activity, as_of):
            continue
        told = flags(facts, partner, activity)
        graded = grade(facts, partner, activity, told)
        if graded:
            shown.append(Graded(activity, told, graded))
    return Benefit(tuple(shown)) if shown else None


def firm_is_at_home(facts: Facts, partner: str, firm: str) -> bool:
    """Whether a firm is in the partner's country."""
    return bool(countries(facts, firm) & countries(facts, partner))


def later(facts: Facts, activity: Activity, as_of: PartialDate | None) -> bool:
    """Whether an activity is of a later time than asked about."""
    counts_from = activity.began or earliest(facts.published(claim) for claim in activity.ties)
    return as_of is not None and counts_from is not None and counts_from.first > as_of.last


def beneficiaries(
    facts: Facts, partner: str, home: str | None = None, as_of: PartialDate | None = None
) -> dict[str, Benefit]:
    """The firms that benefit from a partner."""
    found = {}
    for firm in facts.all_of("Firm"):
        one = benefit(facts, partner, firm, as_of)
        if one and (home is None or belongs(facts, partner, firm, one, home)):
            found[firm] = one
    return found


def belongs(facts: Facts, partner: str, firm: str, one: Benefit, home: str) -> bool:
    """Seated at home, or joined a mission that home sent."""
    inside = parts(facts, home)
    if seats(facts, firm) & inside:
        return True
    near = {mission for graded in one.shown for mission in missions_of(graded.activity)}
    for graded in one.shown:
        if not graded.flags.linked:
            near |= {mission for mission, _ in co_occurring(facts, partner, graded.activity)}
    joined = {claim.to for claim in facts.of(ParticipatedIn) if claim.from_ == firm}
    return bool(near & joined & sent_by(facts, inside))


def sent_by(facts: Facts, cities: set[str]) -> set[str]:
    """The missions that these cities sent."""
    return {claim.to for claim in facts.of(Sent) if claim.from_ in cities}


def missing(one: Graded) -> set[str]:
    """What would have to be on record for the next grade."""
    if one.grade == Grade.SUPPORTED:
        return {"credited"}
    if one.grade == Grade.STATED:
        return {"confirmed"}
    if one.grade == Grade.CONFIRMED:
        return set()
    lacking = set() if one.flags.tie_in_force else {"tie_in_force"}
    return lacking if alternatives(one.flags) else lacking | {"counterparty"}


Split = dict[tuple[Stage | None, str, bool], Sum]


def amounts(facts: Facts, partner: str, one: Benefit) -> Split:
    """F's own deals at the activities shown, by stage and currency, at the partner or not.

    A result is at the partner if any report of it by F is.
    """
    deals = {deal for graded in one.shown for deal in own_deals(graded.activity)}
    here = {
        other
        for deal in deals
        if with_partner(facts, deal, partner)
        for other in group_of(facts, deal)
    }
    found: Split = {}
    for is_here, own in ((True, deals & here), (False, deals - here)):
        for name, line in sums(facts, own)[0].items():
            found[*name, is_here] = line
    return found


def not_attributable(
    facts: Facts, partner: str, home: str | None = None, as_of: PartialDate | None = None
) -> dict[str, str]:
    """Deals that no source gives to a firm, with the reason why they are listed."""
    why = {}
    for mission in missions_with(facts, partner, home, as_of):
        for claim in facts.of(MadeAt):
            if claim.to == mission and (reason := unattributed(facts, partner, claim.from_)):
                why[claim.from_] = reason
    listed = first_reports(facts, why)
    return {deal: why[deal] for deal in listed if not parts_of_deal(facts, deal) & why.keys()}


def unattributed(facts: Facts, partner: str, deal: str) -> str | None:
    """Why a deal could be the partner's, None if it could not or has a seller."""
    if any(claim.to in group_of(facts, deal) for claim in facts.of(Sold)):
        return None
    if facts.deal(deal).stage == Stage.MIXED:
        return None
    places = places_of(facts, deal)
    if places & area(facts, partner):
        return "no_seller_named_in_partner"
    if any(kind_of(place) == "City" for place in places) or all_abroad(facts, partner, places):
        return None
    return "no_seller_named_no_city"


def all_abroad(facts: Facts, partner: str, lands: set[str]) -> bool:
    """Whether there are countries, and each is another than the partner's."""
    home = countries(facts, partner)
    return bool(home) and bool(lands) and all(land not in home for land in lands)


def missions_with(
    facts: Facts, partner: str, home: str | None, as_of: PartialDate | None
) -> set[str]:
    """The missions that visited P or that P hosted."""
    inside = parts(facts, partner)
    hosted = {
        claim.to
        for claim in facts.of(Hosted)
        if claim.from_ in inside and kind_of(claim.to) == "Mission" and claim.role != Role.SPONSOR
    }
    return kept(facts, missions_to(facts, partner) | hosted, home, as_of)


def kept(
    facts: Facts, missions: Iterable[str], home: str | None, as_of: PartialDate | None
) -> set[str]:
    """Those missions that took place, that home sent, and that are not later."""
    found = {mission for mission in missions if happened(facts, mission)}
    if home is not None:
        found &= sent_by(facts, parts(facts, home))
    begun = {mission: facts.nodes[mission].span[0] for mission in found}
    return {m for m, day in begun.items() if not (as_of and day and day.first > as_of.last)}


def unnamed(
    facts: Facts, partner: str, home: str | None = None, as_of: PartialDate | None = None
) -> dict[str, tuple[int, int]]:
    """Missions that visited P with firms counted but not named: how many, and how many named."""
    found = {}
    for mission in kept(facts, missions_to(facts, partner), home, as_of):
        node = facts.nodes[mission]
        assert isinstance(node, Mission)
        named = {
            claim.from_
            for claim in facts.of(ParticipatedIn)
            if claim.to == mission and kind_of(claim.from_) == "Firm"
        }
        if node.firms_count and node.firms_count > len(named):
            found[mission] = (node.firms_count, len(named))
    return found


def read_about(facts: Facts, entity: str) -> set[str]:
    """The sources that were read about an entity or a part; registers and data sets never are."""
    inside = parts(facts, entity)
    told = {
        claim.source
        for claim in facts.claims
        if {claim.from_, claim.to} & inside and claim.kind not in SILENT
    }
    kinds = {one: getattr(facts.nodes[one], "source_kind", None) for one in told}
    return {one for one in told if kinds[one] not in NEVER_READ}


def coverage(facts: Facts, entity: str, *, found: bool) -> tuple[str, int]:
    """Which nothing it is, and how many sources were read."""
    read = read_about(facts, entity)
    if found:
        return "found", len(read)
    return ("none_in_sources_read" if read else "nothing_read"), len(read)


def ties(
    facts: Facts,
    partner: str,
    home: str | None = None,
    as_of: PartialDate | None = None,
    held: Collection[str] = (),
) -> list[Line]:
    """The partner's ties and those held as evidence; with `home`, only its own and its parts'."""
    early = ties_of(facts, partner, as_of)
    late = [tie for tie in facts.of(Tie) if tie.id in held and tie not in early]
    lines = fold(facts, partner, [*early, *late], as_of)
    return [line for line in lines if home is None or line.other in parts(facts, home)]
