"""Facts from what the sentences tell: missions, deals, participations and agreements as drafts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.reader.clauses import clause_at
from ingest.reader.drafts import Draft
from ingest.reader.events import senders
from ingest.reader.pairs import bonds
from ingest.reader.proposals import Agreement, Deal, Mission, Participation, Where
from ingest.reader.results import results
from ingest.reader.sellers import groups
from ingest.reader.spot import bare_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.reader.article import Article
    from ingest.reader.firms import Firm
    from ingest.reader.journeys import Event
    from ingest.reader.lists import FirmList
    from ingest.reader.mentions import Mentions
    from ingest.reader.pairs import Bond
    from ingest.reader.proposals import Flag, Reason
    from ingest.reader.results import Result
    from ingest.reader.text import Span


def assembled(article: Article, told: Sequence[Event]) -> list[Draft]:
    """Every fact of the text, repeated ones included, the missions that were found first."""
    reported = results(article)
    drafts = [_mission(article, n, event) for n, event in enumerate(told)]
    drafts += [_deal(article, n, result, told) for n, result in enumerate(reported)]
    drafts += _participations(article, told, reported)
    drafts += [_agreement(article, n, bond) for n, bond in enumerate(bonds(article))]
    return drafts


def _mission(article: Article, n: int, event: Event) -> Draft:
    who, guessed = senders(article, event)
    reasons: list[Reason] = []
    if not guessed and event.same_clause:
        reasons.append("sender_place_same_clause")
    elif guessed:
        reasons.append("sender_guessed")
    day = event.day
    if day:
        reasons.append("date_from_publication" if day.by_publication else "date_printed")
        if not day.known:
            reasons.append("year_unresolved")
    else:
        reasons.append("undated")
    fields: dict[str, tuple[Span, ...]] = {"kind": (event.word,)}
    if event.sender and not guessed:
        fields["sender"] = ((event.sender.start, event.sender.end),)
    fields["places"] = tuple((spot.start, spot.end) for spot in event.places)
    if day:
        fields["start"] = fields["end"] = ((day.start, day.end),)
    if event.firms_span:
        fields["firms_count"] = (event.firms_span,)
    if any(place.country is None and place.name for place in event.wheres()):
        reasons.append("country_unknown")
    value = Mission(
        kind=event.kind,
        sender=who,
        places=event.wheres(),
        start=day.first if day else None,
        end=day.last if day else None,
        firms_count=event.firms_count,
        status=event.status,
    )
    role = article.told[event.sentence].sentence.role
    return Draft(f"m{n}", value, event.span, role, tuple(reasons), fields)


def _deal(article: Article, n: int, result: Result, told: Sequence[Event]) -> Draft:
    sold, amount, count = result.sellers, result.amount, result.count
    mission = _mission_of(result, told)
    place = _where(result)
    scope = "firm" if sold.firms or sold.buyer else ("place" if place else "total")
    event = told[int(mission[1:])] if mission else None
    if scope == "place" and event and place and _is_everywhere(place, event):
        scope = "total"
    reasons = _deal_reasons(result, event, place)
    flags: list[Flag] = list(result.flags)
    if sold.subtotal:
        flags.append("subtotal")
    firms = tuple(dict.fromkeys(firm.name for firm in sold.firms))
    value = Deal(
        stage=result.stage,
        stage_word=result.word,
        stage_alt=result.others,
        amount=amount.value if amount else None,
        currency=amount.currency if amount else None,
        krw=amount.krw if amount else None,
        count=count.value if count else None,
        scope=scope,
        firms=firms,
        buyer=sold.buyer.name if sold.buyer else None,
        place=place if scope != "total" else None,
        product=next((f.product for f in _naming(article, sold.firms) if f.product), None),
        period=result.period,
        mission=mission,
        flags=tuple(dict.fromkeys(flags)),
    )
    role = result.sentence.sentence.role
    return Draft(
        f"d{n}", value, result.span, role, tuple(reasons), _deal_fields(article, result, value)
    )


def _is_everywhere(place: Where, event: Event) -> bool:
    """Whether a place is all that a mission went to: its one place, or the country of all."""
    if len(event.places) < 2:
        return True
    return place.name is None and {where.country for where in event.wheres()} == {place.country}


def _naming(article: Article, firms: Sequence[Firm]) -> Iterator[Firm]:
    """Everywhere that one of these firms is named, for the goods in its bracket."""
    names = {firm.name for firm in firms} if len(firms) == 1 else set()
    for one in article.told:
        yield from (firm for firm in one.firms if firm.name in names)


def _deal_fields(article: Article, result: Result, value: Deal) -> dict[str, tuple[Span, ...]]:
    fields: dict[str, tuple[Span, ...]] = {}
    if result.amount:
        fields["amount"] = ((result.amount.start, result.amount.end),)
    if result.word_span:
        fields["stage"] = (result.word_span,)
    if result.amount and result.amount.krw_span:
        fields["krw"] = (result.amount.krw_span,)
    if result.count:
        fields["count"] = ((result.count.start, result.count.end),)
    if result.sellers.firms:
        fields["firms"] = tuple((firm.start, firm.end) for firm in result.sellers.firms)
    if result.sellers.buyer:
        fields["buyer"] = ((result.sellers.buyer.start, result.sellers.buyer.end),)
    if value.place and result.place:
        fields["place"] = ((result.place.start, result.place.end),)
    goods = next(
        (f.product_span for f in _naming(article, result.sellers.firms) if f.product), None
    )
    if value.product and goods:
        fields["product"] = (goods,)
    return fields


def _where(result: Result) -> Where | None:
    if result.place is None:
        return None
    name, country = bare_place(result.place)
    return Where(name=name, country=country)


def _deal_reasons(result: Result, event: Event | None, place: Where | None) -> list[Reason]:
    reasons: list[Reason] = ["stage_same_clause" if result.direct else "stage_from_context"]
    if result.others:
        reasons.append("several_stages")
    for firm in result.sellers.firms:
        sure: dict[str, Reason] = {
            "list": "firm_in_list",
            "mark": "corporate_mark",
            "again": "firm_in_list",
        }
        reasons.append(sure.get(firm.how, "firm_same_clause"))
    if result.sellers.from_context:
        reasons.append("firm_from_context")
    if place and event and event.places and (result.sellers.firms or result.sellers.buyer):
        known = place in event.wheres() or any(
            w.name is None and w.country == place.country for w in event.wheres()
        )
        reasons.append("place_in_mission" if known else "place_not_in_mission")
    if result.amount and "elided_unit" in result.amount.flags:
        reasons.append("unit_left_out")
    return list(dict.fromkeys(reasons))


def _mission_of(result: Result, told: Sequence[Event]) -> str | None:
    """The mission a result was made at: the one of its time, of its place if there are several."""
    fit = [(n, e) for n, e in enumerate(told) if e.kind != "visit" and e.status != "planned"]
    if result.period == "historical":
        past = [n for n, e in fit if e.time == "past"]
        return f"m{past[0]}" if past else None
    now = [(n, e) for n, e in fit if e.time == "now"]
    if result.place:
        here = bare_place(result.place)
        inside = [n for n, e in now if here in {bare_place(s) for s in e.places}]
        if inside:
            return f"m{inside[0]}"
    return f"m{now[0][0]}" if now and result.period == "event" else None


def _participations(
    article: Article, told: Sequence[Event], reported: Sequence[Result]
) -> list[Draft]:
    """The firms that took part or sold; a buyer and a firm that was only visited are none."""
    buyers = {r.sellers.buyer.name for r in reported if r.sellers.buyer}
    journeys = (f"m{n}" for n, e in enumerate(told) if e.time == "now" and e.kind != "visit")
    main = next(journeys, None)
    found: dict[str, Draft] = {}
    for n, firm, listing in _taking_part(article, reported, travelled=bool(told)):
        if firm.name not in buyers and firm.name not in found:
            found[firm.name] = _participation(article, n, firm, main, listing)
    return [replace(draft, key=f"f{n}") for n, draft in enumerate(found.values())]


def _taking_part(
    article: Article, reported: Sequence[Result], *, travelled: bool
) -> Iterator[tuple[int, Firm, FirmList | None]]:
    """Each firm with the number of its sentence: listed, active at a mission, or selling."""
    if not travelled and not reported:
        return
    for n, one in enumerate(article.told):
        if _IDLE.search(article.text, one.start, one.end):
            continue
        for listing in one.lists:
            yield from ((n, firm, listing) for firm in listing.firms)
        if travelled:
            yield from ((n, firm, None) for firm in _active(article, one))
    for result in reported:
        for firm in result.sellers.firms:
            numbers = (n for n, o in enumerate(article.told) if o.start <= firm.start < o.end)
            yield next(numbers), firm, None


_IDLE = re.compile(r"입주(?:해|한|하고)|진출해\s?있|공장을 (?:방문|견학|시찰)|견학|시찰했|벤치마킹")
_ACTS = re.compile(
    r"참가|참여|출품|부스|전시|상담|계약|협약|수출|선보|주문|납품|샘플|구매|수입 의사|시장\s?개척"
)
_THEIRS = re.compile(
    r"(?:현지|바이어|수입업체|수입상|수입사|유통업체|유통기업|유통사|구매자|구매사|"
    r"대형마트)(?:인|사인)?\s"
    r"(?:[가-힣]{1,8}\s)?['\"]?$"
)
_SIDE = re.compile(r"\s?(?:현지\s?)?(?:바이어|매장|관계자를|를 방문|을 방문|본사|공장)")


def _active(article: Article, one: Mentions) -> Iterator[Firm]:
    """The firms that a sentence tells to have acted at a mission: as its subject or at a booth."""
    text = article.text
    if not _ACTS.search(text, one.start, one.end):
        return
    for group in groups(text, one):
        last = group.firms[-1]
        after = text[group.end : group.end + 40]
        booth = last.particle == "의" and re.match(r"[^.]{0,12}부스", after)
        if group.particle in {"은", "는", "이", "가", "도"} or booth:
            foreign = _THEIRS.search(text, max(one.start, group.start - 24), group.start)
            if not foreign and not _SIDE.match(after):
                yield from group.firms


def _participation(
    article: Article, n: int, firm: Firm, mission: str | None, listing: FirmList | None
) -> Draft:
    one = article.told[n]
    named = list(_naming(article, (firm,)))
    goods = next((f for f in (firm, *named) if f.product), None)
    marked = firm.marked or any(f.marked for f in named)
    reasons: list[Reason] = []
    if marked:
        reasons.append("corporate_mark")
    if listing is not None:
        reasons.append("closed_list")
    else:
        reasons.append("seller_of_deal")
    if not marked and listing is None and firm.how not in {"list", "ending", "bracket"}:
        reasons.append("firm_unmarked")
    clause = clause_at(article.text, one.start, one.end, firm.start)
    start = min([firm.span[0], *(f.span[0] for f in named if f.start == firm.start)])
    value = Participation(firm=firm.name, product=goods.product if goods else None, mission=mission)
    fields: dict[str, tuple[Span, ...]] = {"firm": ((firm.start, firm.end),)}
    if goods and goods.product_span:
        fields["product"] = (goods.product_span,)
    role = one.sentence.role
    return Draft(firm.name, value, (start, max(clause[1], firm.end)), role, tuple(reasons), fields)


def _agreement(article: Article, n: int, bond: Bond) -> Draft:
    reasons: list[Reason] = []
    reasons.append("actor_unique" if bond.actor_here else "actor_from_context")
    if not bond.partner_here:
        reasons.append("partner_from_context")
    reasons.append("said_to_exist" if bond.status == "in_force" else "verb_same_clause")
    if bond.other.country is None:
        reasons.append("country_unknown")
    if bond.date and "X" in bond.date:
        reasons.append("year_unresolved")
    value = Agreement(
        kind=bond.kind,
        kind_alt=tuple(k for k in bond.others if k != bond.kind),
        level="body" if bond.level == "body" else "city",
        status=bond.status,
        parties=(bond.home, bond.other),
        date=bond.date,
        upgraded_from=bond.upgraded,
    )
    fields: dict[str, tuple[Span, ...]] = {"parties": bond.spans}
    if bond.date_span:
        fields["date"] = (bond.date_span,)
    role = article.told[bond.sentence].sentence.role
    return Draft(f"a{n}", value, bond.span, role, tuple(reasons), fields)
