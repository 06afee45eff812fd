"""Nodes and claims as flat Neo4j properties, and back, without loss.

Neo4j holds no maps, decimals or nulls: names become `name_ko`, identifiers
`id_wikidata`, decimals and partial dates strings, and what is absent is left out. The
node a source describes is kept as JSON; people query the folded one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from graph.claims import CLAIM_CLASSES
from graph.nodes import NODE_CLASSES, NODE_JSON, kind_of
from graph.search import names_text, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.claims import Claim
    from graph.nodes import Node
    from graph.statements import Statement

_APART = frozenset({"kind", "from_", "to", "stated", "recorded_at"})
_NAME, _IDENTIFIER = "name_", "id_"


def node_properties(node: Node) -> dict[str, Any]:
    """A node's properties, with `tokens` to search it by and `called` to rank it by."""
    data = node.model_dump(mode="json", exclude_none=True, exclude={"kind"})
    for language, name in data.pop("names").items():
        data[_NAME + language.replace("-", "_")] = name
    for scheme, value in data.pop("identifiers").items():
        data[_IDENTIFIER + scheme] = value
    data["tokens"] = " ".join(sorted(tokens(node)))
    data["called"] = names_text(node)
    return {name: value for name, value in data.items() if value != []}


def node_of(properties: Mapping[str, Any]) -> Node:
    """The node that has these properties."""
    data = fields_of(properties)
    return NODE_CLASSES[data["kind"]].model_validate(data)


def fields_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The plain fields of the node that has these properties."""
    names: dict[str, str] = {}
    identifiers: dict[str, str] = {}
    data: dict[str, Any] = {"spellings": []}
    for name, value in sorted(properties.items()):
        if name.startswith(_NAME):
            names[name.removeprefix(_NAME).replace("_", "-")] = value
        elif name.startswith(_IDENTIFIER):
            identifiers[name.removeprefix(_IDENTIFIER)] = value
        elif name not in {"tokens", "called"} and value is not None:
            data[name] = value
    kind = kind_of(data["id"])
    return {**data, "kind": kind, "names": names, "identifiers": identifiers}


def statement_properties(one: Statement) -> dict[str, Any]:
    """A claim's properties: all it says, its stated ends and when it was recorded."""
    data = orjson.loads(one.body)
    del data["kind"]
    data["stated_from"], data["stated_to"] = data.pop("from"), data.pop("to")
    if "node" in data:
        data["node"] = orjson.dumps(data["node"]).decode()
    if one.recorded_at:
        data["recorded_at"] = one.recorded_at
    return {name: value for name, value in data.items() if value != []}


@lru_cache(maxsize=512)
def claim_fields(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The properties that claims of these kinds can have, but for their ends and recording."""
    every = {name: None for kind in kinds for name in CLAIM_CLASSES[kind].model_fields}
    return tuple(name for name in every if name not in _APART)


def claim_in(fields: Sequence[str], row: Sequence[Any]) -> Claim:
    """The claim in a row of these fields: what stands in `claim_row` of `graph.cypher_follow`."""
    *_, recorded_at, stated, start, end = row
    data = {name: value for name, value in zip(fields, row, strict=False) if value is not None}
    cls = CLAIM_CLASSES[data["id"].partition(":")[0]]
    if not cls.directed and end < start:
        start, end = end, start
        stated = None if stated == [start, end] else stated
    if "node" in data:
        data["node"] = NODE_JSON.validate_json(data["node"])
    data |= {"from": start, "to": end, "stated": stated, "recorded_at": recorded_at}
    return cls.model_validate(data)


def claim_of(properties: Mapping[str, Any], start: str, end: str) -> Claim:
    """The claim that has these properties and joins these nodes."""
    data = dict(properties)
    stated = (data.pop("stated_from"), data.pop("stated_to"))
    kind = data["id"].partition(":")[0]
    cls = CLAIM_CLASSES[kind]
    if not cls.directed and end < start:
        start, end = end, start
    if (start, end) != stated:
        data["stated"] = stated
    if "node" in data:
        data["node"] = NODE_JSON.validate_json(data["node"])
    return cls.model_validate({**data, "from": start, "to": end})
