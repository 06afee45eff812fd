"""Lists of firms: what their items are, whether they are closed, and how many are meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.reader.firm_words import GENERIC, MARK, has_ending, is_name
from ingest.reader.firms import Firm, acceptable
from ingest.reader.names import names

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN = (
    r"(?:총|모두|관내|도내|시내|지역|국내|시|군|구|참가|참여|수출|우수|유망|중소|중소기업|강소|"
    r"소재|제조|농식품|식품|화장품|농업|수산|가공|기술|벤처|"
    r"대표|뷰티|기계|부품|업체|기업|선도|강소기업|농수산식품|의료기기|IT|ICT|청년|여성|사회적|"
    r"이상|[가-힣]{2,4}(?:시|군|구|도)|[가-힣]{2,3}(?=\s))"
)
_CLOSE = re.compile(
    rf"\s?등\s?(?:{_BETWEEN}\s?|[가-힣·A-Za-z]{{1,18}}\s){{0,5}}(?P<count>\d{{1,3}})\s?여?\s?개?\s?(?:의\s)?(?:중소\s?)?(?:수출\s?)?(?P<unit>기업체|"
    rf"기업|업체|회사|개사|곳|사(?=[가는와에이를로의도 ,.)]|$))"
    r"|\s?등(?:의)?\s(?:[가-힣A-Za-z]{1,8}\s){0,4}?(?P<open>업체|기업|기업들|"
    r"업체들|회사)"
    rf"|\s?등\s?(?P<words>두|세|네|다섯|여섯|일곱|여덟)\s?(?:개\s?)?(?:업체|기업|회사|곳)"
    r"|\s?등(?P<some>이|은|과|을|에서|도)\s|\s?등(?P<are>이다|입니다)"
    rf"|(?:,\s?|\s)(?:총\s)?(?:{_BETWEEN}\s?){{0,3}}(?P<total>\d{{1,2}})\s?개\s?(?:중소\s?)?(?:수출\s?)?(?:기업|"
    rf"업체|회사|사)"
)
_AHEAD = re.compile(
    r"(?P<count>\d{1,3})\s?개?\s?(?:의\s)?(?:중소\s?)?(?:수출\s?)?(?:기업|업체|회사|"
    r"사)\s?[(\[](?P<inside>[^()\[\]\n]{3,400})[)\]]"
    r"|(?:참가|참여|파견|선정|계약|동행)\s?(?:기업|업체|회사)(?:은|는|로는|들은|"
    r"명단은)?\s?[:：△▲▷·(]?\s?(?P<after>[^\n]{3,400})"
)
_NUMBERS = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8}
_BULLETS = "▲△▷▶○●◦•◇◆□■-"
ITEM = re.compile(
    rf"\s*(?:,|·|/|[{_BULLETS}]|및|(?:을|를)\s비롯(?:해|하여|한)\s|(?<=[가-힣a-zA-Z)])(?:와|"
    rf"과)(?=\s))\s*"
)
BRACKETS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|'[^'\n]{0,40}'")
_MARKS = re.compile(rf"(?:농업회사법인|어업회사법인)?\s?(?:{MARK})\s?|\s?(?:㈜|\(\s?주\s?\))")
_FOREIGN = re.compile(
    r"(?:바이어|수입업체|수입상|유통업체|유통사|현지\s?(?:업체|기업)|구매자|대형마트|"
    r"파트너)(?:(?:인|사인|들인)?\s*|(?:인|사인|들인)\s[^.\n]{1,40})$"
)
_BACK = 320


@dataclass(frozen=True, slots=True)
class FirmList:
    """Firms that are named in one breath; `count` is how many the text says there are.

    `closed` if the text says that these and no more, or how many, are firms.
    """

    start: int
    end: int
    firms: tuple[Firm, ...]
    count: int | None
    is_open: bool
    particle: str = ""

    @property
    def whole(self) -> bool:
        """Whether the list names everyone it speaks of."""
        if self.count is not None:
            return self.count == len(self.firms)
        return not self.is_open


def closed_lists(text: str, start: int, end: int) -> list[FirmList]:
    """The lists of a sentence that end in `등 7개 업체` or the like, or follow `7개 업체`."""
    found: list[FirmList] = []
    for match in _CLOSE.finditer(text, start, end):
        floor = max([start, match.start() - _BACK, *(one.end for one in found)])
        if one := _before(text, floor, match):
            found.append(one)
    for match in _AHEAD.finditer(text, start, end):
        if one := _inside(text, match):
            found.append(one)
    return found


def _before(text: str, floor: int, match: re.Match[str]) -> FirmList | None:
    items = list(_backwards(text, floor, match.start()))
    told = [item for item in items if item]
    if (match["some"] or match["are"]) and not any(f.marked or has_ending(f.name) for f in told):
        return None
    if match["total"] and len(told) < 2:
        return None
    if match["unit"] == "곳" and not any(f.marked or has_ending(f.name) for f in told):
        return None
    if not told or not _plausible(told):
        return None
    if _FOREIGN.search(text[max(floor, told[0].span[0] - 60) : told[0].span[0]]):
        return None
    count = match["count"] or match["total"]
    number = int(count) if count else _NUMBERS.get(match["words"] or "")
    if number is not None and number < len(told):
        number = None
    particle = re.match(r"[가-힣]{0,3}", text[match.end() :])
    return FirmList(
        told[0].span[0], match.end(), tuple(told), number, number is None,
        match["some"] or (particle[0] if particle else ""),
    )  # fmt: skip


def _plausible(told: list[Firm]) -> bool:
    """Whether the items are firms and no kinds of goods, bodies or places."""
    sure = sum(firm.marked or has_ending(firm.name) or firm.product is not None for firm in told)
    goods = sum(firm.name in GENERIC or is_spot(firm.name) for firm in told)
    return goods == 0 and (sure > 0 or all(acceptable(firm.name) for firm in told))


def _backwards(text: str, floor: int, stop: int) -> Iterator[Firm | None]:
    """The items before a place, the first first; it ends where no sign of a list stands."""
    told = text[floor:stop]
    masked = BRACKETS.sub(lambda found: "\x01" * len(found[0]), told)
    cuts = [found.span() for found in ITEM.finditer(masked)]
    edges = [(0, cuts[0][0] if cuts else len(told))]
    edges += [
        (cut[1], cuts[n + 1][0] if n + 1 < len(cuts) else len(told)) for n, cut in enumerate(cuts)
    ]
    items: list[Firm | None] = []
    for start, end in reversed(edges):
        firm = item(text, floor + start, floor + end)
        if firm is None:
            break
        items.append(firm)
        lead = text[floor + start : firm.span[0]].strip()
        if lead and not _describes(lead):
            break
    yield from reversed(items)


def _describes(lead: str) -> bool:
    """Whether what stands before a name belongs to it: its town, its goods, its number."""
    return bool(
        re.fullmatch(
            r"(?:[가-힣]{2,5}(?:시|군|구|읍|면)|[가-힣A-Za-z0-9·, ]{1,30}(?:업체|기업|회사|"
            r"전문|제조|생산|수출)(?:인)?|농업회사법인|관내|지역|[가-힣]{2,8}(?:를|"
            r"을)\s(?:제조|생산|수출|가공)하는)\s?",
            lead,
        )
    )


_WORD = re.compile(r"\S+")


_COOP_NAME = re.compile(r"(?:농업회사법인|어업회사법인|영농조합법인|영어조합법인)\s")
_COOP_LEAD = re.compile(r"(?:농업회사법인|어업회사법인|영농조합법인|영어조합법인)\s$")


def item(text: str, start: int, end: int) -> Firm | None:
    """The firm that an item of a list names: its last word, without mark and bracket."""
    told = text[start:end]
    product, product_span, inner = None, None, told.rstrip()
    bracket = re.search(r"\s?\(([^()]{1,60})\)\s?$", inner)
    if bracket and not re.fullmatch(r"\s?\(\s?[주유]\s?\)\s?", bracket[0]):
        inner = inner[: bracket.start()]
        if is_goods(bracket[1]):
            at = start + bracket.start(1)
            product, product_span = bracket[1].strip(), (at, at + len(bracket[1]))
    marks = list(_MARKS.finditer(inner))
    trail = next((m for m in marks if m.end() == len(inner.rstrip())), None)
    core = inner[: trail.start()] if trail else inner
    lead = next((m for m in reversed(marks) if m is not trail and m.end() <= len(core)), None)
    begin = lead.end() if lead else _last_word(core)
    if not lead and (coop := _COOP_LEAD.search(core[:begin])):
        begin = coop.start()
    name = core[begin:].strip(" '\"")
    offset = core.find(name, begin) if name else begin
    spaced = " " in name and not _COOP_NAME.match(name)
    if not name or (spaced and not re.fullmatch(r"[A-Za-z0-9&.\- ]+", name)):
        return None
    marked = bool(lead or trail or _COOP_NAME.match(name))
    if not marked and not (is_name(name) and acceptable(name)):
        return None
    at = start + offset
    span = (
        start + lead.start() + len(lead[0]) - len(lead[0].lstrip()) if lead else at,
        at + len(name),
    )
    return Firm(
        at, at + len(name), (span[0], start + len(inner.rstrip())), name,
        "mark" if marked else "list", product, product_span,
    )  # fmt: skip


def _last_word(core: str) -> int:
    """Where the last word begins; words in Latin letters hang together."""
    latin = re.search(
        r"(?<![가-힣A-Za-z0-9])(?:[A-Z][A-Za-z0-9&.\-]*\s){0,3}[A-Z][A-Za-z0-9&.\-]*\s*$", core
    )
    if latin:
        return latin.start()
    words = list(_WORD.finditer(core))
    return words[-1].start() if words else len(core)


def is_goods(inside: str) -> bool:
    """Whether what stands in a bracket names goods, and no person, place or sum."""
    return bool(re.search(r"[가-힣A-Za-z]", inside)) and not re.search(
        r"대표|소재|\d\s?(?:만|억|천)|달러|[가-힣]+(?:시|군|구|동)\s?$", inside
    )


def _inside(text: str, match: re.Match[str]) -> FirmList | None:
    group = "inside" if match["inside"] else "after"
    start, end = match.span(group)
    told = text[start:end]
    masked = BRACKETS.sub(lambda found: "\x01" * len(found[0]), told)
    stop = re.search(r"\s등\s|\s등|\s?\d{1,3}\s?개|(?:이|가|을|를|은|는)\s|다\s*$", masked)
    limit = stop.start() if stop else len(masked)
    items, at = [], 0
    for cut in [*(m.span() for m in ITEM.finditer(masked, 0, limit)), (limit, limit)]:
        firm = item(text, start + at, start + cut[0])
        if firm:
            items.append(firm)
        elif told[at : cut[0]].strip():
            return None
        at = cut[1]
    if len(items) < 2:
        return None
    count = int(match["count"]) if match["count"] else None
    return FirmList(
        items[0].span[0], start + limit, tuple(items), count, stop is not None and "등" in stop[0]
    )


def is_spot(name: str) -> bool:
    """Whether a name is that of a place by the tables."""
    table = names()
    return name in table.abroad or name in table.korean
