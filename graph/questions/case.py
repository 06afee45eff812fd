"""One partner and one activity under examination, and the evidence kept on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.nodes import kind_of
from graph.questions.activities import reporters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.claims import Claim
    from graph.questions.activities import Activity
    from graph.questions.ground import Ground


@dataclass
class Case:
    """One partner and one activity under examination."""

    ground: Ground
    partner: str
    activity: Activity
    evidence: dict[str, Claim] = field(default_factory=dict)

    def keep(self, claims: Iterable[Claim]) -> bool:
        """Keep the claims as evidence; whether there were any."""
        found = {claim.id: claim for claim in claims}
        self.evidence |= found
        return bool(found)

    @cached_property
    def reporters(self) -> set[str]:
        """The sources that report the activity."""
        return reporters(self.ground, self.activity)

    @property
    def here(self) -> frozenset[str]:
        """The partner and its parts."""
        return scope(self.ground, self.partner)


def scope(ground: Ground, partner: str) -> frozenset[str]:
    """The partner, and a city's parts."""
    return ground.once(_scope, partner)


def _scope(ground: Ground, partner: str) -> frozenset[str]:
    return frozenset(ground.parts((partner,)) if kind_of(partner) == "City" else (partner,))


def keep_whereabouts(case: Case, claims: Iterable[Claim]) -> bool:
    """Keep how the parts of P that these claims name lie in P; always True."""
    for claim in claims:
        for end in (claim.from_, claim.to):
            if kind_of(end) == "City" and end != case.partner and end in case.here:
                case.keep(way_up(case.ground, end, case.partner))
    return True


def way_up(ground: Ground, city: str, top: str) -> list[Claim]:
    """The PART_OF claims that lead from a city up to one that contains it."""
    between = {one for one in ground.containers((city,)) if top in ground.containers((one,))}
    return [c for c in ground.out(between, "PART_OF") if c.to in between]
