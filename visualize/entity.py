"""The fields of one entity as words and values, in the order of the model."""

from __future__ import annotations

from decimal import Decimal

from graph.dates import PartialDate
from graph.nodes import Deal, Node
from graph.questions.answers import Ref
from graph.values import plain
from visualize.wording import Words

_SHOWN_ELSEWHERE = frozenset({"id", "kind", "names", "spellings", "identifiers"})
_TABLES = {"stage": "stage"} | dict.fromkeys(
    ("level", "scope", "status", "source_kind", "state"), "value"
)
_TABLES |= dict.fromkeys(("organization_type", "mission_kind", "event_kind"), "type")


def called(node: Node, ref: Ref, words: Words) -> str:
    """A deal by its figures, anything else by what tells it from its namesakes."""
    return words.name(node if isinstance(node, Deal) else ref)


def fields_of(node: Node, words: Words) -> list[tuple[str, str]]:
    """Each field that a source gives, with its word; unknown ones are left out."""
    return [
        (words.of("field", field), _value(field, value, words))
        for field, value in node
        if field not in _SHOWN_ELSEWHERE and value not in (None, ())
    ]


def _value(field: str, value: object, words: Words) -> str:
    if isinstance(value, bool):
        return words.ui("yes" if value else "no")
    if isinstance(value, PartialDate):
        return words.date(value)
    if isinstance(value, Decimal):
        return f"{int(value):,}" if value == int(value) else plain(value)
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, int):
        return str(value) if field == "year" else words.count(value)
    if isinstance(value, float):
        return f"{value:.4f}"
    return words.of(_TABLES[field], str(value)) if field in _TABLES else str(value)
