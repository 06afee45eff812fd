"""What a store is told to do in one transaction, and what it tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph.statements import Statement


class Loading(Frozen):
    """How far a source that is written in batches has come; kept beside it until it is whole.

    `key` names exactly what is being written, `done` counts its batches that are safely
    stored, and the others sum up what they changed. With `refold` the source speaks with
    another weight than before, so that every node it describes is folded anew.
    """

    source: str
    key: str
    done: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    refold: bool = False


class WriteReport(Frozen):
    """What one write did to the claims, and the version it left.

    `loading` is how far a load has come with this batch of it.
    """

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    version: str = ""
    loading: Loading | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one transaction is to do.

    `statements` are to be there, and of the sources `replaces` nothing else; the claims
    `withdraws` are to go. What is part of a larger load carries `loading` as it was
    before, and how many `batches` of it this is; with `whole` it is the last.
    """

    statements: Sequence[Statement] = ()
    replaces: Collection[str] = ()
    withdraws: Collection[str] = ()
    loading: Loading | None = None
    batches: int = 1
    whole: bool = False
