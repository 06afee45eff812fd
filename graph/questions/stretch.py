"""From when to when a deal may have been made, as far as any source tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from graph.dates import PartialDate
    from graph.nodes import Deal
    from graph.questions.ground import Ground


@dataclass(frozen=True)
class Stretch:
    """The days from `first` to `last`; a side that is None is open, as no source tells it."""

    first: date | None = None
    last: date | None = None

    def outside(self, since: PartialDate | None, until: PartialDate | None) -> bool:
        """Whether this lies wholly outside the inclusive bounds; never so on an open side."""
        early = since is not None and self.last is not None and self.last < since.first
        late = until is not None and self.first is not None and self.first > until.last
        return early or late

    def inside(self, since: PartialDate | None, until: PartialDate | None) -> bool:
        """Whether this surely lies inside the inclusive bounds; an open side tells nothing."""
        after = since is None or (self.first is not None and self.first >= since.first)
        before = until is None or (self.last is not None and self.last <= until.last)
        return after and before


def stretch_of(ground: Ground, deal: Deal) -> Stretch:
    """The deal's own date, else from the first start to the last end of what it was made at.

    A mission, event or programme without any date tells nothing; one of which only the start
    or only the end is known may have lasted as long as any: the other side is open.
    """
    if deal.date is not None:
        return Stretch(deal.date.first, deal.date.last)
    occasions = ground.nodes(claim.to for claim in ground.out((deal.id,), "MADE_AT"))
    spans = [node.span for node in occasions.values() if any(node.span)]
    starts = [start.first for start, _ in spans if start is not None]
    ends = [end.last for _, end in spans if end is not None]
    return Stretch(
        min(starts, default=None) if len(starts) == len(spans) else None,
        max(ends, default=None) if len(ends) == len(spans) else None,
    )
