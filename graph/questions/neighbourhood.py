"""What lies around a node, to a depth of three hops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import BadRequest
from graph.model import CLAIM_CLASSES, PATH_KINDS
from graph.questions.answers import Neighbour, NeighbourhoodAnswer
from graph.questions.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.claims import Claim
    from graph.following import Direction
    from graph.store import View

MAX_DEPTH = 3
MAX_RESULTS = 200
_HUB = 2_000
"""Claims read of one frontier; a larger frontier is cut, and the answer says so."""


def neighbourhood(
    view: View,
    center: str,
    kinds: Collection[str] = PATH_KINDS,
    direction: Direction = "both",
    depth: int = 1,
    limit: int = 25,
    after: str = "",
) -> NeighbourhoodAnswer:
    """The nodes within `depth` hops by distance, then id, and the claims among them.

    At most `limit` nodes; `next` is where to go on. Country and Source are shown, never
    passed through. NotFound if nothing describes the centre.
    """
    check_kinds(kinds)
    ground = Ground(view)
    ground.node(center)
    distance, cut = _distances(view, center, kinds, direction, depth)
    ordered = sorted((hops, node) for node, hops in distance.items() if node != center)
    skipped = [pair for pair in ordered if _key(pair) > after]
    page = skipped[:limit]
    shown = {center, *(node for _, node in page)}
    claims = view.among(sorted(shown), kinds)
    refs = ground.refs(shown)
    more = len(skipped) > limit
    return NeighbourhoodAnswer(
        center=refs[center],
        nodes=tuple(Neighbour(**dict(refs[node]), distance=hops) for hops, node in page),
        claims=tuple(claims),
        citations=ground.citations(claims),
        truncated=more or cut,
        truncated_by="limit" if more else "hub" if cut else None,
        next=_key(page[-1]) if more else None,
        dataset_version=view.version(),
    )


def check_kinds(kinds: Collection[str]) -> None:
    """BadRequest if one of these is no kind of claim."""
    for kind in kinds:
        if kind not in CLAIM_CLASSES:
            listed = ", ".join(sorted(CLAIM_CLASSES))
            raise BadRequest("kinds", f"{kind[:40]!r} is no kind of claim; use {listed}")


def _key(pair: tuple[int, str]) -> str:
    return f"{pair[0]}|{pair[1]}"


def _distances(
    view: View, center: str, kinds: Collection[str], direction: Direction, depth: int
) -> tuple[dict[str, int], bool]:
    """How far each node within the depth is, and whether a hub's claims were cut."""
    distance, frontier, cut = {center: 0}, {center}, False
    for hops in range(1, depth + 1):
        claims = view.expand(sorted(frontier), kinds, direction, limit=_HUB + 1)
        cut = cut or len(claims) > _HUB
        reached = {end for claim in claims[:_HUB] for end in _ahead(claim, frontier, direction)}
        fresh = reached - distance.keys()
        distance.update(dict.fromkeys(fresh, hops))
        frontier = {node for node in fresh if not node.startswith(("country:", "source:"))}
    return distance, cut


def _ahead(claim: Claim, frontier: set[str], direction: Direction) -> set[str]:
    if direction == "both" or not claim.directed:
        return {claim.from_, claim.to}
    near, far = (claim.from_, claim.to) if direction == "out" else (claim.to, claim.from_)
    return {far} if near in frontier else set()
