"""A proposal on its way: its value, what it was read from, and what speaks for and against it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.reader.proposals import Reason, Value
    from ingest.reader.text import Role, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal before it has its id; spans are those of the cleaned text.

    `key` names it for others: a deal tells its mission and its whole by their keys.
    """

    key: str
    value: Value
    span: Span
    role: Role
    reasons: tuple[Reason, ...] = ()
    fields: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def saying(self, *reasons: Reason) -> Draft:
        """The draft with more reasons, each once."""
        return replace(self, reasons=tuple(dict.fromkeys((*self.reasons, *reasons))))

    def without(self, *reasons: Reason) -> Draft:
        """The draft with fewer reasons."""
        return replace(self, reasons=tuple(r for r in self.reasons if r not in reasons))


def united(
    one: dict[str, tuple[Span, ...]], two: dict[str, tuple[Span, ...]]
) -> dict[str, tuple[Span, ...]]:
    """The spans of two readings of one fact, slot by slot."""
    return {
        slot: tuple(dict.fromkeys((*one.get(slot, ()), *two.get(slot, ()))))
        for slot in dict.fromkeys((*one, *two))
    }
