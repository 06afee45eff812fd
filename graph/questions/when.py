"""In which years a claim falls: by its own date, else by that of what it is about.

A tie falls in the year in which it was signed, a visit in that of its first to last day. Any
other claim falls in the years of the mission, event, deal or programme that it is about. A
claim that has neither date has no year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import Tie, Visited
from graph.nodes import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.claims import Claim
    from graph.dates import PartialDate
    from graph.questions.ground import Ground

Years = tuple[int, int]
"""The first and the last year, both inclusive."""
_DATED = frozenset({"Deal", "Event", "Mission", "Programme"})


def years_of(ground: Ground, claims: Iterable[Claim]) -> dict[str, Years]:
    """The years of these claims by id; those without a year are left out."""
    told = list(claims)
    dated = {end for claim in told for end in _occasions(claim)}
    spans = {one: node.span for one, node in ground.nodes(dated).items()}
    found = {}
    for claim in told:
        dates = [_own(claim), *(spans[end] for end in _occasions(claim) if end in spans)]
        years = next((years for start, end in dates if (years := _years(start, end))), None)
        if years:
            found[claim.id] = years
    return found


def _occasions(claim: Claim) -> list[str]:
    """The ends of a claim that have a date; what it leads to first."""
    return [end for end in (claim.to, claim.from_) if kind_of(end) in _DATED]


def _own(claim: Claim) -> tuple[PartialDate | None, PartialDate | None]:
    if isinstance(claim, Tie):
        return claim.signed_on, claim.signed_on
    if isinstance(claim, Visited):
        return claim.first_day, claim.last_day
    return None, None


def _years(start: PartialDate | None, end: PartialDate | None) -> Years | None:
    known = [date for date in (start, end) if date is not None]
    if not known:
        return None
    return known[0].first.year, max(known[0].last.year, known[-1].last.year)
