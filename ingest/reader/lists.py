"""Lists of firms: what their items are, whether they are closed, and how many are meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.reader.firm_words import GENERIC, MARK, has_ending, is_name
from ingest.reader.firms import Firm, acceptable, bare
from ingest.reader.names import names

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_BETWEEN = (
    r"(?:총|모두|관내|도내|시내|지역|국내|시|군|구|참가|참여|수출|우수|유망|중소|중소기업|강소|소재|제조|농식품|식품|화장품|농업|수산|가공|기술|벤처|"
    r"대표|뷰티|기계|부품|업체|기업|선도|강소기업|농수산식품|의료기기|IT|ICT|청년|여성|사회적|이상|[가-힣]{2,4}(?:시|군|구|도))"
)
_CLOSE = re.compile(
    rf"\s?등\s?(?:{_BETWEEN}\s?){{0,4}}(?P<count>\d{{1,3}})\s?여?\s?개?\s?(?:의\s)?(?:중소\s?)?(?:수출\s?)?(?P<unit>기업체|기업|업체|회사|개사|곳|사(?=[가는와에이를로의도 ,.)]|$))"
    r"|\s?등(?:의)?\s(?:(?:관내|지역|참가|수출|우수|중소)\s?){0,2}(?P<open>업체|기업|기업들|업체들|회사)"
    rf"|\s?등\s?(?P<words>두|세|네|다섯|여섯|일곱|여덟)\s?(?:개\s?)?(?:업체|기업|회사|곳)"
    r"|\s?등(?P<some>이|은|과|을|에서|도)\s"
    rf"|\s(?:{_BETWEEN}\s?){{0,3}}(?P<total>\d{{1,2}})\s?개\s?(?:중소\s?)?(?:수출\s?)?(?:기업|업체|회사|사)"
)
_AHEAD = re.compile(
    r"(?P<count>\d{1,3})\s?개?\s?(?:의\s)?(?:중소\s?)?(?:수출\s?)?(?:기업|업체|회사|사)\s?[(\[](?P<inside>[^()\[\]\n]{3,400})[)\]]"
    r"|(?:참가|참여|파견|선정)\s?(?:기업|업체|회사)(?:은|는|로는|들은|명단은)?\s?[:：△▲▷·(]?\s?(?P<after>[^\n]{3,400})"
)
_NUMBERS = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8}
_BULLETS = "▲△▷▶○●◦•◇◆□■-"
_ITEM = re.compile(rf"\s*(?:,|·|/|[{_BULLETS}]|및|(?<=[가-힣a-zA-Z)])(?:와|과)(?=\s))\s*")
_BRACKETS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|'[^'\n]{0,40}'")
_MARKS = re.compile(rf"(?:농업회사법인|어업회사법인)?\s?(?:{MARK})\s?|\s?(?:㈜|\(\s?주\s?\))")
_FOREIGN = re.compile(
    r"(?:바이어|수입업체|수입상|유통업체|유통사|현지\s?(?:업체|기업)|구매자|대형마트|파트너)(?:인|사인|들인)?\s*$"
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
    if match["some"] and not any(f.marked or has_ending(f.name) for f in told):
        return None
    if match["total"] and len(told) < 2:
        return None
    if match["unit"] == "곳" and not any(f.marked or has_ending(f.name) for f in told):
        return None
    if not told or not _plausible(told, text[floor : match.start()]):
        return None
    if _FOREIGN.search(text[max(floor, told[0].span[0] - 16) : told[0].span[0]]):
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


def _plausible(told: list[Firm], before: str) -> bool:
    """Whether the items are firms and no kinds of goods, bodies or places."""
    sure = sum(firm.marked or has_ending(firm.name) or firm.product is not None for firm in told)
    goods = sum(firm.name in GENERIC or is_spot(firm.name) for firm in told)
    del before
    return goods == 0 and (sure > 0 or all(acceptable(firm.name) for firm in told))


def _backwards(text: str, floor: int, stop: int) -> Iterator[Firm | None]:
    """The items before a place, the first first; it ends where no sign of a list stands."""
    told = text[floor:stop]
    masked = _BRACKETS.sub(lambda found: "\x01" * len(found[0]), told)
    cuts = [found.span() for found in _ITEM.finditer(masked)]
    edges = [(0, cuts[0][0] if cuts else len(told))]
    edges += [
        (cut[1], cuts[n + 1][0] if n + 1 < len(cuts) else len(told)) for n, cut in enumerate(cuts)
    ]
    items: list[Firm | None] = []
    for n, (start, end) in reversed(list(enumerate(edges))):
        firm = _item(text, floor + start, floor + end)
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
            r"(?:[가-힣]{2,5}(?:시|군|구|읍|면)|[가-힣A-Za-z0-9·, ]{1,30}(?:업체|기업|회사|전문|제조|생산|수출)(?:인)?|농업회사법인|관내|지역|[가-힣]{2,8}(?:를|을)\s(?:제조|생산|수출|가공)하는)\s?",
            lead,
        )
    )


_WORD = re.compile(r"\S+")


def _item(text: str, start: int, end: int) -> Firm | None:
    """The firm that an item of a list names: its last word, without mark and bracket."""
    told = text[start:end]
    product, product_span, inner = None, None, told.rstrip()
    bracket = re.search(r"\s?\(([^()]{1,60})\)\s?$", inner)
    if bracket and not re.fullmatch(r"\s?\(\s?[주유]\s?\)\s?", bracket[0]):
        inner = inner[: bracket.start()]
        if _goods(bracket[1]):
            at = start + bracket.start(1)
            product, product_span = bracket[1].strip(), (at, at + len(bracket[1]))
    marks = list(_MARKS.finditer(inner))
    trail = next((m for m in marks if m.end() == len(inner.rstrip())), None)
    core = inner[: trail.start()] if trail else inner
    lead = next((m for m in reversed(marks) if m is not trail and m.end() <= len(core)), None)
    begin = lead.end() if lead else _last_word(core)
    name = core[begin:].strip(" '\"")
    offset = core.find(name, begin) if name else begin
    if not name or (" " in name and not re.fullmatch(r"[A-Za-z0-9&.\- ]+", name)):
        return None
    marked = bool(lead or trail)
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
    latin = re.search(r"(?:[A-Z][A-Za-z0-9&.\-]*\s){0,3}[A-Z][A-Za-z0-9&.\-]*\s*$", core)
    if latin:
        return latin.start()
    words = list(_WORD.finditer(core))
    return words[-1].start() if words else len(core)


def _goods(inside: str) -> bool:
    return bool(re.search(r"[가-힣A-Za-z]", inside)) and not re.search(
        r"대표|소재|\d\s?(?:만|억|천)|달러|[가-힣]+(?:시|군|구|동)\s?$", inside
    )


def _inside(text: str, match: re.Match[str]) -> FirmList | None:
    group = "inside" if match["inside"] else "after"
    start, end = match.span(group)
    told = text[start:end]
    masked = _BRACKETS.sub(lambda found: "\x01" * len(found[0]), told)
    stop = re.search(r"\s등\s|\s등|\s?\d{1,3}\s?개|(?:이|가|을|를|은|는)\s|다\s*$", masked)
    limit = stop.start() if stop else len(masked)
    items, at = [], 0
    for cut in [*(m.span() for m in _ITEM.finditer(masked, 0, limit)), (limit, limit)]:
        firm = _item(text, start + at, start + cut[0])
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


def open_lists(text: str, start: int, end: int, known: Container[str]) -> list[tuple[Firm, ...]]:
    """Firms side by side that no word closes: one of them at least is a firm for sure."""
    told = text[start:end]
    masked = _BRACKETS.sub(lambda found: "\x01" * len(found[0]), told)
    cuts = [found.span() for found in _ITEM.finditer(masked)]
    edges = list(zip([0, *(c[1] for c in cuts)], [*(c[0] for c in cuts), len(told)], strict=True))
    found: list[tuple[Firm, ...]] = []
    n = 0
    while n < len(edges) - 1:
        run = _run(text, start, edges[n:])
        if len(run) > 1 and _sure(run, known):
            found.append(tuple(run))
        n += max(1, len(run) - 1)
    return found


def _run(text: str, offset: int, edges: Sequence[tuple[int, int]]) -> list[Firm]:
    """The firms of one list: the last word of its first part, whole parts, the head of the last."""
    first = _item(text, offset + edges[0][0], offset + edges[0][1])
    if first is None:
        return []
    run = [first]
    for begin, stop in edges[1:]:
        whole = _item(text, offset + begin, offset + stop)
        if whole and not text[offset + begin : whole.span[0]].strip():
            run.append(whole)
            continue
        if head := _head(text, offset + begin, offset + stop):
            run.append(head)
        break
    return run


_HEAD = re.compile(
    rf"\s*(?P<mark>(?:농업회사법인\s?)?(?:{MARK})\s?)?(?P<name>[A-Za-z0-9가-힣&]{{2,24}})(?P<after>㈜|\(\s?주\s?\))?(?P<goods>\s?\([^()]{{1,60}}\))?"
)
_TITLES = re.compile(r"\s(?:대표|등|두|세|네|\d)")


def _head(text: str, start: int, end: int) -> Firm | None:
    """The firm that the last part of a list begins with; an ending must follow its name."""
    found = _HEAD.match(text, start, end)
    if not found:
        return None
    marked = bool(found["mark"] or found["after"])
    name, particle = bare(found["name"]) if not (found["goods"] or found["after"]) else (found["name"], "")
    follows = particle or found["goods"] or found["after"] or _TITLES.match(text, found.end())
    if not follows or not (marked or (is_name(name) and acceptable(name))):
        return None
    at = found.start("name")
    span = (found.start("mark") if found["mark"] else at, at + len(name))
    return Firm(at, at + len(name), span, name, "mark" if marked else "list", particle=particle)


def _sure(run: Sequence[Firm], known: Container[str]) -> bool:
    """Whether a list is one of firms: most of a pair, one of many, none a kind of goods."""
    sure = sum(f.marked or has_ending(f.name) or f.name in known for f in run)
    if any(f.name in GENERIC or is_spot(f.name) for f in run):
        return False
    return sure * 2 >= len(run) or (sure > 0 and len(run) > 2)


def is_spot(name: str) -> bool:
    """Whether a name is that of a place by the tables."""
    table = names()
    return name in table.abroad or name in table.korean


_PRICED = re.compile(
    r"(?:^|[\s,·:▲△▷(])(?P<name>[A-Za-z0-9가-힣&]{2,20}?)(?P<goods>\s?\([^()]{1,40}\))?"
    r"(?P<particle>은|는|이|가|사)?\s?(?P<what>(?:[가-힣A-Za-z]{1,10}\s){0,3})(?:[,:]\s?)?$"
)


def priced(text: str, start: int, amounts_at: Sequence[int]) -> list[Firm]:
    """Firms in a list of sums: each name, its goods perhaps in brackets, just before a sum.

    A name that does not end as those of firms do counts beside one that does.
    """
    found, sure = [], 0
    floor = start
    for at in amounts_at:
        match = _PRICED.search(text, max(floor, at - 64), at)
        floor = at
        if not match or (match["what"] and not match["particle"]):
            continue
        name = match["name"] if match["particle"] or match["goods"] else bare(match["name"])[0]
        if not (is_name(name) and acceptable(name)) or is_spot(name):
            continue
        goods = bool(match["goods"]) and _goods(match["goods"].strip(" ()"))
        sure += bool(goods or has_ending(name))
        at = match.start("name")
        found.append(Firm(at, at + len(name), (at, at + len(name)), name, "list"))
    return found if sure and (len(found) > 1 or sure == len(found)) else []


def runs(firms: list[Firm], text: str) -> list[tuple[Firm, ...]]:
    """Known firms that stand side by side with the sign of a list between them."""
    groups: list[list[Firm]] = []
    for firm in firms:
        last = groups[-1][-1] if groups else None
        if last and _joins(text, last, firm):
            groups[-1].append(firm)
        else:
            groups.append([firm])
    return [tuple(group) for group in groups]


_ROLE = r"(?:[가-힣A-Za-z0-9·]{1,12}\s){0,3}?(?:[가-힣A-Za-z0-9·]{0,10}(?:업체|기업|회사)(?:인)?|[가-힣A-Za-z]{1,10}(?:을|를)\s(?:[가-힣]+\s)?[가-힣]+(?:하는|드는|된|한))\s"
_JOIN = re.compile(
    rf"(?:사)?\s?(?:\([^()]{{1,60}}\))?\s?(?:(?:,|·|/|및|와|과|하고)\s?(?P<role>{_ROLE})?)?(?:㈜|\(\s?주\s?\))?\s?"
)
_THEIRS = re.compile(r"수입|유통|현지|바이어|해외|구매|미국|중국|일본|베트남|상대")


def _joins(text: str, one: Firm, two: Firm) -> bool:
    between = text[one.span[1] : two.span[0]]
    found = _JOIN.fullmatch(between) if between and len(between) < 70 else None
    return found is not None and not _THEIRS.search(found["role"] or "")


def stripped(word: str) -> str:
    """A word without its ending."""
    return bare(word)[0]
