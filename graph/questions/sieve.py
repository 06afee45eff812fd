"""What a reader has chosen to leave out: kinds of node, kinds of claim, years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from graph.claims import WHEREABOUTS, Tie, Visited
from graph.nodes import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.claims import Claim
    from graph.dates import PartialDate
    from graph.questions.ground import Ground

C = TypeVar("C", bound="Claim")


@dataclass(frozen=True)
class Sieve:
    """Filters; where things are is never filtered.

    `since` and `until` are inclusive. What may lie within them stays, as does what has no
    date unless `undated` is false.
    """

    hide: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    since: PartialDate | None = None
    until: PartialDate | None = None
    undated: bool = True

    def claims(self, claims: Iterable[C]) -> list[C]:
        """Those of these kinds, and between these kinds of node, that are not left out."""
        return [claim for claim in claims if claim.kind in WHEREABOUTS or self._takes(claim)]

    def _takes(self, claim: Claim) -> bool:
        ends = {kind_of(claim.from_), kind_of(claim.to)}
        return claim.kind not in self.without and not ends & self.hide

    def during(self, first: PartialDate | None, last: PartialDate | None = None) -> bool:
        """Whether what began and ended on these days, as far as known, stays."""
        start, end = first or last, last or first
        if start is None or end is None:
            return self.undated
        early = self.since is not None and end.last < self.since.first
        late = self.until is not None and start.first > self.until.last
        return not early and not late

    def tie(self, claim: Tie) -> bool:
        """Whether a tie stays by the day it was signed."""
        return self.during(claim.signed_on)

    def visit(self, ground: Ground, claim: Visited) -> bool:
        """Whether a visit stays by its own days, else those of the mission."""
        if claim.first_day or claim.last_day:
            return self.during(claim.first_day, claim.last_day)
        return self.during(*ground.node(claim.from_).span)
