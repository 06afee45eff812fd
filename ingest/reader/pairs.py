"""Who has a tie with whom: the parties of each agreement that a sentence tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.reader.article import government
from ingest.reader.clauses import clause_at
from ingest.reader.firm_words import BODY
from ingest.reader.names import country_of
from ingest.reader.proposals import Where
from ingest.reader.ties import Tie, status_of, tie_words, upgraded_from

if TYPE_CHECKING:
    from ingest.reader.article import Article
    from ingest.reader.dates import Day
    from ingest.reader.mentions import Mentions
    from ingest.reader.proposals import AgreementKind, AgreementStatus
    from ingest.reader.spots import Spot
    from ingest.reader.text import Span


@dataclass(frozen=True, slots=True)
class Bond:
    """One tie between two parties as one sentence tells it."""

    sentence: int
    span: Span
    kind: AgreementKind
    others: tuple[AgreementKind, ...]
    status: AgreementStatus
    home: Where
    other: Where
    date: str | None
    level: str
    upgraded: AgreementKind | None
    actor_here: bool
    partner_here: bool
    spans: tuple[Span, ...]
    date_span: Span | None


_WITH = ("와", "과", "와의", "과의", "와는", "과는", "간", "간의", "측과", "하고", "에")
_TOPIC = ("은", "는", "이", "가", "측은", "측이", "도")
_BOTH = re.compile(
    r"(?:양\s?(?:도시|시|측|기관|지역|군|구|지자체)|두\s?(?:도시|시|지역|기관|지자체))"
)
_BODY = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>(?:(?!(?:이어|또|또한|특히|현지|지난|함께|이날|아울러|한편|이와|그리고|그|이)\s|[가-힣A-Za-z]{0,11}[은는이가을를와과의]\s)[가-힣A-Za-z]{1,12}\s){0,2}[가-힣A-Za-z]{0,14}(?:상공회의소|상공회|상공인회|상의|협회|연합회|대학교|대학|진흥원|공사|무역관|재단|은행|연구원|연구소|조합|한인회|한상회|옥타|관광청|박물관|병원|OKTA|KOTRA|코트라)(?:\s(?:LA|[가-힣]{2,6}(?:지회|지부)))?)['\"]?(?P<particle>와의|과의|와|과|측과|은|는|이|가|간)?(?=[\s,)(]|$)"
)


def bonds(article: Article) -> list[Bond]:
    """Every tie that the text tells, in order."""
    found: list[Bond] = []
    before: list[Spot] = []
    for n, one in enumerate(article.told):
        found += _in_sentence(article, n, one, before)
        before = [s for s in one.spots if _partner(s)] or before
    return found


def _in_sentence(article: Article, n: int, one: Mentions, before: list[Spot]) -> list[Bond]:
    found: list[Bond] = []
    for tie in tie_words(article.text, one.start, one.end):
        clause = clause_at(article.text, one.start, one.end, tie.start)
        status = status_of(article.text, tie, one.start, one.end)
        if status is None:
            continue
        found += _of_tie(article, n, one, tie, status, clause, before)
    return found


def _of_tie(
    article: Article,
    n: int,
    one: Mentions,
    tie: Tie,
    status: AgreementStatus,
    clause: Span,
    before: list[Spot],
) -> list[Bond]:
    text = article.text
    if one.amounts and tie.kind in {"mou", "loi", "agreement", "moa"}:
        return []
    day = _date(article, one, tie, clause, status)
    if status == "signed" and day[0] is None:
        day = _day_before(article, n, one)
    bodies = _with_bodies(article, n, one, tie, status, clause, day)
    if bodies:
        return bodies
    pairs, here = _pairs(article, one, tie, clause, before, status)
    upgraded = upgraded_from(text, tie, one.start, one.end)
    if upgraded:
        status = "signed"
    elif raised_here(text, one, tie):
        return []
    found = []
    for home, spot, actor_here in pairs:
        party = _party(article, spot)
        bond = Bond(
            n, clause, tie.kind, tie.others, status, home, party, day[0], "city", upgraded,
            actor_here, here, ((spot.start, spot.end),), day[1],
        )  # fmt: skip
        found.append(bond)
    return found


def raised_here(text: str, one: Mentions, tie: Tie) -> bool:
    """Whether a tie is only named as what another was raised from."""
    later = [t for t in tie_words(text, tie.end, one.end) if t.kind != tie.kind]
    return any(upgraded_from(text, t, one.start, one.end) for t in later)


def _party(article: Article, spot: Spot) -> Where:
    if spot.country == "KR":
        return Where(name=government(spot, article.told, article.home), country="KR")
    return Where(name=spot.full, country=spot.country)


def _partner(spot: Spot) -> bool:
    """Whether a place is a foreign government that may be a party."""
    if spot.suffix in {"성", "주"} and spot.kind == "unknown" and not spot.country:
        return False
    if not spot.inner or spot.kind in {"country", "area", "korean"}:
        return False
    if spot.head in {
        "바이어",
        "상공회의소",
        "대사관",
        "무역관",
        "총영사관",
        "대학교",
        "대학",
        "법인",
        "공항",
        "박람회",
        "전시회",
    }:
        return False
    return True


def _pairs(
    article: Article,
    one: Mentions,
    tie: Tie,
    clause: Span,
    before: list[Spot],
    status: AgreementStatus,
) -> tuple[list[tuple[Where, Spot, bool]], bool]:
    """The home side and the foreign side of each pair, and whether the partner stands here."""
    text, home = article.text, article.home
    ours = [s for s in one.spots if _is_ours(s, article)]
    foreign = [s for s in one.spots if _partner(s) and not _is_ours(s, article)]
    crossed = _crossed(article, one, ours, foreign)
    if crossed:
        return crossed, True
    chosen = _chosen(text, one, tie, clause, foreign)
    here = bool(chosen)
    both = _BOTH.search(text, one.start, one.end)
    pointed = both or _POINTS.search(text, one.start, tie.start) or _bare_actor(article, one)
    if not chosen and before and status != "in_force" and pointed and (both or not foreign):
        chosen = [s for s in before if not _is_ours(s, article)][-1:]
    actor, actor_here = _actor(article, one, tie, ours)
    if actor is None:
        return [], here
    del home
    return [(actor, spot, actor_here) for spot in chosen], here


def _is_ours(spot: Spot, article: Article) -> bool:
    if spot.kind == "korean":
        return spot.inner
    if spot.kind != "unknown" or spot.country is not None:
        return False
    home = article.home
    known = home is not None and home.name.endswith(spot.name + spot.suffix)
    return known or spot.suffix in {"군", "구", "도"}


def _actor(
    article: Article, one: Mentions, tie: Tie, ours: list[Spot]
) -> tuple[Where | None, bool]:
    """The Korean side: named in the sentence, else the article's home."""
    named = [s for s in ours if s.end <= tie.start or s.particle in _WITH or s.particle in _TOPIC]
    if named:
        spot = named[-1] if len(named) == 1 else named[0]
        return Where(name=government(spot, article.told, article.home), country="KR"), True
    home = article.home
    if home is None:
        return None, False
    return home.where(), _bare_actor(article, one)


_POINTS = re.compile(r"이날|이번|이 자리|같은 날|이 협약|이 도시")


def _bare_actor(article: Article, one: Mentions) -> bool:
    """Whether the sentence calls the article's government 시, 군, 구 or 도 and no more."""
    home = article.home
    if home is None:
        return False
    told = article.text[one.start : one.end]
    return re.search(rf"(?:^|\s){home.kind}(?:는|은|가|이|와|과)\s", told) is not None


def _chosen(text: str, one: Mentions, tie: Tie, clause: Span, foreign: list[Spot]) -> list[Spot]:
    """The foreign sides of a tie: those told as its parties, else what is visited."""
    near = [s for s in foreign if clause[0] <= s.start < clause[1]] or foreign
    after = [s for s in near if s.start >= tie.end and _named_after(text, tie, s)]
    if after and "도시" in text[tie.start : tie.end]:
        return _list_from(text, near, after[0])
    sided = [s for s in near if s.end <= tie.start and s.particle in {*_WITH, "인", ""}]
    with_ = [s for s in sided if s.particle in _WITH]
    if with_:
        return _list_to(text, near, with_[-1])
    before = [s for s in near if s.end <= tie.start]
    if before:
        last = before[-1]
        if last.particle in {*_TOPIC, "", "를", "을", "의", "인", "및"}:
            return _list_to(text, near, last)
        if re.search(r"방문|찾아", text[last.stop : tie.start]):
            return [last]
    return []


def _named_after(text: str, tie: Tie, spot: Spot) -> bool:
    """Whether a tie word leads on to the name: 자매도시인 중국 옌타이시."""
    between = text[tie.end : spot.start]
    return len(between) <= 30 and not re.search(r"[.]|[가-힣](?:했|었|았)|을\s|를\s", between)


def _list_from(text: str, near: list[Spot], first: Spot) -> list[Spot]:
    found = [first]
    for spot in near:
        if spot.start > found[-1].start and _linked(text, found[-1], spot):
            found.append(spot)
    return found


def _list_to(text: str, near: list[Spot], last: Spot) -> list[Spot]:
    found = [last]
    for spot in reversed(near):
        if spot.start < found[0].start and _linked(text, spot, found[0]):
            found.insert(0, spot)
    return found


def _linked(text: str, one: Spot, two: Spot) -> bool:
    between = text[one.stop : two.start]
    if re.search(r"도시|결연|외에|이외|밖에", between):
        return False
    if one.particle not in {"", "와", "과", "및"}:
        return False
    return (
        len(between) <= 24
        and re.fullmatch(
            r"(?:\s?\([^()]{0,30}\))?\s?(?:[,·]|및|와|과|그리고)?\s?(?:[가-힣]{2,8}\s){0,3}(?:\()?",
            between,
        )
        is not None
    )


def _crossed(
    article: Article, one: Mentions, ours: list[Spot], foreign: list[Spot]
) -> list[tuple[Where, Spot, bool]]:
    """Pairs that are told side by side, each of one of ours and one of theirs."""
    if len(ours) < 2 or len(foreign) < 2:
        return []
    told = sorted(
        [*((s, True) for s in ours), *((s, False) for s in foreign)], key=lambda p: p[0].start
    )
    pairs = []
    for n in range(0, len(told) - 1, 2):
        (first, mine), (second, other) = told[n], told[n + 1]
        if mine == other or first.particle not in {"와", "과", "", "·", "-"}:
            return []
        our, their = (first, second) if mine else (second, first)
        name = government(our, article.told, article.home)
        pairs.append((Where(name=name, country="KR"), their, True))
    return pairs if len(pairs) > 1 else []


def _with_bodies(
    article: Article,
    n: int,
    one: Mentions,
    tie: Tie,
    status: AgreementStatus,
    clause: Span,
    day: tuple[str | None, Span | None],
) -> list[Bond]:
    """Agreements with a body that is no government."""
    text = article.text
    if tie.kind not in {"mou", "moa", "agreement", "loi"} or "도시" in text[tie.start : tie.end]:
        return []
    told = [_body(m) for m in _BODY.finditer(text, max(one.start, tie.start - 90), tie.start)]
    told = [body for body in told if body is not None]
    with_ = [body for body in told if body[2] in {"와", "과", "와의", "과의", "측과", "간"}]
    if not with_:
        return []
    name, start, _ = with_[-1] if len(told) < 2 else with_[0]
    other = next((body for body in told if body[1] > start and body[2] in {"이", "가", "은", "는", "간"}), None)
    us = article.home.where() if article.home else None
    if len(told) > 1 and other:
        us, (name, start, _) = Where(name=name, country="KR"), other
    if us is None:
        return []
    country = next(
        (s.country for s in reversed(one.spots) if start - 20 <= s.start <= start + len(name) and s.country), None
    )
    return [
        Bond(
            n, clause, tie.kind, tie.others, status, us, Where(name=name, country=country),
            day[0], "body", None, True, True, ((start, start + len(name)),), day[1],
        )
    ]  # fmt: skip


_NOT_NAME = re.compile(r"(?:은|는|이|가|에서|을|를|과|와|인|한|의|등)\s(?=\S)|\d+일\s")


def _body(match: re.Match[str]) -> tuple[str, int, str] | None:
    """A body's name without the words that lead to it, where it stands, and its ending."""
    name, start = match["name"], match.start("name")
    while lead := _NOT_NAME.search(name):
        name, start = name[lead.end() :], start + lead.end()
    while (first := name.partition(" "))[2] and country_of(first[0]):
        name, start = first[2], start + len(first[0]) + 1
    if not BODY.search(name) and "OKTA" not in name:
        return None
    return name.strip(), start, match["particle"] or ""


_SAME_DAY = re.compile(r"이날|이 자리|같은 날|당일|체결식|협약식|조인식|서명식")


_CEREMONY = re.compile(r"(?:체결식|협약식|조인식|서명식|결연식)(?:은|이|을|는)")


def _day_before(article: Article, n: int, one: Mentions) -> tuple[str | None, Span | None]:
    """The last day that the sentences before name, where this one speaks of the same."""
    for other in article.told[n + 1 : n + 3]:
        days = [d for d in other.days if not d.told and len(d.first) == 10 and not d.is_range]
        if days and _CEREMONY.search(article.text, other.start, other.end):
            return days[0].first, (days[0].start, days[0].end)
    if not _SAME_DAY.search(article.text, one.start, one.end):
        return None, None
    for other in reversed(article.told[max(0, n - 3) : n]):
        days = [d for d in other.days if not d.told and len(d.first) == 10 and not d.is_range]
        if days:
            return days[-1].first, (days[-1].start, days[-1].end)
    return None, None


def _date(
    article: Article, one: Mentions, tie: Tie, clause: Span, status: AgreementStatus
) -> tuple[str | None, Span | None]:
    """The day of signing: the nearest before the word in its clause, never the report's."""
    days = [d for d in one.days if not d.told and d.end <= tie.end + 30
        and not (d.is_range and len(d.first) == 4)]
    if status == "signed":
        days = [d for d in days if not d.is_range]
    if status == "in_force":
        days = [d for d in days if not d.by_publication and len(d.first) <= 7 and abs(tie.start - d.end) < 24]
    inside = [d for d in days if clause[0] <= d.start < clause[1]] or days
    if status == "proposed":
        inside = [d for d in inside if article.published and d.first > article.published.isoformat()]
    if not inside:
        return None, None
    near = min(inside, key=lambda d: abs(d.end - tie.start))
    return near.first, (near.start, near.end)
