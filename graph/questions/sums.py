"""Sums that never mix rungs or currencies, and say what they left out (domain, section 3)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from graph.following import Step
from graph.nodes import Deal
from graph.questions.answers import LeftOut, LeftOutOfLine, TotalLine
from graph.values import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from graph.questions.ground import Ground

Aside = Literal["mixed_stages", "adoption", "no_amount", "no_stage"]
Inside = Literal["part_of_counted", "same_as_counted"]


def sum_up(ground: Ground, deals: Collection[Deal]) -> tuple[tuple[TotalLine, ...], list[LeftOut]]:
    """One line for each rung and currency, lowest rung first, and what no line can hold."""
    aside = [
        LeftOut(deal=ground.deal_ref(deal), reason=reason)
        for deal in deals
        if (reason := _set_aside(deal)) is not None
    ]
    countable = {deal.id: deal for deal in deals if _set_aside(deal) is None}
    same = first_reports(ground, countable)
    wholes = {one: _wholes(ground, one) for one in countable}
    lines: dict[tuple[Stage, str], list[Deal]] = defaultdict(list)
    for one in sorted(countable):
        deal = countable[same[one]]
        if deal.stage is not None and deal.currency is not None:
            lines[deal.stage, deal.currency].append(countable[one])
    rungs = list(Stage)
    ordered = sorted(lines, key=lambda key: (rungs.index(key[0]), key[1]))
    return tuple(_line(ground, key, lines[key], same, wholes) for key in ordered), aside


def _set_aside(deal: Deal) -> Aside | None:
    """Why no line can hold a deal; None if one can."""
    if deal.stage is Stage.MIXED:
        return "mixed_stages"
    if deal.stage is Stage.ADOPTION:
        return "adoption"
    if deal.amount is None:
        return "no_amount"
    return "no_stage" if deal.stage is None else None


def read_deals(ground: Ground, deals: Iterable[str], beside: Iterable[str] = ()) -> None:
    """Read ahead, in one go, what adding up these deals will ask for.

    Of what is named beside them: where it is described.
    """
    reports = Step(("PART_OF_DEAL", "SAME_DEAL_AS"), ids=frozenset(deals), again=True, nodes=True)
    told = ("DESCRIBES", "IN_PLACE", "SOLD")
    ground.follow(reports, Step(told, ids=frozenset(beside), after=(reports,), sources=True))


def first_reports(ground: Ground, deals: Collection[str]) -> dict[str, str]:
    """For each deal the one that counts for it: the earliest published, then the least id."""
    chosen: dict[str, str] = {}
    for one in sorted(deals):
        if one not in chosen:
            group = same_deals(ground, (one,)) & set(deals)
            counted = min(group, key=lambda member: (_published(ground, member), member))
            chosen.update(dict.fromkeys(group, counted))
    return chosen


def _published(ground: Ground, deal: str) -> date:
    days = [ground.published(claim) for claim in ground.into((deal,), "DESCRIBES")]
    return min((day.first for day in days if day is not None), default=date.max)


def same_deals(ground: Ground, deals: Iterable[str]) -> set[str]:
    """These deals and all other reports of them."""
    reached = set(deals)
    frontier = set(reached)
    while frontier:
        claims = ground.at(frontier, "SAME_DEAL_AS")
        frontier = {end for claim in claims for end in (claim.from_, claim.to)} - reached
        reached |= frontier
    return reached


def _wholes(ground: Ground, deal: str) -> set[str]:
    """All deals that contain this one, near or far, also through other reports."""
    return _linked(
        ground, deal, lambda near: {claim.to for claim in ground.out(near, "PART_OF_DEAL")}
    )


def parts_of(ground: Ground, deal: str) -> set[str]:
    """All deals that this one contains, near or far, also through other reports."""
    return _linked(
        ground, deal, lambda near: {claim.from_ for claim in ground.into(near, "PART_OF_DEAL")}
    )


def _linked(ground: Ground, deal: str, step: Callable[[set[str]], set[str]]) -> set[str]:
    """All deals that steps lead to, with every other report of what was reached."""
    reached: set[str] = set()
    frontier = same_deals(ground, (deal,))
    while frontier:
        near = step(frontier)
        frontier = same_deals(ground, near) - reached if near else set()
        reached |= frontier
    return reached


def _line(
    ground: Ground,
    key: tuple[Stage, str],
    deals: Sequence[Deal],
    same: Mapping[str, str],
    wholes: Mapping[str, set[str]],
) -> TotalLine:
    heads = {same[deal.id] for deal in deals}
    inside = {head: _inside(head, heads, wholes) for head in heads}
    counted = [deal for deal in deals if deal.id in heads and not inside[deal.id]]
    left_out = [
        LeftOutOfLine(deal=ground.deal_ref(deal), reason=reason, because=because)
        for deal in deals
        if (told := _left_out(deal.id, same[deal.id], inside)) is not None
        for reason, because in [told]
    ]
    counts = [deal.count for deal in counted]
    return TotalLine(
        stage=key[0],
        currency=key[1],
        amount=sum((deal.amount for deal in counted if deal.amount is not None), Decimal(0)),
        count=None if None in counts else sum(n for n in counts if n is not None),
        deals=tuple(ground.deal_ref(deal) for deal in counted),
        left_out=tuple(left_out),
    )


def _inside(head: str, heads: set[str], wholes: Mapping[str, set[str]]) -> list[str]:
    """The counted deals of this line that contain this one, the least id first.

    Two that contain each other are one: the lesser id stands for both.
    """
    holding = {
        one for one in (wholes[head] & heads) - {head} if head not in wholes[one] or one < head
    }
    outermost = [one for one in holding if not (wholes[one] & holding) - {one}]
    return sorted(outermost or holding)


def counted_once(ground: Ground, deals: Collection[str]) -> list[str]:
    """Of these deals those that may be added: of each result one report, and none in another."""
    heads = set(first_reports(ground, deals).values())
    wholes = {head: _wholes(ground, head) for head in heads}
    return sorted(head for head in heads if not _inside(head, heads, wholes))


def _left_out(deal: str, head: str, inside: Mapping[str, list[str]]) -> tuple[Inside, str] | None:
    if inside[head]:
        return "part_of_counted", inside[head][0]
    return ("same_as_counted", head) if deal != head else None
