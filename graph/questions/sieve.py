"""Which claims the filters of a scene let through, over the whole store."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from graph.nodes import kind_of
from graph.questions.when import years_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.claims import Claim
    from graph.questions.ground import Ground
    from graph.questions.scene import Filters

C = TypeVar("C", bound="Claim")


def let_through(ground: Ground, filters: Filters, claims: Iterable[C]) -> list[C]:
    """Those whose kind, years and kinds of ends are not left out.

    What was dismissed from one scene is not left out of the whole store.
    """
    kept = [
        claim
        for claim in claims
        if claim.kind not in filters.without
        and not {kind_of(claim.from_), kind_of(claim.to)} & filters.hidden
    ]
    if filters.since is None and filters.until is None and filters.undated:
        return kept
    years = years_of(ground, kept)
    return [claim for claim in kept if filters.lets_years(years.get(claim.id))]
