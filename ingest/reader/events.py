"""The missions, fairs and visits that a text speaks of, with where and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from ingest.reader.article import government
from ingest.reader.clauses import clause_at
from ingest.reader.dates import nights
from ingest.reader.proposals import Where
from ingest.reader.spots import Spot, bare_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.reader.article import Article
    from ingest.reader.dates import Day
    from ingest.reader.mentions import Mentions
    from ingest.reader.proposals import MissionKind, MissionStatus
    from ingest.reader.text import Span

Time = Literal["now", "past", "next"]


@dataclass(frozen=True, slots=True)
class Event:
    """A journey or fair as it is put together; the spans tell where each slot was read."""

    kind: MissionKind
    time: Time
    span: Span
    word: Span
    sentence: int
    places: tuple[Spot, ...] = ()
    sender: Spot | None = None
    day: Day | None = None
    firms_count: int | None = None
    firms_span: Span | None = None
    nights: int | None = None
    status: MissionStatus = "completed"
    same_clause: bool = False
    vague: bool = False

    def wheres(self) -> tuple[Where, ...]:
        """The places in the normal form, each once."""
        found = {bare_place(spot): None for spot in self.places}
        return tuple(Where(name=name, country=country) for name, country in found)


_TRADE = r"(?:무역|통상|경제|비즈니스|수출|수주|시장개척|해외|민관|합동|농식품|세일즈|시장|글로벌시장|해외시장|기계|종합)*\s?(?:사절단|개척단|촉진단|통상단|상담단|세일즈단|판촉단|홍보단|수출단|시찰단(?=.{0,20}상담)|파견단)|시장\s?개척(?=\s?활동|에 나)"
_FAIR = (
    r"(?:박람회|전시회|엑스포|EXPO|Expo|국제전|페어|견본시|비엔날레|산업전|식품전|뷰티전|소비재전|상품전|특별전|미용전|가구전|기계전|의료기기전|대전(?=에 참가))"
)
_BUYER = r"(?:해외\s?)?바이어(?:를|들을)?\s?(?:\d+\S{0,6}\s?)?초청|초청\s?(?:수출)?\s?상담회|바이어\s?초청"
_MEETING = (
    r"(?:수출|무역|비즈니스|구매|투자|판매|바이어)?\s?상담회|로드쇼|판촉전|판촉행사|특판전|설명회|수출\s?상담(?=을|\s?활동)"
)
_VISIT = r"(?:방문단|대표단|교류단|친선단|사절|연수단|시찰단|견학단|답방단|일행)|방문|순방|예방|찾(?=았|아\s|은\s)"
_WORD = re.compile(
    rf"(?P<buyer_fair>{_BUYER})|(?P<trade_mission>{_TRADE})|(?P<meeting>{_MEETING})|(?P<exhibition>{_FAIR})|(?P<visit>{_VISIT})"
)
_NEXT = re.compile(
    r"오는|내달|다음\s?달|내년|하반기|예정|계획|방침|앞으로|향후|이어갈|추진할|파견할|참가할|방문할|나설|개최할|열린다$|떠난다$|파견한다$"
)
_PAST = re.compile(r"지난해|작년|전년|재작년|앞서|(?:19|20)\d\d년|그동안|지금까지|지난\s?\d{1,2}월")
_PLANNED_NOW = re.compile(
    r"파견한다|개최한다|참가한다|방문한다|떠난다|나선다|열린다|출국한다|모집|예정이다|계획이다|파견하기로|방침이다|예정"
)
_DONE = re.compile(
    r"했다|거뒀|올렸|마쳤|귀국|마무리|성과를|체결했|다녀왔|돌아왔|열렸|맺었|냈다|됐다"
)
_COUNTED = re.compile(r"참가(?!비)|참여|구성|파견|함께|동행|선정|모집|소속|이끌고|지원")


def events(article: Article) -> list[Event]:
    """The missions of the text in order; the one it is about comes first."""
    found: list[Event] = []
    for n, one in enumerate(article.told):
        event = _in_sentence(article, n, one)
        for part in _journeys(one, event) if event else ():
            found = _added(found, part)
    told = [_completed(article, event, n == 0) for n, event in enumerate(_worth(found))]
    return _manned(article, told)


def _manned(article: Article, told: list[Event]) -> list[Event]:
    """The first mission of now with the number of firms that another sentence gives it."""
    for n, event in enumerate(told):
        if event.time == "now" and event.kind != "visit":
            if event.firms_count is not None:
                return told
            for one in article.told:
                count = _firms_count(article.text, one)
                if count and _time(article.text, one) == "now":
                    new = replace(event, firms_count=count[0], firms_span=count[1])
                    return [*told[:n], new, *told[n + 1 :]]
            return told
    return told


def _journeys(one: Mentions, event: Event) -> list[Event]:
    """The several journeys of one sentence: each month or season with the places behind it."""
    days = [d for d in one.days if not d.told and len(d.first) >= 7]
    legs = []
    for n, day in enumerate(days):
        stop = days[n + 1].start if n + 1 < len(days) else one.end
        places = tuple(s for s in event.places if day.end <= s.start < stop)
        if places:
            legs.append(replace(event, day=day, places=places))
    told = sum(len(leg.places) for leg in legs)
    if len(legs) < 2 or told < len(event.places) or not _apart_all(legs):
        return [event]
    return legs


def _apart_all(legs: Sequence[Event]) -> bool:
    return all(_apart(a.day, b.day) or _next_door(a.day, b.day) for a, b in pairwise(legs))


def _next_door(one: Day | None, two: Day | None) -> bool:
    """Whether two legs are told by the month alone and not by the same."""
    return bool(one and two and len(one.first) == 7 and one.first != two.first)


def _worth(found: list[Event]) -> list[Event]:
    """Those with a place or a day; a bare word for a mission says nothing."""
    return [
        event
        for event in found
        if event.places or (event.kind == "buyer_fair" and (event.time == "now" or event.day))
    ]


def _in_sentence(article: Article, n: int, one: Mentions) -> Event | None:
    text = article.text
    word = _trigger(text, one)
    if word is None or (one.firms and word[0].endswith("상담")):
        return None
    kind = _kind(text, one, word)
    clause = clause_at(text, one.start, one.end, word.start())
    places = _places(text, one, word, kind)
    if kind == "buyer_fair":
        places = [s for s in places if _just_before(text, s, word)]
    time = _time(text, one)
    if kind == "visit" and (inbound := _inbound(article, one)):
        guest, host = inbound
        return Event(
            kind, time, clause, word.span(), n, (host,), guest, _day(text, one, clause), same_clause=True
        )
    sender = next((s for s in one.spots if _sends(s)), None)
    day = _day(text, one, clause)
    count = _firms_count(text, one)
    return Event(
        kind, time, clause, word.span(), n, tuple(places), sender, day,
        count[0] if count else None, count[1] if count else None, nights(text, one.start, one.end),
        same_clause=sender is not None and clause[0] <= sender.start < clause[1],
        vague=word.lastgroup == "meeting" and not places and not _AT_HOME.search(text, one.start, one.end),
    )  # fmt: skip


_GUESTS = re.compile(
    r"(?:\s?\([^()]{0,40}\))?\s?(?:정부\s?)?(?:[가-힣]{1,12}\s){0,3}?(?:부?시장|부?성장|당서기|서기|위원장|대표단|방문단|사절단|교류단|일행|관계자|공무원|청소년|학생)"
)
_RECEIVED = re.compile(r"접견|맞이|맞아|영접|환영|초청|면담")
_CAME = re.compile(r"(?:를|을)?\s?(?:공식\s|친선\s)?(?:방문|찾(?:았|아))")


def _inbound(article: Article, one: Mentions) -> tuple[Spot, Spot] | None:
    """The foreign guests and the place at home that they came to, if the sentence tells that."""
    text = article.text
    guests = [
        s for s in one.spots
        if s.inner and s.country not in {None, "KR"} and s.kind in {"city", "region", "unknown"}
        and (s.head in {"시장", "장", "성장"} or _GUESTS.match(text, s.end, one.end))
    ]  # fmt: skip
    if not guests or article.home is None:
        return None
    guest = guests[0]
    ours = [s for s in one.spots if s.kind == "korean" or s.full == article.home.name]
    came = [s for s in ours if s.start > guest.start and _CAME.match(text, s.end, s.end + 14)]
    bare = re.search(rf"\s{article.home.kind}(?:청)?(?:를|을)\s(?:공식\s)?(?:방문|찾)", text[guest.stop : one.end])
    received = _RECEIVED.search(text, guest.stop, min(one.end, guest.stop + 60))
    if not (came or bare or received):
        return None
    name = re.sub("[시군]$", "", article.home.name) or article.home.name
    host = Spot(guest.start, guest.end, name, "", "KR", "korean", stop=guest.stop)
    return guest, host


_STRENGTH = {"trade_mission": 0, "buyer_fair": 0, "meeting": 1, "exhibition": 2, "visit": 3}


def _trigger(text: str, one: Mentions) -> re.Match[str] | None:
    """The word for a mission that the sentence is about: a delegation before a visit."""
    found = list(_WORD.finditer(text, one.start, one.end))
    return min(found, key=lambda m: (_STRENGTH[str(m.lastgroup)], m.start())) if found else None


_AT_HOME = re.compile(r"초청|국내|온라인|비대면|화상")


def _kind(text: str, one: Mentions, word: re.Match[str]) -> MissionKind:
    told = str(word.lastgroup)
    if told == "visit" and one.amounts and one.stages:
        return "trade_mission"
    if told != "meeting":
        return told  # type: ignore[return-value]  # the other groups are the kinds
    abroad = any(s.inner and s.country != "KR" and s.kind not in {"korean"} for s in one.spots)
    invited = _AT_HOME.search(text, one.start, one.end)
    return "trade_mission" if abroad and not invited else "buyer_fair"


def _places(text: str, one: Mentions, word: re.Match[str], kind: MissionKind) -> list[Spot]:
    """The places that are gone to: not those whose buyers or markets are spoken of."""
    found = [spot for spot in one.spots if _visited(text, spot, kind)]
    inner = [spot for spot in found if spot.inner]
    cities = [spot for spot in inner if spot.kind not in {"area"}]
    return cities or inner


def _visited(text: str, spot: Spot, kind: MissionKind) -> bool:
    if spot.kind == "korean" or (spot.kind == "unknown" and spot.country is None):
        return False
    if not spot.inner:
        return False
    if spot.head in _ELSEWHERE or _of_buyers(text, spot):
        return False
    if _FOREIGNERS.match(text, spot.stop):
        return False
    del kind
    return spot.particle in {
        "", "에", "에서", "에서의", "에서는", "에서도", "로", "으로", "를", "을", "의", "와", "과", "및", "등", "등지", "등에", "등지에", "등지에서", "등지로",
        "등에서", "등을", "에는", "까지",
    }  # fmt: skip


_ELSEWHERE = frozenset(
    "바이어 상공회의소 대사관 무역관 총영사관 대학교 대학 법인 민 시장 정부 수출 인 소재 산 권".split()
)
"""What of a place is named where nobody need have gone there."""
_FOREIGNERS = re.compile(
    r"\s?(?:바이어|수입|유통업체|유통사|국영|기업(?:과|인|이|은|에)|업체|현지인|소비자|국민|시장\s?점유|관광객|정부|시장(?:을|에|은|의|\s)|진출|수출용|대사관|영사관|총영사관|상공회의소|대학|무역관)"
)
_NATIONS = re.compile(
    r"(?:\s?[,·]\s?[가-힣]{2,9})*\s?(?:등|에서 온|지역|국가)?\s?(?:의\s)?(?:\d+\s?개국|각국)?(?:의|에서|\s)*"
    r"(?:해외\s?|현지\s?|유력\s?|우수\s?|\d+\S{0,5}\s?|\d+여?\s?명의\s?)*(?:바이어|수입업체|구매자|수입상|구매기업|수입사)"
)


def _of_buyers(text: str, spot: Spot) -> bool:
    """Whether the countries are those that buyers came from."""
    return spot.kind in {"country", "area"} and _NATIONS.match(text, spot.stop) is not None


def _sends(spot: Spot) -> bool:
    if not spot.inner:
        return False
    return spot.kind == "korean" or (spot.kind == "unknown" and spot.country is None)


def _time(text: str, one: Mentions) -> Time:
    told = text[one.start : one.end]
    if re.search(r"(?:(?:19|20)\d\d년부터|그동안|지금까지|매년|해마다)", told[:40]):
        return "past"
    tail = told[-40:]
    if re.match(r"\s?[\"']?(?:이번|올해|금번)", told):
        return "now"
    if re.search(
        r"(?:예정|계획|방침|목표)이다?$|할\s(?:예정|계획|방침)|(?:파견|개최|참가|방문)할\s", tail
    ) or _NEXT.search(told[:30]):
        return "next"
    past = _PAST.search(told)
    if (
        past
        and not re.search(r"이번|올해", told)
        and re.search(r"바 있|앞서|지난해|작년|재작년|전년", told)
    ):
        return "past"
    return "now"


def _day(text: str, one: Mentions, clause: Span) -> Day | None:
    """The range of days of the sentence, else a day of the clause; never the day of the report."""
    told = [day for day in one.days if not day.told]
    if journey := _there_and_back(text, told):
        return journey
    ranges = [day for day in told if day.is_range]
    if ranges:
        return ranges[0]
    inside = [day for day in told if clause[0] <= day.start < clause[1]] or told
    exact = [day for day in inside if len(day.first) >= 7]
    return (exact or inside or [None])[0]


def _left(text: str, day: Day) -> bool:
    return re.match(r"[^,.]{0,12}(?:출국|출발|떠나|출항)", text[day.end : day.end + 20]) is not None


def _back(text: str, day: Day) -> bool:
    return re.match(r"[^,.]{0,12}(?:귀국|돌아|귀환)", text[day.end : day.end + 20]) is not None


def _there_and_back(text: str, told: Sequence[Day]) -> Day | None:
    """The days of leaving and of coming home as one range."""
    for one, two in pairwise(told):
        if _left(text, one) and _back(text, two) and not one.is_range:
            return replace(two, start=one.start, first=one.first, last=two.first)
    return None


def _firms_count(text: str, one: Mentions) -> tuple[int, Span] | None:
    for count in one.counts:
        if count.of != "firms":
            continue
        around = text[max(one.start, count.start - 30) : min(one.end, count.end + 30)]
        if _COUNTED.search(around):
            return count.value, (count.start, count.end)
    return None


def _added(found: list[Event], event: Event) -> list[Event]:
    """The events with one more, joined to the one it goes on about."""
    for n, other in enumerate(found):
        if _same(other, event):
            return [*found[:n], _joined(other, event), *found[n + 1 :]]
    return [*found, event]


def _same(one: Event, two: Event) -> bool:
    if one.time != two.time or _apart(one.day, two.day):
        return False
    if one.time == "now" and "visit" in {one.kind, two.kind} and one.kind != two.kind:
        return _overlap(one, two) or not two.places or not one.places
    if not one.places or not two.places:
        return True
    if _overlap(one, two):
        return True
    return one.time == "now" and one.kind == two.kind == "trade_mission"


def _finer(one: Day, two: Day) -> bool:
    """Whether a day says more than another: a range more than a day, a day more than a year."""
    return one.is_range > two.is_range or len(one.first) > len(two.first)


def _apart(one: Day | None, two: Day | None) -> bool:
    """Whether two days are of different journeys: months are named and differ."""
    if one is None or two is None or len(one.first) < 7 or len(two.first) < 7:
        return False
    if "X" in one.first[:7] + two.first[:7]:
        return False
    months = [int(d[:4]) * 12 + int(d[5:7]) for d in (one.first, one.last, two.first, two.last)]
    return min(abs(a - b) for a in months[:2] for b in months[2:]) > 1


def _overlap(one: Event, two: Event) -> bool:
    names = {bare_place(s) for s in one.places}
    if any(bare_place(s) in names for s in two.places):
        return True
    first, second = {s.country for s in one.places}, {s.country for s in two.places}
    general = all(s.kind in {"country", "area"} for s in one.places) or all(
        s.kind in {"country", "area"} for s in two.places
    )
    return general and (bool(first & second) or None in first | second)


def _just_before(text: str, spot: Spot, word: re.Match[str]) -> bool:
    """Whether a fair on screens is called by its place: `베트남 화상상담회`."""
    return 0 <= word.start() - spot.stop <= 12 and re.fullmatch(
        r"(?:\s?[·,]\s?[가-힣]+)*\s?(?:온라인|화상|비대면|수출|해외|바이어|무역|\s)*", text[spot.stop : word.start()]
    ) is not None


def _fit(kind: MissionKind, places: Sequence[Spot]) -> tuple[Spot, ...]:
    """The places of a mission of this kind: a fair at home has none abroad."""
    if kind != "buyer_fair":
        return tuple(places)
    return tuple(places)


def _joined(one: Event, two: Event) -> Event:
    """Two mentions of one event: places united, the countries of named cities left out."""
    places: list[Spot] = []
    fairs = [e for e in (one, two) if e.kind == "buyer_fair" and not e.vague]
    for spot in (s for e in (fairs or (one, two)) for s in e.places):
        if bare_place(spot) not in {bare_place(s) for s in places}:
            places.append(spot)
    countries = {s.country for s in places if s.kind in {"city", "region", "unknown"}}
    kept = [
        s
        for s in places
        if not (s.kind == "country" and s.country in countries)
        and not (s.kind == "area" and any(p.kind != "area" for p in places))
    ]
    day = one.day
    if two.day and (day is None or _finer(two.day, day)):
        day = two.day
    first = one if _STRENGTH.get(one.kind, 1) <= _STRENGTH.get(two.kind, 1) else two
    if one.vague != two.vague:
        first = two if one.vague else one
        if first.kind == "visit":
            first = replace(first, kind="trade_mission")
    lead = one if one.places or not two.places else two
    return replace(
        lead,
        kind=first.kind,
        places=_fit(first.kind, kept),
        sender=one.sender or two.sender,
        day=day,
        firms_count=one.firms_count or two.firms_count,
        firms_span=one.firms_span or two.firms_span,
        nights=one.nights or two.nights,
        same_clause=lead.same_clause,
    )


def _completed(article: Article, event: Event, main: bool) -> Event:
    if main and event.time == "now" and not (event.day and event.day.is_range):
        told = [d for one in article.told[:12] for d in one.days if not d.told]
        left = next((d for d in told if _left(article.text, d)), None)
        back = next((d for d in told if _back(article.text, d)), None)
        if left and back and left.first <= back.first:
            event = replace(event, day=replace(left, last=back.first))
    return replace(event, status=_status(article, event, main=main))


def _status(article: Article, event: Event, *, main: bool) -> MissionStatus:
    text, one = article.text, article.told[event.sentence]
    if event.time == "past":
        return "completed"
    if event.time == "next" and not main:
        return "planned"
    published = article.published.isoformat() if article.published else None
    if published and event.day and len(event.day.first) == 10 and "X" not in event.day.first:
        if event.day.first > published:
            return "planned"
        if event.day.is_range and event.day.last > published:
            return "ongoing"
    told = text[one.start : one.end]
    if re.search(r"(?:방문|파견|진행|개최|참가|출장)\s?중", told):
        return "ongoing"
    if event.time == "next" or (_PLANNED_NOW.search(told) and not _DONE.search(told)):
        return "planned"
    return "completed"


def senders(article: Article, event: Event) -> tuple[tuple[Where, ...], bool]:
    """Who sent the mission, and whether that was only gathered from the article's home."""
    if event.sender and event.sender.country not in {None, "KR"}:
        return (Where(name=event.sender.full, country=event.sender.country),), False
    if event.sender and event.sender.kind == "korean":
        name = government(event.sender, article.told, article.home)
        return (Where(name=name, country="KR"),), False
    if event.sender and article.home and article.home.name == event.sender.full:
        return (article.home.where(),), False
    if article.home:
        return (article.home.where(),), True
    return (), True


def told_places(events_: Sequence[Event]) -> set[tuple[str | None, str | None]]:
    """All places of some events."""
    return {bare_place(spot) for event in events_ for spot in event.places}
