"""The shortest chains between two firms, those over few neighbours first."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from graph.model import PATH_KINDS
from graph.paths import SEARCHING, worthiest
from graph.questions.answers import Searched
from graph.questions.connections import cited, told
from graph.questions.ground import Ground
from graph.questions.neighbourhood import check_kinds
from graph.questions.patterns import Chain, ChainsAnswer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph.questions.answers import Path
    from graph.store import View


def chains(
    view: View,
    start: str,
    goal: str,
    kinds: Collection[str] = PATH_KINDS,
    max_hops: int = 6,
    k: int = 3,
) -> ChainsAnswer:
    """The first k chains between two firms by length, then by worth, then by ids.

    A chain is worth 1 / the product of the numbers of neighbours of all on the way, counted
    over the kinds followed, so one over a fair of five hundred counts little beside one over a
    mission of five (`graph.paths.worthiest`). Countries and sources are never on the way, nor
    counted. An empty list is an answer. NotFound if nothing describes an end, BadRequest if
    one is no Firm; BudgetSpent if time ran out before any was found.
    """
    check_kinds(kinds)
    ground = Ground(view)
    ground.require("from", start, {"Firm"})
    ground.require("to", goal, {"Firm"})
    searching = view.budget.part(SEARCHING)
    found, shares = worthiest(
        lambda ids: view.adjacent(ids, kinds), start, goal, max_hops, k, searching
    )
    refs = ground.refs({start, goal, *shares})
    lines = told(ground, found.routes, refs, kinds)
    return ChainsAnswer(
        from_=refs[start],
        to=refs[goal],
        chains=tuple(_chain(line, shares) for line in lines),
        citations=cited(ground, lines),
        complete=found.complete,
        searched=Searched(max_hops=max_hops, kinds=tuple(sorted(kinds))),
        dataset_version=view.version(),
    )


def _chain(path: Path, shares: Mapping[str, int]) -> Chain:
    neighbours = tuple(shares[ref.id] for ref in path.nodes[1:-1])
    return Chain(**dict(path), neighbours=neighbours, one_in=prod(neighbours))
