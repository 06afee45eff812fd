"""The claims of one scene, read in sets, and what its filters and openings make of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import TYPE_CHECKING

from graph.claims import PATH_KINDS
from graph.nodes import kind_of
from graph.questions.folding import ends_of, far_ends
from graph.questions.scene_answer import Step
from graph.questions.when import Years, years_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.claims import Claim
    from graph.questions.folding import Ends
    from graph.questions.ground import Ground
    from graph.questions.scene import Filters, Opening

FOLLOWED = PATH_KINDS | {"LOCATED_IN"}
"""The relations of a scene."""
MOST = 300
"""No more nodes than these are ever in a scene."""
ORDER = (
    "SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY", "TWINNED", "AGREEMENT", "CREDITS",
    "HOSTED", "VISITED", "SENT", "RUNS", "SOLD", "BOUGHT", "PARTICIPATED_IN", "MADE_AT",
    "IN_PLACE", "PART_OF_DEAL", "SAME_DEAL_AS", "LOCATED_IN",
)  # fmt: skip
"""Which relations bring their neighbours first."""
Way = tuple["Claim", ...]
"""How one comes to a neighbour: by a claim, or by the two claims of a folded result."""


@dataclass(frozen=True)
class Walk:
    """What openings lead to: the nodes in the order in which they came, step by step."""

    steps: list[Step] = field(default_factory=list)
    nodes: dict[str, None] = field(default_factory=dict)
    cut: bool = False


class Reading:
    """The claims of one scene, read in sets, and which of them the filters let through."""

    def __init__(self, ground: Ground, filters: Filters) -> None:
        self.ground, self.filters = ground, filters
        self.followed = tuple(sorted(FOLLOWED))
        self.years: dict[str, Years] = {}
        self.deals: dict[str, Ends] = {}
        """The ends of the results met so far."""
        self._near: dict[str, dict[str, list[Way]]] = {}
        self._weight: dict[str, int] = {}

    def read(self, nodes: Iterable[str]) -> None:
        """Read what lies at these nodes."""
        fresh = [one for one in nodes if one not in self._near]
        if not fresh:
            return
        claims = self.ground.at(fresh, *self.followed)
        near: dict[str, dict[str, list[Way]]] = {one: defaultdict(list) for one in fresh}
        for claim in claims:
            for end, other in {(claim.from_, claim.to), (claim.to, claim.from_)}:
                if end in near and end != other:
                    near[end][other].append((claim,))
        claims += self._meet({other for ways in near.values() for other in ways})
        self.years |= years_of(self.ground, claims)
        for one in fresh if not self.filters.apart else ():
            self._fold(one, near[one])
        self._near |= near

    def _meet(self, nodes: Iterable[str]) -> list[Claim]:
        """Read who sold and who bought the results among these."""
        fresh = {one for one in nodes if kind_of(one) == "Deal"} - self.deals.keys()
        told = self.ground.at(fresh, "SOLD", "BOUGHT", "IN_PLACE", "MADE_AT") if fresh else []
        self.deals |= ends_of(fresh, told)
        return told

    def _fold(self, node: str, near: dict[str, list[Way]]) -> None:
        """Put who is at the other end of a result in its place; it stays where nobody is."""
        if kind_of(node) == "Deal":
            return
        for deal in [other for other in near if kind_of(other) == "Deal"]:
            far = far_ends(self.deals[deal], node)
            if far:
                ways = near.pop(deal)
                for way, (other, claim) in product(ways, far):
                    near[other].append((*way, claim))

    def near(self, node: str) -> Mapping[str, Sequence[Way]]:
        """The neighbours of a node, each with the ways to it."""
        self.read((node,))
        return self._near[node]

    def lets(self, claim: Claim) -> bool:
        """Whether the filters let a claim through, whatever its ends."""
        kept = claim.kind in FOLLOWED and claim.kind not in self.filters.without
        return kept and self.filters.lets_years(self.years.get(claim.id))

    def lets_way(self, way: Way) -> bool:
        """Whether the filters let all claims of a way through, and the result it folds."""
        folded = len(way) > 1
        return all(self.lets(claim) for claim in way) and not (
            folded and "Deal" in self.filters.hidden
        )

    def neighbours(
        self, node: str, *, filtered: bool, dismissed: bool = False
    ) -> dict[str, list[Way]]:
        """The neighbours that the filters let through, all if not `filtered`.

        With `dismissed` those too that were sent away one by one.
        """
        if not filtered:
            return {other: list(ways) for other, ways in self.near(node).items()}
        kept = {
            other: [way for way in ways if self.lets_way(way)]
            for other, ways in self.near(node).items()
            if self.filters.lets_node(other) or (dismissed and self._dismissed(other))
        }
        return {other: ways for other, ways in kept.items() if ways}

    def _dismissed(self, node: str) -> bool:
        """Whether nothing but its dismissal keeps a node out."""
        return node in self.filters.dismissed and kind_of(node) not in self.filters.hidden

    def ranked(self, node: str, kind: str, *, filtered: bool) -> list[str]:
        """The neighbours of a kind, first the ones to be opened first."""
        near = self.neighbours(node, filtered=filtered, dismissed=True)
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

    def _rank(self, ways: Sequence[Way]) -> tuple[int, int, int]:
        claims = [claim for way in ways for claim in way]
        newest = max((self.years[c.id][0] for c in claims if c.id in self.years), default=0)
        return min(ORDER.index(claim.kind) for claim in claims), -len(ways), -newest

    def walk(
        self,
        center: str,
        openings: Sequence[Opening],
        *,
        filtered: bool,
        route: Sequence[str] = (),
    ) -> Walk:
        """What these openings lead to, with the nodes of a route, at most `MOST` nodes.

        What was dismissed keeps its turn, so that no other takes its place.
        """
        steps, nodes, cut = [], {center: None}, False
        for near, far in pairwise(route):
            steps.append(Step(node=near, newcomers=(far,)))
            nodes[far] = None
        for node, kind, count in openings:
            if node not in nodes:
                continue
            ranked = self.ranked(node, kind, filtered=filtered)
            turns = [one for one in ranked if one not in nodes][:count]
            fresh = [one for one in turns if not filtered or one not in self.filters.dismissed]
            room = MOST - len(nodes)
            cut = cut or len(fresh) > room
            steps.append(Step(node=node, newcomers=tuple(fresh[:room])))
            nodes.update(dict.fromkeys(fresh[:room]))
        return Walk(steps, nodes, cut)
