"""Facts from what the sentences tell: missions, deals, participations and agreements as drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.reader.drafts import Draft
from ingest.reader.events import Event, events, senders
from ingest.reader.lists import FirmList
from ingest.reader.pairs import Bond, bonds
from ingest.reader.proposals import Agreement, Deal, Mission, Participation, Where
from ingest.reader.results import Result, results
from ingest.reader.spots import bare_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.reader.article import Article
    from ingest.reader.firms import Firm
    from ingest.reader.proposals import Flag, Reason
    from ingest.reader.text import Span


def assembled(article: Article) -> list[Draft]:
    """Every fact of the text, repeated ones included, missions first."""
    told = events(article)
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
    if scope == "place" and event and len(event.places) < 2:
        scope = "total"
    reasons = _deal_reasons(result, event, place)
    flags: list[Flag] = list(result.flags)  # type: ignore[arg-type]  # they are flags by their source
    if sold.subtotal:
        flags.append("subtotal")
    firms = tuple(dict.fromkeys(firm.name for firm in sold.firms))
    value = Deal(
        stage=result.stage,
        stage_word=result.word or article.text[slice(*result.span)][-12:].strip(),
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
    found: dict[str, Draft] = {}
    main = next(
        (f"m{n}" for n, e in enumerate(told) if e.time == "now" and e.kind != "visit"), None
    )
    for n, one in enumerate(article.told):
        for listing in one.lists:
            for firm in listing.firms:
                if firm.name not in buyers and firm.name not in found:
                    found[firm.name] = _participation(article, n, firm, main, listing)
    for result in reported:
        for firm in result.sellers.firms:
            if firm.name not in buyers and firm.name not in found:
                number = article.told.index(
                    next(o for o in article.told if o.start <= firm.start < o.end)
                )
                found[firm.name] = _participation(article, number, firm, main, None)
    return [replaced_key(draft, f"f{n}") for n, draft in enumerate(found.values())]


def replaced_key(draft: Draft, key: str) -> Draft:
    """The draft under another key."""
    return Draft(key, draft.value, draft.span, draft.role, draft.reasons, draft.fields)


def _participation(
    article: Article, n: int, firm: Firm, mission: str | None, listing: FirmList | None
) -> Draft:
    from ingest.reader.clauses import clause_at

    one = article.told[n]
    named = list(_naming(article, (firm,)))
    goods = next((f for f in (firm, *named) if f.product), None)
    marked = firm.marked or any(f.marked for f in named)
    reasons: list[Reason] = []
    if marked:
        reasons.append("corporate_mark")
    if listing is not None:
        reasons.append(
            "closed_list" if listing.count is not None or not listing.is_open else "closed_list"
        )
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
