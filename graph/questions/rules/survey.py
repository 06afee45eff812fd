"""What the rules of the checks read: whole kinds, each once, and what follows from them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from graph.claims import TIE_KINDS, Agreement, Describes, Tie
from graph.nodes import City, Deal
from graph.questions.ground import Ground, of_kind
from graph.store import walk_claims, walk_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph.claims import Claim
    from graph.nodes import Node
    from graph.store import View

T = TypeVar("T")
N = TypeVar("N", bound="Node")
Pair = tuple[str, str]
_PAGE = 1000
"""Nodes that are asked about at a time."""
_STEPS = 50
"""Steps of a rule between two looks at the time."""
Point = tuple[float, float]
"""Latitude and longitude, in degrees."""


class Survey:
    """A cache over one view; lives as long as one run of the checks."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.ground = Ground(view)
        self._done: dict[Callable[[Survey], Any], Any] = {}

    def in_time(self, things: Iterable[T]) -> Iterator[T]:
        """The same things; BudgetSpent once the question's time is over, asked now and then."""
        for number, thing in enumerate(things):
            if not number % _STEPS:
                self.view.budget.check()
            yield thing

    def once(self, work: Callable[[Survey], T]) -> T:
        """What a piece of work gives, done the first time that a rule asks for it."""
        if work not in self._done:
            self._done[work] = work(self)
        done: T = self._done[work]
        return done

    def every(self, kind: type[N]) -> Iterator[N]:
        """The nodes of a kind, by id."""
        for node in walk_nodes(self.view, kind.model_fields["kind"].default):
            if isinstance(node, kind):
                yield node

    @cached_property
    def cities(self) -> dict[str, City]:
        """All cities, by id."""
        return {city.id: city for city in self.every(City)}

    @cached_property
    def points(self) -> dict[str, Point]:
        """Where the cities are, as far as known."""
        return {
            one: (city.latitude, city.longitude)
            for one, city in self.cities.items()
            if city.latitude is not None and city.longitude is not None
        }

    @cached_property
    def countries(self) -> Mapping[str, frozenset[str]]:
        """The countries that sources put a node in; of a city without any, its containers'."""
        told: dict[str, set[str]] = defaultdict(set)
        for claim in walk_claims(self.view, "IN_COUNTRY"):
            told[claim.from_].add(claim.to)
        for city in self.containers.keys() - told.keys():
            told[city] = {country for one in self.around(city) for country in told.get(one, ())}
        return defaultdict(frozenset, {one: frozenset(found) for one, found in told.items()})

    @cached_property
    def containers(self) -> Mapping[str, frozenset[str]]:
        """What each city is said to be part of, one step up."""
        told: dict[str, set[str]] = defaultdict(set)
        for claim in self.insides:
            told[claim.from_].add(claim.to)
        return {one: frozenset(found) for one, found in told.items()}

    @cached_property
    def insides(self) -> tuple[Claim, ...]:
        """All `PART_OF` claims."""
        return tuple(walk_claims(self.view, "PART_OF"))

    def around(self, city: str) -> set[str]:
        """All that contains a city, near or far; itself only if the data go in a circle."""
        reached: set[str] = set()
        frontier = set(self.containers.get(city, ()))
        while frontier:
            reached |= frontier
            frontier = {up for one in frontier for up in self.containers.get(one, ())} - reached
        return reached

    @cached_property
    def ties(self) -> dict[Pair, list[Tie]]:
        """All tie claims by their two ends, the smaller id first."""
        pairs: dict[Pair, list[Tie]] = defaultdict(list)
        for kind in sorted(TIE_KINDS):
            for claim in of_kind(walk_claims(self.view, kind), Tie):
                pairs[claim.from_, claim.to].append(claim)
        return dict(sorted(pairs.items()))

    @cached_property
    def city_ties(self) -> dict[Pair, list[Tie]]:
        """The same between two different cities, without agreements."""
        told = {
            pair: [claim for claim in claims if not isinstance(claim, Agreement)]
            for pair, claims in self.ties.items()
            if pair[0] != pair[1]
        }
        return {pair: claims for pair, claims in told.items() if claims}

    @cached_property
    def kept_apart(self) -> frozenset[Pair]:
        """The pairs that a decision says are two."""
        told = walk_claims(self.view, "DIFFERENT_FROM")
        return frozenset((claim.from_, claim.to) for claim in told)

    def may_be_one(self, one: str, other: str) -> bool:
        """Whether no decision keeps two nodes apart, and neither contains the other."""
        if (min(one, other), max(one, other)) in self.kept_apart:
            return False
        return other not in self.around(one) and one not in self.around(other)

    # ------------------------------------------------------------ deals

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """All deals, by id."""
        return tuple(self.every(Deal))

    @cached_property
    def wholes(self) -> tuple[Deal, ...]:
        """The deals with an amount that have parts."""
        inside = {claim.to for claim in walk_claims(self.view, "PART_OF_DEAL")}
        return tuple(d for d in self.deals if d.id in inside and d.amount is not None)

    @cached_property
    def described_by(self) -> Mapping[str, frozenset[str]]:
        """Which sources describe each deal."""
        found = self.describers(deal.id for deal in self.deals)
        return defaultdict(frozenset, found)

    def warm_deals(self, deals: Iterable[str]) -> None:
        """Read ahead, in sets, what `homes_of` and `partners_of` ask for."""
        ids = list(deals)
        occasions = {claim.to for claim in self.ground.out(ids, "MADE_AT")}
        told = [*self.ground.into(ids, "SOLD"), *self.ground.into(ids, "BOUGHT")]
        self.ground.out(ids, "IN_PLACE")
        self.ground.into(occasions, "SENT")
        self.ground.seats(claim.from_ for claim in told)

    def homes_of(self, deal: str) -> set[str]:
        """The cities that a deal comes from: its sellers' seats, its missions' senders."""
        occasions = {claim.to for claim in self.ground.out((deal,), "MADE_AT")}
        sellers = {claim.from_ for claim in self.ground.into((deal,), "SOLD")}
        senders = {claim.from_ for claim in self.ground.into(occasions, "SENT")}
        return self._whole(self.ground.seats(sellers) | senders)

    def partners_of(self, deal: str) -> set[str]:
        """The cities that a deal was made in, or whose firms and bodies bought."""
        places = {claim.to for claim in self.ground.out((deal,), "IN_PLACE")}
        buyers = {claim.from_ for claim in self.ground.into((deal,), "BOUGHT")}
        cities = {one for one in places if one in self.cities}
        return self._whole(self.ground.seats(buyers) | cities)

    def _whole(self, cities: set[str]) -> set[str]:
        return cities | {up for one in cities for up in self.around(one)}

    # ------------------------------------------------------------ who says it

    def describers(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """Which sources describe each of these nodes."""
        told: dict[str, set[str]] = defaultdict(set)
        for claim in self.ground.into(ids, "DESCRIBES"):
            told[claim.to].add(claim.source)
        return {one: frozenset(found) for one, found in told.items()}

    def described_often(self, ids: Iterable[str]) -> Iterator[Describes]:
        """The descriptions of those of these nodes that have more than one."""
        wanted = list(ids)
        for at in range(0, len(wanted), _PAGE):
            page = wanted[at : at + _PAGE]
            counts = self.view.degrees(page)
            often = [one for one in page if counts.get(one, {}).get("DESCRIBES", 0) > 1]
            if often:
                yield from of_kind(self.view.expand(often, ("DESCRIBES",), "in"), Describes)


def sources_of(claims: Sequence[Claim]) -> frozenset[str]:
    """The sources of these claims."""
    return frozenset(claim.source for claim in claims)
