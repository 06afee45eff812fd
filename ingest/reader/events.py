"""The missions, fairs and visits that a text speaks of, with where and when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.reader.article import government
from ingest.reader.journey_days import (
    are_apart,
    are_weeks_apart,
    is_finer,
    is_leaving,
    is_return,
)
from ingest.reader.journey_places import closest
from ingest.reader.journeys import STRENGTH, Event, event_in, firms_count, time_of
from ingest.reader.proposals import Where
from ingest.reader.spot import Spot, bare_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.reader.article import Article
    from ingest.reader.dates import Day
    from ingest.reader.mentions import Mentions
    from ingest.reader.proposals import MissionKind, MissionStatus


_PLANNED_NOW = re.compile(
    r"파견한다|개최한다|참가한다|방문한다|떠난다|나선다|열린다|출국한다|모집|예정이다|계획이다|"
    r"파견하기로|방침이다|예정"
)
_DONE = re.compile(
    r"했다|거뒀|올렸|마쳤|귀국|마무리|성과를|체결했|다녀왔|돌아왔|열렸|맺었|냈다|됐다"
)


def events(article: Article) -> list[Event]:
    """The missions of the text in order; the one it is about comes first."""
    found: list[Event] = []
    body_first = sorted(enumerate(article.told), key=lambda p: p[1].sentence.role == "headline")
    for n, one in body_first:
        event = event_in(article, n, one)
        parts = _journeys(one, event) if event else []
        for part in parts:
            found = [*found, part] if len(parts) > 1 and part.day else _added(found, part)
    if not any(event.places for event in found):
        found = [_placed(article, event) for event in found]
    found = [_dated(article, event) for event in found]
    told = [_completed(article, event, n == 0) for n, event in enumerate(_worth(found))]
    return _manned(article, told)


def _placed(article: Article, event: Event) -> Event:
    """A journey without a place with those of the sentence before, if that tells where."""
    if event.places or event.kind == "buyer_fair" or event.sentence == 0:
        return event
    before = article.told[event.sentence - 1]
    there = [
        s for s in before.spots if s.abroad and s.inner and s.particle in {"에서", "를", "을", "에"}
    ]
    return replace(event, places=tuple(there)) if before.sentence.role == "body" else event


def _dated(article: Article, event: Event) -> Event:
    """A journey of now without a day with the range that the next two sentences give."""
    if event.day or event.time != "now":
        return event
    for one in article.told[event.sentence : event.sentence + 3]:
        for day in one.days:
            if day.is_range and not day.told and len(day.first) == 10:
                return replace(event, day=day)
    return event


def _manned(article: Article, told: list[Event]) -> list[Event]:
    """The first mission of now with the number of firms that another sentence gives it."""
    for n, event in enumerate(told):
        if event.time == "now" and event.kind != "visit":
            if event.firms_count is not None:
                return told
            for one in article.told:
                count = firms_count(article.text, one)
                if count and time_of(article.text, one) == "now":
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
    return all(are_apart(a.day, b.day) or are_weeks_apart(a.day, b.day) for a, b in pairwise(legs))


def _worth(found: list[Event]) -> list[Event]:
    """Those with a place or a day; a bare word for a mission says nothing."""
    return [
        event
        for event in found
        if event.places
        or (event.kind == "buyer_fair" and not event.idle and (event.time == "now" or event.day))
    ]


def _added(found: list[Event], event: Event) -> list[Event]:
    """The events with one more, joined to the one it goes on about."""
    for n, other in enumerate(found):
        if _same(other, event):
            return [*found[:n], _joined(other, event), *found[n + 1 :]]
    return [*found, event]


def _same(one: Event, two: Event) -> bool:
    if are_apart(one.day, two.day):
        return False
    if one.time != two.time:
        near = {one.time, two.time} == {"next", "now"} and (one.day is None or two.day is None)
        return near and bool(one.places and two.places) and _overlap(one, two)
    if one.time == "now" and "visit" in {one.kind, two.kind} and one.kind != two.kind:
        return _overlap(one, two) or not two.places or not one.places
    if not one.places or not two.places:
        return True
    if _overlap(one, two):
        return True
    return one.time == "now" and one.kind == two.kind == "trade_mission"


def _overlap(one: Event, two: Event) -> bool:
    names = {bare_place(s) for s in one.places}
    if any(bare_place(s) in names for s in two.places):
        return True
    first, second = {s.country for s in one.places}, {s.country for s in two.places}
    general = all(s.kind in {"country", "area"} for s in one.places) or all(
        s.kind in {"country", "area"} for s in two.places
    )
    return general and (bool(first & second) or None in first | second)


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
    kept = closest(places)
    day = one.day
    if two.day and (day is None or is_finer(two.day, day)):
        day = two.day
    first = one if STRENGTH.get(one.kind, 1) <= STRENGTH.get(two.kind, 1) else two
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
        left = next((d for d in told if is_leaving(article.text, d)), None)
        event = _spent(event, left)
        back = next((d for d in told if is_return(article.text, d)), None)
        if left and back and left.first <= back.first:
            event = replace(event, day=replace(left, last=back.first))
    return replace(event, status=_status(article, event, main=main))


def _spent(event: Event, left: Day | None) -> Event:
    """A journey with its last day, where the first and how long it took are told."""
    day = left or event.day
    if day is None or not event.nights or not day.known or left is None or day.is_range:
        return event
    last = date.fromisoformat(day.first) + timedelta(days=event.nights - 1)
    return replace(event, day=replace(day, last=last.isoformat()))


def _status(article: Article, event: Event, *, main: bool) -> MissionStatus:
    text, one = article.text, article.told[event.sentence]
    if event.time == "past":
        return "completed"
    told = text[one.start : one.end]
    if re.search(r"(?:방문|파견|진행|개최|참가|출장)\s?중", told):
        return "ongoing"
    if event.time == "next" and not main:
        return "planned"
    published = article.published.isoformat() if article.published else None
    if published and event.day and len(event.day.first) == 10 and "X" not in event.day.first:
        if event.day.first > published:
            return "planned"
        if event.day.last < published and event.time != "next":
            return "completed"
        if event.day.is_range and event.day.last > published:
            return "ongoing"
    if event.time == "next" or (_PLANNED_NOW.search(told) and not _DONE.search(told)):
        return "planned"
    return "completed"


def senders(article: Article, event: Event) -> tuple[tuple[Where, ...], bool]:
    """Who sent the mission, and whether that was only gathered from the article's home."""
    if event.sender and event.sender.country not in {None, "KR"}:
        return (Where(name=event.sender.full, country=event.sender.country),), False
    home = article.home
    if event.sender and home and home.given and event.sender.name.endswith("도"):
        return (home.where(),), False
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
