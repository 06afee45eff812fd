"""From what the sources say of a node to the node that is shown.

Names are united; any other field is taken from the first source that gives it, by
kind of source, then earliest published, then source id (domain, section 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.nodes import NODE_CLASSES, Node, Source
from graph.values import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.claims import Describes

Fields = Mapping[str, Any]
"""The plain fields of a node, as its JSON has them; what is absent is left out."""
_UNITED = frozenset({"id", "kind", "names", "spellings", "identifiers", "former_ids", "state"})


def precedence(source: Source | None, source_id: str) -> tuple[int, date, str]:
    """The order in which sources decide a field: kind, then publication, then id."""
    kind = source.source_kind if source and source.source_kind else SourceKind.DATASET
    published = source.published.first if source and source.published else date.max
    return kind.rank, published, source_id


def fold(node_id: str, descriptions: Sequence[Describes], sources: Mapping[str, Source]) -> Node:
    """The visible node made of all descriptions; there is at least one.

    A source's `state` is the store's to tell, whatever describes it.
    """
    if len(descriptions) == 1:
        return _alone(node_id, descriptions[0])
    ordered = sorted(
        descriptions,
        key=lambda claim: (*precedence(sources.get(claim.source), claim.source), claim.id),
    )
    told = [claim.node for claim in ordered]
    names, spellings = _unite_names(told)
    fields: dict[str, Any] = {
        "id": node_id,
        "names": names,
        "spellings": spellings,
        "identifiers": _first_of_each(node.identifiers for node in told),
        "former_ids": tuple(sorted({claim.stated_ends[1] for claim in ordered} - {node_id})),
    }
    cls = NODE_CLASSES[told[0].kind]
    for name in cls.model_fields.keys() - _UNITED:
        fields[name] = _first_given(told, name, cls.model_fields[name].default)
    return cls.model_construct(**fields)


def adds_nothing(node: Fields, said: Fields) -> bool:
    """Whether the node stays as it is with this description too, whatever its weight.

    So it is where each name, identifier and other field that is given is what is shown.
    A Source's and a Deal's are folded always: the one has a state, the other one source.
    """
    if node["kind"] in {"Source", "Deal"}:
        return False
    known = {*node["names"].values(), *node["spellings"]}
    return (
        said["names"].items() <= node["names"].items()
        and said["identifiers"].items() <= node["identifiers"].items()
        and known.issuperset(said["spellings"])
        and all(
            value in (None, []) or value == node.get(name)
            for name, value in said.items()
            if name not in _UNITED
        )
    )


def _alone(node_id: str, claim: Describes) -> Node:
    """The visible node of a single description: that, but for the order of its spellings."""
    node = claim.node
    stated = claim.stated_ends[1]
    update: dict[str, Any] = {"former_ids": (stated,) if stated != node_id else ()}
    if node.id != node_id:
        update["id"] = node_id
    if node.spellings:
        update["spellings"] = tuple(sorted(set(node.spellings) - set(node.names.values())))
    if isinstance(node, Source):
        update["state"] = None
    changed = {name: value for name, value in update.items() if getattr(node, name) != value}
    return node.model_copy(update=changed) if changed else node


def _unite_names(told: Sequence[Node]) -> tuple[dict[str, str], tuple[str, ...]]:
    names = _first_of_each(node.names for node in told)
    others = {name for node in told for name in (*node.names.values(), *node.spellings)}
    return names, tuple(sorted(others - set(names.values())))


def _first_of_each(maps: Iterable[Mapping[Any, str]]) -> dict[Any, str]:
    united: dict[Any, str] = {}
    for one in maps:
        for key, value in one.items():
            united.setdefault(key, value)
    return dict(sorted(united.items()))


def _first_given(told: Sequence[Node], name: str, absent: object) -> object:
    for node in told:
        value = getattr(node, name)
        if value not in (None, ()):
            return value
    return absent
