"""Two reports that may be of one result: both would be counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from graph.nodes import Deal
from graph.questions.rules.blocks import pairs
from graph.questions.rules.rule import Match, Rule
from graph.questions.stretch import Stretch, stretch_of
from graph.questions.sums import same_deals

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from graph.questions.rules.survey import Survey

_DAYS = timedelta(days=31)
"""How far the days of two reports of one result may lie apart."""


def _deals(survey: Survey) -> Iterator[Match]:
    """Deals of different sources with one amount, currency and stage, of one seller or sender.

    Deals that are said to be the same, or of which one is part of the other, are told already.
    """
    deals = [deal for deal in survey.deals if deal.amount is not None]
    survey.warm_deals(deal.id for deal in deals)

    def keys(deal: Deal) -> Iterator[Hashable]:
        for home in _makers(survey, deal):
            yield home, deal.amount, deal.currency, deal.stage

    def order(deal: Deal) -> tuple[date, str]:
        return stretch_of(survey.ground, deal).first or date.min, deal.id

    for one, other in pairs(survey.in_time(deals), keys, order):
        two = _of_two_sources(survey, one, other) and not _linked(survey, one.id, other.id)
        if two and _near(survey, one, other):
            values = {"amount": f"{one.amount:,f}", "currency": one.currency or ""}
            yield Match((min(one.id, other.id), max(one.id, other.id)), (), values)


def _makers(survey: Survey, deal: Deal) -> set[str]:
    """The sellers of a deal; of one without a seller the cities it comes from."""
    sellers = {claim.from_ for claim in survey.ground.into((deal.id,), "SOLD")}
    return sellers or survey.homes_of(deal.id)


def _of_two_sources(survey: Survey, one: Deal, other: Deal) -> bool:
    return survey.described_by[one.id].isdisjoint(survey.described_by[other.id])


def _near(survey: Survey, one: Deal, other: Deal) -> bool:
    """Whether two may have been made within a month; an unknown day may be any."""
    a, b = (stretch_of(survey.ground, deal) for deal in (one, other))
    return _begins_by(a, b) and _begins_by(b, a)


def _begins_by(one: Stretch, other: Stretch) -> bool:
    return one.first is None or other.last is None or one.first <= other.last + _DAYS


def _linked(survey: Survey, one: str, other: str) -> bool:
    if other in same_deals(survey.ground, (one,)):
        return True
    told = survey.ground.at((one,), "PART_OF_DEAL")
    return any(other in {claim.from_, claim.to} for claim in told)


RULES = (
    Rule(
        "deal_duplicate",
        "warning",
        "two sources report {amount} {currency} at one stage, of one seller or sender, at one time",
        "if it is one result, say SAME_DEAL_AS (`same_as` of deals.csv): it is counted twice now",
        _deals,
    ),
)
