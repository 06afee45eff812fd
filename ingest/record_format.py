"""The record format, derived from the model: what a file may say of nodes and claims.

An entry is a node or claim as `graph` knows it, with keys of the file in place of ids
and shorthands for what ids depend on. A new kind in `graph` is a new kind here.
"""

from __future__ import annotations

import json
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Field, WithJsonSchema, create_model

from graph.claims import CLAIM_CLASSES, Claim, InCountry, LocatedIn, PartOf
from graph.dates import PATTERN, PartialDate
from graph.nodes import NODE_CLASSES, Source
from graph.values import Frozen, Language, SourceKind, Text

if TYPE_CHECKING:
    from collections.abc import Collection

PUBLISHED_SCHEMA = Path(__file__).parents[1] / "docs" / "record.schema.json"
_KEY = r"[a-z0-9][a-z0-9-]{0,63}"


def _number_too(pattern: str, description: str) -> WithJsonSchema:
    """The JSON Schema of a code that YAML may read as a number."""
    either = [{"type": "string", "pattern": pattern}, {"type": "integer", "minimum": 0}]
    return WithJsonSchema({"anyOf": either, "description": description})


Key = Annotated[str, Field(pattern=f"^{_KEY}$", description="The node's name within this file.")]
Ref = Annotated[str, Field(pattern=f"^{_KEY}$", description="The key of a node of this file.")]
End = Annotated[
    str,
    Field(
        pattern=f"^({_KEY}|country:[A-Z]{{2}})$",
        description="The key of a node of this file, or `country:` and two letters.",
    ),
]
Locator = Annotated[
    int,
    Field(
        ge=1,
        le=10**9,
        description="The first line of the text that says all this, blank lines not counted.",
    ),
]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1, two letters.")]
Wikidata = Annotated[str, Field(pattern=r"^Q[1-9][0-9]{0,15}$", description="Wikidata item.")]
GeoNames = Annotated[
    str, Field(pattern=r"^[0-9]{1,16}$"), _number_too(r"^[0-9]{1,16}$", "GeoNames id.")
]
Adm = Annotated[
    str, Field(pattern=r"^[0-9]{2,10}$"), _number_too(r"^[0-9]{2,10}$", "행정구역 code.")
]
_REGISTRY = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$"
Registry = Annotated[
    str, Field(pattern=_REGISTRY), _number_too(_REGISTRY, "Number in an official register.")
]
SourceId = Annotated[
    str,
    Field(
        pattern=r"^source:[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
        description="`source:` and a word of your own; never change it.",
    ),
]

IDENTIFIERS: dict[str, dict[str, Any]] = {
    "City": {"wikidata": Wikidata, "geonames": GeoNames, "adm": Adm},
    "Firm": {"wikidata": Wikidata, "registry": Registry},
    "Organization": {"wikidata": Wikidata, "registry": Registry},
    "Event": {"wikidata": Wikidata},
}
"""The well-known identifiers that an entry of a kind may carry."""
SHORTHANDS: dict[str, tuple[type[Claim], Any]] = {
    "country": (InCountry, Code),
    "part_of": (PartOf, Ref),
    "located_in": (LocatedIn, Ref),
}
"""The claims that are written on the node because its id depends on them."""


class Entry(Frozen):
    """Anything that stands in a record file."""

    locator: Locator | None = None


class SourceEntry(Entry):
    """The source that this file records."""

    id: SourceId
    source_kind: SourceKind
    title: Text


class NodeEntry(Entry):
    """A node that this source speaks of."""

    key: Key
    kind: str
    names: dict[Language, Text] = Field(default_factory=dict)
    spellings: tuple[Text, ...] = ()

    @property
    def name(self) -> str | None:
        """The name that ids are made of: Korean, else English, any other, a spelling."""
        for language in ("ko", "en", *sorted(self.names)):
            if language in self.names:
                return self.names[language]
        return self.spellings[0] if self.spellings else None

    @property
    def when(self) -> PartialDate | None:
        """The start of a Mission or Event, the year of a Programme."""
        return getattr(self, "start", None) or getattr(self, "year", None)

    def ref(self, shorthand: str) -> str | None:
        """The value of a shorthand, None where absent or not one of this kind."""
        value = getattr(self, shorthand, None)
        return value if isinstance(value, str) else None

    @property
    def identifiers(self) -> dict[str, str]:
        """The well-known identifiers by scheme."""
        names = IDENTIFIERS.get(self.kind, {})
        return {name: value for name in names if (value := getattr(self, name)) is not None}


class ClaimEntry(Entry):
    """One statement of this source."""

    kind: str
    from_: End = Field(alias="from")
    to: End


def _taken(model: type[Frozen], without: Collection[str]) -> dict[str, Any]:
    """The fields of a model for one derived from it; its kind must be given."""
    fields: dict[str, Any] = {
        name: (info.annotation, copy(info))
        for name, info in model.model_fields.items()
        if name not in without
    }
    if "kind" in fields:
        fields["kind"] = (model.model_fields["kind"].annotation, ...)
    return fields


def _node_entry(kind: str) -> type[NodeEntry]:
    given = {name: code for name, (claim, code) in SHORTHANDS.items() if kind in claim.starts}
    given |= IDENTIFIERS.get(kind, {})
    fields = _taken(NODE_CLASSES[kind], {"id", "identifiers", "former_ids"})
    fields |= {name: (code | None, None) for name, code in given.items()}
    doc = NODE_CLASSES[kind].__doc__
    return create_model(f"{kind}Entry", __base__=NodeEntry, __doc__=doc, **fields)


def _claim_entry(kind: str) -> type[ClaimEntry]:
    given = {"id", "from_", "to", "source", "locator", "stated", "recorded_at", "told_by"}
    fields = _taken(CLAIM_CLASSES[kind], given)
    doc = CLAIM_CLASSES[kind].__doc__
    name = f"{CLAIM_CLASSES[kind].__name__}Entry"
    return create_model(name, __base__=ClaimEntry, __doc__=doc, **fields)


_SOURCE_ENTRY = create_model(
    "SourceRecordEntry",
    __base__=SourceEntry,
    __doc__=SourceEntry.__doc__,
    **_taken(
        Source,
        {"id", "kind", "names", "spellings", "identifiers", "former_ids", "state"}
        | {"source_kind", "title"},
    ),
)
SOURCE_ENTRY: type[SourceEntry] = _SOURCE_ENTRY
NODE_ENTRIES = {
    kind: _node_entry(kind) for kind in NODE_CLASSES if kind not in {"Country", "Source"}
}
CLAIM_ENTRIES = {kind: _claim_entry(kind) for kind in CLAIM_CLASSES if kind != "DESCRIBES"}


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record file, for editors; reading checks more than it can say."""
    nodes: Any = Annotated[Union[tuple(NODE_ENTRIES.values())], Field(discriminator="kind")]  # noqa: UP007
    claims: Any = Annotated[Union[tuple(CLAIM_ENTRIES.values())], Field(discriminator="kind")]  # noqa: UP007
    whole = create_model(
        "Record",
        __base__=Frozen,
        __doc__="One source, the nodes it speaks of and what it says of them.",
        source=(SOURCE_ENTRY, ...),
        nodes=(tuple[nodes, ...], ()),
        claims=(tuple[claims, ...], ()),
    )
    schema = _with_bare_years(whole.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """The schema as docs/record.schema.json holds it."""
    return json.dumps(record_schema(), ensure_ascii=False, indent=1) + "\n"


def write_schema(path: Path = PUBLISHED_SCHEMA) -> None:
    """Write the schema where editors look for it."""
    path.write_text(schema_text(), encoding="utf-8")


def _with_bare_years(schema: Any) -> Any:
    """The schema with dates that may also be a number, as YAML reads `1990`."""
    if isinstance(schema, list):
        return [_with_bare_years(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("pattern") == PATTERN:
        year = {"type": "integer", "minimum": 1, "maximum": 9999}
        return {"anyOf": [schema, year]}
    return {key: _with_bare_years(value) for key, value in schema.items()}
