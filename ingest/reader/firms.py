"""Firms in a text: by their mark, bracket, list, trade or title, and wherever their names recur."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ingest.reader.firm_words import BODY, COOPERATIVE, GENERIC, MARK, NOUNS, has_ending, is_name
from ingest.reader.names import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.reader.text import Span

How = Literal["mark", "list", "bracket", "trade", "title", "ending", "quoted", "again"]
_CHARS = r"[A-Za-z0-9가-힣&+]"
_NAME = rf"{_CHARS}(?:{_CHARS}|[.\-](?={_CHARS})){{0,24}}"
_LATIN = r"[A-Z][A-Za-z0-9&.\-]{1,20}(?:\s[A-Z][A-Za-z0-9&.\-]{1,20}){0,3}"
_COOP = r"농업회사법인|어업회사법인|영농조합법인|영어조합법인|협동조합|사회적기업"
_MARKED = re.compile(rf"(?P<coop>(?:{_COOP})\s?)?(?P<mark>(?:{MARK})\s?)(?P<name>{_LATIN}|{_NAME})")
_MARKED_AFTER = re.compile(
    rf"(?P<name>{_NAME})\s?(?P<mark>㈜|\(\s?주\s?\)|\(\s?유\s?\)|\s주식회사)"
)
_COOPED = re.compile(
    rf"(?P<coop>농업회사법인|어업회사법인|영농조합법인|영어조합법인)\s(?P<name>{_NAME})"
)
_COOP_AFTER = re.compile(
    rf"(?P<name>{_NAME}?(?:영농조합법인|영어조합법인|농업회사법인|조합공동사업법인|조공법인|농업협동조합|원예농협|축협|농협|영농조합))"
)
_TRADE = re.compile(
    r"(?:업체|기업|회사|수입사|유통사|구매사|파트너사|바이어|수입상|벤처|제조사|생산업체|제조업체|수출업체|전문업체|전문기업|스타트업|브랜드|농가|공방|법인)인?(?:\s['\"]?|\s?['\"])"
    rf"(?P<name>{_LATIN}|{_NAME})"
)
_HEAD_OF = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<name>{_LATIN}|{_CHARS}{_NAME})\s?(?:의\s)?(?:[가-힣]{{2,4}}\s)?(?P<title>대표이사|대표|사장|회장|이사|상무|전무|본부장|부장|차장|팀장|관계자|부사장)(?=[는은이가와의에도 ,()·]|$)"
)
_BRACKETED = re.compile(rf"(?P<name>{_LATIN}|{_NAME})\s?\((?P<inside>[^()\n]{{1,60}})\)")
_QUOTED = re.compile(
    rf"['\"](?P<name>{_LATIN}|{_NAME})['\"](?:\s?사)?(?=[은는이가을를와과의에도,.( ])"
)
_PARTICLES = ["에서는", "에서도", "에서", "에게서", "에게", "으로부터", "로부터", "으로", "과의", "와의", "과는", "와는", "까지", "부터", "이라는", "라는", "처럼", "측은", "측이", "측과", "측", "사는", "사가", "사와", "사의", "사도", "사에", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만", "등", "사"]
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


def known_firms(text: str) -> dict[str, Firm]:
    """The firms that a text names in a way that tells them, each by its name."""
    found: dict[str, Firm] = {}
    for firm in _told(text):
        if firm.name not in found and acceptable(firm.name, marked=firm.marked):
            found[firm.name] = firm
    return found


def _told(text: str) -> Iterator[Firm]:
    for match in _MARKED.finditer(text):
        yield _marked(match)
    for match in _MARKED_AFTER.finditer(text):
        start = match.start("name")
        yield Firm(start, match.end("name"), (start, match.end()), match["name"], "mark")
    for match in _COOPED.finditer(text):
        name, particle = bare(match["name"])
        end = match.start("name") + len(name)
        whole = text[match.start() : end]
        yield Firm(match.start(), end, (match.start(), end), whole, "mark", particle=particle)
    for match in _COOP_AFTER.finditer(text):
        if len(match["name"]) > 4:
            yield Firm(match.start(), match.end(), match.span(), match["name"], "mark")
    for pattern, how in _WAYS:
        for match in pattern.finditer(text):
            if firm := _by(text, match, how):
                yield firm


def _marked(match: re.Match[str]) -> Firm:
    name, particle = bare(match["name"])
    start = match.start("name")
    end = start + len(name)
    return Firm(start, end, (match.start(), end), name, "mark", particle=particle)


_MAKER = re.compile(
    rf"[가-힣)A-Za-z](?:을|를)\s(?:[가-힣]+\s){{0,2}}?(?:만드는|만든|생산하는|생산한|제조하는|제조·판매하는|제조|생산|수출하는|수출 중인|수출한|판매하는|개발한|개발하는|가공하는|취급하는|운영하는|공급하는|선보인|출시한)\s['\"]?"
    rf"(?P<name>{_LATIN}|{_NAME})"
)
_WAYS: tuple[tuple[re.Pattern[str], How], ...] = (
    (_TRADE, "trade"),
    (_MAKER, "trade"),
    (_HEAD_OF, "title"),
    (_QUOTED, "quoted"),
)
_SURNAMES = frozenset("김이박최정강조윤장임한오서신권황안송류홍전고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국")


def _is_person(name: str) -> bool:
    return len(name) in {2, 3} and name[0] in _SURNAMES and not has_ending(name)
_GOODS = re.compile(
    r"(?:식품|화장품|제품|기기|부품|용품|기계|음료|소스|김치|조미김|홍삼|커피|의류|가구|완구|조명|필터|렌즈|센서|장비|설비|시스템|소프트웨어|플랫폼|솔루션|로봇|드론)$"
)


def _by(text: str, match: re.Match[str], how: How) -> Firm | None:
    name, particle = bare(match["name"])
    if not is_name(name) or not _stands_alone(text, match.start("name")):
        return None
    after = text[match.start("name") + len(name) :][:12]
    if how == "trade" and not (
        particle or re.match(r"\s?[(,'\"]|\s(?:등|대표|[가-힣]{3}\s?대표)", after)
    ):
        return None
    if how == "quoted" and not has_ending(name):
        return None
    if how == "title" and (_is_person(name) or match["title"] == "관계자" and not has_ending(name)):
        return None
    if how == "title" and len(name) < 3:
        return None
    start = match.start("name")
    return Firm(start, start + len(name), (start, start + len(name)), name, how, particle=particle)


def _stands_alone(text: str, start: int) -> bool:
    return not text[start - 1 : start].strip() or not re.match(r"[가-힣A-Za-z0-9]", text[start - 1])


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
            if not any(f.start < stop and at < f.end for f in found):
                if firm := _occurrence(text, at, stop, end, known[name]):
                    found.append(firm)
            at = text.find(name, stop, end)
    return sorted(found, key=lambda firm: firm.start)


_LEAD = re.compile(rf"(?:(?:{_COOP})\s?)?(?:(?:{MARK})\s?)$")
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
    if product[1]:
        rest = _ENDING.match(text, product[2], limit)
        told = rest[0] if rest else told
    return replace(
        known,
        start=at, end=stop, span=span, how=how, product=product[0], product_span=product[1], particle=told,
    )  # fmt: skip


def _title(text: str, at: int) -> bool:
    return re.match(r"\s?(?:대표|사장|회장)", text[at : at + 4]) is not None


_HEADS = re.compile(
    r"대표|소재|이하|회장|사장|코스닥|옛|구\s|전화|☎|사진|가운데|왼쪽|오른쪽|[가-힣]+[시군구읍면동]\s"
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


_SUBJECT = re.compile(
    rf"(?:(?<=[\s,·\"'(])|^)(?P<name>{_LATIN}|[가-힣A-Z][가-힣A-Za-z0-9&]{{1,14}}?)(?:사)?(?P<particle>은|는|이|가|도|의)(?=\s)",
    re.MULTILINE,
)
_SELLS = re.compile(r"달러|불\b|불[을의 ]|엔|위안|유로|수출계약|현장계약|계약을|선적|출고|수출했|수출한")


def subjects(text: str, start: int, end: int) -> Iterator[Firm]:
    """Subjects of a sentence on sales that end as the names of firms do."""
    if not _SELLS.search(text, start, end):
        return
    for match in _SUBJECT.finditer(text, start, end):
        name, at = match["name"], match.start("name")
        closed = has_final(name[-1])
        wanted = match["particle"] in {"은", "이"}
        if match["particle"] in {"은", "는", "이", "가"} and closed is not None and closed is not wanted:
            continue
        if has_ending(name):
            yield Firm(at, at + len(name), (at, at + len(name)), name, "ending", particle=match["particle"])
