"""How two entities are connected, hop by hop, with the evidence of each."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.model import PATH_KINDS
from graph.questions.answers import Citation, Path, PathsAnswer, Ref, Searched
from graph.questions.ground import Ground
from graph.questions.neighbourhood import check_kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

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
    lines = told(ground, found.routes, refs, kinds)
    return PathsAnswer(
        from_=refs[start],
        to=refs[goal],
        paths=lines,
        citations=cited(ground, lines),
        complete=found.complete,
        searched=Searched(max_hops=max_hops, kinds=tuple(sorted(kinds))),
        dataset_version=view.version(),
    )


def told(
    ground: Ground,
    routes: Sequence[Sequence[str]],
    refs: Mapping[str, Ref],
    kinds: Collection[str],
) -> tuple[Path, ...]:
    """These node sequences with the claims of every hop."""
    hops = _hops(ground.view, routes, kinds)
    return tuple(
        Path(
            length=len(route) - 1,
            nodes=tuple(refs[node] for node in route),
            hops=tuple(tuple(hops[frozenset(pair)]) for pair in pairwise(route)),
        )
        for route in routes
    )


def cited(ground: Ground, paths: Iterable[Path]) -> tuple[Citation, ...]:
    """Where the claims of paths stand."""
    return ground.citations(claim for path in paths for hop in path.hops for claim in hop)


def _hops(
    view: View, routes: Sequence[Sequence[str]], kinds: Collection[str]
) -> Mapping[frozenset[str], list[Claim]]:
    """The parallel claims of every hop, in the order of their ids."""
    pairs = {frozenset(pair) for route in routes for pair in pairwise(route)}
    ends = sorted({end for pair in pairs for end in pair})
    hops: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in view.among(ends, kinds) if ends else ():
        pair = frozenset((claim.from_, claim.to))
        if pair in pairs:
            hops[pair].append(claim)
    return hops
