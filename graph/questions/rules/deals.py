"""Deals whose figures or days do not fit each other."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from graph.nodes import Deal
from graph.questions.rules.rule import Match, Rule
from graph.questions.stretch import stretch_of
from graph.questions.sums import counted_once
from graph.values import Stage, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.claims import Claim, Tie
    from graph.questions.rules.survey import Survey

_TOLERANCE = Decimal("0.10")
"""What 약, 여 and 규모 allow (domain, section 3)."""


def _above(survey: Survey) -> Iterator[Match]:
    for whole, parts, claims in _with_parts(survey):
        if _sum(parts) > _amount(whole) + _slack(whole, parts):
            yield _told(whole, parts, claims)


def _below(survey: Survey) -> Iterator[Match]:
    """Only where the record says that the parts are complete."""
    for whole, parts, claims in _with_parts(survey):
        if whole.parts_complete and _sum(parts) < _amount(whole) - _slack(whole, parts):
            yield _told(whole, parts, claims)


def _with_parts(survey: Survey) -> Iterator[tuple[Deal, list[Deal], list[Claim]]]:
    """Each whole with an amount, and those of its parts that may be held against it.

    A part inside another part, and a second report of one, are not added again.
    """
    ground = survey.ground
    for whole in survey.wholes:
        told = ground.into((whole.id,), "PART_OF_DEAL")
        nodes = ground.nodes(claim.from_ for claim in told).values()
        every = {n.id: n for n in nodes if isinstance(n, Deal) and _comparable(n, whole)}
        parts = [every[one] for one in counted_once(ground, every)]
        if parts:
            ids = {part.id for part in parts}
            yield whole, parts, [claim for claim in told if claim.from_ in ids]


def _comparable(part: Deal, whole: Deal) -> bool:
    """Whether a part is of the whole's currency and rung; a mixed whole takes any rung."""
    same_rung = part.stage == whole.stage or whole.stage is Stage.MIXED
    return part.amount is not None and part.currency == whole.currency and same_rung


def _amount(deal: Deal) -> Decimal:
    return deal.amount if deal.amount is not None else Decimal(0)


def _sum(parts: list[Deal]) -> Decimal:
    return sum(map(_amount, parts), Decimal(0))


def _slack(whole: Deal, parts: list[Deal]) -> Decimal:
    vague = whole.approximate or any(part.approximate for part in parts)
    return _amount(whole) * _TOLERANCE if vague else Decimal(0)


def _told(whole: Deal, parts: list[Deal], claims: list[Claim]) -> Match:
    values = {
        "parts": f"{_sum(parts):,f}",
        "whole": f"{_amount(whole):,f}",
        "currency": whole.currency or "",
    }
    return Match((whole.id,), claims, values, tuple(sorted(part.id for part in parts)))


# ---------------------------------------------------------------- before the tie


def _before_tie(survey: Survey) -> Iterator[Match]:
    """A deal that lies wholly before the signing of the tie which the same source tells."""
    signed = _signed_by_source(survey)
    sources = {source for source, _ in signed}
    if not sources:
        return
    deals = [deal for deal in survey.deals if survey.described_by[deal.id] & sources]
    survey.warm_deals(deal.id for deal in deals)
    for deal in survey.in_time(deals):
        last = stretch_of(survey.ground, deal).last
        for one in sorted(survey.partners_of(deal.id)) if last else ():
            for home in sorted(survey.homes_of(deal.id)):
                pair = (min(one, home), max(one, home))
                late = [
                    tie
                    for source in sorted(survey.described_by[deal.id])
                    for tie in signed.get((source, pair), ())
                    if tie.signed_on and last and last < tie.signed_on.first
                ]
                if late:
                    values = {"signed": str(late[0].signed_on), "made": str(last)}
                    yield Match((deal.id, *pair), late, values)


def _signed_by_source(
    survey: Survey,
) -> dict[tuple[str, tuple[str, str]], list[Tie]]:
    found: dict[tuple[str, tuple[str, str]], list[Tie]] = defaultdict(list)
    for pair, claims in survey.ties.items():
        for claim in claims:
            if claim.signed_on and claim.status in {Status.SIGNED, Status.IN_FORCE}:
                found[claim.source, pair].append(claim)
    return found


RULES = (
    Rule(
        "parts_above_whole",
        "error",
        "the parts make {parts} {currency}, the whole is {whole}",
        "look the figures up in the source; correct an amount, or take a part out",
        _above,
    ),
    Rule(
        "parts_below_whole",
        "warning",
        "the parts make {parts} {currency}, the whole is {whole}, and they are said to be complete",
        "add the missing parts, or take `parts_complete` off the whole",
        _below,
    ),
    Rule(
        "deal_before_tie",
        "info",
        "the deal was made by {made}, the tie told with it was signed in {signed}",
        "look both dates up; if they stand, the deal is no evidence for the tie",
        _before_tie,
    ),
)
