"""The days of a journey: its first and last, and what is another journey."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.reader.dates import Day
    from ingest.reader.mentions import Mentions
    from ingest.reader.text import Span


def are_weeks_apart(one: Day | None, two: Day | None) -> bool:
    """Whether two ranges of days have a week between them."""
    if one is None or two is None or not (one.is_range and two.is_range):
        return False
    return one.known and two.known and _days_between(one.last, two.first) > 7


def day_of(text: str, one: Mentions, clause: Span) -> Day | None:
    """The range of days of the sentence, else a day of the clause; never the day of the report."""
    told = [day for day in one.days if not day.told]
    if journey := _there_and_back(text, told):
        return journey
    ranges = [day for day in told if day.is_range and len(day.first) == 10]
    if ranges:
        return _spanning(ranges)
    legs = [day for day in told if len(day.first) == 10 and text[day.start - 1] == "("]
    if len(legs) > 1:
        return _spanning(legs)
    exact = [day for day in told if len(day.first) == 10]
    if len(exact) > 1 and _has_legs(one, exact):
        return _spanning(exact)
    inside = [day for day in told if clause[0] <= day.start < clause[1]] or told
    exact = [day for day in inside if len(day.first) >= 7]
    return next(iter(exact or inside), None)


def _has_legs(one: Mentions, days: Sequence[Day]) -> bool:
    """Whether a place abroad stands behind each of some days."""
    stops = [*(day.start for day in days[1:]), one.end]
    places = [s.start for s in one.spots if s.inner and s.country not in {None, "KR"}]
    return all(
        any(day.end <= at < stop for at in places) for day, stop in zip(days, stops, strict=True)
    )


def _spanning(days: Sequence[Day]) -> Day:
    """The first range, with those that follow within a fortnight."""
    first = days[0]
    for day in days[1:]:
        near = first.last <= day.first and not are_apart(first, day) and "X" not in day.first
        if near and _days_between(first.last, day.first) <= 14:
            first = replace(first, last=day.last)
    return first


def _days_between(one: str, two: str) -> int:
    try:
        return abs((date.fromisoformat(two) - date.fromisoformat(one)).days)
    except ValueError:
        return 99


def is_leaving(text: str, day: Day) -> bool:
    """Whether a day is that of setting out."""
    return re.match(r"[^,.]{0,12}(?:출국|출발|떠나|출항)", text[day.end : day.end + 20]) is not None


def is_return(text: str, day: Day) -> bool:
    """Whether a day is that of coming home."""
    return re.match(r"[^,.]{0,12}(?:귀국|돌아|귀환)", text[day.end : day.end + 20]) is not None


def _there_and_back(text: str, told: Sequence[Day]) -> Day | None:
    """The days of leaving and of coming home as one range."""
    for one, two in pairwise(told):
        if is_leaving(text, one) and is_return(text, two) and not one.is_range:
            return replace(two, start=one.start, first=one.first, last=two.first)
    return None


def is_finer(one: Day, two: Day) -> bool:
    """Whether a day says more than another: a range more than a day, a day more than a year."""
    return one.is_range > two.is_range or len(one.first) > len(two.first)


def are_apart(one: Day | None, two: Day | None) -> bool:
    """Whether two days are of different journeys: three weeks lie between, or other months."""
    if one is None or two is None or len(one.first) < 7 or len(two.first) < 7:
        return False
    if "X" in one.first + two.first:
        return False
    if len(one.first) == len(two.first) == 10:
        gap = min(_days_between(a, b) for a in (one.first, one.last) for b in (two.first, two.last))
        return gap > 21
    months = {one.first[:7], one.last[:7]} & {two.first[:7], two.last[:7]}
    return not months
