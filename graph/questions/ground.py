"""What one question has read so far.

A `Ground` reads the claims around nodes in sets, once, and answers the small questions
that all the others are made of: where is it, what is part of it, who says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from graph.claims import WHEREABOUTS, Claim
from graph.errors import BadRequest, NotFound
from graph.following import Step
from graph.nodes import City, Source, kind_of
from graph.questions.answers import Citation, Container, DealRef, Ref
from graph.questions.shelves import Shelves

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from graph.dates import PartialDate
    from graph.following import Direction, Followed
    from graph.nodes import Node
    from graph.store import Hits, View

C = TypeVar("C", bound=Claim)
T = TypeVar("T")
_WHERE = tuple(sorted(WHEREABOUTS))
_NO_PLACE = frozenset({"Mission", "Deal", "Programme", "Source"})


class Ground:
    """A cache over one view; lives as long as one question."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._shelves = Shelves(view)
        self._nodes: dict[str, Node] = {}
        self._up: dict[str, frozenset[str]] = {}
        self._down: dict[str, frozenset[str]] = {}
        self._countries: dict[str, frozenset[str]] = {}
        self._refs: dict[str, Ref] = {}
        self._cited: dict[tuple[str, int | None], Citation] = {}
        self._placed: dict[bool, set[str]] = {False: set(), True: set()}
        self._told: dict[tuple[object, str], Any] = {}

    def once(self, ask: Callable[[Ground, str], T], one: str) -> T:
        """What a question of this ground answers about a node, asked the first time only."""
        if (ask, one) not in self._told:
            self._told[ask, one] = ask(self, one)
        found: T = self._told[ask, one]
        return found

    # ------------------------------------------------------------ claims

    def out(self, ids: Iterable[str], *kinds: str) -> list[Claim]:
        """The claims of these kinds that start at these nodes, in the order of their ids."""
        return self._shelves.read(ids, kinds, "out")

    def into(self, ids: Iterable[str], *kinds: str) -> list[Claim]:
        """The claims of these kinds that end at these nodes, in the order of their ids."""
        return self._shelves.read(ids, kinds, "in")

    def at(self, ids: Iterable[str], *kinds: str) -> list[Claim]:
        """The claims of these kinds with these nodes at either end, in the order of their ids."""
        return self._shelves.read(ids, kinds, "both")

    def has_read(self, one: str, kinds: Iterable[str]) -> bool:
        """Whether all claims of these kinds at a node are here already."""
        return self._shelves.holds(one, tuple(kinds))

    def follow(self, *steps: Step) -> None:
        """Read ahead all that these steps lead to."""
        self._keep(steps, self.view.follow(steps))

    def look(self, alternatives: Collection[Collection[str]], kinds: Collection[str]) -> Hits:
        """What a search finds; where it is, is read ahead if that is not much."""
        step = whereabouts()
        hits, told = self.view.look(alternatives, kinds, step)
        self._keep((step,), told)
        return hits

    def _keep(self, steps: Iterable[Step], told: Followed) -> None:
        for step, reading in zip(steps, told.readings, strict=True):
            self._shelves.put(reading.at, reading.claims, step.kinds, step.way)
            if (step.kinds, step.way, step.again) == (_WHERE, "out", True):
                self._placed[step.nodes] |= reading.at
        self._nodes.update(told.nodes)

    # ------------------------------------------------------------ nodes

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """These nodes, by id; unknown ids are left out."""
        wanted = sorted(set(ids))
        self._get(wanted)
        return {one: self._nodes[one] for one in wanted if one in self._nodes}

    def _get(self, ids: Iterable[str]) -> None:
        unread = [one for one in ids if one not in self._nodes]
        if unread:
            self._nodes.update(self.view.get(unread))

    def node(self, node_id: str) -> Node:
        """This node; NotFound if nothing describes it."""
        found = self.nodes((node_id,))
        if node_id not in found:
            raise NotFound(node_id)
        return found[node_id]

    def require(self, param: str, node_id: str, kinds: Collection[str]) -> None:
        """NotFound if nothing describes this node; BadRequest if it is of none of these kinds."""
        self.node(node_id)
        if kind_of(node_id) not in kinds:
            said = f"{self.ref(node_id).name} is a {kind_of(node_id)}"
            raise BadRequest(param, f"{said}; ask about a {' or '.join(sorted(kinds))}")

    def source(self, source_id: str) -> Source:
        """This source; one that nothing is known of has only its id."""
        self._get((source_id,))
        node = self._nodes.get(source_id)
        return node if isinstance(node, Source) else Source(id=source_id)

    # ------------------------------------------------------------ places

    def containers(self, ids: Iterable[str]) -> set[str]:
        """These cities and all that contain one of them."""
        return self._reached(ids, self._up, lambda near: self._steps(near, "out"))

    def parts(self, ids: Iterable[str]) -> set[str]:
        """These cities and all their parts."""
        return self._reached(ids, self._down, lambda near: self._steps(near, "in"))

    def _steps(self, ids: Iterable[str], way: Direction) -> set[str]:
        claims = self._shelves.read(ids, ("PART_OF",), way)
        return {claim.to if way == "out" else claim.from_ for claim in claims}

    def _reached(
        self,
        ids: Iterable[str],
        known: dict[str, frozenset[str]],
        step: Callable[[Iterable[str]], set[str]],
    ) -> set[str]:
        """All that steps lead to from these, each worked out once."""
        wanted = set(ids)
        fresh = {one for one in wanted if one not in known}
        _closure(fresh, step)  # read ahead, in sets
        known.update((one, frozenset(_closure((one,), step))) for one in fresh)
        return set().union(*(known[one] for one in wanted))

    def seats(self, ids: Iterable[str]) -> set[str]:
        """The cities in which these firms, bodies or events are; a city is in itself."""
        wanted = set(ids)
        cities = {one for one in wanted if kind_of(one) == "City"}
        return cities | {claim.to for claim in self.out(wanted - cities, "LOCATED_IN")}

    def countries(self, node_id: str) -> frozenset[str]:
        """The countries in which a source says that this is."""
        if node_id not in self._countries:
            self._countries[node_id] = self._countries_of(node_id)
        return self._countries[node_id]

    def _countries_of(self, node_id: str) -> frozenset[str]:
        if kind_of(node_id) == "Country":
            return frozenset({node_id})
        if kind_of(node_id) in _NO_PLACE:
            return frozenset()
        around = {node_id} | self.containers(self.seats((node_id,)))
        return frozenset(claim.to for claim in self.out(around, "IN_COUNTRY"))

    def lies_in(self, place: str, area: Collection[str]) -> bool:
        """Whether a city or country is, or lies in, one of an area's cities or countries."""
        if place in area or (kind_of(place) == "City" and self.containers((place,)) & set(area)):
            return True
        return any(kind_of(one) == "Country" for one in area) and bool(
            self.countries(place) & set(area)
        )

    def warm(self, ids: Iterable[str], *, nodes: bool = False) -> None:
        """Read ahead, in one go, what `countries` of these will ask for, and all those nodes."""
        placed = self._placed[True] if nodes else self._placed[False] | self._placed[True]
        unread = frozenset(one for one in ids if one not in placed and not self._is_lost(one))
        if unread:
            self.follow(whereabouts(unread, nodes=nodes))

    def _is_lost(self, one: str) -> bool:
        """Whether this is read already, and in no place."""
        return one in self._nodes and kind_of(one) in _NO_PLACE

    # ------------------------------------------------------------ what answers show

    def refs(self, ids: Iterable[str]) -> dict[str, Ref]:
        """The refs of these nodes, by id."""
        wanted = sorted(set(ids))
        fresh = [one for one in wanted if one not in self._refs]
        if fresh:
            self.warm(fresh, nodes=True)
            nodes = self.nodes(fresh)
            self._refs.update((one, self._ref(node)) for one, node in nodes.items())
        return {one: self._refs[one] for one in wanted if one in self._refs}

    def ref(self, node_id: str) -> Ref:
        """The ref of one node; NotFound if nothing describes it."""
        self.node(node_id)
        return self.refs((node_id,))[node_id]

    def named(self, ids: Iterable[str]) -> dict[str, Node | Ref]:
        """What names these nodes: their refs; a deal, which is told by its figures, itself."""
        nodes = self.nodes(ids)
        refs = self.refs(one for one in nodes if kind_of(one) != "Deal")
        return {**nodes, **refs}

    def _ref(self, node: Node) -> Ref:
        countries = sorted(one.partition(":")[2] for one in self.countries(node.id))
        return Ref(
            id=node.id,
            kind=node.kind,
            name=node.name,
            names=node.names,
            country=countries[0] if countries else None,
            level=node.level if isinstance(node, City) else None,
            within=self._within(node.id) if isinstance(node, City) else (),
        )

    def _within(self, city_id: str) -> tuple[Container, ...]:
        """What contains a city: first what most others contain in turn, then by id."""
        around = self.containers((city_id,)) - {city_id}
        inside_out = sorted(around, key=lambda one: (-len(self.containers((one,))), one))
        found = self.nodes(around)
        return tuple(
            Container.model_validate(found[one], from_attributes=True)
            for one in inside_out
            if one in found
        )

    def deal_ref(self, deal: Node) -> DealRef:
        """A deal in short."""
        return DealRef.model_validate(deal, from_attributes=True)

    def citation(self, claim: Claim) -> Citation:
        """Where a claim stands."""
        return self.cite(claim.source, claim.locator)

    def cite(self, source_id: str, locator: int | None = None) -> Citation:
        """A place in a source."""
        place = (source_id, locator)
        if place not in self._cited:
            self._cited[place] = self._cite(source_id, locator)
        return self._cited[place]

    def _cite(self, source_id: str, locator: int | None) -> Citation:
        source = self.source(source_id)
        return Citation(
            source=source_id,
            title=source.title,
            publisher=source.publisher,
            published=source.published,
            url=source.url,
            locator=locator,
            unit="row" if source.source_kind and source.source_kind.in_rows else "line",
            state=source.state,
        )

    def citations(self, claims: Iterable[Claim]) -> tuple[Citation, ...]:
        """Where these claims stand, each place once, by source and locator."""
        places = {(claim.source, claim.locator or 0) for claim in claims}
        self.nodes(source for source, _ in places)
        return tuple(self.cite(source, locator or None) for source, locator in sorted(places))

    def told_of(self, ids: Iterable[str]) -> tuple[Citation, ...]:
        """Where these nodes are described."""
        return self.citations(self.into(ids, "DESCRIBES"))

    def published(self, claim: Claim) -> PartialDate | None:
        """When a claim's source was published, if known."""
        return self.source(claim.source).published

    def lineages(self, claims: Iterable[Claim]) -> int:
        """How many independent sources these claims come from."""
        sources = {claim.source for claim in claims}
        self.nodes(sources)
        return len({self.source(one).line for one in sources})


def whereabouts(
    ids: Iterable[str] = (),
    *,
    after: tuple[Step, ...] = (),
    only: Iterable[str] = (),
    nodes: bool = True,
) -> Step:
    """The step that reads where things are: up to all that contains them, and the country."""
    return Step(_WHERE, "out", frozenset(ids), after, frozenset(only), again=True, nodes=nodes)


def _closure(ids: Iterable[str], step: Callable[[Iterable[str]], set[str]]) -> set[str]:
    """These and all that steps lead to."""
    reached = set(ids)
    frontier = set(reached)
    while frontier:
        frontier = step(frontier) - reached
        reached |= frontier
    return reached


def of_kind(claims: Iterable[Claim], kind: type[C]) -> Iterator[C]:
    """Those claims that are of a kind."""
    return (claim for claim in claims if isinstance(claim, kind))
