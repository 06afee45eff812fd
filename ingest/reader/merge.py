"""One fact, several spans: what a text tells twice is put together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.reader.drafts import Draft, united
from ingest.reader.proposals import LADDER, Agreement, Deal

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDED = 0.1
"""How far a headline may be from the body and still mean the same sum."""
_WON = (700.0, 1700.0)
"""What a dollar may be worth in won, for a headline in won above a body in dollars."""
_STATUS = ("proposed", "dormant", "in_force", "signed", "ended")


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with each fact once, in the order in which it is first told."""
    deals = [d for d in drafts if isinstance(d.value, Deal)]
    ties = [d for d in drafts if isinstance(d.value, Agreement)]
    rest = [d for d in drafts if not isinstance(d.value, Deal | Agreement)]
    return [*rest, *_deals(deals), *_agreements(ties)]


def _deals(drafts: Sequence[Draft]) -> list[Draft]:
    body = [d for d in drafts if d.role != "headline"]
    kept: list[Draft] = []
    for draft in body:
        kept = _taken(kept, draft)
    for draft in (d for d in drafts if d.role == "headline"):
        kept = _headline(kept, draft)
    return _counts_joined(kept)


def _taken(kept: list[Draft], draft: Draft) -> list[Draft]:
    for n, other in enumerate(kept):
        if one := _same(other, draft):
            return [*kept[:n], one, *kept[n + 1 :]]
    return [*kept, draft]


def _same(one: Draft, two: Draft) -> Draft | None:
    """The two as one if they tell one deal; None if they do not."""
    a, b = _deal(one), _deal(two)
    if a.amount and b.amount and _rough(a, b):
        exact, rough = (two, one) if {"min", "approx"} & set(a.flags) else (one, two)
        return _headed(exact, rough)
    if a.amount is None or (a.amount, a.currency) != (b.amount, b.currency):
        return None
    if a.firms and b.firms and set(a.firms) != set(b.firms):
        return None
    if bool(a.firms) != bool(b.firms) and (a.scope != b.scope and not _vague(one, two)):
        return None
    if {a.period, b.period} in ({"event", "historical"}, {"event", "annual"}):
        return None
    if a.place and b.place and a.place != b.place:
        return None
    if a.stage == b.stage:
        return _together(one, two)
    if "stage_from_context" in (*one.reasons, *two.reasons):
        sure = one if "stage_from_context" not in one.reasons else two
        return _together(sure, two if sure is one else one)
    if (
        one.span != two.span
        and not a.firms
        and not b.firms
        and {a.scope, b.scope} <= {"total", "place"}
    ):
        return _conflict(_together(one, two), two)
    return None


def _rough(a: Deal, b: Deal) -> bool:
    """Whether one of two totals only says about how much the other is."""
    loose = [bool({"min", "approx"} & set(deal.flags)) for deal in (a, b)]
    alike = a.stage == b.stage and a.currency == b.currency and a.period == b.period
    totals = a.scope == b.scope == "total" and a.amount != b.amount and alike
    near = abs((a.amount or 0) - (b.amount or 0)) <= ROUNDED * max(a.amount or 0, b.amount or 0)
    return totals and near and loose[0] != loose[1]


def _vague(one: Draft, two: Draft) -> bool:
    return "caption" in {one.role, two.role}


def _together(one: Draft, two: Draft) -> Draft:
    a, b = _deal(one), _deal(two)
    richer = a if a.firms or not b.firms else b
    value = a.model_copy(
        update={
            "krw": a.krw or b.krw,
            "count": a.count or b.count,
            "firms": richer.firms,
            "scope": richer.scope,
            "buyer": a.buyer or b.buyer,
            "place": a.place or b.place,
            "product": a.product or b.product,
            "mission": a.mission or b.mission,
            "flags": tuple(dict.fromkeys((*a.flags, *b.flags))),
        }
    )
    return replace(one, value=value, fields=united(one.fields, two.fields))


def _deal(draft: Draft) -> Deal:
    assert isinstance(draft.value, Deal)  # noqa: S101 - only deals come here
    return draft.value


def _headline(kept: list[Draft], draft: Draft) -> list[Draft]:
    """The body's deals with what the headline says of one of them; else the headline's own."""
    head = _deal(draft)
    if head.amount is None:
        return kept
    for same_stage in (True, False):
        for n, other in enumerate(kept):
            body = _deal(other)
            if body.amount is None or (body.stage == head.stage) is not same_stage:
                continue
            if one := _headed(other, draft):
                return [*kept[:n], one, *kept[n + 1 :]]
    return [*kept, draft.saying("headline_only")]


def _headed(other: Draft, draft: Draft) -> Draft | None:
    head, body = _deal(draft), _deal(other)
    if body.period not in {"event", "cumulative", "annual"} and head.period == "event":
        return None
    if head.currency == "KRW" and body.currency != "KRW":
        return _in_won(other, draft)
    if head.currency != body.currency or not head.amount or not body.amount:
        return None
    if abs(head.amount - body.amount) > ROUNDED * body.amount:
        return None
    if head.stage != body.stage and not (head.amount == body.amount or body.scope == "total"):
        return None
    rounded = () if head.amount == body.amount else (head.amount,)
    value = body.model_copy(
        update={"amount_alt": tuple(dict.fromkeys((*body.amount_alt, *rounded)))}
    )
    told = replace(other, value=value, fields=united(other.fields, draft.fields))
    if head.stage == body.stage or "stage_from_context" in draft.reasons:
        return told.saying("headline_agrees") if head.stage == body.stage else told
    return _conflict(told, draft) if not rounded else None


def _conflict(other: Draft, draft: Draft) -> Draft:
    """A headline of another stage: the weaker stands, the other is kept beside it."""
    head, body = _deal(draft), _deal(other)
    weaker, stronger = sorted((head.stage, body.stage), key=LADDER.index)
    word = body.stage_word if body.stage == weaker else head.stage_word
    alt = tuple(dict.fromkeys((*body.stage_alt, stronger)))
    value = body.model_copy(update={"stage": weaker, "stage_alt": alt, "stage_word": word})
    return replace(other, value=value).saying("stage_conflict")


def _in_won(other: Draft, draft: Draft) -> Draft | None:
    """A headline in won above a body in dollars tells the same deal if a dollar is worth it."""
    head, body = _deal(draft), _deal(other)
    if not head.amount or not body.amount or body.currency != "USD":
        return None
    if body.krw:
        near = abs(head.amount - body.krw) <= ROUNDED * body.krw
    else:
        near = _WON[0] <= head.amount / body.amount <= _WON[1]
    if not near or (head.stage != body.stage and "stage_from_context" not in draft.reasons):
        return None
    value = body.model_copy(update={"krw": body.krw or head.amount})
    fields = united(other.fields, {"krw": draft.fields.get("amount", ())})
    return replace(other, value=value, fields=fields)


def _counts_joined(kept: list[Draft]) -> list[Draft]:
    """Numbers of deals without a sum given to the sum of their stage that has no number."""
    sums = [d for d in kept if _deal(d).amount is not None]
    bare = [d for d in kept if _deal(d).amount is None]
    for draft in bare:
        count = _deal(draft)
        if any(_deal(s).count == count.count and _deal(s).stage == count.stage for s in sums):
            continue
        at = next((n for n, s in enumerate(sums) if _fits(_deal(s), count, s, draft)), None)
        if at is not None:
            value = _deal(sums[at]).model_copy(update={"count": count.count})
            sums[at] = replace(sums[at], value=value, fields=united(sums[at].fields, draft.fields))
        elif not any(
            _deal(s).amount is None
            and _deal(s).count == count.count
            and _deal(s).stage == count.stage
            for s in sums
        ):
            sums.append(draft)
    return sums


def _fits(one: Deal, count: Deal, whole: Draft, draft: Draft) -> bool:
    del whole, draft
    return (
        one.amount is not None
        and one.stage == count.stage
        and one.count is None
        and one.period == count.period
        and not one.firms
        and (count.place is None or one.place == count.place)
        and one.scope != "place"
    )


def _agreements(drafts: Sequence[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in drafts:
        for n, other in enumerate(kept):
            if _one_tie(other, draft):
                kept[n] = _tied(other, draft)
                break
        else:
            kept.append(draft)
    return kept


_CITY_KINDS = {"sister_city", "friendship_city", "exchange_city"}


def _one_tie(one: Draft, two: Draft) -> bool:
    a, b = one.value, two.value
    assert isinstance(a, Agreement) and isinstance(b, Agreement)  # noqa: S101, PT018
    if {p.name for p in a.parties} != {p.name for p in b.parties}:
        return False
    if a.kind == b.kind:
        return True
    papers = {"mou", "moa", "agreement", "exchange_city"}
    if a.kind in papers and b.kind in papers:
        return True
    if "agreement" not in {a.kind, b.kind} or {"in_force", "dormant"} & {a.status, b.status}:
        return False
    loose = a if a.kind == "agreement" else b
    other = b if loose is a else a
    fits = other.date is None and len(loose.date or "") == 10
    return loose.date is None or a.date == b.date or fits


def _tied(one: Draft, two: Draft) -> Draft:
    a, b = one.value, two.value
    assert isinstance(a, Agreement) and isinstance(b, Agreement)  # noqa: S101, PT018
    first, second = (a, b) if _STATUS.index(a.status) >= _STATUS.index(b.status) else (b, a)
    kind = a.kind if a.kind != "agreement" else b.kind
    if first.upgraded_from is None and second.upgraded_from:
        first, second = second, first
    parties = tuple(
        next((q for q in b.parties if q.name == p.name and q.country), p)
        if p.country is None
        else p
        for p in a.parties
    )
    body = one.role != "headline"
    keep = one if body else two
    value = first.model_copy(
        update={
            "kind": kind,
            "parties": parties,
            "date": first.date or second.date,
            "upgraded_from": a.upgraded_from or b.upgraded_from,
            "kind_alt": tuple(k for k in dict.fromkeys((*a.kind_alt, *b.kind_alt)) if k != kind),
        }
    )
    reasons = tuple(dict.fromkeys((*keep.reasons,)))
    return Draft(one.key, value, keep.span, keep.role, reasons, united(one.fields, two.fields))
