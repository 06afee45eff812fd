"""What one question has read so far.

A `Ground` reads the claims around nodes in sets, once, and answers the small questions
that all the others are made of: where is it, what is part of it, who says so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from graph.claims import WHEREABOUTS, Claim
from graph.errors import BadRequest, NotFound
from graph.nodes import City, Source, kind_of
from graph.questions.answers import Citation, Container, DealRef, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from graph.dates import PartialDate
    from graph.nodes import Node
    from graph.store import Direction, View

C = TypeVar("C", bound=Claim)
_NO_PLACE = frozenset({"Mission", "Deal", "Programme", "Source"})


class Ground:
    """A cache over one view; lives as long as one question."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._claims: dict[tuple[str, str, Direction], list[Claim]] = {}
        self._nodes: dict[str, Node] = {}

    # ------------------------------------------------------------ claims

    def out(self, ids: Iterable[str], *kinds: str) -> list[Claim]:
        """The claims of these kinds that start at these nodes, in the order of their ids."""
        return self._read(ids, kinds, "out")

    def into(self, ids: Iterable[str], *kinds: str) -> list[Claim]:
        """The claims of these kinds that end at these nodes, in the order of their ids."""
        return self._read(ids, kinds, "in")

    def at(self, ids: Iterable[str], *kinds: str) -> list[Claim]:
        """The claims of these kinds with these nodes at either end, in the order of their ids."""
        return self._read(ids, kinds, "both")

    def _read(self, ids: Iterable[str], kinds: Collection[str], way: Direction) -> list[Claim]:
        wanted = list(dict.fromkeys(ids))
        unread = [i for i in wanted if any((i, kind, way) not in self._claims for kind in kinds)]
        if unread:
            self._fetch(unread, kinds, way)
        found = {c.id: c for i in wanted for kind in kinds for c in self._claims[i, kind, way]}
        return [found[key] for key in sorted(found)]

    def _fetch(self, ids: list[str], kinds: Collection[str], way: Direction) -> None:
        asked, fresh = set(ids), defaultdict(list)
        for claim in self.view.expand(ids, kinds, way):
            for end in self._near_ends(claim, way) & asked:
                fresh[end, claim.kind, way].append(claim)
        for one in ids:
            for kind in kinds:
                self._claims[one, kind, way] = fresh[one, kind, way]

    def _near_ends(self, claim: Claim, way: Direction) -> set[str]:
        if way == "both" or not claim.directed:
            return {claim.from_, claim.to}
        return {claim.from_} if way == "out" else {claim.to}

    # ------------------------------------------------------------ nodes

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """These nodes, by id; unknown ids are left out."""
        wanted = set(ids)
        unread = wanted - self._nodes.keys()
        if unread:
            self._nodes.update(self.view.get(sorted(unread)))
        return {one: self._nodes[one] for one in sorted(wanted & self._nodes.keys())}

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
            listed = " or ".join(sorted(kinds))
            raise BadRequest(param, f"{node_id} is a {kind_of(node_id)}; ask about a {listed}")

    def source(self, source_id: str) -> Source:
        """This source; one that nothing is known of has only its id."""
        node = self.nodes((source_id,)).get(source_id)
        return node if isinstance(node, Source) else Source(id=source_id)

    # ------------------------------------------------------------ places

    def containers(self, ids: Iterable[str]) -> set[str]:
        """These cities and all that contain one of them."""
        return self._closure(ids, lambda near: {c.to for c in self.out(near, "PART_OF")})

    def parts(self, ids: Iterable[str]) -> set[str]:
        """These cities and all their parts."""
        return self._closure(ids, lambda near: {c.from_ for c in self.into(near, "PART_OF")})

    def _closure(self, ids: Iterable[str], step: Callable[[set[str]], set[str]]) -> set[str]:
        reached = set(ids)
        frontier = set(reached)
        while frontier:
            frontier = step(frontier) - reached
            reached |= frontier
        return reached

    def seats(self, ids: Iterable[str]) -> set[str]:
        """The cities in which these firms, bodies or events are; a city is in itself."""
        wanted = set(ids)
        cities = {one for one in wanted if kind_of(one) == "City"}
        return cities | {claim.to for claim in self.out(wanted - cities, "LOCATED_IN")}

    def countries(self, node_id: str) -> frozenset[str]:
        """The countries in which a source says that this is."""
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

    def warm(self, ids: Iterable[str]) -> None:
        """Read ahead, in sets, what `countries` of these will ask for."""
        around = {one for one in ids if kind_of(one) not in _NO_PLACE}
        seen: set[str] = set()
        while around - seen:
            step = around - seen
            seen |= step
            self.out(step, *sorted(WHEREABOUTS))
            around = {c.to for c in self.out(step, "LOCATED_IN", "PART_OF")}

    # ------------------------------------------------------------ what answers show

    def refs(self, ids: Iterable[str]) -> dict[str, Ref]:
        """The refs of these nodes, by id."""
        nodes = self.nodes(ids)
        self.warm(nodes)
        self.nodes(self.containers(one for one in nodes if kind_of(one) == "City"))
        return {one: self._ref(node) for one, node in nodes.items()}

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
        source = self.source(source_id)
        return Citation(
            source=source_id,
            title=source.title,
            publisher=source.publisher,
            published=source.published,
            url=source.url,
            locator=locator,
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


def of_kind(claims: Iterable[Claim], kind: type[C]) -> Iterator[C]:
    """Those claims that are of a kind."""
    return (claim for claim in claims if isinstance(claim, kind))
