"""Which nothing it is: none in the sources read, or nothing read about this at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from graph.claims import CLAIM_KINDS, IDENTITY_KINDS, WHEREABOUTS
from graph.nodes import kind_of
from graph.questions.answers import Coverage
from graph.questions.case import scope
from graph.values import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.questions.ground import Ground

SILENT = WHEREABOUTS | IDENTITY_KINDS | {"DESCRIBES"}
"""Kinds of claim that do not make their source one that was read about an end."""
_TELLING = tuple(kind for kind in CLAIM_KINDS if kind not in SILENT)


def read_ahead(ground: Ground, entities: Iterable[str]) -> None:
    """Read in sets what `coverage` of these will ask for."""
    known = set(entities)
    inside = ground.parts(one for one in known if kind_of(one) == "City")
    claims = ground.at(known | inside, *_TELLING)
    ground.nodes({claim.source for claim in claims})


def coverage(ground: Ground, entity: str, *, found: bool) -> Coverage:
    """The sources read about an entity or its parts: those that say more than where it is.

    Registers and data sets cannot report trade and never count as read.
    """
    claims = ground.at(scope(ground, entity), *_TELLING)
    ground.nodes({claim.source for claim in claims})
    lists = {SourceKind.REGISTER, SourceKind.DATASET}
    read = [claim for claim in claims if ground.source(claim.source).source_kind not in lists]
    places = {claim.source: claim for claim in sorted(read, key=_place, reverse=True)}
    return Coverage(
        answer=_answer(found=found, read=bool(places)),
        sources_read=len(places),
        citations=ground.citations(places.values()),
    )


def _place(claim: object) -> int:
    return getattr(claim, "locator", None) or 0


def _answer(*, found: bool, read: bool) -> Literal["found", "none_in_sources_read", "nothing_read"]:
    if found:
        return "found"
    return "none_in_sources_read" if read else "nothing_read"
