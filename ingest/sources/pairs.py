"""Ties as the rows of a list tell them: what two rows say alike is one claim that names both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.claims import Tie
    from ingest.sources.telling import Telling

_LISTED = 20
_NOTE = 2000


@dataclass(slots=True)
class Pairs:
    """Collects the ties of one source; the first row that says a tie is its locator."""

    telling: Telling
    ties: dict[str, Tie] = field(default_factory=dict)
    again: dict[str, list[int]] = field(default_factory=dict)

    def add(
        self, cls: type[Tie], one: str, other: str, row: int, *, note: str = "", **fields: object
    ) -> None:
        """Take the tie that a row tells."""
        told = {"from": one, "to": other, "source": self.telling.source.id, "locator": row}
        tie = cls.model_validate({**told, **fields, "note": note[:_NOTE] or None})
        if tie.id in self.ties:
            self.again.setdefault(tie.id, []).append(row)
            self._told_by(tie)
        else:
            self.ties[tie.id] = tie

    def _told_by(self, again: Tie) -> None:
        """A tie that stands in the lists of both its ends is told by both."""
        first = self.ties[again.id]
        told = tuple(sorted({*(first.told_by or ()), *(again.told_by or ())})) or None
        self.ties[again.id] = first.model_copy(update={"told_by": told})

    @property
    def repeated(self) -> int:
        """How many rows say a tie once more."""
        return sum(map(len, self.again.values()))

    def tell(self) -> int:
        """Claim every tie, with the rows that repeat it in its note; how many there are."""
        for key, tie in self.ties.items():
            if rows := self.again.get(key):
                listed = ", ".join(map(str, rows[:_LISTED]))
                more = f" and {len(rows) - _LISTED} more" if len(rows) > _LISTED else ""
                also = f"also in row {listed}{more}"
                note = f"{tie.note[: _NOTE - 200]}; {also}" if tie.note else also
                self.telling.say(tie.model_copy(update={"note": note}))
            else:
                self.telling.say(tie)
        return len(self.ties)
