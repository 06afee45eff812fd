"""Which firms benefit from a partner, and what is the evidence.

The product never says that a tie caused a result: it says what a source states, and no
evidence is never reported as no benefit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.claims import Tie
from graph.errors import BadRequest
from graph.nodes import Deal, Mission, kind_of
from graph.questions.activities import activities, is_planned
from graph.questions.answers import (
    Amount,
    BeneficiariesAnswer,
    Beneficiary,
    Benefit,
    BenefitsAnswer,
    Evidence,
    HomeTieLine,
    NotAttributable,
    PartnerBenefit,
    Unnamed,
)
from graph.questions.candidates import firms_near, partners_near
from graph.questions.coverage import coverage
from graph.questions.grades import Graded, flag_count, grade, missions_to, scope
from graph.questions.ground import Ground
from graph.questions.missing import missing
from graph.questions.sums import first_reports, parts_of, same_deals, sum_up
from graph.questions.ties import tie_lines, ties_at
from graph.questions.totals import is_with
from graph.values import Grade, Role, Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graph.dates import PartialDate
    from graph.store import View


@dataclass(frozen=True)
class _Question:
    ground: Ground
    partner: str
    home: frozenset[str] | None
    as_of: PartialDate | None


def beneficiaries(
    view: View,
    partner: str,
    home: str | None = None,
    as_of: PartialDate | None = None,
    min_grade: Grade = Grade.CO_OCCURRENCE,
) -> BeneficiariesAnswer:
    """The firms, best grade first, with what no source gives to a firm beside them.

    `home` keeps what belongs to that city, `as_of` leaves out what came later. NotFound
    if nothing describes the partner; BadRequest if it is no City or Organization, or if
    `home` is no City.
    """
    ground = Ground(view)
    ground.node(partner)
    _require(partner, "id", {"City", "Organization"})
    area = None
    if home is not None:
        ground.node(home)
        _require(home, "home", {"City"})
        area = frozenset(ground.parts((home,)))
    question = _Question(ground, partner, area, as_of)
    lines = _lines(question)
    kept = [line for line in lines if line.grade.rank >= min_grade.rank]
    return BeneficiariesAnswer(
        partner=ground.ref(partner),
        home=ground.ref(home) if home else None,
        as_of=as_of,
        ties=_tie_lines(question),
        beneficiaries=tuple(kept),
        below_min_grade=len(lines) - len(kept),
        not_attributable=_not_attributable(question),
        unnamed=_unnamed(question),
        coverage=coverage(ground, partner, found=bool(lines)),
        dataset_version=view.version(),
    )


def _require(node_id: str, param: str, kinds: Collection[str]) -> None:
    if kind_of(node_id) not in kinds:
        listed = " or ".join(sorted(kinds))
        raise BadRequest(param, f"{node_id} is a {kind_of(node_id)}; ask about a {listed}")


def benefits(view: View, firm: str) -> BenefitsAnswer:
    """The partners of whose beneficiaries a firm is one, best grade first.

    NotFound if nothing describes the firm; BadRequest if it is none.
    """
    ground = Ground(view)
    ground.node(firm)
    _require(firm, "id", {"Firm"})
    found = {
        p: _graded(_Question(ground, p, None, None), firm) for p in partners_near(ground, firm)
    }
    refs = ground.refs(partner for partner, graded in found.items() if graded)
    lines = [
        PartnerBenefit(partner=refs[partner], **dict(_benefit(ground, partner, graded)))
        for partner, graded in found.items()
        if graded
    ]
    return BenefitsAnswer(
        firm=ground.ref(firm),
        partners=tuple(sorted(lines, key=lambda line: (*_standing(line), line.partner.id))),
        coverage=coverage(ground, firm, found=bool(lines)),
        dataset_version=view.version(),
    )


# ---------------------------------------------------------------- firms


def _lines(question: _Question) -> list[Beneficiary]:
    ground = question.ground
    found = {f: _graded(question, f) for f in firms_near(ground, question.partner)}
    found = {firm: graded for firm, graded in found.items() if graded}
    homes = {firm: min(ground.seats((firm,)), default=None) for firm in found}
    refs = ground.refs([*found, *(home for home in homes.values() if home)])
    lines = [
        Beneficiary(
            firm=refs[firm],
            home=refs[home] if (home := homes[firm]) else None,
            **dict(_benefit(ground, question.partner, graded)),
        )
        for firm, graded in found.items()
    ]
    return sorted(lines, key=lambda line: (*_standing(line), line.firm.name, line.firm.id))


def _standing(line: Benefit) -> tuple[int, int, bool]:
    """Best grade first, then most flags, then those with amounts."""
    return -line.grade.rank, -flag_count(line.flags), not line.amounts


def _graded(question: _Question, firm: str) -> list[Graded]:
    """The firm's graded activities, best first; empty if it is none of the partner's."""
    ground, partner = question.ground, question.partner
    if ground.countries(firm) & ground.countries(partner):
        return []
    graded = [
        one
        for activity in activities(ground, firm)
        if (one := grade(ground, partner, activity)) is not None and not _later(question, one)
    ]
    if question.home is not None and not _at_home(question, firm, graded):
        return []
    return sorted(graded, key=lambda one: one.order)


def _later(question: _Question, graded: Graded) -> bool:
    """Whether an activity began after `as_of`; an undated one counts from its publication."""
    if question.as_of is None:
        return False
    told = graded.activity.joined
    days = [day for claim in told if (day := question.ground.published(claim)) is not None]
    known = graded.activity.begins or min(days, key=lambda day: day.first, default=None)
    return known is not None and known.outside(None, question.as_of)


def _at_home(question: _Question, firm: str, graded: Iterable[Graded]) -> bool:
    """Whether the firm is seated at home or joined a mission that home sent."""
    ground, home = question.ground, question.home or frozenset()
    if ground.seats((firm,)) & home:
        return True
    missions = {mission for one in graded for mission in one.missions}
    joined = {claim.to for claim in ground.out((firm,), "PARTICIPATED_IN")} & missions
    return any(claim.from_ in home for claim in ground.into(joined, "SENT"))


def _benefit(ground: Ground, partner: str, graded: Sequence[Graded]) -> Benefit:
    best = graded[0]
    return Benefit(
        grade=best.grade,
        flags=best.flags,
        missing=missing(best),
        amounts=_amounts(ground, partner, graded),
        evidence=tuple(
            Evidence(claims=one.claims, citations=ground.citations(one.claims)) for one in graded
        ),
    )


def _amounts(ground: Ground, partner: str, graded: Iterable[Graded]) -> tuple[Amount, ...]:
    """The firm's own deals at these activities, those at the partner first."""
    ids = {deal for one in graded for deal in one.activity.deals}
    deals = [node for node in ground.nodes(ids).values() if isinstance(node, Deal)]
    here = same_deals(ground, [deal for deal in ids if is_with(ground, deal, partner)])
    amounts: list[Amount] = []
    for at_partner in (True, False):
        own = [deal for deal in deals if (deal.id in here) is at_partner]
        amounts += [
            Amount(
                stage=line.stage,
                currency=line.currency,
                amount=line.amount,
                count=line.count,
                at_partner=at_partner,
                deals=line.deals,
            )
            for line in sum_up(ground, own)[0]
        ]
    return tuple(amounts)


# ---------------------------------------------------------------- beside the firms


def _tie_lines(question: _Question) -> tuple[HomeTieLine, ...]:
    """The partner's ties, seen from each other end; only home's own if a home is given."""
    ground, partner = question.ground, question.partner
    by_home: dict[str, list[Tie]] = {}
    for claim in ties_at(ground, (partner,), question.as_of):
        other = claim.other(partner)
        if question.home is None or other in question.home:
            by_home.setdefault(other, []).append(claim)
    refs = ground.refs(by_home)
    return tuple(
        HomeTieLine(home=refs[home], **dict(line))
        for home, claims in sorted(by_home.items())
        for line in tie_lines(ground, home, claims)
    )


def _missions(question: _Question, *, hosted: bool) -> list[str]:
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


def _not_attributable(question: _Question) -> tuple[NotAttributable, ...]:
    """Results of the partner's missions that no source gives to a firm (domain, section 4)."""
    ground = question.ground
    missions = _missions(question, hosted=True)
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


def _whereabouts(question: _Question, deal: str) -> bool | None:
    """True for a place in the partner, False without any city, None for another city."""
    ground, partner = question.ground, question.partner
    area = scope(ground, partner) if kind_of(partner) == "City" else ground.seats((partner,))
    cities = [c.to for c in ground.out((deal,), "IN_PLACE") if kind_of(c.to) == "City"]
    if not cities:
        return False
    return True if any(ground.lies_in(city, area) for city in cities) else None


def _unnamed(question: _Question) -> tuple[Unnamed, ...]:
    """The missions that visited the partner with firms counted but not all named."""
    ground = question.ground
    lines = []
    for mission in _missions(question, hosted=False):
        node = ground.node(mission)
        joined = ground.into((mission,), "PARTICIPATED_IN")
        named = len({claim.from_ for claim in joined if kind_of(claim.from_) == "Firm"})
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
