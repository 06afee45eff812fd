"""What arithmetic and agreement say of the drafts: sums, lists, nights; class, reasons and rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from ingest.reader.proposals import DOUBTS, KINDS, Deal, Mission, Participation, Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.reader.drafts import Draft
    from ingest.reader.proposals import Class
    from ingest.reader.text import Cleaned

_MOST = 10_000_000_000
"""More dollars than this in one deal of a municipal mission are a slip."""
_ORDER = {"mission": 0, "deal": 1, "participation": 2, "agreement": 3}


def checked(drafts: Sequence[Draft], nights: Mapping[str, int]) -> list[Draft]:
    """The drafts with what their sums, lists and days say."""
    told = [_plausible(draft) for draft in drafts]
    told = _summed(told)
    told = _counted(told)
    return [_lasting(draft, nights.get(draft.key)) for draft in told]


def _plausible(draft: Draft) -> Draft:
    value = draft.value
    if not isinstance(value, Deal) or value.amount is None:
        return draft
    tiny = value.currency == "USD" and value.amount < 100
    if tiny or (value.currency == "USD" and value.amount > _MOST):
        flags = tuple(dict.fromkeys((*value.flags, "implausible")))
        return replace(draft, value=value.model_copy(update={"flags": flags})).saying(
            "implausible_amount"
        )
    return draft


def _summed(drafts: list[Draft]) -> list[Draft]:
    """Parts told to be of their total where they add up to it; a part above it is doubted."""
    found = list(drafts)
    for whole in drafts:
        value = whole.value
        if not isinstance(value, Deal) or value.amount is None or value.scope != "total":
            continue
        for scope in ("place", "firm", "total", None):
            parts = [d for d in found if _may_be_part(d, whole, scope)]
            if exact := _adding_up(parts, value):
                keys = {part.key for part in exact}
                found = [_part(d, whole.key) if d.key in keys else d for d in found]
                found = [d.saying("sum_matches_total") if d.key == whole.key else d for d in found]
                break
    return found


def _may_be_part(draft: Draft, whole: Draft, scope: str | None) -> bool:
    part, total = draft.value, whole.value
    assert isinstance(total, Deal)  # noqa: S101 - the caller chose it
    return (
        isinstance(part, Deal)
        and draft.key != whole.key
        and part.amount is not None
        and (part.scope == scope or (scope is None and part.amount < (total.amount or 0)))
        and part.part_of is None
        and part.currency == total.currency
        and part.period == total.period
        and (
            part.stage == total.stage
            or part.stage in total.stage_alt
            or "mixed_total" in total.flags
        )
    )


def _adding_up(parts: list[Draft], total: Deal) -> list[Draft]:
    """The parts that add up to the total: all of them, or all but one or two."""
    near = 0.1 if {"approx", "min"} & set(total.flags) else 0.01
    whole = total.amount or 0
    if len(parts) < 2 or len(parts) > 40:
        return []
    amounts = {d.key: d.value.amount or 0 for d in parts if isinstance(d.value, Deal)}
    for left_out in range(min(2, len(parts) - 2) + 1):
        if left_out and len(parts) > 12:
            break
        for chosen in combinations(parts, len(parts) - left_out):
            if abs(sum(amounts[d.key] for d in chosen) - whole) <= near * whole:
                return list(chosen)
    return []


def _part(draft: Draft, whole: str) -> Draft:
    assert isinstance(draft.value, Deal)  # noqa: S101 - only deals have parts
    value = draft.value.model_copy(update={"part_of": whole})
    return replace(draft, value=value).saying("sum_matches_total")


def _counted(drafts: list[Draft]) -> list[Draft]:
    """A list of firms as long as the mission's printed count confirms both."""
    firms = sum(isinstance(d.value, Participation) for d in drafts)
    return [_held_against(draft, firms) for draft in drafts]


def _held_against(draft: Draft, firms: int) -> Draft:
    value = draft.value
    if not isinstance(value, Mission) or not value.firms_count or firms < value.firms_count:
        return draft
    same = value.firms_count == firms
    return draft.saying("list_matches_count" if same else "list_differs_from_count")


def _lasting(draft: Draft, nights: int | None) -> Draft:
    value = draft.value
    if not isinstance(value, Mission) or nights is None or not value.start or not value.end:
        return draft
    if value.start == value.end:
        return draft
    try:
        length = (date.fromisoformat(value.end) - date.fromisoformat(value.start)).days + 1
    except ValueError:
        return draft
    return draft.saying("nights_match_dates" if length == nights else "nights_differ_from_dates")


def ranked(drafts: Sequence[Draft], cleaned: Cleaned) -> list[Proposal]:
    """The proposals: the surest first, those confirmed twice before those confirmed once."""
    order = sorted(drafts, key=_rank)
    ids = {draft.key: f"p{n}" for n, draft in enumerate(order, 1)}
    return [_proposal(draft, ids, cleaned) for draft in order]


def class_of(draft: Draft) -> Class:
    """`consistent` where something confirms and nothing makes a person look."""
    return "check" if DOUBTS & set(draft.reasons) or not draft.reasons else "consistent"


def _rank(draft: Draft) -> tuple[int, int, int, int, str]:
    sure = class_of(draft) == "consistent"
    twice = len(draft.reasons) >= 2
    kind = _ORDER[KINDS[type(draft.value)]]
    return (not sure, not twice, kind, draft.span[0], draft.key)


def _proposal(draft: Draft, ids: Mapping[str, str], cleaned: Cleaned) -> Proposal:
    value = draft.value
    update = {}
    if isinstance(value, Deal | Participation) and value.mission:
        update["mission"] = ids.get(value.mission)
    if isinstance(value, Deal) and value.part_of:
        update["part_of"] = ids.get(value.part_of)
    if update:
        value = value.model_copy(update=update)
    return Proposal(
        id=ids[draft.key],
        type=KINDS[type(value)],
        span=cleaned.raw(draft.span),
        confidence=class_of(draft),
        reasons=draft.reasons,
        value=value,
        fields={
            slot: tuple(sorted({cleaned.raw(span) for span in spans}))
            for slot, spans in draft.fields.items()
            if spans
        },
    )
