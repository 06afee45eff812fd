"""What the sources of a world say, source by source, in the order and form of an export."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bench.shape import COUNTRIES
from graph.claims import CLAIM_CLASSES, Claim, Describes
from graph.dates import PartialDate
from graph.nodes import Source
from graph.values import Form, Role, SourceKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from bench.world import World
    from graph.nodes import Node

REGISTERED = PartialDate.parse("2015-03-02")
LISTED = PartialDate.parse("2022-01-09")
_ROLES = (Role.HOST, Role.ORGANISER, Role.CO_HOST, Role.VENUE, Role.SPONSOR)


class Tale:
    """One source being told: its claims, and the nodes that it must describe for them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.described: dict[str, Node] = {source.id: source}
        self.claims: dict[str, Claim] = {}

    def say(self, kind: str, one: Node, other: Node, **more: Any) -> None:
        """Add a claim and describe its ends; the same claim again changes nothing."""
        locator = 1 + len(self.claims) % 900
        claim = CLAIM_CLASSES[kind](
            from_=one.id, to=other.id, source=self.source.id, locator=locator, **more
        )
        self.claims.setdefault(claim.id, claim)
        self.describe(one)
        self.describe(other)

    def describe(self, node: Node) -> None:
        """Give the fields of a node, once."""
        self.described.setdefault(node.id, node)

    def __len__(self) -> int:
        return len(self.described) + len(self.claims)

    def lines(self) -> Iterator[Claim]:
        """All its claims: first what it describes, itself before all, then the others by id."""
        told = [
            Describes(from_=self.source.id, to=one, source=self.source.id, node=node)
            for one, node in self.described.items()
        ]
        yield told[0]
        yield from sorted(told[1:], key=lambda claim: claim.id)
        yield from sorted(self.claims.values(), key=lambda claim: claim.id)


def _article(slug: str, day: date) -> Source:
    return Source(
        id=f"source:{slug}",
        source_kind=SourceKind.ARTICLE,
        title=f"Report {slug}",
        publisher=f"Daily {hash_of(slug) % 40}",
        published=PartialDate.parse(day.isoformat()),
        url=f"https://example.org/{slug}",
    )


def _register(slug: str, kind: SourceKind, published: PartialDate, lineage: str) -> Source:
    return Source(
        id=f"source:{slug}",
        source_kind=kind,
        title=f"List {slug}",
        publisher="Office",
        published=published,
        licence="CC0-1.0",
        lineage=lineage,
    )


def hash_of(text: str) -> int:
    """A number that is always the same for the same text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


class Teller:
    """Tells all sources of a world, by id; keeps how often each city was visited and tied."""

    def __init__(self, world: World) -> None:
        self.world, self.shape = world, world.shape
        self.visits = [0] * self.shape.cities
        self.ties = [0] * self.shape.cities
        self.counts: dict[str, int] = {}

    def claims(self) -> Iterator[Claim]:
        """Every claim of the world: as many as the shape says."""
        told = 0
        for tale in self._tales():
            for claim in tale.lines():
                self.counts[claim.kind] = self.counts.get(claim.kind, 0) + 1
                yield claim
            told += len(tale)
        yield from self._lists(told)

    def _tales(self) -> Iterator[Tale]:
        shape = self.shape
        for mission in range(shape.missions):
            yield self._mission(mission)
            if mission < 2 * shape.repeats and mission % 2 == 0:
                yield self._repeat(mission)
        yield from (self._event(event) for event in range(shape.events))
        yield from (self._programme(number) for number in range(shape.programmes))
        yield from (self._gazetteer(block) for block in range(shape.blocks))
        yield from (self._firms(block) for block in range(shape.blocks))
        yield from (self._bodies(block) for block in range(shape.blocks))
        yield from (self._city_register(city) for city in range(shape.home_cities))

    # ------------------------------------------------------------ articles

    def _mission(self, mission: int) -> Tale:
        """The article of a mission: who sent it, whom it visited, who joined, what was made."""
        world, rng = self.world, self.world.rng("tale", mission)
        day = world.mission_day(mission)
        tale = Tale(_article(f"a{mission:06d}-0", day + timedelta(days=1 + mission % 20)))
        node = world.mission_node(mission)
        places = self._journey(tale, rng, mission, node)
        sender = world.home_city(world.rng("sender", mission))
        firms = [
            world.home_firm(rng, sender) for _ in range(2 + min(25, int(rng.expovariate(0.25))))
        ]
        for firm in dict.fromkeys(firms):
            tale.say("PARTICIPATED_IN", world.firm_node(firm), node)
        self._guests(tale, rng, node, places)
        total = None
        for at, number in enumerate(world.deals_of(mission)):
            leads = at == 0 and len(world.deals_of(mission)) > 2
            deal = world.deal_node(number, number, day, total=leads)
            tale.say("MADE_AT", deal, node)
            if leads:
                total = deal
                if len(places) == 1:
                    tale.say("IN_PLACE", deal, world.city_node(places[0]))
                continue
            self._deal(tale, rng, deal, rng.choice(firms), rng.choice(places))
            if total is not None and rng.random() < 0.5:
                tale.say("PART_OF_DEAL", deal, total)
        return tale

    def _journey(self, tale: Tale, rng: Random, mission: int, node: Node) -> list[int]:
        """Say who sent a mission and which cities it visited; those, the first first."""
        world = self.world
        sender = world.home_city(world.rng("sender", mission))
        tale.say("SENT", world.city_node(sender), node)
        stops = world.rng("journey", mission)
        places = list(dict.fromkeys(world.foreign_city(stops) for _ in range(1 + mission % 4)))
        for place in places:
            tale.say("VISITED", node, world.city_node(place))
            self.visits[place] += tale.source.id.endswith("-0")
        if rng.random() < 0.15:
            city = world.city_node(places[0])
            tale.say("SISTER_CITY", world.city_node(sender), city, status=Status.IN_FORCE)
        return places

    def _guests(self, tale: Tale, rng: Random, node: Node, places: list[int]) -> None:
        """Say who hosted a mission, who is credited, and which agreements it brought."""
        world = self.world
        for place in places:
            city, luck = world.city_node(place), rng.random()
            if luck < 0.3:
                tale.say("HOSTED", city, node, role=rng.choice(_ROLES))
            elif luck < 0.4:
                body = world.body_node(world.body_of(place, rng))
                tale.say("HOSTED", body, node, role=Role.CO_HOST)
                tale.say("VISITED", node, body)
            if rng.random() < 0.05:
                tale.say("CREDITS", city, node)
            if rng.random() < 0.05:
                firm = world.firm_node(rng.randrange(self.shape.firms))
                signed = tale.source.published
                tale.say(
                    "AGREEMENT", city, firm, status=Status.SIGNED, form=Form.MOU, signed_on=signed
                )

    def _deal(self, tale: Tale, rng: Random, deal: Node, seller: int, place: int) -> None:
        """Say who sold, who bought and where, as far as the source tells."""
        world, city = self.world, self.world.city_node(place)
        if rng.random() < 0.85:
            tale.say("SOLD", world.firm_node(seller), deal)
        if rng.random() < 0.8:
            tale.say("IN_PLACE", deal, city)
        buyer = world.foreign_firm(rng, place)
        if buyer is not None and rng.random() < 0.5:
            tale.say("BOUGHT", world.firm_node(buyer), deal)
        elif rng.random() < 0.1:
            tale.say("BOUGHT", world.body_node(world.body_of(place, rng)), deal)
        if rng.random() < 0.02:
            tale.say("CREDITS", city, deal)

    def _repeat(self, mission: int) -> Tale:
        """A second article of a mission, which tells one of its deals anew."""
        world, rng = self.world, self.world.rng("repeat", mission)
        day = world.mission_day(mission)
        tale = Tale(_article(f"a{mission:06d}-1", day + timedelta(days=25)))
        node = world.mission_node(mission)
        places = self._journey(tale, rng, mission, node)
        number = self.shape.deals - self.shape.repeats + mission // 2
        before = world.deals_of(mission)
        like = before[-1] if before else number
        total = len(before) > 2 and like == before[0]
        deal = world.deal_node(number, like, day, total=total)
        tale.say("MADE_AT", deal, node)
        tale.say("IN_PLACE", deal, world.city_node(places[0]))
        if before:
            tale.say("SAME_DEAL_AS", world.deal_node(like, like, day, total=total), deal)
        sender = world.home_city(world.rng("sender", mission))
        for _ in range(3):
            tale.say("PARTICIPATED_IN", world.firm_node(world.home_firm(rng, sender)), node)
        return tale

    def _event(self, event: int) -> Tale:
        world, rng = self.world, self.world.rng("fair", event)
        node = world.event_node(event)
        day = node.span[0].first if node.span[0] else date.min
        tale = Tale(_article(f"b{event:06d}", day + timedelta(days=3)))
        abroad = rng.random() < 0.6
        place = world.foreign_city(rng) if abroad else world.home_city(rng)
        home = world.home_city(rng)
        tale.say("LOCATED_IN", node, world.city_node(place))
        host = world.city_node(place if abroad and rng.random() < 0.5 else home)
        tale.say("HOSTED", host, node, role=rng.choice(_ROLES))
        firms = [world.home_firm(rng, home) for _ in range(2 + event % 9)]
        for firm in dict.fromkeys(firms):
            tale.say("PARTICIPATED_IN", world.firm_node(firm), node)
        for at in range(2):
            number = self.shape.mission_deals + 2 * event + at
            deal = world.deal_node(number, number, day)
            tale.say("MADE_AT", deal, node)
            self._deal(tale, rng, deal, rng.choice(firms), place)
        return tale

    def _programme(self, programme: int) -> Tale:
        world, rng = self.world, self.world.rng("support", programme)
        node = world.programme_node(programme)
        tale = Tale(_article(f"c{programme:06d}", date(2010 + programme % 15, 12, 1)))
        city = world.home_city(rng)
        tale.say("RUNS", world.city_node(city), node)
        for _ in range(5 + programme % 10):
            tale.say("PARTICIPATED_IN", world.firm_node(world.home_firm(rng, city)), node)
        return tale

    # ------------------------------------------------------------ registers and lists

    def _block(self, slug: str, block: int, number: int) -> tuple[Tale, range]:
        """The tale of one part of a register, and the numbers that stand in it."""
        size = -(-number // self.shape.blocks)
        name = f"{slug}{block:04d}"
        tale = Tale(_register(name, SourceKind.REGISTER, REGISTERED, f"register-{slug}"))
        return tale, range(block * size, min(number, (block + 1) * size))

    def _gazetteer(self, block: int) -> Tale:
        world = self.world
        tale, cities = self._block("g", block, self.shape.cities)
        if block == 0:
            for number in range(COUNTRIES):
                tale.describe(world.country_node(number))
        for city in cities:
            node, whole = world.city_node(city), world.whole(city)
            tale.say("IN_COUNTRY", node, world.country_node(world.country(city)))
            if whole is not None:
                tale.say("PART_OF", node, world.city_node(whole))
        return tale

    def _firms(self, block: int) -> Tale:
        world = self.world
        tale, firms = self._block("h", block, self.shape.firms)
        for firm in firms:
            tale.say("LOCATED_IN", world.firm_node(firm), world.city_node(world.seat(firm)))
        return tale

    def _bodies(self, block: int) -> Tale:
        world = self.world
        tale, bodies = self._block("i", block, self.shape.organizations)
        for body in bodies:
            seat = body if body < self.shape.cities else 0
            tale.say("LOCATED_IN", world.body_node(body), world.city_node(seat))
        return tale

    def _city_register(self, city: int) -> Tale:
        """A home city's own list of its ties, with the days on which they were signed."""
        world, rng = self.world, self.world.rng("register", city)
        slug = f"r{city:06d}"
        tale = Tale(_register(slug, SourceKind.REGISTER, REGISTERED, slug))
        own = world.city_node(city)
        for _ in range(1 + int(rng.expovariate(0.25))):
            place = world.foreign_city(rng)
            signed = date(1980, 1, 1) + timedelta(days=rng.randrange(14_000))
            kind = rng.choice(("SISTER_CITY", "SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY"))
            told: dict[str, Any] = {"status": Status.SIGNED, "signed_on": signed.isoformat()}
            if rng.random() < 0.08:
                ended = signed + timedelta(days=rng.randrange(200, 6_000))
                told |= {"status": Status.ENDED, "ended_on": ended.isoformat()}
            tale.say(kind, own, world.city_node(place), **told)
            self._tied(city, place)
        return tale

    def _lists(self, told: int) -> Iterator[Claim]:
        """Lists of twinned cities that bring the claims to the number of the shape."""
        rest = self.shape.claims - told
        rng = self.world.rng("lists")
        for block in range(self.shape.blocks):
            share = rest // (self.shape.blocks - block)
            source = _register(f"t{block:04d}", SourceKind.DATASET, LISTED, "wikimedia")
            tale = Tale(source)
            while len(tale) < share:
                self._twin(tale, rng, share - len(tale))
            rest -= len(tale)
            for claim in tale.lines():
                self.counts[claim.kind] = self.counts.get(claim.kind, 0) + 1
                yield claim

    def _twin(self, tale: Tale, rng: Random, room: int) -> None:
        """Add a tie that takes no more claims than there is room for; if none fits, a city."""
        world = self.world
        one = world.home_city(rng) if rng.random() < 0.4 else world.foreign_city(rng)
        other = world.foreign_city(rng)
        ends = [world.city_node(one), world.city_node(other)]
        new = sum(end.id not in tale.described for end in ends)
        if one != other and new < room:
            tale.say("TWINNED", *ends, status=Status.IN_FORCE)
            self._tied(one, other)
        elif new:
            tale.describe(next(end for end in ends if end.id not in tale.described))

    def _tied(self, one: int, other: int) -> None:
        self.ties[one] += 1
        self.ties[other] += 1


def write_world(teller: Teller, path: Path) -> None:
    """Write the claims as an export: one a line, and a last line that counts them."""
    digest = count = 0
    with path.open("w", encoding="utf-8") as file:
        for claim in teller.claims():
            said = claim.said()
            file.write(said + "\n")
            count += 1
            digest += int.from_bytes(hashlib.blake2b(said.encode(), digest_size=16).digest(), "big")
        version = f"{digest % (1 << 128):032x}"
        file.write(json.dumps({"end": True, "claims": count, "version": version}))
