"""Days as the press writes them, held against the day of publication where it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ingest.reader.days_near import (
    COMING,
    Parts,
    full_year,
    is_far,
    is_told_as_plan,
    is_year,
    month_after,
    nearest,
    second_day,
    year_near,
    year_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_TO = r"\s?(?:[일]\s?)?(?:부터|에서|[~-])\s?"
_RELATIVE = (
    r"지난해|작년|올해|금년|내년|지난달|이달|내달|다음\s?달|오는|지난|당월|전년|재작년|올|전년도"
)
_DAY = re.compile(
    rf"(?P<rel>(?:{_RELATIVE})\s?(?:(?:{_RELATIVE})\s?)?)?"
    r"(?:(?P<year>(?<!\d)(?:19|20)\d\d|(?<![\d'])'?\d\d(?=년))(?:년|\.|-|/)\s?)?"
    r"(?:(?P<month>(?<!\d)1[0-2]|(?<!\d)0?[1-9])(?:월|\.|-|/)\s?)?"
    r"(?P<day>(?<!\d)(?:3[01]|[12]\d|0?[1-9])(?!\d))\s?(?P<unit>일(?!간|정|본|반|자리|괄|대|원|"
    r"차|째)|(?=[~-]\s?\d)|(?=\.\s))?"
)
_UNTIL = re.compile(
    r"\s?(?:\([월화수목금토일]\)\s?)?(?:부터|에서|[~-])\s?"
    r"(?:(?:오는|이달|지난달|내달|다음\s?달)\s?)?"
    r"(?:(?P<year>(?:19|20)\d\d)(?:년|\.)\s?)?"
    r"(?:(?P<month>1[0-2]|0?[1-9])(?:월|\.)\s?)?"
    r"(?P<day>(?:3[01]|[12]\d|0?[1-9])(?!\d))(?!박|%|건|개|명|\.\d|,\d)\s?일?"
)
_MONTH = re.compile(
    rf"(?P<rel>(?:{_RELATIVE})\s?)?(?:(?P<year>(?<!\d)(?:19|20)\d\d|(?<![\d'])'?\d\d(?=년))년\s?)?"
    r"(?P<month>(?<!\d)1[0-2]|(?<!\d)0?[1-9])월(?!\s?\d{1,2}\s?[일~-])"
)
_YEAR = re.compile(
    r"(?<![\d~])(?:(?P<year>(?:19|20)\d\d)|'?(?P<short>\d\d))년(?!간|째|\s?\d{1,2}월|대|도? ?만에)"
)
_LAST_YEAR = re.compile(r"지난해|작년|전년|재작년|올해|금년|내년")
_NIGHTS = re.compile(r"\d{1,2}박\s?(\d{1,2})일|(?<!\d)(\d{1,2})일간")
_LENGTH = (
    r"\s?(?:총\s?)?(?:\d{1,2}박\s?(?P<nights>\d{1,2})일|(?P<days>\d{1,2})일\s?(?:간|동안)|"
    r"(?P<word>사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘)\s?(?:간|동안))"
)
_UNTIL_DAY = re.compile(rf"\s?까지{_LENGTH}")
_TOLD = re.compile(
    r"\s?(?:\([월화수목금토일]\)\s?)?(?:오전|오후)?\s?(?:밝|전했|말했|발표|알렸|설명|덧붙|강조)|"
    r"\s?(?:[가-힣]{1,8}에\s)?따르면|\s?[가-힣 ]{0,12}(?:에|에게)\s?따르면"
)
_NUMBERS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Day:
    """A day or range of days in ISO form, unknown parts X or cut off; `told` if only reported on.

    `known` is False where a year, month or day had to stay open.
    """

    start: int
    end: int
    first: str
    last: str
    told: bool = False
    by_publication: bool = False

    @property
    def known(self) -> bool:
        """Whether nothing of the day is open."""
        return "X" not in self.first and len(self.first) == 10

    @property
    def is_range(self) -> bool:
        """Whether there is a first and a last day."""
        return self.first != self.last


def days(text: str, start: int, end: int, published: date | None) -> list[Day]:
    """The days that stand between two places of a text, in order."""
    found: list[Day] = []
    at = start
    for match in _DAY.finditer(text, start, end):
        if match.start() < at:
            continue
        if day := _day(text, match, end, published):
            found.append(day)
            at = day.end
    taken = [(day.start, day.end) for day in found]
    found += [
        day
        for day in _coarse(text, start, end, published)
        if not any(s < day.end and day.start < e for s, e in taken)
    ]
    return sorted(found, key=lambda day: day.start)


def _day(text: str, match: re.Match[str], limit: int, published: date | None) -> Day | None:
    if not match["unit"] and not _dotted_range(text, match):
        return None
    first = _resolved(match, text[match.start() : limit], published)
    stop, last = match.end(), first
    if lasting := _lasting(text, match.end(), limit):
        first, last = _spread(first, lasting)
        stop = lasting.end()
    elif until := _UNTIL.match(text, match.end(), limit):
        after = second_day(first, until, published)
        if after:
            stop, last = until.end(), after
    told = _TOLD.match(text, stop, min(limit, stop + 30)) is not None
    told = told or (first == last and _only_reported(text, match, limit, first, published))
    used = published is not None and _relative(match)
    return Day(match.start(), stop, first.iso(), last.iso(), told, used)


_TOPIC = re.compile(r"(?:은|는|이|가)\s?$")
_SAYS = re.compile(r"고\s(?:밝혔|전했|말했|발표했|설명했|강조했|덧붙였)")


def _only_reported(
    text: str, match: re.Match[str], limit: int, first: Parts, published: date | None
) -> bool:
    """Whether a day just behind the subject is that of the report: `시는 3일 … 했다고 밝혔다`."""
    if match["rel"] or match["month"] or not _TOPIC.search(text[: match.start()][-4:]):
        return False
    near = published is None or abs((first.day or 0) - published.day) <= 1
    return near and _SAYS.search(text, match.end(), limit) is not None


def _dotted_range(text: str, match: re.Match[str]) -> bool:
    """Whether a day without its word stands in a range or a full date: 4.11~15, 6~11일."""
    if match["month"] and match["year"]:
        return True
    until = _UNTIL.match(text, match.end())
    if not until:
        return False
    return bool(match["month"]) or "일" in until[0]


def _relative(match: re.Match[str]) -> bool:
    return not (match["year"] and match["month"])


def _resolved(match: re.Match[str], rest: str, published: date | None) -> Parts:
    year = full_year(match["year"])
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"])
    rel = (match["rel"] or "").replace(" ", "")
    if year and month:
        return Parts(year, month, day)
    if published is None:
        return Parts(year, month, day)
    if year:
        return Parts(year, month, day)
    coming = bool(COMING.search(rel)) or (not rel and is_told_as_plan(rest))
    return nearest(year_of(rel, published), month, day, rel, published, coming=coming)


def _lasting(text: str, at: int, limit: int) -> re.Match[str] | None:
    return _UNTIL_DAY.match(text, at, limit) or _FROM.match(text, at, limit)


_FROM = re.compile(rf"\s?부터{_LENGTH}|\s(?P<stay>\d{{1,2}})박\s?(?P<away>\d{{1,2}})일")


_DAYS = {
    word: n + 3
    for n, word in enumerate(["사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘"])
}


def _spread(one: Parts, lasting: re.Match[str]) -> tuple[Parts, Parts]:
    """The first and last of so many days, counted from the one that is given."""
    told = lasting.groupdict()
    words = _DAYS.get(told.get("word") or "")
    length = int(words or told["nights"] or told["days"] or told["away"]) - 1
    back = "까지" in lasting[0]
    if not (one.year and one.month and one.day):
        day = (one.day or 0) + (-length if back else length)
        if not 1 <= day <= 28:
            return one, one
        other = Parts(one.year, one.month, day)
        return (other, one) if back else (one, other)
    try:
        known = date(one.year, one.month, one.day)
    except ValueError:
        return one, one
    moved = known + timedelta(days=-length if back else length)
    other = Parts(moved.year, moved.month, moved.day)
    return (other, one) if back else (one, other)


def _coarse(text: str, start: int, end: int, published: date | None) -> Iterator[Day]:
    """Months and years without a day."""
    for match in _MONTH.finditer(text, start, end):
        yield _named_month(text[match.end() : end], match, published)
    for match in _YEAR.finditer(text, start, end):
        year = full_year(match["year"] or match["short"])
        short = match["short"]
        if (short and not is_year(int(short), published)) or is_far(year, published):
            continue
        yield Day(match.start(), match.end(), str(year), str(year))
    if published:
        yield from _from_publication(text, start, end, published)


def _named_month(rest: str, match: re.Match[str], published: date | None) -> Day:
    month, year = int(match["month"]), full_year(match["year"])
    rel = (match["rel"] or "").replace(" ", "")
    if year is None and published:
        coming = bool(COMING.search(rel)) or is_told_as_plan(rest)
        year = year_of(rel, published) or year_near(month, 1, published, coming=coming)
    iso = Parts(year, month, None).iso()
    return Day(match.start(), match.end(), iso, iso, by_publication=not match["year"])


def _from_publication(text: str, start: int, end: int, published: date) -> Iterator[Day]:
    """Last month, this year and the like."""
    for match in _NEAR_MONTH.finditer(text, start, end):
        off = -1 if "지난" in match[0] else (0 if "이달" in match[0] else 1)
        iso = Parts(*month_after(published, off), None).iso()
        yield Day(match.start(), match.end(), iso, iso, by_publication=True)
    for match in _LAST_YEAR.finditer(text, start, end):
        if not re.match(r"\s?\d{1,2}월", text[match.end() : match.end() + 5]):
            told = str(year_of(match[0], published))
            yield Day(match.start(), match.end(), told, told, by_publication=True)


_NEAR_MONTH = re.compile(r"(?:지난달|이달|내달|다음\s?달)(?!\s?\d)")


def nights(text: str, start: int, end: int) -> int | None:
    """How many days a journey took by the words `5박 7일` or `6일간`."""
    found = _NIGHTS.search(text, start, end)
    return int(found[1] or found[2]) if found else None
