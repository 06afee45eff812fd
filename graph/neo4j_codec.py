"""Nodes and claims as flat Neo4j properties, and back, without loss.

Neo4j holds no maps, decimals or nulls: names become `name_ko`, identifiers
`id_wikidata`, decimals and partial dates strings, and what is absent is left out. The
node a source describes is kept as JSON; people query the folded one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from graph.claims import CLAIM_CLASSES
from graph.nodes import NODE_CLASSES, NODE_JSON, kind_of
from graph.search import names_text, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.claims import Claim
    from graph.nodes import Node
    from graph.statements import Statement

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
        elif name not in {"tokens", "called"}:
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
