"""Where a text tells that a name is a firm's: by mark, bracket, trade, title or as subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.reader.firm_words import MARK, has_ending, is_name
from ingest.reader.firms import CHARS, COOP, LATIN, NAME, Firm, How, acceptable, bare, has_final

if TYPE_CHECKING:
    from collections.abc import Iterator


_MARKED = re.compile(rf"(?P<coop>(?:{COOP})\s?)?(?P<mark>(?:{MARK})\s?)(?P<name>{LATIN}|{NAME})")


_MARKED_AFTER = re.compile(rf"(?P<name>{NAME})(?P<mark>㈜|\(\s?주\s?\)|\(\s?유\s?\)|\s주식회사)")


_COOPED = re.compile(
    rf"(?P<coop>농업회사법인|어업회사법인|영농조합법인|영어조합법인)\s(?P<name>{NAME})"
)


_COOP_AFTER = re.compile(
    rf"(?P<name>{NAME}?(?:영농조합법인|영어조합법인|농업회사법인|조합공동사업법인|조공법인|"
    rf"농업협동조합|원예농협|축협|농협|영농조합))"
)


_TRADE = re.compile(
    r"(?:업체|기업|회사|수입사|유통사|구매사|파트너사|수입상|벤처|제조사|생산업체|"
    r"제조업체|수출업체|전문업체|전문기업|스타트업|브랜드|농가|공방|법인)인?(?:\s['\"]?|"
    r"\s?['\"])"
    rf"(?P<name>{LATIN}|{NAME})"
)


_HEAD_OF = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<name>{LATIN}|"
    rf"{CHARS}{NAME})\s?(?:의\s)?(?:[가-힣]{{2,4}}\s)?(?P<title>대표이사|대표|사장|회장|이사|"
    rf"상무|전무|본부장|부장|차장|팀장|관계자|부사장)(?=[는은이가와의에도 ,()·]|$)"
)


_QUOTED = re.compile(
    rf"['\"](?P<name>{LATIN}|{NAME})['\"](?:\s?사)?(?=[은는이가을를와과의에도,.( ])"
)


def known_firms(text: str) -> dict[str, Firm]:
    """The firms that a text names in a way that tells them, each by its name."""
    found: dict[str, Firm] = {}
    for firm in _told(text):
        if firm.name not in found and acceptable(firm.name, marked=firm.marked):
            found[firm.name] = firm
    return {
        name: firm
        for name, firm in found.items()
        if not (name.endswith("사") and name[:-1] in found)
    }


def _told(text: str) -> Iterator[Firm]:
    for match in _MARKED.finditer(text):
        yield _marked(match)
    for match in _MARKED_AFTER.finditer(text):
        start = match.start("name")
        yield Firm(start, match.end("name"), (start, match.end()), match["name"], "mark")
    for match in _COOPED.finditer(text):
        if re.match(r"\s?(?:㈜|\(\s?주)", text[match.end("name") :][:4]):
            continue
        name, particle = bare(match["name"])
        end = match.start("name") + len(name)
        whole = text[match.start() : end]
        yield Firm(match.start(), end, (match.start(), end), whole, "mark", particle=particle)
    for match in _COOP_AFTER.finditer(text):
        if len(match["name"]) >= 4:
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


_SEATED = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<name>{LATIN}|"
    rf"{CHARS}{NAME})\s?\((?P<inside>[^()\n]{{0,40}}(?:대표|소재|읍|면|동)[^()\n]{{0,30}})\)"
)


_MAKER = re.compile(
    rf"[가-힣)A-Za-z](?:을|를)\s(?:[가-힣]+\s){{0,2}}?(?:만드는|만든|생산하는|생산한|제조하는|"
    rf"제조·판매하는|제조|생산|수출하는|수출 중인|수출한|판매하는|개발한|개발하는|가공하는|"
    rf"취급하는|운영하는|공급하는|선보인|출시한)\s['\"]?"
    rf"(?P<name>{LATIN}|{NAME})"
)


_WAYS: tuple[tuple[re.Pattern[str], How], ...] = (
    (_TRADE, "trade"),
    (_SEATED, "bracket"),
    (_MAKER, "trade"),
    (_HEAD_OF, "title"),
    (_QUOTED, "quoted"),
)


_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류홍전고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
)


def _is_person(name: str) -> bool:
    return len(name) in {2, 3} and name[0] in _SURNAMES and not has_ending(name)


def _by(text: str, match: re.Match[str], how: How) -> Firm | None:
    name, particle = bare(match["name"])
    if how == "bracket":
        if not re.search(r"대표|소재", match["inside"]) or re.search(r"명|씨\)", match["inside"]):
            return None
        name = match["name"].removesuffix("사") if len(match["name"]) > 3 else match["name"]
    if not is_name(name) or not _stands_alone(text, match.start("name")):
        return None
    after = text[match.start("name") + len(name) :][:12]
    if how == "trade" and not (
        particle or re.match(r"\s?[(,'\"]|\s(?:등|대표|[가-힣]{3}\s?대표)", after)
    ):
        return None
    if how == "quoted" and not has_ending(name):
        return None
    if how == "title" and (
        _is_person(name) or (match["title"] == "관계자" and not has_ending(name))
    ):
        return None
    if how == "title" and len(name) < 3:
        return None
    start = match.start("name")
    return Firm(start, start + len(name), (start, start + len(name)), name, how, particle=particle)


def _stands_alone(text: str, start: int) -> bool:
    return not text[start - 1 : start].strip() or not re.match(r"[가-힣A-Za-z0-9]", text[start - 1])


_SUBJECT = re.compile(
    rf"(?:(?<=[\s,·\"'(])|^)(?P<name>{LATIN}|"
    rf"[가-힣A-Z][가-힣A-Za-z0-9&]{{1,14}}?)(?:사)?(?P<particle>은|는|이|가|도|와|과)(?=\s)",
    re.MULTILINE,
)


_SELLS = re.compile(
    r"달러|불\b|불[을의 ]|엔|위안|유로|수출계약|현장계약|계약을|선적|출고|"
    r"수출했|수출한"
)


def subjects(text: str, start: int, end: int) -> Iterator[Firm]:
    """Subjects of a sentence on sales that end as the names of firms do."""
    if not _SELLS.search(text, start, end):
        return
    for match in _SUBJECT.finditer(text, start, end):
        name, at = match["name"], match.start("name")
        closed = has_final(name[-1])
        wanted = match["particle"] in {"은", "이"}
        if (
            match["particle"] in {"은", "는", "이", "가"}
            and closed is not None
            and closed is not wanted
        ):
            continue
        if has_ending(name):
            yield Firm(
                at, at + len(name), (at, at + len(name)), name, "ending", particle=match["particle"]
            )
