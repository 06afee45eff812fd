"""A scene around a node: what was opened, kind by kind, under filters, and what is left.

Opening a kind at a node brings in its first neighbours of that kind that no opening before it
brought. Which are first is told by
the relation (ties and activities before seats), then by how many claims say so, then by the
newest year, then by how many claims there are at the neighbour, then by the id: always the
same ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from graph.claims import PATH_KINDS
from graph.nodes import kind_of
from graph.questions.answers import Ref
from graph.questions.ground import Ground
from graph.questions.scene_answer import SceneAnswer, SceneNode, Step, Trip
from graph.questions.when import Years, years_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graph.claims import Claim
    from graph.store import View

FOLLOWED = PATH_KINDS | {"LOCATED_IN"}
"""The relations of a scene."""
KINDS = ("City", "Organization", "Mission", "Event", "Programme", "Firm", "Deal", "Country")
"""The kinds of a scene, in the order in which they are opened."""
STEP = 12
"""How many neighbours of a kind one step opens."""
CROWDED = 150
"""Above so many nodes a scene should rather be narrowed."""
MOST = 300
"""No more nodes than these are ever in a scene."""
MAX_PATH = 4
_ORDER = (
    "SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY", "TWINNED", "AGREEMENT", "CREDITS",
    "HOSTED", "VISITED", "SENT", "RUNS", "SOLD", "BOUGHT", "PARTICIPATED_IN", "MADE_AT",
    "IN_PLACE", "PART_OF_DEAL", "SAME_DEAL_AS", "LOCATED_IN",
)  # fmt: skip


class Opening(NamedTuple):
    """So many neighbours of a kind that come in at a node; 0 if none is to come in."""

    node: str
    kind: str
    many: int


@dataclass(frozen=True)
class Filters:
    """What a scene leaves out: kinds, relations, claims of other years, claims of no year."""

    hidden: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None
    undated: bool = True
    dismissed: frozenset[str] = frozenset()

    def lets_node(self, node: str) -> bool:
        """Whether a node may be in the scene."""
        return kind_of(node) not in self.hidden and node not in self.dismissed

    def lets_years(self, years: Years | None) -> bool:
        """Whether a claim of these years may be in the scene."""
        if years is None:
            return self.undated
        early = self.since is not None and years[1] < self.since
        return not early and (self.until is None or years[0] <= self.until)


@dataclass(frozen=True)
class _Walk:
    """What openings lead to: the nodes in the order in which they came, step by step."""

    steps: list[Step] = field(default_factory=list)
    nodes: dict[str, None] = field(default_factory=dict)
    cut: bool = False


def scene(
    view: View,
    center: str,
    opened: Sequence[Opening] = (),
    filters: Filters | None = None,
    goal: str | None = None,
) -> SceneAnswer:
    """The nodes that these openings lead to, the claims among them, and what is left at each.

    The centre's kinds are open by `STEP` unless `opened` says otherwise; an opening at what
    is not in the scene is passed over. With a `goal` the shortest path there is in it too.
    Steps name all nodes that have a place, whether a filter leaves them out or not. NotFound
    if nothing describes the centre or the goal.
    """
    reading = _Reading(Ground(view), filters or Filters())
    for one in (center, goal):
        if one is not None:
            reading.ground.node(one)
    route = _route(view, center, goal, reading.filters)
    opened = _openings(center, opened)
    first = [Opening(center, kind, STEP) for kind in KINDS]
    base = reading.walk(center, first, filtered=False)
    plain = reading.walk(center, opened, filtered=False, route=route)
    shown = reading.walk(center, opened, filtered=True, route=route)
    steps = _placed([_one_step(center, base), *plain.steps, *shown.steps])
    return _answer(reading, center, shown, plain, steps, route)


def _openings(center: str, given: Sequence[Opening]) -> list[Opening]:
    """The centre's kinds, then the others in the order given; the last word on each counts."""
    counts = {(center, kind): STEP for kind in KINDS}
    for node, kind, count in given:
        counts[node, kind] = count
    return [Opening(node, kind, count) for (node, kind), count in counts.items()]


def _route(view: View, center: str, goal: str | None, filters: Filters) -> tuple[str, ...]:
    if goal is None:
        return ()
    found = view.paths(center, goal, sorted(PATH_KINDS - filters.without), MAX_PATH, 1)
    return found.routes[0] if found.routes else ()


def _one_step(center: str, walk: _Walk) -> Step:
    return Step(node=center, newcomers=tuple(one for one in walk.nodes if one != center))


def _placed(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps with each node only where it first comes; steps that bring none are left out."""
    seen: set[str] = set()
    kept = []
    for step in steps:
        fresh = tuple(one for one in step.newcomers if one not in seen and one != step.node)
        seen |= {step.node, *fresh}
        if fresh:
            kept.append(Step(node=step.node, newcomers=fresh))
    return tuple(kept)


class _Reading:
    """The claims of one scene, read in sets, and which of them the filters let through."""

    def __init__(self, ground: Ground, filters: Filters) -> None:
        self.ground, self.filters = ground, filters
        self.followed = tuple(sorted(FOLLOWED))
        self.years: dict[str, Years] = {}
        self._near: dict[str, dict[str, list[Claim]]] = {}
        self._weight: dict[str, int] = {}

    def read(self, nodes: Iterable[str]) -> None:
        """Read what lies at these nodes."""
        fresh = [one for one in nodes if one not in self._near]
        if not fresh:
            return
        claims = self.ground.at(fresh, *self.followed)
        self.years |= years_of(self.ground, claims)
        near: dict[str, dict[str, list[Claim]]] = {one: defaultdict(list) for one in fresh}
        for claim in claims:
            for end, other in {(claim.from_, claim.to), (claim.to, claim.from_)}:
                if end in near and end != other:
                    near[end][other].append(claim)
        self._near |= near

    def near(self, node: str) -> Mapping[str, Sequence[Claim]]:
        """The neighbours of a node, each with the claims that make it one."""
        self.read((node,))
        return self._near[node]

    def lets(self, claim: Claim) -> bool:
        """Whether the filters let a claim through, whatever its ends."""
        kept = claim.kind in FOLLOWED and claim.kind not in self.filters.without
        return kept and self.filters.lets_years(self.years.get(claim.id))

    def neighbours(self, node: str, *, filtered: bool) -> dict[str, list[Claim]]:
        """The neighbours that the filters let through, all if not `filtered`."""
        if not filtered:
            return {other: list(claims) for other, claims in self.near(node).items()}
        kept = {
            other: [claim for claim in claims if self.lets(claim)]
            for other, claims in self.near(node).items()
            if self.filters.lets_node(other)
        }
        return {other: claims for other, claims in kept.items() if claims}

    def ranked(self, node: str, kind: str, *, filtered: bool) -> list[str]:
        """The neighbours of a kind, first the ones to be opened first."""
        near = self.neighbours(node, filtered=filtered)
        others = [other for other in near if kind_of(other) == kind]
        self._weigh(others)
        return sorted(
            others, key=lambda other: (*self._rank(near[other]), -self._weight[other], other)
        )

    def _weigh(self, nodes: Iterable[str]) -> None:
        """Read how many claims there are at each of these nodes."""
        fresh = [one for one in nodes if one not in self._weight]
        degrees = self.ground.view.degrees(fresh) if fresh else {}
        self._weight |= {one: sum(degrees.get(one, {}).values()) for one in fresh}

    def _rank(self, claims: Sequence[Claim]) -> tuple[int, int, int]:
        newest = max((self.years[c.id][0] for c in claims if c.id in self.years), default=0)
        return min(_ORDER.index(claim.kind) for claim in claims), -len(claims), -newest

    def walk(
        self,
        center: str,
        openings: Sequence[Opening],
        *,
        filtered: bool,
        route: Sequence[str] = (),
    ) -> _Walk:
        """What these openings lead to, with the nodes of a route, at most `MOST` nodes."""
        steps, nodes, cut = [], {center: None}, False
        for near, far in pairwise(route):
            steps.append(Step(node=near, newcomers=(far,)))
            nodes[far] = None
        for node, kind, count in openings:
            if node not in nodes:
                continue
            ranked = self.ranked(node, kind, filtered=filtered)
            fresh = [one for one in ranked if one not in nodes][:count]
            room = MOST - len(nodes)
            cut = cut or len(fresh) > room
            steps.append(Step(node=node, newcomers=tuple(fresh[:room])))
            nodes.update(dict.fromkeys(fresh[:room]))
        return _Walk(steps, nodes, cut)


def _answer(
    reading: _Reading,
    center: str,
    shown: _Walk,
    plain: _Walk,
    steps: tuple[Step, ...],
    route: Sequence[str],
) -> SceneAnswer:
    ground, nodes = reading.ground, shown.nodes
    reading.read([*nodes, *plain.nodes])
    claims = [
        claim for claim in ground.view.among(sorted(nodes), reading.followed) if reading.lets(claim)
    ]
    refs = ground.refs(nodes)
    counts = ground.view.counts()
    years, undated = _histogram(reading, {**plain.nodes, **nodes})
    return SceneAnswer(
        center=refs[center],
        nodes=tuple(_node(reading, refs[one], nodes) for one in nodes if one in refs),
        claims=tuple(claims),
        citations=ground.citations(claims),
        years={claim.id: reading.years[claim.id] for claim in claims if claim.id in reading.years},
        trips=_trips(reading, nodes),
        steps=steps,
        route=tuple(route),
        histogram=years,
        undated=undated,
        node_totals={kind: counts.nodes.get(kind, 0) for kind in KINDS},
        claim_totals={kind: counts.claims.get(kind, 0) for kind in _ORDER},
        crowded=len(nodes) > CROWDED,
        cut=shown.cut,
        dataset_version=ground.view.version(),
    )


def _trips(reading: _Reading, nodes: Collection[str]) -> dict[str, Trip]:
    missions = sorted(one for one in nodes if kind_of(one) == "Mission")
    ends = {
        mission: {
            kind: [other for other, told in near.items() if kind in {c.kind for c in told}]
            for kind in ("SENT", "VISITED")
        }
        for mission in missions
        for near in (reading.near(mission),)
    }
    refs = reading.ground.refs(one for by in ends.values() for them in by.values() for one in them)
    return {
        mission: Trip(
            sent=_cities(by["SENT"], refs),
            visited=_cities(by["VISITED"], refs),
        )
        for mission, by in ends.items()
    }


def _cities(ids: Iterable[str], refs: Mapping[str, Ref]) -> tuple[Ref, ...]:
    return tuple(refs[one] for one in sorted(ids) if kind_of(one) == "City" and one in refs)


def _node(reading: _Reading, ref: Ref, nodes: Collection[str]) -> SceneNode:
    """A node with its neighbours under the filters, and how many of each kind are not shown."""
    near = reading.neighbours(ref.id, filtered=True)
    left = Counter(kind_of(other) for other in near if other not in nodes)
    return SceneNode(
        **dict(ref),
        neighbours=len(near),
        left={kind: left[kind] for kind in KINDS if left[kind]},
    )


def _histogram(reading: _Reading, nodes: Collection[str]) -> tuple[dict[int, int], int]:
    """How many claims at the nodes begin in each year, whatever years are let through."""
    claims = {
        claim.id
        for node in nodes
        if reading.filters.lets_node(node)
        for other, told in reading.near(node).items()
        if reading.filters.lets_node(other)
        for claim in told
        if claim.kind not in reading.filters.without
    }
    years = Counter(reading.years[one][0] for one in claims if one in reading.years)
    return dict(sorted(years.items())), sum(one not in reading.years for one in claims)
