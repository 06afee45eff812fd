"""Firms in a text: by their mark, bracket, list, trade or title, and wherever their names recur."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ingest.reader.firm_words import BODY, COOPERATIVE, GENERIC, MARK, NOUNS, has_ending, is_name
from ingest.reader.names import names

if TYPE_CHECKING:
    from ingest.reader.text import Span

How = Literal["mark", "list", "bracket", "trade", "title", "ending", "quoted", "again"]
CHARS = r"[A-Za-z0-9가-힣&+]"
NAME = rf"{CHARS}(?:{CHARS}|[.\-](?=[A-Za-z0-9])){{0,24}}"
LATIN = r"[A-Z][A-Za-z0-9&.\-]{1,20}(?:\s[A-Z][A-Za-z0-9&.\-]{1,20}){0,3}"
COOP = r"농업회사법인|어업회사법인|영농조합법인|영어조합법인|협동조합|사회적기업"
_BRACKETED = re.compile(rf"(?P<name>{LATIN}|{NAME})\s?\((?P<inside>[^()\n]{{1,60}})\)")
_PARTICLES = [
    "에서는",
    "에서도",
    "에서",
    "에게서",
    "에게",
    "으로부터",
    "로부터",
    "으로",
    "과의",
    "와의",
    "과는",
    "와는",
    "까지",
    "부터",
    "이라는",
    "라는",
    "처럼",
    "측은",
    "측이",
    "측과",
    "측",
    "사는",
    "사가",
    "사와",
    "사의",
    "사도",
    "사에",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "로",
    "만",
    "등",
    "사",
]
_FINAL_WANTED = frozenset(["은", "이", "을", "과", "으로", "과의", "과는", "으로부터", "이라는"])
_NO_FINAL = frozenset(["는", "가", "를", "와", "와의", "와는", "라는"])


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm where it is named; `span` holds its mark, `start` to `end` the name alone."""

    start: int
    end: int
    span: Span
    name: str
    how: How
    product: str | None = None
    product_span: Span | None = None
    particle: str = ""

    @property
    def marked(self) -> bool:
        """Whether ㈜ or the like stands beside the name."""
        return self.how == "mark"


def bare(word: str) -> tuple[str, str]:
    """A word without its ending, and the ending: only one that agrees with the sound before it."""
    for ending in _PARTICLES:
        if not word.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word[: -len(ending)]
        if ending.startswith("사") and not _before_sa(stem):
            continue
        closed = has_final(stem[-1])
        if closed is None or not (
            (ending in _FINAL_WANTED and not closed) or (ending in _NO_FINAL and closed)
        ):
            return stem, ending
    return word, ""


def _before_sa(stem: str) -> bool:
    """Whether 사 after this is `the firm of`, and no part of a word as in 출판사."""
    return bool(re.search(r"[A-Za-z]$", stem)) or has_ending(stem) or len(stem) >= 4


def has_final(mark: str) -> bool | None:
    """Whether a syllable ends in a consonant; None for what is no Korean syllable."""
    return (ord(mark) - 0xAC00) % 28 != 0 if "가" <= mark <= "힣" else None


_GOODS = re.compile(
    r"(?:식품|화장품|제품|기기|부품|용품|기계|음료|소스|김치|조미김|홍삼|커피|의류|가구|완구|"
    r"조명|필터|렌즈|센서|장비|설비|시스템|소프트웨어|플랫폼|솔루션|로봇|드론)$"
)


_GOVERNMENT = re.compile(r"[가-힣]{2,6}(?:특별시|광역시|[시군구현성])(?:청|의회)?")


def acceptable(name: str, *, marked: bool = False) -> bool:
    """Whether a name may be that of a firm: no place, no kind of goods, no body."""
    if marked:
        return len(name) >= 2 and name not in {"업체", "기업", "회사"}
    if not is_name(name) or name in GENERIC or name in NOUNS:
        return False
    table = names()
    if name in table.abroad and not any(one.weak for one in table.abroad[name]):
        return False
    if COOPERATIVE.search(name):
        return True
    return name not in table.korean and not BODY.search(name) and not _GOVERNMENT.fullmatch(name)


def occurrences(text: str, start: int, end: int, known: dict[str, Firm]) -> list[Firm]:
    """Where the known firms stand between two places, the longest name first, none twice."""
    found: list[Firm] = []
    for name in sorted(known, key=lambda name: (-len(name), name)):
        at = text.find(name, start, end)
        while at >= 0:
            stop = at + len(name)
            free = not any(f.start < stop and at < f.end for f in found)
            if free and (firm := _occurrence(text, at, stop, end, known[name])):
                found.append(firm)
            at = text.find(name, stop, end)
    return sorted(found, key=lambda firm: firm.start)


_LEAD = re.compile(rf"(?:(?:{COOP})\s?)?(?:(?:{MARK})\s?)$")
_TRAIL = re.compile(r"\s?(?:㈜|\(\s?주\s?\)|\(\s?유\s?\)|\s주식회사)")
_PRODUCT = re.compile(r"\s?(?:사)?\s?\((?P<inside>[^()\n]{1,60})\)")
_ENDING = re.compile(rf"(?:{'|'.join(_PARTICLES)})")


def _occurrence(text: str, at: int, stop: int, limit: int, known: Firm) -> Firm | None:
    lead = _LEAD.search(text, max(0, at - 16), at)
    if not lead and at and re.match(r"[가-힣A-Za-z0-9]", text[at - 1]):
        return None
    trail = _TRAIL.match(text, stop, limit)
    last = trail.end() if trail else stop
    ending = _ENDING.match(text, last, limit)
    after = text[ending.end() : ending.end() + 1] if ending else text[last : last + 1]
    if after and re.match(r"[가-힣A-Za-z0-9]", after) and not _title(text, last):
        return None
    how: How = "mark" if lead or trail else ("again" if known.how == "mark" else known.how)
    span = (lead.start() if lead else at, last)
    product = _product(text, last, limit)
    told = ending[0] if ending else ""
    if product[2] > last:
        rest = _ENDING.match(text, product[2], limit)
        told = rest[0] if rest else told
    return replace(
        known,
        start=at, end=stop, span=span, how=how,
        product=product[0], product_span=product[1], particle=told,
    )  # fmt: skip


def _title(text: str, at: int) -> bool:
    return re.match(r"\s?(?:대표|사장|회장)", text[at : at + 4]) is not None


_HEADS = re.compile(
    r"대표|소재|이하|회장|사장|코스닥|옛|구\s|전화|☎|사진|가운데|왼쪽|오른쪽|"
    r"[가-힣]+[시군구읍면동]\s"
)


def _product(text: str, at: int, limit: int) -> tuple[str | None, Span | None, int]:
    """What stands in brackets after a firm, if it is its goods."""
    found = _PRODUCT.match(text, at, limit)
    if not found:
        return None, None, at
    told = found["inside"].strip()
    goods = (
        re.search(r"[가-힣]", told)
        and not _HEADS.search(told)
        and not re.search(r"\d\s?[만억천]|달러", told)
    )
    if not goods or re.fullmatch(
        r"[가-힣]{2,4}(?:\s[가-힣]+)?(?:시|군|구|동|읍|면)(?:\s?소재)?", told
    ):
        return None, None, found.end()
    start = found.start("inside") + len(found["inside"]) - len(found["inside"].lstrip())
    return told, (start, start + len(told)), found.end()
