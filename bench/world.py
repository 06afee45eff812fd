"""A made-up world of sister cities and trade: what each number stands for.

Everything is a pure function of the seed and a number, so nothing but a few integers for
each city is kept in memory. Cities are picked by a power law: the k-th is picked in
proportion to k^(-2/3) abroad and k^(-1/2) at home.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from random import Random
from typing import TYPE_CHECKING

from bench.names import TRADES, TRADES_LATIN, hangul, latin
from bench.shape import COUNTRIES
from graph.dates import PartialDate
from graph.nodes import City, Country, Deal, Event, Firm, Mission, Node, Organization, Programme
from graph.values import Stage

if TYPE_CHECKING:
    from bench.shape import Shape

FIRST_DAY = date(2005, 1, 1)
DAYS = 7_300
STAGES = (Stage.CONSULTATION, Stage.EXPECTED, Stage.MOU, Stage.CONTRACT, Stage.EXPORT_RESULT)
CURRENCIES = ("USD", "USD", "USD", "USD", "EUR", "JPY")


class World:
    """The nodes of one shape, each by its kind and number."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.abroad = shape.cities - shape.home_cities

    def rng(self, *what: object) -> Random:
        """Chance that is always the same for the same thing."""
        return Random(f"{self.shape.seed}/{what}")  # noqa: S311 - a benchmark, no secret

    # ------------------------------------------------------------ cities

    def home_city(self, rng: Random) -> int:
        """A city at home, the great ones more often."""
        return int(self.shape.home_cities * rng.random() ** 2)

    def foreign_city(self, rng: Random) -> int:
        """A city abroad, the great ones much more often."""
        return self.shape.home_cities + int(self.abroad * rng.random() ** 3)

    @lru_cache(maxsize=100_000)  # noqa: B019 - one world a process
    def whole(self, city: int) -> int | None:
        """The larger city that every eighth city is a part of; never a part itself."""
        home = city < self.shape.home_cities
        first, number = (
            (0, self.shape.home_cities) if home else (self.shape.home_cities, self.abroad)
        )
        great = max(1, number // 20)
        if city - first < great or city % 8:
            return None
        return first + self.rng("whole", city).randrange(great)

    def country(self, city: int) -> int:
        """The country of a city; 0 is home."""
        if city < self.shape.home_cities:
            return 0
        city = self.whole(city) or city
        return 1 + int((COUNTRIES - 1) * self.rng("country", city).random() ** 2)

    # ------------------------------------------------------------ firms

    @cached_property
    def _seats(self) -> array[int]:
        """For each city the number of its first firm, and the end of all."""
        rng, counts = self.rng("seats"), array("I", bytes(4 * self.shape.cities))
        for number in range(self.shape.firms):
            counts[self.foreign_city(rng) if number % 4 == 0 else self.home_city(rng)] += 1
        ends = array("I", [0])
        for count in counts:
            ends.append(ends[-1] + count)
        return ends

    def firms_in(self, city: int) -> range:
        """The firms seated in a city."""
        return range(self._seats[city], self._seats[city + 1])

    def seat(self, firm: int) -> int:
        """The city of a firm."""
        return bisect_right(self._seats, firm) - 1

    def home_firm(self, rng: Random, near: int) -> int:
        """A firm at home, three times out of four of this city if it has any."""
        own = self.firms_in(near)
        if own and rng.random() < 0.75:
            return rng.choice(own)
        return rng.randrange(self._seats[self.shape.home_cities])

    def foreign_firm(self, rng: Random, near: int) -> int | None:
        """A firm of this city abroad, if it has any."""
        own = self.firms_in(near)
        return rng.choice(own) if own else None

    def body_of(self, city: int, rng: Random) -> int:
        """The number of a body that sits in a city or, in a small one, anywhere."""
        return city if city < self.shape.organizations else rng.randrange(self.shape.organizations)

    # ------------------------------------------------------------ days, deals

    def mission_day(self, mission: int) -> date:
        """The first day of a mission."""
        return FIRST_DAY + timedelta(days=self.rng("day", mission).randrange(DAYS))

    @cached_property
    def _deals(self) -> array[int]:
        """For each mission the number of its first deal, and the end of all."""
        rng, missions = self.rng("deals"), self.shape.missions
        counts = array("I", bytes(4 * missions))
        for _ in range(self.shape.mission_deals):
            counts[int(missions * rng.random())] += 1
        ends = array("I", [0])
        for count in counts:
            ends.append(ends[-1] + count)
        return ends

    def deals_of(self, mission: int) -> range:
        """The deals made on a mission."""
        return range(self._deals[mission], self._deals[mission + 1])

    # ------------------------------------------------------------ nodes

    @lru_cache(maxsize=50_000)  # noqa: B019 - one world a process
    def city_node(self, city: int) -> Node:
        """A city with its names and a GeoNames number."""
        rng = self.rng("city", city)
        return City(
            id=f"city:b{city:06d}",
            names={"en": latin(rng, 2 + city % 3), "ko": hangul(rng, 2 + city % 2) + "시"},
            identifiers={"geonames": str(10_000_000 + city)},
            latitude=round(rng.uniform(-60, 70), 4),
            longitude=round(rng.uniform(-180, 180), 4),
            population=int(10_000 / (0.001 + rng.random())),
            level="municipality" if self.whole(city) is None else "district",
        )

    @lru_cache(maxsize=50_000)  # noqa: B019
    def firm_node(self, firm: int) -> Node:
        """A firm with its names."""
        rng = self.rng("firm", firm)
        trade = rng.randrange(len(TRADES))
        return Firm(
            id=f"firm:b{firm:07d}",
            names={
                "en": f"{latin(rng, 2 + firm % 2)} {TRADES_LATIN[trade]}",
                "ko": hangul(rng, 2 + firm % 3) + TRADES[trade],
            },
            products=(TRADES_LATIN[trade].lower(),),
        )

    @lru_cache(maxsize=10_000)  # noqa: B019
    def body_node(self, number: int) -> Node:
        """A chamber or university."""
        rng = self.rng("body", number)
        kind, word = rng.choice((("chamber", "상공회의소"), ("university", "대학교")))
        return Organization(
            id=f"organization:b{number:06d}",
            names={"ko": f"{hangul(rng, 2)} {word}", "en": f"{latin(rng, 3)} {kind.title()}"},
            organization_type=kind,
        )

    @lru_cache(maxsize=COUNTRIES)  # noqa: B019
    def country_node(self, number: int) -> Node:
        """A country; home is `kr`."""
        code = "kr" if number == 0 else f"{chr(97 + number // 26)}{chr(97 + number % 26)}"
        return Country(
            id=f"country:{code}", names={"en": latin(self.rng("land", number), 3) + "ia"}
        )

    def mission_node(self, mission: int) -> Node:
        """A mission: when it was, and how many firms it counted; a few were only planned."""
        rng = self.rng("mission", mission)
        start = self.mission_day(mission)
        end = start + timedelta(days=3 + mission % 7)
        return Mission(
            id=f"mission:b{mission:06d}",
            names={"ko": f"{hangul(rng, 2)} 무역사절단 {start.year}"},
            start=PartialDate.parse(start.isoformat()),
            end=PartialDate.parse(end.isoformat()),
            firms_count=3 + mission % 30,
            status="planned" if mission % 40 == 7 else "completed",
        )

    def event_node(self, event: int) -> Node:
        """A fair."""
        rng = self.rng("event", event)
        start = PartialDate.parse((FIRST_DAY + timedelta(days=rng.randrange(DAYS))).isoformat())
        name = f"{latin(rng, 2)} Fair {start.first.year}"
        return Event(id=f"event:b{event:06d}", names={"en": name}, start=start, end=start)

    def programme_node(self, programme: int) -> Node:
        """A support programme."""
        rng = self.rng("programme", programme)
        year = PartialDate.parse(str(2010 + programme % 15))
        name = f"{hangul(rng, 2)} 수출지원 {year}"
        return Programme(id=f"programme:b{programme:05d}", names={"ko": name}, year=year)

    def deal_node(self, deal: int, like: int, day: date, *, total: bool = False) -> Node:
        """A deal with the figures of the deal that it is `like`: itself, or one told before."""
        rng = self.rng("deal", like)
        stage = Stage.CONSULTATION if total else rng.choice(STAGES)
        return Deal(
            id=f"deal:b{deal:07d}",
            stage=stage,
            amount=Decimal(rng.randrange(1, 2_000) * (50_000 if total else 1_000)),
            currency="USD" if total else rng.choice(CURRENCIES),
            count=rng.randrange(1, 40),
            date=PartialDate.parse(day.isoformat()),
            scope="total" if total else "firm",
        )
