"""Bodies and firms as parties of an agreement: chambers, associations, universities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.reader.firm_words import BODY
from ingest.reader.names import country_of
from ingest.reader.proposals import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.reader.article import Article
    from ingest.reader.mentions import Mentions
    from ingest.reader.text import Span
    from ingest.reader.ties import Tie

_WORD = (
    r"(?:(?!(?:이어|또|또한|특히|현지|지난|함께|이날|아울러|한편|이와|그리고|그|이)\s|"
    r"[가-힣A-Za-z]{0,11}[은는이가을를와과의]\s)[가-힣A-Za-z]{1,12}\s)"
)
_KINDS = (
    r"(?:상공회의소|상공회|상공인회|상의|협회|연합회|대학교|대학|진흥원|공사|무역관|재단|은행|"
    r"연구원|연구소|조합|한인회|한상회|옥타|관광청|박물관|병원|OKTA|KOTRA|코트라)"
)
_BODY = re.compile(
    rf"(?<![가-힣A-Za-z])(?P<name>{_WORD}{{0,2}}[가-힣A-Za-z]{{0,14}}{_KINDS}"
    r"(?:\s(?:LA|[가-힣]{1,8}\s?(?:지회|지부|지사|본부)))?)['\"]?(?:\s?\([^()]{0,40}\))?"
    r"(?P<particle>와의|과의|와도|과도|와|과|측과|은|는|이|가|간)?(?=[\s,)(]|$)"
)
_NOT_NAME = re.compile(r"(?:은|는|이|가|에서|을|를|과|와|인|한|의|등|에는)\s(?=\S)|\d+일\s")
_BARE = re.compile(rf"(?:한국|한인)?{_KINDS}$")
"""A name that says nothing without the country before it."""
_REACH = 150
"""How far before the word for the tie its parties may stand."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A body or firm where it is named, and its ending."""

    name: str
    start: int
    end: int
    particle: str
    firm: bool = False


def with_bodies(article: Article, one: Mentions, tie: Tie) -> list[tuple[Where, Where, Span]]:
    """The pairs of an agreement of which one side at least is no government; else none."""
    text = article.text
    if tie.kind not in {"mou", "moa", "agreement", "loi"} or "도시" in text[tie.start : tie.end]:
        return []
    sides = _sides(text, one, tie)
    partners = _partners(text, sides)
    if not partners:
        return []
    subject = _subject(sides, partners)
    us = article.home.where() if article.home else None
    if subject and partners[0].start < subject.start:
        us, partners = Where(name=partners[0].name, country="KR"), [subject]
    elif subject:
        us = Where(name=subject.name, country="KR")
    if us is None:
        return []
    return [(us, _where(one, side), (side.start, side.end)) for side in partners]


def _sides(text: str, one: Mentions, tie: Tie) -> list[_Side]:
    """The bodies and firms before the word for the tie, in order."""
    floor = max(one.start, tie.start - _REACH)
    sides = [side for match in _BODY.finditer(text, floor, tie.start) if (side := _side(match))]
    for firm in one.firms:
        apart = all(firm.start >= side.end or firm.end <= side.start for side in sides)
        if floor <= firm.start and firm.end <= tie.start and apart:
            sides.append(_Side(firm.name, firm.start, firm.end, firm.particle, firm=True))
    return sorted(sides, key=lambda side: side.start)


def _side(match: re.Match[str]) -> _Side | None:
    """A body's name without the words that lead to it."""
    name, start = match["name"], match.start("name")
    while lead := _NOT_NAME.search(name):
        name, start = name[lead.end() :], start + lead.end()
    if name.startswith("일 "):
        name, start = name[2:], start + 2
    while (first := name.partition(" "))[2] and country_of(first[0]) and not _BARE.match(first[2]):
        name, start = first[2], start + len(first[0]) + 1
    if not BODY.search(name.split(" ")[0]) and not BODY.search(name) and "OKTA" not in name:
        return None
    return _Side(name.strip(), start, start + len(name.strip()), match["particle"] or "")


def _partners(text: str, sides: Sequence[_Side]) -> list[_Side]:
    """Those with 와 or 과, and those that a list joins to the last of them."""
    ends = [n for n, side in enumerate(sides) if side.particle[:1] in {"와", "과", "측", "간"}]
    if not ends:
        return []
    last = ends[-1]
    found = [sides[last]]
    for side in reversed(sides[:last]):
        between = text[side.end : found[0].start]
        joined = re.match(r"(?:\s?\([^()]{0,40}\))?\s?(?:,|·|및|와\s|과\s)", between)
        if not joined or len(between) > 60:
            break
        found.insert(0, side)
    return found


def _subject(sides: Sequence[_Side], partners: Sequence[_Side]) -> _Side | None:
    """The body that is the other side: told with 은 or 이."""
    rest = [side for side in sides if side not in partners and not side.firm]
    return next((side for side in rest if side.particle in {"이", "가", "은", "는", "간"}), None)


def _where(one: Mentions, side: _Side) -> Where:
    near = [s for s in one.spots if side.start - 20 <= s.start <= side.end and s.country]
    return Where(name=side.name, country=near[-1].country if near else None)
