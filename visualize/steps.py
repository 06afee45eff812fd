"""All amounts of an answer on their steps: each by itself, none added to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from graph.questions.answers import BeneficiariesAnswer, Ref
from graph.values import Stage
from visualize.frame import LADDER


@dataclass(frozen=True)
class Sum:
    """One amount: of a firm, or of none (`firm` is None). `length` compares in its currency."""

    stage: Stage
    firm: Ref | None
    amount: Decimal
    currency: str
    count: int | None
    approximate: bool
    at_partner: bool
    length: float


@dataclass(frozen=True)
class Step:
    """A step of the ladder and the amounts on it."""

    stage: Stage
    sums: tuple[Sum, ...]


@dataclass(frozen=True)
class Steps:
    """The ladder of one currency, the surest step first."""

    currency: str
    steps: tuple[Step, ...]


def steps(answer: BeneficiariesAnswer) -> tuple[Steps, ...]:
    """The amounts of firms and those of no firm by currency and step; empty if there are none."""
    given = list(_sums(answer))
    currencies = sorted({one.currency for one in given})
    return tuple(
        _ladder(code, [one for one in given if one.currency == code]) for code in currencies
    )


def _ladder(currency: str, sums: list[Sum]) -> Steps:
    most = max(one.amount for one in sums)
    order = [stage for stage in reversed(LADDER) if any(one.stage == stage for one in sums)]
    return Steps(
        currency,
        tuple(
            Step(stage, tuple(_scaled(one, most) for one in sums if one.stage == stage))
            for stage in order
        ),
    )


def _scaled(one: Sum, most: Decimal) -> Sum:
    length = round(float(one.amount / most * 100), 1) if most else 0.0
    return Sum(**{**vars(one), "length": length})


def _sums(answer: BeneficiariesAnswer) -> Iterable[Sum]:
    for line in answer.beneficiaries:
        for amount in line.amounts:
            about = any(deal.approximate for deal in amount.deals)
            yield Sum(
                amount.stage, line.firm, amount.amount, amount.currency, amount.count, about,
                amount.at_partner, 0.0,
            )  # fmt: skip
    for result in answer.not_attributable:
        if result.amount is not None and result.currency and result.stage in LADDER:
            about = bool(result.deal.approximate)
            here = result.why == "no_seller_named_in_partner"
            yield Sum(
                result.stage, None, result.amount, result.currency, result.count, about, here, 0.0
            )
