"""How two entities are connected, hop by hop, with the evidence of each."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.model import PATH_KINDS
from graph.questions.answers import Path, PathsAnswer, Searched
from graph.questions.ground import Ground
from graph.questions.neighbourhood import check_kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graph.claims import Claim
    from graph.store import View

MAX_HOPS = 6
MAX_PATHS = 10


def paths(
    view: View,
    start: str,
    goal: str,
    kinds: Collection[str] = PATH_KINDS,
    max_hops: int = 4,
    k: int = 3,
) -> PathsAnswer:
    """The k shortest paths by length, then by ids; an empty list is an answer.

    NotFound if nothing describes an end; BudgetSpent if time ran out before any was found.
    """
    check_kinds(kinds)
    ground = Ground(view)
    ground.node(start)
    ground.node(goal)
    found = view.paths(start, goal, kinds, max_hops, k)
    refs = ground.refs({start, goal, *(node for route in found.routes for node in route)})
    hops = _hops(view, found.routes, kinds)
    lines = [
        Path(
            length=len(route) - 1,
            nodes=tuple(refs[node] for node in route),
            hops=tuple(tuple(hops[frozenset(pair)]) for pair in pairwise(route)),
        )
        for route in found.routes
    ]
    return PathsAnswer(
        from_=refs[start],
        to=refs[goal],
        paths=tuple(lines),
        citations=ground.citations(c for line in lines for hop in line.hops for c in hop),
        complete=found.complete,
        searched=Searched(max_hops=max_hops, kinds=tuple(sorted(kinds))),
        dataset_version=view.version(),
    )


def _hops(
    view: View, routes: Sequence[Sequence[str]], kinds: Collection[str]
) -> Mapping[frozenset[str], list[Claim]]:
    """The parallel claims of every hop, in the order of their ids."""
    pairs = {frozenset(pair) for route in routes for pair in pairwise(route)}
    ends = sorted({end for pair in pairs for end in pair})
    hops: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in view.expand(ends, kinds, "out") if ends else ():
        pair = frozenset((claim.from_, claim.to))
        if pair in pairs:
            hops[pair].append(claim)
    return hops
