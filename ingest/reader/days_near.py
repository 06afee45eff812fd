"""A day as it is meant, seen from the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


COMING = re.compile(r"오는|내달|다음\s?달|내년")


PLANNED = re.compile(
    r"예정|계획|방침|앞두|앞둔|열린다|떠난다|파견한다|나선다|개최한다|참가한다|방문한다"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A year, month and day, each None where it is not known."""

    year: int | None
    month: int | None
    day: int | None

    def iso(self) -> str:
        """The ISO form: trailing parts that are unknown are dropped, others are X."""
        if self.day is None and self.month is None:
            return str(self.year) if self.year else "XXXX"
        year = f"{self.year:04d}" if self.year else "XXXX"
        month = f"{self.month:02d}" if self.month else "XX"
        return f"{year}-{month}" if self.day is None else f"{year}-{month}-{self.day:02d}"


def full_year(told: str | None) -> int | None:
    """The year that four or two figures name; None for none."""
    if not told:
        return None
    number = int(told.lstrip("'"))
    if number >= 100:
        return number
    return 1900 + number if number >= 50 else 2000 + number


_PRESENT = re.compile(r"(?:한다|린다|난다|는다|진다|선다|간다|든다)[.\s]*$")
_SAID = re.compile(r"(?:한|린|는|선|난)다고\s(?:\d{1,2}일\s)?(?:밝혔|전했)다[.\s]*$")


def is_told_as_plan(rest: str) -> bool:
    """Whether what follows a day is told as a plan: its verb, or the sentence's last one."""
    return PLANNED.search(rest[:60]) is not None or ends_in_plan(rest)


def ends_in_plan(rest: str) -> bool:
    """Whether the last verb of a sentence stands in the present, as plans are told."""
    return _PRESENT.search(rest[-8:]) is not None or _SAID.search(rest[-16:]) is not None


def year_of(rel: str, published: date) -> int | None:
    """The year that 지난해 or the like means; None where none is said."""
    if "재작년" in rel:
        return published.year - 2
    if "지난해" in rel or "작년" in rel or "전년" in rel:
        return published.year - 1
    if "내년" in rel:
        return published.year + 1
    if "올" in rel or "금년" in rel:
        return published.year
    return None


def nearest(
    year: int | None, month: int | None, day: int, rel: str, published: date, *, coming: bool
) -> Parts:
    """The day that is meant seen from the day of publication."""
    if month:
        return Parts(year or year_near(month, day, published, coming=coming), month, day)
    if "지난달" in rel:
        return month_off(published, -1, day)
    if "내달" in rel or "다음달" in rel:
        return month_off(published, 1, day)
    if "이달" in rel or "당월" in rel:
        return Parts(published.year, published.month, day)
    if coming and not (0 < published.day - day <= 3 and "오는" not in rel):
        return month_off(published, 0 if day >= published.day else 1, day)
    return month_off(published, 0 if day <= published.day else -1, day)


def year_near(month: int, day: int, published: date, *, coming: bool) -> int:
    """The year in which a month and day lie nearest to the day of publication."""
    told, now = (month, day), (published.month, published.day)
    if coming:
        return published.year if told >= now else published.year + 1
    if told <= now:
        return published.year
    return published.year if month - published.month <= 3 else published.year - 1


def month_off(published: date, months: int, day: int) -> Parts:
    """A day so many months from that of publication."""
    return Parts(*month_after(published, months), day)


def second_day(first: Parts, until: re.Match[str], published: date | None) -> Parts | None:
    """The last day of a range that begins with this one; None if it cannot be told."""
    day = int(until["day"])
    month = int(until["month"]) if until["month"] else first.month
    year = int(until["year"]) if until["year"] else first.year
    if not until["month"] and first.day and day < first.day:
        if first.month is None or published is None:
            return None if first.month is None else _after(first, day)
        return _after(first, day)
    if year and month and first.month and month < first.month and not until["year"]:
        year += 1
    return Parts(year, month, day)


def _after(first: Parts, day: int) -> Parts:
    month = (first.month or 0) % 12 + 1
    year = first.year + 1 if first.year and month == 1 else first.year
    return Parts(year, month, day)


def is_far(year: int | None, published: date | None) -> bool:
    """Whether a year is too late to be meant."""
    return year is not None and published is not None and year > published.year + 30


def month_after(published: date, off: int) -> tuple[int, int]:
    """Year and month so many months from the day of publication."""
    index = published.year * 12 + published.month - 1 + off
    return index // 12, index % 12 + 1


def is_year(short: int, published: date | None) -> bool:
    """Whether two figures before 년 name a year of the last century and no span of years."""
    return short >= 60 or (published is not None and short == published.year % 100)
