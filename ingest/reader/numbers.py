"""Amounts of money and counts as the press writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ingest.reader.proposals import Flag
    from ingest.reader.text import Span

_DIGITS = r"(?<![\d.,])\d{1,15}+(?:,\d{3}){0,5}+(?:\.\d{1,6}+)?+"
_UNITS = r"\s?여?[십백천만억조]{1,3}+"
_MORE = (
    r"(?:(?<=[십백천만억조여])|(?<=[십백천만억조여]\s))"
    r"\d{1,12}+(?:,\d{3}){0,3}+(?:\.\d{1,4}+)?+(?:\s?[십백천만억조]{1,3}+)?+"
)
_CURRENCY = (
    r"달러|달라|딸라|불(?![가-힣])|불(?=(?:의|을|은|이|과|로|에|를|와|도|씩|까지|이상)(?:[\s,.)]|$)|어치|규모|상당|짜리)|弗|USD|US\$|\$|"
    r"원(?!정|가|료|산|자|재|단|주|장|서|천|활|래|인)|엔(?!터|지|진)|위안|유로|인민폐"
)
_MONEY = re.compile(
    rf"(?P<sign>(?:US\$|USD|\$|₩|€|￥|¥)\s?)?"
    rf"(?P<number>{_DIGITS}(?:{_UNITS})?+(?:여\s?)?+(?:\s?{_MORE}(?:여\s?)?+){{0,4}}+)\s?"
    rf"(?P<currency>{_CURRENCY})?"
)
_TOKEN = re.compile(r"(\d[\d,]{0,20}(?:\.\d{1,6})?)|([십백천만억조])")
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
_CODES = {
    "달러": "USD",
    "달라": "USD",
    "딸라": "USD",
    "불": "USD",
    "弗": "USD",
    "USD": "USD",
    "US$": "USD",
    "$": "USD",
    "원": "KRW",
    "₩": "KRW",
    "엔": "JPY",
    "¥": "JPY",
    "￥": "JPY",
    "위안": "CNY",
    "인민폐": "CNY",
    "유로": "EUR",
    "€": "EUR",
}
_ABROAD = {
    "홍콩": "HKD",
    "호주": "AUD",
    "싱가포르": "SGD",
    "캐나다": "CAD",
    "대만": "TWD",
}
_APPROX_BEFORE = re.compile(r"(?:(?<![가-힣])약|대략|줄잡아|어림잡아)\s?(?:미화|한화|총)?\s?$")
_APPROX_AFTER = re.compile(r"\s?(?:가량|안팎|내외|정도|여(?=\s|$)|상당액)")
_MIN_AFTER = re.compile(
    r"\s?(?:이상|을 넘|를 넘|가 넘|이 넘|을 웃|를 웃|을 돌파|를 돌파|을 상회|를 상회)"
)
LIMIT = 10**15


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: where it stands, its value, and what the words around it add."""

    start: int
    end: int
    value: int
    currency: str
    flags: tuple[Flag, ...] = ()
    krw: int | None = None
    krw_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something: 건 of deals, 개사 of firms."""

    start: int
    end: int
    value: int
    of: Literal["deals", "firms", "people", "buyers"]


def number(text: str) -> tuple[int, bool] | None:
    """The value of Korean figures, and whether a 만 is left out; None if it is no whole number.

    A unit that follows a smaller one multiplies what stands there, as in 13백만; after 억, a
    number of thousands with no 만 to it is of 만.
    """
    total, section, current = 0.0, 0.0, None
    last_large, last_small, elided = 0, False, False
    for digits, unit in _TOKEN.findall(text):
        if digits:
            section += current or 0
            current = float(digits.replace(",", ""))
            last_small = False
        elif unit in _SMALL:
            last_small = current is not None
            section += (1 if current is None else current) * _SMALL[unit]
            current = None
        else:
            section += current or 0
            total += (section or 1) * _LARGE[unit]
            section, current, last_small = 0, None, False
            last_large = _LARGE[unit]
    if last_large == _LARGE["억"] and last_small and current is None and section:
        section, elided = section * _LARGE["만"], True
    value = total + section + (current or 0)
    whole = round(value)
    return (whole, elided) if 0 < whole < LIMIT and abs(value - whole) < 1e-3 * value else None


def amounts(text: str, start: int, end: int) -> list[Amount]:
    """The sums of money between two places; won in brackets beside another currency join it."""
    found: list[Amount] = []
    for match in _MONEY.finditer(text, start, end):
        if amount := _amount(text, match):
            found.append(amount)
    return _with_won(text, found)


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    sign = (match["sign"] or "").strip()
    word = match["currency"] or sign
    if not word or not any(mark.isdigit() for mark in match["number"]):
        return None
    read = number(match["number"])
    if read is None:
        return None
    value, elided = read
    before = text[max(0, match.start() - 12) : match.start()]
    code = _CODES[word]
    if code == "USD":
        code = next((c for name, c in _ABROAD.items() if before.rstrip().endswith(name)), code)
    stop = match.end("currency") if match["currency"] else match.end("number")
    flags = _flags(before, match["number"], text[stop : stop + 12], elided=elided)
    first = match.start()
    last = len(text[first:stop].rstrip()) + first
    return Amount(first, last, value, code, flags)


def _flags(before: str, figures: str, after: str, *, elided: bool) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    if "여" in figures or _APPROX_BEFORE.search(before) or _APPROX_AFTER.match(after):
        flags.append("approx")
    if _MIN_AFTER.match(after):
        flags.append("min")
    if elided:
        flags.append("elided_unit")
    return tuple(flags)


_BRACKET = re.compile(
    r"\s?(?:여|상당|규모|어치)?\s?[(\[](?:약|한화|우리 돈|우리돈|원화|미화|총|:|\s){0,5}$"
)
_EQUALS = re.compile(r"\s?,?\s?(?:우리\s?돈|한화)(?:로|으로)?\s?(?:약|총)?\s?$")


def _with_won(text: str, found: list[Amount]) -> list[Amount]:
    """Each pair of a sum and its worth in won as one; the won never stand alone."""
    kept: list[Amount] = []
    for amount in found:
        last = kept[-1] if kept else None
        between = text[last.end : amount.start] if last else ""
        same = last is not None and (_BRACKET.fullmatch(between) or _EQUALS.fullmatch(between))
        if last and same and amount.currency == "KRW" != last.currency and last.krw is None:
            kept[-1] = replace(last, krw=amount.value, krw_span=(amount.start, amount.end))
        elif last and same and last.currency == "KRW" != amount.currency:
            kept[-1] = replace(amount, krw=last.value, krw_span=(last.start, last.end))
        else:
            kept.append(amount)
    return kept


_COUNT = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3}){1,2}|\d{1,6})\s?(?P<more>여\s?)?(?P<unit>개?\s?건|"
    r"(?:개\s?[가-힣]{2,6}\s?|개?\s?)(?:중소)?\s?(?:수출|참가|참여|관내|도내|지역|회원|유망|우수|"
    r"제조|중견|현지|해외|국내)?\s?"
    r"(?:중소)?\s?(?:수출)?\s?(?:업체|기업|회사|개사|사(?=[가는와의에이를로도 ,)]|$))|"
    r"개사|명|(?:개\s?사\s?)?\s?바이어)"
)
_THEIRS = re.compile(r"(?:의\s?)?(?:해외|현지)?\s?바이어")
_KOREAN = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
}
_KOREAN_COUNT = re.compile(
    rf"(?<![가-힣])({'|'.join(_KOREAN)})\s?(?:개\s?)?(업체|기업|회사|곳)(?!인)"
)


def counts(text: str, start: int, end: int) -> list[Count]:
    """The numbers of deals, firms and people between two places."""
    found = []
    for match in _COUNT.finditer(text, start, end):
        if match.start() > start and text[match.start() - 1] in "0123456789.,":
            continue
        if re.search(r"개국\s?(?:에서\s?)?$", text[max(start, match.start() - 8) : match.start()]):
            continue
        value = int(match["number"].replace(",", ""))
        unit = match["unit"] + (_THEIRS.match(text, match.end()) or [""])[0]
        found.append(Count(match.start(), match.end(), value, _counted(unit)))
    for match in _KOREAN_COUNT.finditer(text, start, end):
        found.append(Count(match.start(), match.end(), _KOREAN[match[1]], "firms"))
    return sorted(found, key=lambda count: count.start)


def _counted(unit: str) -> Literal["deals", "firms", "people", "buyers"]:
    if "건" in unit:
        return "deals"
    if "명" in unit:
        return "people"
    return "buyers" if "바이어" in unit or "현지" in unit or "해외" in unit else "firms"
