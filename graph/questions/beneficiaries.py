"""Which firms benefit from a partner, and what is the evidence.

The product never says that a tie caused a result: it says what a source states, and no
evidence is never reported as no benefit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.nodes import Deal
from graph.questions import beside
from graph.questions.activities import activities
from graph.questions.answers import (
    Amount,
    BeneficiariesAnswer,
    Beneficiary,
    Benefit,
    BenefitsAnswer,
    Evidence,
    PartnerBenefit,
)
from graph.questions.beside import Question
from graph.questions.candidates import firms_near, partners_near
from graph.questions.coverage import coverage
from graph.questions.grades import Graded, flag_count, grade
from graph.questions.ground import Ground
from graph.questions.missing import missing
from graph.questions.sums import same_deals, sum_up
from graph.questions.totals import is_with
from graph.values import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.dates import PartialDate
    from graph.store import View


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
    question = question_of(view, partner, home, as_of)
    ground = question.ground
    lines = _lines(question)
    kept = [line for line in lines if line.grade.rank >= min_grade.rank]
    shown = [claim for line in kept for chain in line.evidence for claim in chain.claims]
    return BeneficiariesAnswer(
        partner=ground.ref(partner),
        home=ground.ref(home) if home else None,
        as_of=as_of,
        ties=beside.tie_lines(question, shown),
        beneficiaries=tuple(kept),
        below_min_grade=len(lines) - len(kept),
        not_attributable=beside.not_attributable(question),
        unnamed=beside.unnamed(question),
        coverage=coverage(ground, partner, found=bool(lines)),
        dataset_version=view.version(),
    )


def question_of(
    view: View, partner: str, home: str | None = None, as_of: PartialDate | None = None
) -> Question:
    """What is asked about a partner; NotFound and BadRequest as of `beneficiaries`."""
    ground = Ground(view)
    ground.require("id", partner, {"City", "Organization"})
    area = None
    if home is not None:
        ground.require("home", home, {"City"})
        area = frozenset(ground.parts((home,)))
    return Question(ground, partner, area, as_of)


def benefits(view: View, firm: str) -> BenefitsAnswer:
    """The partners of whose beneficiaries a firm is one, best grade first.

    NotFound if nothing describes the firm; BadRequest if it is none.
    """
    ground = Ground(view)
    ground.require("id", firm, {"Firm"})
    found = {p: _graded(Question(ground, p, None, None), firm) for p in partners_near(ground, firm)}
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


def _lines(question: Question) -> list[Beneficiary]:
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


def _graded(question: Question, firm: str) -> list[Graded]:
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


def _later(question: Question, graded: Graded) -> bool:
    """Whether an activity began after `as_of`; an undated one counts from its publication."""
    if question.as_of is None:
        return False
    told = graded.activity.joined
    days = [day for claim in told if (day := question.ground.published(claim)) is not None]
    known = graded.activity.begins or min(days, key=lambda day: day.first, default=None)
    return known is not None and known.outside(None, question.as_of)


def _at_home(question: Question, firm: str, graded: Iterable[Graded]) -> bool:
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
