"""Who has a tie with whom: the parties of each agreement that a sentence tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.reader.article import government
from ingest.reader.bodies import with_bodies
from ingest.reader.bond_days import day_around, day_in_sentence, is_to_come
from ingest.reader.clauses import clause_at
from ingest.reader.days_near import ends_in_plan
from ingest.reader.proposals import Where
from ingest.reader.ties import Tie, status_of, tie_words, upgraded_from

if TYPE_CHECKING:
    from ingest.reader.article import Article
    from ingest.reader.mentions import Mentions
    from ingest.reader.proposals import AgreementKind, AgreementStatus
    from ingest.reader.spot import Spot
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


def bonds(article: Article) -> list[Bond]:
    """Every tie that the text tells, in order."""
    found: list[Bond] = []
    before: list[Spot] = []
    heading: Tie | None = None
    for n, one in enumerate(article.told):
        heading = _heading(article, one) or (heading if _is_item(article, one) else None)
        if heading and _is_item(article, one):
            found += _item(article, n, one, heading)
            continue
        found += _in_sentence(article, n, one, before)
        before = [s for s in one.spots if _partner(s)] or before
    return found


_HEADING = re.compile(r"도시\s?(?:현황)?\s?(?:[:(]|\d|$)")
_BULLET = re.compile(r"\s*(?:[•·\-▲△▷○◦*]|\d{1,2}[.)])\s?")


def _heading(article: Article, one: Mentions) -> Tie | None:
    """The tie that a line names as the head of a list of cities."""
    ties = tie_words(article.text, one.start, one.end)
    if not ties or one.end - one.start > 60 or any(_partner(s) for s in one.spots):
        return None
    told = article.text[ties[-1].start : one.end]
    return ties[-1] if _HEADING.search(told) else None


def _is_item(article: Article, one: Mentions) -> bool:
    """Whether a line is one city of a list."""
    marked = _BULLET.match(article.text, one.start, one.end) is not None
    return marked and one.end - one.start <= 70 and any(_partner(s) for s in one.spots)


def _item(article: Article, n: int, one: Mentions, heading: Tie) -> list[Bond]:
    spot = [s for s in one.spots if _partner(s)][-1]
    if article.home is None:
        return []
    day = next((d for d in one.days if d.start > spot.start), None)
    status: AgreementStatus = "signed" if day else "in_force"
    return [
        Bond(
            n, (one.start, one.end), heading.kind, heading.others, status, article.home.where(),
            _party(article, spot), day.first if day else None, "city", None, False, True,
            ((spot.start, spot.end),), (day.start, day.end) if day else None,
        )
    ]  # fmt: skip


def _in_sentence(article: Article, n: int, one: Mentions, before: list[Spot]) -> list[Bond]:
    found: list[Bond] = []
    for tie in tie_words(article.text, one.start, one.end):
        clause = clause_at(article.text, one.start, one.end, tie.start)
        status = status_of(article.text, tie, one.start, one.end)
        if status is None:
            continue
        if status == "signed" and _is_planned(article, one, tie):
            status = "proposed"
        found += _of_tie(article, n, one, tie, status, clause, before)
    return found


def _is_planned(article: Article, one: Mentions, tie: Tie) -> bool:
    """Whether the day of a tie, or every day before it in a sentence told as a plan, is to come."""
    before = [d for d in one.days if d.end <= tie.start]
    if any(is_to_come(article, d) and tie.start - d.end < 16 for d in before):
        return True
    told = ends_in_plan(article.text[tie.end : one.end])
    return told and any(is_to_come(article, d) for d in before[-1:])


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
    day = day_in_sentence(article, one, tie, clause, status)
    if status == "signed" and day[0] is None:
        day = day_around(article, n, one)
    if bodies := with_bodies(article, one, tie):
        return [
            Bond(
                n, clause, tie.kind, tie.others, status, us, them, day[0], "body", None,
                True, True, (span,), day[1],
            )
            for us, them, span in bodies
        ]  # fmt: skip
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
    if spot.country == "KR" or _is_ours(spot, article):
        return Where(name=government(spot, article.told, article.home), country="KR")
    return Where(name=spot.full, country=spot.country or _only_country(article))


def _only_country(article: Article) -> str | None:
    """The one foreign country that the whole text names, if it is one alone."""
    told = {s.country for one in article.told for s in one.spots} - {None, "KR"}
    return next(iter(told)) if len(told) == 1 else None


def _partner(spot: Spot) -> bool:
    """Whether a place is a foreign government that may be a party."""
    if spot.suffix in {"성", "주"} and spot.kind == "unknown" and not spot.country:
        return False
    named = spot.inner and spot.kind not in {"country", "area", "korean"}
    return named and not _NO_PARTY.fullmatch(spot.head)


_NO_PARTY = re.compile(r"바이어|상공회의소|대사관|무역관|총영사관|대학교?|법인|공항|박람회|전시회")
"""What of a place is named where its government is no party."""


_BUYERS = re.compile(r"\s현지\s?(?:유통|수입|바이어|업체|기업)")
"""What follows a place whose firms are told of, and not its government."""


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
    foreign = [
        s
        for s in one.spots
        if _partner(s) and not _is_ours(s, article) and not _BUYERS.match(text, s.stop)
    ]
    crossed = _crossed(article, ours, foreign)
    if crossed:
        return crossed, True
    chosen = _chosen(text, tie, clause, foreign)
    if chosen and (subject := _subject(tie, ours, foreign, chosen[-1])):
        chosen = [subject]
    held = chosen[-1] if chosen and chosen[-1].start < tie.start else None
    if status == "in_force" and held and held.particle.startswith("에서"):
        chosen = []
    if status == "in_force" and chosen and chosen[-1].stop < tie.start:
        others = [t for t in tie_words(text, chosen[-1].stop, tie.start) if t.end <= tie.start]
        chosen = [] if others else chosen
    here = bool(chosen)
    both = _BOTH.search(text, one.start, one.end)
    loose = tie.kind in {"sister_city", "friendship_city", "loi"}
    pointed = both or (
        loose and (_POINTS.search(text, one.start, tie.start) or _bare_actor(article, one))
    )
    if not chosen and before and status != "in_force" and pointed and (both or not foreign):
        chosen = [s for s in before if not _is_ours(s, article)][-1:]
    if not chosen and not foreign and (domestic := _domestic(article, tie, ours)):
        return domestic, True
    actor, actor_here = _actor(article, one, tie, ours)
    if actor is None:
        return [], here
    del home
    return [(actor, spot, actor_here) for spot in chosen], here


def _subject(tie: Tie, ours: list[Spot], foreign: list[Spot], chosen: Spot) -> Spot | None:
    """The foreign side as the subject, where ours stands behind it with 와 or 과."""
    with_ = [s for s in ours if s.particle in {"와", "과"} and chosen.end <= s.start < tie.start]
    if not with_:
        return None
    told = [s for s in foreign if s.particle in _TOPIC and s.end <= with_[-1].start]
    return told[-1] if told else None


def _domestic(article: Article, tie: Tie, ours: list[Spot]) -> list[tuple[Where, Spot, bool]]:
    """Two Korean governments that a tie is told of side by side."""
    if tie.kind not in {"sister_city", "friendship_city"} or len(ours) < 2:
        return []
    one, two = ours[0], ours[1]
    if one.particle not in {"와", "과"} or one.full == two.full:
        return []
    return [(Where(name=government(one, article.told, article.home), country="KR"), two, True)]


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


def _chosen(text: str, tie: Tie, clause: Span, foreign: list[Spot]) -> list[Spot]:
    """The foreign sides of a tie: those told as its parties, else what is visited."""
    near = [s for s in foreign if clause[0] <= s.start < clause[1]] or foreign
    after = [s for s in near if s.start >= tie.end and _named_after(text, tie, s)]
    leads = "도시" in text[tie.start : tie.end] or _LEADS_ON.match(text, tie.end)
    if after and leads:
        return _list_from(text, near, after[0])
    sided = [s for s in near if s.end <= tie.start and s.particle in {*_WITH, "인", ""}]
    with_ = [s for s in sided if s.particle in _WITH]
    if with_:
        chain = _list_from(text, near, with_[-1])
        if len(chain) > 1 and chain[-1].end <= tie.start:
            return [*_list_to(text, near, with_[-1])[:-1], *chain]
        return _list_to(text, near, with_[-1])
    before = [s for s in near if s.end <= tie.start]
    if before:
        last = before[-1]
        if last.particle in {*_TOPIC, "", "를", "을", "의", "인", "및"}:
            return _list_to(text, near, last)
        if re.search(r"방문|찾아", text[last.stop : tie.start]):
            return [last]
        if last.particle == "에서" and last.suffix:
            return [last]
    return []


_LEADS_ON = re.compile(
    r"(?:을|를)?\s?(?:체결|맺|결연)?(?:한|은|고\s있는|어\s온|해\s온|했던|었던)\s"
)


def _named_after(text: str, tie: Tie, spot: Spot) -> bool:
    """Whether a tie word leads on to the name: 자매도시인 중국 옌타이시."""
    between = text[tie.end : spot.start]
    lead = _LEADS_ON.match(between)
    told = between[lead.end() :] if lead else between
    return len(told) <= 30 and not re.search(r"[.]|[가-힣](?:했|었|았)|을\s|를\s", told)


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
    if re.search(
        r"(?:자매|우호|교류|친선)\s?(?:교류\s?)?(?:도시|결연)|결연|외에|이외|밖에", between
    ):
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
    article: Article, ours: list[Spot], foreign: list[Spot]
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
