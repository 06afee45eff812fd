"""Claims as lines: those of one kind between the same two ends are one line with a count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.claims import Claim


@dataclass(frozen=True)
class Line:
    """One drawn relation and the claims that make it; `id` is the least claim's."""

    id: str
    kind: str
    start: str
    end: str
    directed: bool
    claims: tuple[Claim, ...]

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
