"""A second reading of domain.md: deals and sums (section 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from graph.claims import (
    Bought,
    Hosted,
    InPlace,
    MadeAt,
    PartOfDeal,
    Runs,
    SameDealAs,
    Sent,
    Sold,
)
from graph.dates import PartialDate
from graph.nodes import Deal, kind_of
from graph.values import Role, Stage
from tests.naive import Facts, countries, joined, parts, seats


@dataclass
class Sum:
    """One line: what it counts, and what it leaves out, with the reason."""

    amount: Decimal
    count: int | None
    deals: set[str]
    left_out: set[tuple[str, str]]


Lines = dict[tuple[Stage | None, str], Sum]


def places_of(facts: Facts, deal: str) -> set[str]:
    """Where a deal was made."""
    return {claim.to for claim in facts.of(InPlace) if claim.from_ == deal}


def lies_in(facts: Facts, place: str, whole: str) -> bool:
    """Whether a place lies in a city or country."""
    if kind_of(whole) == "Country":
        return whole in countries(facts, place)
    return place in parts(facts, whole)


def made_in(facts: Facts, deal: str, whole: str) -> bool:
    """The filter `place`: it has a place, and every one lies in it."""
    places = places_of(facts, deal)
    return bool(places) and all(lies_in(facts, place, whole) for place in places)


def buyers(facts: Facts, deal: str) -> set[str]:
    """Who bought."""
    return {claim.from_ for claim in facts.of(Bought) if claim.to == deal}


def is_or_sits_in(facts: Facts, buyer: str, partner: str) -> bool:
    """Whether a buyer is the partner, or sits in it or a part of it."""
    inside = parts(facts, partner)
    return buyer in inside or bool(seats(facts, buyer) & inside)


def with_partner(facts: Facts, deal: str, partner: str) -> bool:
    """The filter `partner`: made in it, or the buyer is it or sits in it."""
    bought = any(is_or_sits_in(facts, buyer, partner) for buyer in buyers(facts, deal))
    return made_in(facts, deal, partner) or bought


def occasions(facts: Facts, deal: str) -> set[str]:
    """The missions, events and programmes a deal was made at."""
    return {claim.to for claim in facts.of(MadeAt) if claim.from_ == deal}


def of_city(facts: Facts, deal: str, city: str) -> bool:
    """The filter `city`: at what it sent, hosted or runs, or by a firm seated in it."""
    inside = parts(facts, city)
    own = {claim.to for claim in facts.of(Sent) if claim.from_ in inside}
    own |= events_of(facts, inside)
    own |= {claim.to for claim in facts.of(Runs) if claim.from_ in inside}
    sellers = {claim.from_ for claim in facts.of(Sold) if claim.to == deal}
    seated = any(seats(facts, firm) & inside for firm in sellers)
    return bool(occasions(facts, deal) & own) or seated


def events_of(facts: Facts, cities: set[str]) -> set[str]:
    """The events that these cities hosted; a sponsor does not host."""
    hosts = [claim for claim in facts.of(Hosted) if claim.role != Role.SPONSOR]
    return {c.to for c in hosts if c.from_ in cities and kind_of(c.to) == "Event"}


def passes(facts: Facts, deal: str, asked: Mapping[str, str]) -> bool:
    """Whether a deal passes every filter but the dates."""
    tests = {
        "city": lambda value: of_city(facts, deal, value),
        "place": lambda value: made_in(facts, deal, value),
        "partner": lambda value: with_partner(facts, deal, value),
        "mission": lambda value: value in occasions(facts, deal),
        "firm": lambda value: any(c.from_ == value and c.to == deal for c in facts.of(Sold)),
    }
    return all(tests[name](value) for name, value in asked.items())


def stretch(facts: Facts, deal: str) -> tuple[date, date] | None:
    """The deal's range, else its mission's, event's or programme's; as far as can be if unknown."""
    own = facts.deal(deal).date
    if own is not None:
        return own.first, own.last
    ranges = [
        (start.first if start else date.min, end.last if end else date.max)
        for start, end in (facts.nodes[at].span for at in occasions(facts, deal))
        if start or end
    ]
    if not ranges:
        return None
    return min(first for first, _ in ranges), max(last for _, last in ranges)


def totals(
    facts: Facts,
    asked: Mapping[str, str],
    since: PartialDate | None = None,
    until: PartialDate | None = None,
) -> tuple[Lines, set[tuple[str, str]]]:
    """Lines by stage and currency, and what no line can hold, with the reason."""
    deals: set[str] = set()
    undated: set[tuple[str, str]] = set()
    for deal in facts.all_of("Deal"):
        if not passes(facts, deal, asked):
            continue
        place = placed(stretch(facts, deal), since, until)
        if place is None:
            undated.add((deal, "date_unknown"))
        elif place:
            deals.add(deal)
    lines, left_out = sums(facts, deals)
    return lines, left_out | undated


def placed(
    days: tuple[date, date] | None, since: PartialDate | None, until: PartialDate | None
) -> bool | None:
    """True inside the bounds, False wholly outside, None if that cannot be told."""
    if since is None and until is None:
        return True
    if days is None:
        return None
    low = since.first if since else date.min
    high = until.last if until else date.max
    if days[1] < low or days[0] > high:
        return False
    return True if low <= days[0] and days[1] <= high else None


def no_sum(deal: Deal) -> str | None:
    """Why a deal is in no sum at all."""
    if deal.stage == Stage.MIXED:
        return "mixed_stages"
    if deal.stage == Stage.ADOPTION:
        return "adoption"
    if deal.amount is None:
        return "no_amount"
    return None if deal.stage else "no_stage"


@lru_cache(maxsize=4)
def same_groups(facts: Facts) -> list[set[str]]:
    """All deals, those that are reports of one result together."""
    alone = [{deal} for deal in facts.all_of("Deal")]
    return joined([*alone, *({claim.from_, claim.to} for claim in facts.of(SameDealAs))])


def group_of(facts: Facts, deal: str) -> set[str]:
    """The deal and all reports of the same result."""
    return next(group for group in same_groups(facts) if deal in group)


def wholes(facts: Facts, deal: str) -> set[str]:
    """All that contains a deal, near or far, also through SAME_DEAL_AS."""
    return _far(facts, deal, [(claim.from_, claim.to) for claim in facts.of(PartOfDeal)])


def parts_of_deal(facts: Facts, deal: str) -> set[str]:
    """All that a deal contains, near or far, also through SAME_DEAL_AS."""
    return _far(facts, deal, [(claim.to, claim.from_) for claim in facts.of(PartOfDeal)])


def _far(facts: Facts, deal: str, steps: list[tuple[str, str]]) -> set[str]:
    reached = group_of(facts, deal)
    found: set[str] = set()
    for _ in facts.nodes:
        for one, other in steps:
            if one in reached:
                found |= group_of(facts, other)
        reached = reached | found
    return found


def counted_first(facts: Facts, deal: str) -> tuple[date, str]:
    """The earliest published, then the least id."""
    days = [getattr(facts.nodes[source], "published", None) for source in facts.told[deal]]
    return min((day.first for day in days if day), default=date.max), deal


def first_reports(facts: Facts, deals: Iterable[str]) -> set[str]:
    """Of each result among these deals the one report that counts."""
    among = set(deals)
    groups = [group & among for group in same_groups(facts)]
    return {min(group, key=lambda deal: counted_first(facts, deal)) for group in groups if group}


def sums(facts: Facts, deals: Iterable[str]) -> tuple[Lines, set[tuple[str, str]]]:
    """The rule of section 3 over deals that were already filtered."""
    asked = set(deals)
    aside = {(deal, why) for deal in asked if (why := no_sum(facts.deal(deal)))}
    left = asked - {deal for deal, _ in aside}
    counting = first_reports(facts, left)
    lines: Lines = {}
    for name in {line_name(facts, deal) for deal in counting}:
        members = {deal for deal in counting if line_name(facts, deal) == name}
        inside = {deal for deal in members if wholes(facts, deal) & members - {deal}}
        lines[name] = total(facts, members - inside)
        for one in members:
            reason = "part_of_counted" if one in inside else "same_as_counted"
            others = (group_of(facts, one) & left) - (set() if one in inside else {one})
            lines[name].left_out |= {(deal, reason) for deal in others}
    return lines, aside


def line_name(facts: Facts, deal: str) -> tuple[Stage | None, str]:
    """Stage and currency."""
    node = facts.deal(deal)
    return node.stage, node.currency or ""


def total(facts: Facts, deals: set[str]) -> Sum:
    """The sum of deals; its count is unknown if a counted deal has none."""
    nodes = [facts.deal(deal) for deal in deals]
    counts = [node.count for node in nodes]
    known = [count for count in counts if count is not None]
    amount = sum((node.amount or Decimal(0) for node in nodes), Decimal(0))
    return Sum(amount, sum(known) if len(known) == len(counts) else None, deals, set())
