"""A journey, fair or visit as one sentence tells it: its kind, places, time, sender and size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.reader.clauses import clause_at
from ingest.reader.dates import nights
from ingest.reader.journey_days import day_of
from ingest.reader.journey_places import is_quoted, places_of
from ingest.reader.proposals import Where
from ingest.reader.spot import Spot, bare_place

if TYPE_CHECKING:
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
    idle: bool = False

    def wheres(self) -> tuple[Where, ...]:
        """The places in the normal form, each once."""
        found = {bare_place(spot): None for spot in self.places}
        return tuple(Where(name=name, country=country) for name, country in found)


_TRADE = (
    r"(?:무역|통상|경제|비즈니스|수출|수주|시장개척|해외|민관|합동|농식품|세일즈|시장|"
    r"글로벌시장|해외시장|기계|종합)*\s?(?:사절단|개척단|촉진단|통상단|상담단|세일즈단|"
    r"판촉단|홍보단|수출단|시찰단(?=.{0,20}상담)|파견단)|시장을?\s?개척(?=\s?활동|에 나|한|하)"
)


_FAIR = (
    r"(?:박람회|전시회|엑스포|EXPO|Expo|국제전|페어|견본시|비엔날레|산업전|식품전|뷰티전|"
    r"소비재전|상품전|특별전|미용전|가구전|기계전|의료기기전|대전(?=에 참가))"
)


_BUYER = (
    r"(?:해외\s?)?바이어(?:를|들을)?\s?(?:\d+\S{0,6}\s?)?초청|초청\s?(?:수출)?\s?상담회|"
    r"바이어\s?초청"
)


_MEETING = (
    r"(?:수출|무역|비즈니스|구매|투자|판매|바이어)?\s?상담회|로드쇼|판촉전|판촉행사|특판전|"
    r"설명회|수출\s?상담(?=을|\s?활동)"
)


_VISIT = (
    r"(?:방문단|대표단|교류단|친선단|사절|연수단|시찰단|견학단|답방단|일행)|방문|순방|"
    r"예방|찾(?=았|아\s|은\s)"
)


_WORD = re.compile(
    rf"(?P<buyer_fair>{_BUYER})|(?P<trade_mission>{_TRADE})|(?P<meeting>{_MEETING})|"
    rf"(?P<exhibition>{_FAIR})|(?P<visit>{_VISIT})"
)


_NEXT = re.compile(
    r"오는|내달|다음\s?달|내년|하반기|예정|계획|방침|앞으로|향후|이어갈|추진할|파견할|참가할|"
    r"방문할|나설|개최할|열린다$|떠난다$|파견한다$"
)


_PAST = re.compile(r"지난해|작년|전년|재작년|앞서|(?:19|20)\d\d년|그동안|지금까지|지난\s?\d{1,2}월")


_COUNTED = re.compile(r"참가(?!비)|참여|구성|파견|함께|동행|선정|모집|소속|이끌고|지원")


def event_in(article: Article, n: int, one: Mentions) -> Event | None:
    """The journey that the nth sentence speaks of, if it does of any."""
    text = article.text
    word = _trigger(text, one)
    if word is None and (schedule := _schedule(article, n, one)):
        return schedule
    if word is None or (one.firms and word[0].endswith("상담")):
        return None
    kind = _kind(text, one, word)
    clause = clause_at(text, one.start, one.end, word.start())
    places = places_of(text, one, planned=time_of(text, one) == "next")
    if is_quoted(text, one, word.start()):
        return None
    if kind == "buyer_fair":
        places = [s for s in places if _just_before(text, s, word)]
    time = time_of(text, one)
    if kind == "visit" and (inbound := _inbound(article, one)):
        guest, host = inbound
        return Event(
            kind,
            time,
            clause,
            word.span(),
            n,
            (host,),
            guest,
            day_of(text, one, clause),
            same_clause=True,
        )
    sender = _sender(article, one)
    day = day_of(text, one, clause)
    count = firms_count(text, one)
    return Event(
        kind, time, clause, word.span(), n, tuple(places), sender, day,
        count[0] if count else None, count[1] if count else None, nights(text, one.start, one.end),
        same_clause=sender is not None and clause[0] <= sender.start < clause[1],
        vague=word.lastgroup == "meeting" and not places and not _at_home(text, one),
        idle=not re.search(r"수출|바이어|상담|판매|구매", text[one.start : one.end]),
    )  # fmt: skip


def _schedule(article: Article, n: int, one: Mentions) -> Event | None:
    """Journeys that a sentence lists by month and place, behind one that speaks of missions."""
    before = article.told[n - 1] if n else None
    word = _trigger(article.text, before) if before else None
    months = [day for day in one.days if not day.told and len(day.first) >= 7]
    if before is None or word is None or len(months) < 2:
        return None
    places = places_of(article.text, one, planned=False)
    if len(places) < 2:
        return None
    kind = _kind(article.text, before, word)
    time = time_of(article.text, before)
    span = (one.start, one.end)
    return Event(kind, time, span, span, n, tuple(places), _sender(article, before), months[0])


_GUESTS = re.compile(
    r"(?:\s?\([^()]{0,40}\))?\s?(?:정부\s?)?(?:[가-힣]{1,12}\s){0,3}?(?:부?시장|부?성장|당서기|"
    r"서기|위원장|[가-힣]{1,4}단|시장단|일행|관계자|공무원|청소년|학생)"
)


_RECEIVED = re.compile(r"접견|맞이|맞아|영접|환영|초청")


_CAME = re.compile(r"(?:의회|청)?(?:를|을)?\s?(?:공식\s|친선\s)?(?:방문|찾(?:았|아))")


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
    came = [s for s in ours if _CAME.match(text, s.end, s.end + 14)]
    bare = re.search(
        rf"\s{article.home.kind}(?:청)?(?:를|을)\s(?:공식\s)?(?:방문|찾)",
        text[guest.stop : one.end],
    )
    received = _RECEIVED.search(text, guest.stop, min(one.end, guest.stop + 60))
    titled = one.sentence.role == "headline" and "방문" in text[guest.stop : one.end]
    if not (came or bare or received or (titled and not ours)):
        return None
    name = re.sub("[시군]$", "", article.home.name) or article.home.name
    host = Spot(guest.start, guest.end, name, "", "KR", "korean", stop=guest.stop)
    return guest, host


STRENGTH = {"trade_mission": 0, "buyer_fair": 0, "meeting": 1, "exhibition": 2, "visit": 3}


def _trigger(text: str, one: Mentions) -> re.Match[str] | None:
    """The word for a mission that the sentence is about: a delegation before a visit."""
    found = list(_WORD.finditer(text, one.start, one.end))
    return min(found, key=lambda m: (STRENGTH[str(m.lastgroup)], m.start())) if found else None


_AT_HOME = re.compile(r"초청|국내|온라인|비대면|화상")


def _at_home(text: str, one: Mentions) -> bool:
    return _AT_HOME.search(text, one.start, one.end) is not None


def _kind(text: str, one: Mentions, word: re.Match[str]) -> MissionKind:
    told = str(word.lastgroup)
    if told == "visit" and one.amounts and one.stages:
        return "trade_mission"
    if told != "meeting":
        return told  # type: ignore[return-value]  # the other groups are the kinds
    abroad = any(s.inner and s.country != "KR" and s.kind not in {"korean"} for s in one.spots)
    invited = _AT_HOME.search(text, one.start, one.end)
    return "trade_mission" if abroad and not invited else "buyer_fair"


def _sender(article: Article, one: Mentions) -> Spot | None:
    """Who sends: the article's own government if it is named, else the subject, else the first."""
    told = [s for s in one.spots if _sends(s)]
    home = article.home
    own = [s for s in told if home and home.name.endswith(s.full)]
    bare = home is not None and re.search(
        rf"(?:^|\s){home.kind}(?:는|은|가|이)\s", article.text[one.start : one.end]
    )
    if own or bare:
        return own[0] if own else None
    subjects = [s for s in told if s.particle in {"은", "는", "이", "가"}]
    return next(iter(subjects or told), None)


def _sends(spot: Spot) -> bool:
    if not spot.inner:
        return False
    return spot.kind == "korean" or (spot.kind == "unknown" and spot.country is None)


def time_of(text: str, one: Mentions) -> Time:
    """Whether a sentence tells of what is, what was before, or what is to come."""
    told = text[one.start : one.end]
    if re.search(r"(?:(?:19|20)\d\d년부터|그동안|지금까지|매년|해마다)", told[:40]):
        return "past"
    tail = told[-40:]
    if re.match(r"\s?[\"']?(?:이번|올해|금번)", told) and not re.search(r"작년|지난해", told):
        return "now"
    if re.search(
        r"(?:예정|계획|방침|목표)이다?$|할\s(?:예정|계획|방침)|(?:파견|개최|참가|방문)할\s", tail
    ) or _NEXT.search(told[:30]):
        return "next"
    past = _PAST.search(told)
    if (
        past
        and told.rfind("이번") <= past.start()
        and "올해" not in told
        and re.search(r"바 있|앞서|지난해|작년|재작년|전년", told)
    ):
        return "past"
    return "now"


def firms_count(text: str, one: Mentions) -> tuple[int, Span] | None:
    """How many firms went: the number that is called the total before any other."""
    for count in sorted(
        one.counts, key=lambda c: not re.search(r"(?:총|모두)\s?$", text[: c.start][-4:])
    ):
        if count.of != "firms":
            continue
        around = text[max(one.start, count.start - 30) : min(one.end, count.end + 30)]
        if _COUNTED.search(around):
            return count.value, (count.start, count.end)
    return None


def _just_before(text: str, spot: Spot, word: re.Match[str]) -> bool:
    """Whether a fair on screens is called by its place: `베트남 화상상담회`."""
    return (
        0 <= word.start() - spot.stop <= 12
        and re.fullmatch(
            r"(?:\s?[·,]\s?[가-힣]+)*\s?(?:온라인|화상|비대면|수출|해외|바이어|무역|\s)*",
            text[spot.stop : word.start()],
        )
        is not None
    )
