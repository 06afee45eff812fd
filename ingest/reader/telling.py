"""A proposal's value in one line, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.reader.proposals import Agreement, Deal, Mission, Participation

if TYPE_CHECKING:
    from ingest.reader.proposals import Value, Where


def told(value: Value) -> str:
    """What is proposed, slot by slot, without the empty ones."""
    if isinstance(value, Mission):
        parts = [value.kind, _days(value.start, value.end), _named(value.places), value.status]
    elif isinstance(value, Deal):
        amount = f"{value.amount:,} {value.currency}" if value.amount is not None else None
        count = f"{value.count:,}건" if value.count is not None else None
        parts = [value.stage, amount, count, ", ".join(value.firms), _named((value.place,))]
    elif isinstance(value, Participation):
        parts = [value.firm, value.product]
    else:
        parts = _agreement(value)
    return " · ".join(part for part in parts if part)


def _agreement(value: Agreement) -> list[str | None]:
    return [value.kind, value.status, _named(value.parties), value.date]


def _days(start: str | None, end: str | None) -> str | None:
    return start if start == end else f"{start}~{end}"


def _named(places: tuple[Where | None, ...]) -> str:
    return ", ".join(place.name or place.country or "" for place in places if place)
