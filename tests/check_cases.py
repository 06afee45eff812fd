"""For each code of the checks what makes it fire, and what is close to it and must not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from graph.claims import (
    Claim,
    DifferentFrom,
    FriendshipCity,
    InCountry,
    InPlace,
    LocatedIn,
    PartOf,
    PartOfDeal,
    SameDealAs,
    Sent,
    SisterCity,
    Sold,
    Tie,
    Twinned,
    Visited,
)
from graph.nodes import City, Deal, Event, Firm, Mission, Node, Organization
from tests.graphs import said

ONE, TWO = "source:one", "source:two"
HOME, AWAY, THIRD = "city:home", "city:away", "city:third"
KOREA, JAPAN = "country:KR", "country:JP"
Batches = Sequence[Sequence[Claim]]


class Case(NamedTuple):
    """What is loaded, batch by batch: `fires` gives just this code, `quiet` nothing at all."""

    fires: Batches
    quiet: Batches


def tie(
    source: str = ONE,
    ends: tuple[str, str] = (HOME, AWAY),
    cls: type[Tie] = SisterCity,
    **fields: Any,
) -> Tie:
    """A tie in force between two cities."""
    told: dict[str, Any] = {"from": ends[0], "to": ends[1], "source": source, "status": "in_force"}
    return cls.model_validate(told | fields)


def one(*claims: Claim, nodes: Sequence[Node] = (), **fields: Any) -> list[Claim]:
    """All that the first source says, published in May 2010."""
    return said(ONE, *claims, nodes=nodes, **{"published": "2010-05", **fields})


def two(*claims: Claim, nodes: Sequence[Node] = (), **fields: Any) -> list[Claim]:
    """All that the second source says, published in the same month."""
    return said(TWO, *claims, nodes=nodes, **{"published": "2010-05", **fields})


def city(city_id: str, name: str = "", at: tuple[float, float] | None = None) -> City:
    """A city of a name, at a place."""
    names = {"en": name} if name else {}
    latitude, longitude = at or (None, None)
    return City(id=city_id, names=names, latitude=latitude, longitude=longitude)


def lies(place: str, country: str = KOREA, source: str = ONE) -> InCountry:
    """Where a place is."""
    return InCountry(from_=place, to=country, source=source)


# ---------------------------------------------------------------- ties


def signed(date: str, source: str = ONE, **fields: Any) -> Tie:
    """A tie signed on a day."""
    return tie(source, signed_on=date, **fields)


def listed(*told: tuple[str, str], by: str, source: str) -> list[Claim]:
    """The register of a city."""
    ties = [tie(source, ends, told_by=[by]) for ends in told]
    return said(source, *ties, kind="register", published="2010", licence="CC0-1.0")


TIES = {
    "tie_with_itself": Case([one(tie(ends=(HOME, HOME)))], [one(tie())]),
    "tie_ended_before_signed": Case(
        [one(signed("2000", ended_on="1999", status="ended"))],
        [one(signed("2000", ended_on="2000-05", status="ended"))],
    ),
    "tie_signed_after_source": Case(
        [one(signed("2010-06"))], [one(signed("2010-06", status="proposed"))]
    ),
    "tie_signed_twice": Case(
        [one(signed("1990")), two(signed("1991", TWO, cls=Twinned))],
        [one(signed("1990")), two(signed("1990-05", TWO))],
    ),
    "tie_in_force_after_end": Case(
        [one(tie(status="ended", ended_on="2005")), two(tie(TWO), published="2012")],
        [one(tie(status="ended", ended_on="2005")), two(signed("2006", TWO), published="2012")],
    ),
    "tie_disputed": Case(
        [one(tie(status="dormant")), two(tie(TWO))], [one(tie(status="signed")), two(tie(TWO))]
    ),
    "tie_kinds_differ": Case(
        [one(tie()), two(tie(TWO, cls=FriendshipCity))],
        [one(tie(), tie(cls=FriendshipCity)), two(tie(TWO, cls=FriendshipCity))],
    ),
    "tie_one_sided": Case(
        [
            listed((HOME, AWAY), by=HOME, source=ONE),
            listed((AWAY, THIRD), by=AWAY, source=TWO),
        ],
        [
            listed((HOME, AWAY), by=HOME, source=ONE),
            listed((AWAY, HOME), (AWAY, THIRD), by=AWAY, source=TWO),
        ],
    ),
}


# ---------------------------------------------------------------- places


def partner(source: str, city_id: str, name: str, country: str, at: Any = None) -> list[Claim]:
    """A source that ties a city to one of a name, in a country."""
    told = (tie(source, (HOME, city_id)), lies(city_id, country, source))
    return said(source, *told, nodes=[city(city_id, name, at)], published="2010")


CHEONGJU = partner(ONE, "city:a", "Cheongju", KOREA)
CHONGJU = partner(TWO, "city:b", "Chongju", "country:KP")
BOTH = said(
    TWO,
    tie(TWO, (HOME, "city:a")),
    tie(TWO, (HOME, "city:b")),
    lies("city:b", "country:KP", TWO),
    nodes=[city("city:a", "Cheongju"), city("city:b", "Chongju")],
    published="2010",
)
CHIBA = partner(ONE, "city:a", "Chiba", JAPAN, (35.6, 140.1))
APART = DifferentFrom(from_="city:a", to="city:b", source="source:ruling")
RULING = said("source:ruling", APART, kind="decision", published="2010")


def twin_names(
    far: float = 0.1, *claims: Claim, country: str = KOREA, name: str = "옥천"
) -> list[Claim]:
    """Two cities of one name, so many degrees apart."""
    nodes = [city("city:a", "Okcheon", (36.3, 127.5)), city("city:b", name, (36.3 + far, 127.5))]
    nodes[1] = nodes[1].model_copy(update={"names": {"ko": name, "en": "Okch'eon"}})
    return one(lies("city:a"), lies("city:b", country), *claims, nodes=nodes)


def spelt(one_name: str, other: str, far: float) -> list[Claim]:
    """Two cities of one country with these names, so many degrees apart."""
    nodes = [city("city:a", one_name, (40.5, 22.2)), city("city:b", other, (40.5 + far, 22.2))]
    return one(lies("city:a"), lies("city:b"), nodes=nodes)


def map_of(stranger: tuple[float, float], east: float = 139) -> list[Claim]:
    """Twelve cities in Korea and four in Japan, so far east, and one said to lie in Korea."""
    korea = [city(f"city:k{n}", f"K{n}", (37 + n / 20, 127)) for n in range(12)]
    japan = [city(f"city:j{n}", f"J{n}", (35 + n / 20, east)) for n in range(4)]
    odd = city("city:odd", "Odd", stranger)
    told = [lies(c.id) for c in (*korea, odd)] + [lies(c.id, JAPAN) for c in japan]
    return one(*told, nodes=[*korea, *japan, odd])


def at(source: str, latitude: float) -> list[Claim]:
    """A source that puts a city on a degree of latitude."""
    return said(source, nodes=[city(HOME, at=(latitude, 127.0))], published="2010")


PLACES = {
    "partner_confusable": Case([CHEONGJU, CHONGJU], [CHEONGJU, BOTH]),
    "partner_twice": Case(
        [CHIBA, partner(TWO, "city:b", "Chiba", JAPAN, (35.6, 141.1))],
        [CHIBA, partner(TWO, "city:b", "Chiba", JAPAN, (35.6, 141.1)), RULING],
    ),
    "city_duplicate": Case([twin_names()], [twin_names(), RULING]),
    "city_in_other_country": Case([map_of((35.2, 139.1))], [map_of((36.4, 127.3))]),
    "countries_differ": Case(
        [one(lies(HOME)), two(lies(HOME, "country:KP", TWO))],
        [one(lies(HOME, "country:FR")), two(lies(HOME, "country:RE", TWO))],
    ),
    "coordinates_differ": Case([at(ONE, 37), at(TWO, 33)], [at(ONE, 37), at(TWO, 36.5)]),
    "part_of_itself": Case(
        [
            one(
                PartOf(from_=HOME, to=AWAY, source=ONE),
                PartOf(from_=AWAY, to=THIRD, source=ONE),
                PartOf(from_=THIRD, to=HOME, source=ONE),
            )
        ],
        [one(PartOf(from_=HOME, to=AWAY, source=ONE), PartOf(from_=AWAY, to=THIRD, source=ONE))],
    ),
    "part_in_other_country": Case(
        [one(PartOf(from_=HOME, to=AWAY, source=ONE), lies(HOME), lies(AWAY, JAPAN))],
        [one(PartOf(from_=HOME, to=AWAY, source=ONE), lies(HOME), lies(AWAY))],
    ),
}


# ---------------------------------------------------------------- firms, missions, events


def named(source: str, node: Node, *claims: Claim) -> list[Claim]:
    """A source that names one node."""
    return said(source, *claims, nodes=[node], published="2010")


def sat(node: Node, city_id: str, source: str) -> list[Claim]:
    """A source that names a node and where it sits."""
    return named(source, node, LocatedIn(from_=node.id, to=city_id, source=source))


def mission(source: str, start: str, end: str, to: str = AWAY) -> list[Claim]:
    """A source that tells of a mission."""
    node = Mission(id=f"mission:{start}", start=start, end=end)
    told = (
        Sent(from_=HOME, to=node.id, source=source),
        Visited(from_=node.id, to=to, source=source),
    )
    return said(source, *told, nodes=[node], published="2010")


FIRMS = [
    Firm(id="firm:a", names={"ko": "그린존(주)"}),
    Firm(id="firm:b", names={"ko": "주식회사 그린존"}),
]
BODIES = [
    Organization(id="organization:a", names={"en": "Chamber of Trade"}),
    Organization(id="organization:b", names={"en": "Chamber of trade"}),
]
FAIRS = [
    Event(id="event:a", names={"en": "OFC 2010"}, start="2010-03-01", end="2010-03-04"),
    Event(id="event:b", names={"en": "OFC-2010"}, start="2010-03-02"),
]

HAPPENINGS = {
    "firm_duplicate": Case(
        [named(ONE, FIRMS[0]), sat(FIRMS[1], HOME, TWO)],
        [sat(FIRMS[0], AWAY, ONE), sat(FIRMS[1], HOME, TWO)],
    ),
    "organization_duplicate": Case(
        [named(ONE, BODIES[0], lies(BODIES[0].id)), named(TWO, BODIES[1])],
        [
            named(ONE, BODIES[0], lies(BODIES[0].id)),
            named(TWO, BODIES[1], lies(BODIES[1].id, JAPAN, TWO)),
        ],
    ),
    "mission_duplicate": Case(
        [mission(ONE, "2010-03-01", "2010-03-06"), mission(TWO, "2010-03-02", "2010-03-06")],
        [mission(ONE, "2010-03-01", "2010-03-06"), mission(TWO, "2010-03-02", "2010-03-06", THIRD)],
    ),
    "event_duplicate": Case(
        [named(ONE, FAIRS[0]), sat(FAIRS[1], HOME, TWO)],
        [sat(FAIRS[0], AWAY, ONE), sat(FAIRS[1], HOME, TWO)],
    ),
    "dates_reversed": Case(
        [named(ONE, Mission(id="mission:a", start="2010-05-10", end="2010-05-01"))],
        [named(ONE, Mission(id="mission:a", start="2010-05-10", end="2010-05"))],
    ),
    "visit_outside_mission": Case(
        [
            named(
                ONE,
                Mission(id="mission:a", start="2010-03-01", end="2010-03-06"),
                Visited(from_="mission:a", to=AWAY, source=ONE, first_day="2010-03-07"),
            )
        ],
        [
            named(
                ONE,
                Mission(id="mission:a", start="2010-03-01", end="2010-03-06"),
                Visited(from_="mission:a", to=AWAY, source=ONE, first_day="2010-03-06"),
            )
        ],
    ),
}


# ---------------------------------------------------------------- deals and sources


def deal(deal_id: str, amount: str, **fields: Any) -> Deal:
    """A contract in dollars."""
    told = {"id": deal_id, "stage": "contract", "amount": Decimal(amount), "currency": "USD"}
    return Deal.model_validate(told | fields)


def parted(amount: str, **fields: Any) -> list[Claim]:
    """A whole of 100 with one part."""
    deals = [deal("deal:whole", "100", **fields), deal("deal:part", amount)]
    return one(PartOfDeal(from_="deal:part", to="deal:whole", source=ONE), nodes=deals)


def sold(source: str, deal_id: str, date: str, *claims: Claim) -> list[Claim]:
    """A source that reports 600,000 dollars of one firm."""
    told = Sold(from_="firm:a", to=deal_id, source=source)
    return said(source, told, *claims, nodes=[deal(deal_id, "600000", date=date)], published="2010")


def with_tie(date: str) -> list[Claim]:
    """A source that reports a deal in a city and the tie with it, signed in 2005."""
    claims = (
        LocatedIn(from_="firm:a", to=HOME, source=ONE),
        InPlace(from_="deal:a", to=AWAY, source=ONE),
        signed("2005"),
    )
    return sold(ONE, "deal:a", date, *claims)


def same(one_deal: str, other: str, source: str) -> list[Claim]:
    """A ruling that two reports are of one result."""
    told = SameDealAs(from_=one_deal, to=other, source=source)
    nodes = [Deal(id=one_deal), Deal(id=other)]
    return said(source, told, nodes=nodes, kind="decision", published="2010")


DEALS = {
    "parts_above_whole": Case([parted("101")], [parted("109", approximate=True)]),
    "parts_below_whole": Case([parted("99", parts_complete=True)], [parted("99")]),
    "deal_duplicate": Case(
        [sold(ONE, "deal:a", "2010-03-01"), sold(TWO, "deal:b", "2010-03")],
        [sold(ONE, "deal:a", "2010-03-01"), sold(TWO, "deal:b", "2010-06")],
    ),
    "deal_before_tie": Case([with_tie("2004-12-31")], [with_tie("2005")]),
    "ties_without_trade": Case(
        [mission(ONE, "2010-03-01", "2010-03-06", THIRD), two(tie(TWO), tie(TWO, (HOME, THIRD)))],
        [mission(ONE, "2010-03-01", "2010-03-06", THIRD), two(tie(TWO, (HOME, THIRD)))],
    ),
    "source_undated": Case([one(tie(), published=None)], [one(tie())]),
    "source_unlicensed": Case([one(tie(), kind="register")], [one(tie(), kind="article")]),
}

CASES = TIES | PLACES | HAPPENINGS | DEALS

QUIET: dict[str, Batches] = {
    "namesakes far apart": [twin_names(0.5)],
    "names nearly alike, and not at one place": [spelt("Veria", "Veroia", 0.1)],
    "a municipality that says it is of another kind": [
        spelt("Tarnów", "Tarnów (rural gmina)", 0.01)
    ],
    "names of the same consonants that are not alike": [spelt("Bonn", "Bani", 0.01)],
    "a town at a border": [map_of((35.2, 128.4), 128.5)],
    "a district of the city of its name": [
        twin_names(0.1, PartOf(from_="city:b", to="city:a", source=ONE))
    ],
    "namesakes across a border": [twin_names(country="country:KP")],
    "two firms of one name that a decision keeps apart": [
        named(ONE, FIRMS[0]),
        named(TWO, FIRMS[1]),
        said(
            "source:ruling",
            DifferentFrom(from_="firm:a", to="firm:b", source="source:ruling"),
            kind="decision",
            published="2010",
        ),
    ],
    "two missions that one source tells of": [
        [*mission(ONE, "2010-03-01", "2010-03-06"), *mission(ONE, "2010-03-02", "2010-03-06")[1:]],
    ],
    "two results of one source": [
        [*sold(ONE, "deal:a", "2010-03-01"), *sold(ONE, "deal:b", "2010-03-01")[1:]]
    ],
    "one result of two sources, said to be the same": [
        sold(ONE, "deal:a", "2010-03-01"),
        sold(TWO, "deal:b", "2010-03"),
        same("deal:a", "deal:b", "source:ruling"),
    ],
    "one result of three sources, said to be the same two by two": [
        sold(ONE, "deal:a", "2010-03-01"),
        sold(TWO, "deal:b", "2010-03"),
        sold("source:three", "deal:c", "2010-03"),
        same("deal:a", "deal:b", "source:ruling-1"),
        same("deal:b", "deal:c", "source:ruling-2"),
    ],
    "two firms that only their English names share": [
        named(ONE, Firm(id="firm:a", names={"en": "Hanil Bio", "ko": "한일바이오"})),
        named(TWO, Firm(id="firm:b", names={"en": "Hanil Bio", "ko": "하닐생명"})),
    ],
    "a tie that the other list has no more": [
        said(
            ONE,
            tie(told_by=[HOME], status="ended"),
            kind="register",
            published="2010",
            licence="CC0-1.0",
        ),
        listed((AWAY, THIRD), by=AWAY, source=TWO),
    ],
    "a pair of a list that tells no side": [
        one(tie()),
        listed((AWAY, THIRD), by=AWAY, source=TWO),
    ],
    "decisions without a licence": [one(tie(), kind="decision")],
    "a renewal that one source tells of": [one(signed("1990"), signed("2005"))],
    "a city that sent no mission": [one(tie())],
}
"""What is close to a finding and none."""
