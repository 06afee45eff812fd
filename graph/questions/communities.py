"""Which cities hang together: clusters by ties and recorded trade."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import networkx as nx

from graph.claims import Tie
from graph.questions.area import check_places, cities_in
from graph.questions.ground import Ground, of_kind
from graph.questions.partners import lasts
from graph.questions.patterns import CommunitiesAnswer, Community, CountryCount, Member, Method
from graph.questions.ties import CITY_TIES
from graph.questions.trade import pair_of, sources_of, trade_of
from graph.store import walk_claims

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from graph.questions.trade import Pair
    from graph.store import View

By = Literal["ties", "trade", "both"]
MAX_PAIRS = 20_000
"""Pairs of cities that are clustered at once: some two seconds of work."""
MAX_MEMBERS = 200
SEED = 1
_LOUVAIN = (
    "Blondel, Guillaume, Lambiotte, Lefebvre: Fast unfolding of communities in large networks, "
    "J. Stat. Mech. P10008, 2008"
)


@dataclass(frozen=True)
class Asked:
    """Which cities to cluster, by what, and which of the clusters to show.

    `places` takes the ties and the trade of the cities there; empty: of all. `city` keeps the
    cluster that holds it.
    """

    places: tuple[str, ...] = ()
    city: str | None = None
    by: By = "both"
    members: int = 10


def communities(
    view: View, asked: Asked = Asked(), limit: int = 25, skip: int = 0
) -> CommunitiesAnswer:
    """The clusters of cities, the largest first, then by least id; at most `limit` of them.

    Found by the Louvain method, which seeks the partition of greatest modularity, from a fixed
    seed, over cities and pairs in the order of their ids: equal data, equal clusters. A tie
    that is neither only proposed nor ended weighs 1; each mission, event, deal and agreement
    between two cities of different countries 1 more. Cities that nothing joins are in none. At
    most MAX_PAIRS pairs are clustered, the first by id; `complete` tells if these were all.
    NotFound and BadRequest for a city or place that is none.
    """
    ground = Ground(view)
    check_places(ground, "place", asked.places)
    check_places(ground, "city", (asked.city,) if asked.city else (), {"City"})
    bonds = _Bonds(ground, cities_in(ground, asked.places) if asked.places else None, asked.by)
    found, modularity = _clusters(view, bonds.weights)
    kept = [one for one in found if asked.city is None or asked.city in one]
    return CommunitiesAnswer(
        places=tuple(ground.refs(asked.places).values()),
        city=ground.ref(asked.city) if asked.city else None,
        by=asked.by,
        method=Method(name="louvain", source=_LOUVAIN, seed=SEED, modularity=modularity),
        cities=sum(map(len, found)),
        pairs=len(bonds.weights),
        found=len(found),
        communities=tuple(_told(bonds, one, asked) for one in kept[skip : skip + limit]),
        next=str(skip + limit) if len(kept) > skip + limit else None,
        complete=not bonds.cut,
        cut_by=f"{MAX_PAIRS} pairs of cities" if bonds.cut else None,
        dataset_version=view.version(),
    )


class _Bonds:
    """What joins cities: ties and trade by pair, and how much that weighs."""

    def __init__(self, ground: Ground, cities: Collection[str] | None, by: By) -> None:
        self.ground = ground
        self.ties = _ties(ground, cities) if by != "trade" else {}
        self.trade = trade_of(ground, cities) if by != "ties" else {}
        pairs = sorted(self.ties.keys() | self.trade.keys())
        self.cut = len(pairs) > MAX_PAIRS
        self.weights = {pair: self._weight(pair) for pair in pairs[:MAX_PAIRS]}
        self.at: dict[str, list[Pair]] = defaultdict(list)
        for pair in self.weights:
            for city in pair:
                self.at[city].append(pair)

    def _weight(self, pair: Pair) -> int:
        return (pair in self.ties) + len(self.trade.get(pair, ()))

    def sources(self, pairs: Iterable[Pair]) -> set[str]:
        """The sources that tell of what joins these pairs."""
        wanted = list(pairs)
        told = {source for pair in wanted for source in self.ties.get(pair, ())}
        return told | sources_of(
            self.ground, {thing for pair in wanted for thing in self.trade.get(pair, ())}
        )


def _ties(ground: Ground, cities: Collection[str] | None) -> dict[Pair, set[str]]:
    """The pairs of cities that a lasting tie joins, each with the sources that say so."""
    found: dict[Pair, set[str]] = {}
    for claim in _claims(ground, cities):
        if claim.from_ != claim.to and lasts(claim):
            found.setdefault(pair_of(claim.from_, claim.to), set()).add(claim.source)
    return found


def _claims(ground: Ground, cities: Collection[str] | None) -> Iterator[Tie]:
    kinds = sorted(CITY_TIES)
    if cities is not None:
        yield from of_kind(ground.at(cities, *kinds), Tie)
    else:
        for kind in kinds:
            yield from of_kind(walk_claims(ground.view, kind), Tie)


def _clusters(view: View, weights: Mapping[Pair, int]) -> tuple[list[list[str]], float]:
    """The clusters, each with its cities by id, and the modularity of all of them."""
    if not weights:
        return [], 0.0
    names = sorted({city for pair in weights for city in pair})
    number = {city: n for n, city in enumerate(names)}  # sets of numbers keep one order always
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_weighted_edges_from((number[a], number[b], w) for (a, b), w in weights.items())
    last: Sequence[set[int]] = []
    for parts in nx.community.louvain_partitions(graph, seed=SEED):
        view.budget.check()
        last = parts
    modularity = round(nx.community.modularity(graph, last), 6)
    found = [[names[n] for n in sorted(part)] for part in last]
    return sorted(found, key=lambda cities: (-len(cities), cities[0])), modularity


def _told(bonds: _Bonds, cities: Sequence[str], asked: Asked) -> Community:
    ground, within = bonds.ground, frozenset(cities)
    touching = {pair for city in cities for pair in bonds.at[city]}
    inside = sorted(pair for pair in touching if within.issuperset(pair))
    weight: Counter[str] = Counter(dict.fromkeys(cities, 0))
    for pair in inside:
        weight.update(dict.fromkeys(pair, bonds.weights[pair]))
    refs = ground.refs(cities)
    return Community(
        size=len(cities),
        members=tuple(
            Member(**dict(refs[one]), inside=weight[one]) for one in _central(weight, asked)
        ),
        countries=_countries(refs[one].country for one in cities),
        inside=len(inside),
        outside=len(touching) - len(inside),
        citations=tuple(ground.cite(source) for source in sorted(bonds.sources(inside))),
    )


def _central(weight: Mapping[str, int], asked: Asked) -> list[str]:
    """The most joined cities of a cluster, and the one asked about."""
    ordered = sorted(weight, key=lambda one: (-weight[one], one))
    return [one for n, one in enumerate(ordered) if n < asked.members or one == asked.city]


def _countries(codes: Iterable[str | None]) -> tuple[CountryCount, ...]:
    """The most frequent first, then by code; where none is known last among equals."""
    counts = sorted(Counter(codes).items(), key=lambda one: (-one[1], one[0] is None, one[0] or ""))
    return tuple(CountryCount(country=code, cities=number) for code, number in counts)
