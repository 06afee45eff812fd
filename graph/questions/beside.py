"""What stands beside the firms: ties, what no source gives to a firm, firms without a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.claims import Tie
from graph.nodes import Deal, Mission, kind_of
from graph.questions.activities import is_planned
from graph.questions.answers import HomeTieLine, NotAttributable, Unnamed
from graph.questions.case import scope
from graph.questions.during import missions_to
from graph.questions.ground import of_kind
from graph.questions.sums import first_reports, parts_of, same_deals
from graph.questions.ties import tie_lines as lines_of
from graph.questions.ties import ties_at
from graph.values import Role, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.claims import Claim
    from graph.dates import PartialDate
    from graph.questions.ground import Ground


@dataclass(frozen=True)
class Question:
    """Who benefits from a partner: of which home, if any, and as of when."""

    ground: Ground
    partner: str
    home: frozenset[str] | None
    as_of: PartialDate | None


def tie_lines(question: Question, evidence: Iterable[Claim]) -> tuple[HomeTieLine, ...]:
    """The partner's ties, seen from each other end; only home's own if a home is given.

    A tie that the evidence shown holds is listed whatever the day asked about: the source
    that reports an activity may show the tie in force and have been published later.
    """
    ground, partner = question.ground, question.partner
    told = (*ties_at(ground, (partner,), question.as_of), *of_kind(evidence, Tie))
    by_home: dict[str, list[Tie]] = {}
    for claim in {one.id: one for one in sorted(told, key=lambda one: one.id)}.values():
        other = claim.other(partner)
        if question.home is None or other in question.home:
            by_home.setdefault(other, []).append(claim)
    refs = ground.refs(by_home)
    return tuple(
        HomeTieLine(home=refs[home], **dict(line))
        for home, claims in sorted(by_home.items())
        for line in lines_of(ground, home, claims, question.as_of)
    )


def missions_of(question: Question, *, hosted: bool) -> list[str]:
    """The missions that visited the partner, or also that it hosted, of home if given.

    Planned ones are none.
    """
    ground = question.ground
    found = missions_to(ground, question.partner)
    if hosted:
        found |= {
            claim.to
            for claim in ground.out(scope(ground, question.partner), "HOSTED")
            if kind_of(claim.to) == "Mission" and getattr(claim, "role", None) is not Role.SPONSOR
        }
    kept = []
    for mission in sorted(found):
        start = ground.node(mission).span[0]
        late = start is not None and start.outside(None, question.as_of)
        senders = {claim.from_ for claim in ground.into((mission,), "SENT")}
        planned = is_planned(ground, mission)
        if not late and not planned and (question.home is None or senders & question.home):
            kept.append(mission)
    return kept


def not_attributable(question: Question) -> tuple[NotAttributable, ...]:
    """Results of the partner's missions that no source gives to a firm (domain, section 4)."""
    ground = question.ground
    missions = missions_of(question, hosted=True)
    made = {claim.from_ for claim in ground.into(missions, "MADE_AT")}
    deals = {
        node.id: node
        for node in ground.nodes(made).values()
        if isinstance(node, Deal) and node.stage is not Stage.MIXED
    }
    unsold = [deal for deal in deals if not _sold(ground, deal)]
    here = {deal: why for deal in unsold if (why := _whereabouts(question, deal)) is not None}
    first = set(first_reports(ground, here).values())
    listed = [deal for deal in sorted(first) if not parts_of(ground, deal) & here.keys()]
    return tuple(
        NotAttributable(
            deal=ground.deal_ref(deals[deal]),
            stage=deals[deal].stage,
            currency=deals[deal].currency,
            amount=deals[deal].amount,
            count=deals[deal].count,
            why="no_seller_named_in_partner" if here[deal] else "no_seller_named_no_city",
            citations=ground.told_of((deal,)),
        )
        for deal in listed
    )


def _sold(ground: Ground, deal: str) -> bool:
    return bool(ground.into(same_deals(ground, (deal,)), "SOLD"))


def _whereabouts(question: Question, deal: str) -> bool | None:
    """True for a place in the partner, False without any city, None for another place.

    A country alone leaves open in which city it was; one other than the partner's does not.
    """
    ground, partner = question.ground, question.partner
    area = scope(ground, partner) if kind_of(partner) == "City" else ground.seats((partner,))
    places = {claim.to for claim in ground.out((deal,), "IN_PLACE")}
    cities = [place for place in sorted(places) if kind_of(place) == "City"]
    if not cities:
        here = ground.countries(partner)
        return None if places and here and not places & here else False
    return True if any(ground.lies_in(city, area) for city in cities) else None


def unnamed(question: Question) -> tuple[Unnamed, ...]:
    """The missions that visited the partner with firms counted but not all named."""
    ground = question.ground
    lines = []
    missions = missions_of(question, hosted=False)
    ground.refs(missions)
    ground.told_of(missions)
    for mission in missions:
        node = ground.node(mission)
        named = firms_named(ground, mission)
        if isinstance(node, Mission) and node.firms_count and node.firms_count > named:
            lines.append(
                Unnamed(
                    mission=ground.ref(mission),
                    firms_count=node.firms_count,
                    named=named,
                    citations=ground.told_of((mission,)),
                )
            )
    return tuple(lines)


def firms_named(ground: Ground, mission: str) -> int:
    """How many firms that took part in a mission are on record by name."""
    joined = ground.into((mission,), "PARTICIPATED_IN")
    return len({claim.from_ for claim in joined if kind_of(claim.from_) == "Firm"})
