"""Claims as lines: those of one kind between the same two ends are one line with a count.

Results that a scene folds are one line too, from who sold them to what received them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.claims import Claim
from graph.questions.scene_answer import Folded, SceneAnswer


@dataclass(frozen=True)
class Line:
    """One drawn relation and the claims that make it; `id` is the least claim's.

    `deals` are the results that it folds, of whose ends it is no claim's.
    """

    id: str
    kind: str
    start: str
    end: str
    directed: bool
    claims: tuple[Claim, ...]
    deals: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many it stands for: results, else claims."""
        return len(self.deals) or len(self.claims)

    @property
    def pair(self) -> tuple[str, str]:
        """The two ends, least first."""
        return min(self.start, self.end), max(self.start, self.end)


def fold(claims: Iterable[Claim]) -> list[Line]:
    """Lines in a stable order; the ends of an undirected kind are read either way."""
    groups: dict[tuple[str, str, str], dict[str, Claim]] = {}
    for claim in claims:
        ends = (claim.from_, claim.to)
        start, end = ends if claim.directed else sorted(ends)
        groups.setdefault((claim.kind, start, end), {})[claim.id] = claim
    return [
        Line(
            id=min(group),
            kind=kind,
            start=start,
            end=end,
            directed=next(iter(group.values())).directed,
            claims=tuple(group[key] for key in sorted(group)),
        )
        for (kind, start, end), group in sorted(groups.items())
    ]


def lines_of(answer: SceneAnswer) -> list[Line]:
    """All lines of a scene, those of folded results last."""
    return [*fold(answer.claims), *(_folded(one) for one in answer.folded)]


def _folded(one: Folded) -> Line:
    """A line of sales: it looks like one, and hides with them."""
    return Line(
        id=f"SOLD~{one.seller}~{one.other}",
        kind="SOLD",
        start=one.seller,
        end=one.other,
        directed=True,
        claims=one.claims,
        deals=one.deals,
    )


def spans_of(answer: SceneAnswer) -> dict[str, list[tuple[int, int] | None]]:
    """The years of each claim of each line, in their order; None for a claim of no year."""
    return {
        line.id: [answer.years.get(claim.id) for claim in line.claims] for line in lines_of(answer)
    }
