"""A few partners to try from the first page: those abroad that most missions visited."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.claims import PARTNERS
from graph.nodes import kind_of
from graph.questions.ground import Ground
from visualize.links import HOME_COUNTRY
from visualize.page import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.claims import Claim
    from graph.store import View

SHOWN = 6
_VISITS_READ = 2_000


class Suggestions:
    """The suggestions for one state of the data, found once and kept."""

    def __init__(self) -> None:
        self._kept: tuple[str, tuple[Suggestion, ...]] = ("", ())

    def __call__(self, view: View) -> tuple[Suggestion, ...]:
        """Up to six partners, most visited first, each with the city that sent most of them."""
        version, found = self._kept
        if version != view.version():
            found = _suggested(view)
            self._kept = (view.version(), found)
        return found


def _suggested(view: View) -> tuple[Suggestion, ...]:
    ground = Ground(view)
    visits = [
        c for c in view.all_claims("VISITED", limit=_VISITS_READ) if kind_of(c.to) in PARTNERS
    ]
    chosen = [
        partner
        for partner in _most(claim.to for claim in visits)
        if ground.ref(partner).country not in {None, HOME_COUNTRY}
    ][:SHOWN]
    homes = {partner: _home(ground, visits, partner) for partner in chosen}
    refs = ground.refs([*chosen, *(home for home in homes.values() if home)])
    return tuple(
        Suggestion(refs[partner], refs[home] if (home := homes[partner]) else None)
        for partner in chosen
    )


def _home(ground: Ground, visits: Iterable[Claim], partner: str) -> str | None:
    """The city that sent most of the missions that visited a partner."""
    missions = {claim.from_ for claim in visits if claim.to == partner}
    senders = _most(claim.from_ for claim in ground.into(missions, "SENT"))
    return senders[0] if senders else None


def _most(ids: Iterable[str]) -> Sequence[str]:
    """The ids, most frequent first, then by id."""
    return sorted(counts := Counter(ids), key=lambda one: (-counts[one], one))
