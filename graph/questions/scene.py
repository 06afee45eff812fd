"""A scene around a node: what was opened, kind by kind, under filters, and what is left.

Opening a kind at a node brings in its first neighbours of that kind that no opening before it
brought. Which are first is told by
the relation (ties and activities before seats), then by how many claims say so, then by the
newest year, then by how many claims there are at the neighbour, then by the id: always the
same ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from graph.nodes import kind_of
from graph.questions.contracts import currencies, worth
from graph.questions.folding import folded
from graph.questions.ground import Ground
from graph.questions.scene_answer import SceneAnswer, SceneNode, Step, Trip
from graph.questions.scene_reading import ORDER, Reading
from graph.questions.scene_route import route_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graph.questions.answers import Ref
    from graph.questions.scene_reading import Walk
    from graph.questions.when import Years
    from graph.store import View

KINDS = ("City", "Organization", "Mission", "Event", "Programme", "Firm", "Deal", "Country")
"""The kinds of a scene, in the order in which they are opened."""
STEP = 12
"""How many neighbours of a kind one step opens."""
CROWDED = 150
"""Above so many nodes a scene should rather be narrowed."""


class Opening(NamedTuple):
    """So many neighbours of a kind that come in at a node; 0 if none is to come in."""

    node: str
    kind: str
    many: int


@dataclass(frozen=True)
class Filters:
    """What a scene leaves out: kinds, relations, claims of other years, claims of no year.

    Unless they are to stand `apart`, results are no nodes but lines between who sold and who
    bought, or where or when they were made; what has no two such ends is a node still.
    """

    hidden: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None
    undated: bool = True
    dismissed: frozenset[str] = frozenset()
    apart: bool = False

    def lets_node(self, node: str) -> bool:
        """Whether a node may be in the scene."""
        return kind_of(node) not in self.hidden and node not in self.dismissed

    def lets_years(self, years: Years | None) -> bool:
        """Whether a claim of these years may be in the scene."""
        if years is None:
            return self.undated
        early = self.since is not None and years[1] < self.since
        return not early and (self.until is None or years[0] <= self.until)


def scene(
    view: View,
    center: str,
    opened: Sequence[Opening] = (),
    filters: Filters | None = None,
    goal: str | None = None,
    currency: str | None = None,
) -> SceneAnswer:
    """The nodes that these openings lead to, the claims among them, and what is left at each.

    The centre's kinds are open by `STEP` unless `opened` says otherwise; an opening at what
    is not in the scene is passed over. With a `goal` the shortest path there that the filters
    let through is in it too. With a `currency` it tells what each node has signed for in it.
    Steps name all nodes that have a place, whether a filter leaves them out or not. NotFound
    if nothing describes the centre or the goal.
    """
    reading = Reading(Ground(view), filters or Filters())
    for one in (center, goal):
        if one is not None:
            reading.ground.node(one)
    route, hidden = route_of(reading, center, goal) if goal else ((), False)
    opened = _openings(center, opened)
    first = [Opening(center, kind, STEP) for kind in KINDS]
    base = reading.walk(center, first, filtered=False)
    plain = reading.walk(center, opened, filtered=False, route=route)
    shown = reading.walk(center, opened, filtered=True, route=route)
    steps = _placed([_one_step(center, base), *plain.steps, *shown.steps])
    answer = _answer(reading, center, shown, plain, steps)
    values = worth(reading, shown.nodes, currency) if currency else {}
    told = {"route": route, "route_hidden": hidden, "values": values}
    return answer.model_copy(update=told)


def _openings(center: str, given: Sequence[Opening]) -> list[Opening]:
    """The centre's kinds, then the others in the order given; the last word on each counts."""
    counts = {(center, kind): STEP for kind in KINDS}
    for node, kind, count in given:
        counts[node, kind] = count
    return [Opening(node, kind, count) for (node, kind), count in counts.items()]


def _one_step(center: str, walk: Walk) -> Step:
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


def _answer(
    reading: Reading,
    center: str,
    shown: Walk,
    plain: Walk,
    steps: tuple[Step, ...],
) -> SceneAnswer:
    ground, nodes = reading.ground, shown.nodes
    reading.read([*nodes, *plain.nodes])
    deals = folded(reading, nodes)
    claims = [
        claim for claim in ground.view.among(sorted(nodes), reading.followed) if reading.lets(claim)
    ]
    refs = ground.refs(nodes)
    told = [*claims, *(claim for one in deals for claim in one.claims)]
    counts = ground.view.counts()
    years, undated = _histogram(reading, {**plain.nodes, **nodes})
    return SceneAnswer(
        center=refs[center],
        nodes=tuple(_node(reading, refs[one], nodes) for one in nodes if one in refs),
        claims=tuple(claims),
        folded=deals,
        citations=ground.citations(told),
        years={claim.id: reading.years[claim.id] for claim in told if claim.id in reading.years},
        trips=_trips(reading, nodes),
        steps=steps,
        currencies=currencies(reading, nodes),
        histogram=years,
        undated=undated,
        node_totals={kind: counts.nodes.get(kind, 0) for kind in KINDS},
        claim_totals={kind: counts.claims.get(kind, 0) for kind in ORDER},
        crowded=len(nodes) > CROWDED,
        cut=shown.cut,
        dataset_version=ground.view.version(),
    )


def _trips(reading: Reading, nodes: Collection[str]) -> dict[str, Trip]:
    missions = sorted(one for one in nodes if kind_of(one) == "Mission")
    ends = {
        mission: {
            kind: [
                other for other, ways in near.items() if any(kind == way[0].kind for way in ways)
            ]
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


def _node(reading: Reading, ref: Ref, nodes: Collection[str]) -> SceneNode:
    """A node with its neighbours under the filters, and how many of each kind are not shown."""
    near = reading.neighbours(ref.id, filtered=True)
    left = Counter(kind_of(other) for other in near if other not in nodes)
    return SceneNode(
        **dict(ref),
        neighbours=len(near),
        left={kind: left[kind] for kind in KINDS if left[kind]},
    )


def _histogram(reading: Reading, nodes: Collection[str]) -> tuple[dict[int, int], int]:
    """How many claims at the nodes begin in each year, whatever years are let through."""
    claims = {
        claim.id
        for node in nodes
        if reading.filters.lets_node(node)
        for other, ways in reading.near(node).items()
        if reading.filters.lets_node(other)
        for way in ways
        for claim in way
        if claim.kind not in reading.filters.without
    }
    years = Counter(reading.years[one][0] for one in claims if one in reading.years)
    return dict(sorted(years.items())), sum(one not in reading.years for one in claims)
