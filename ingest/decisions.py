"""Decisions files: what a person decided about which descriptions mean one thing.

A file is a source of kind `decision`. `same` and `is` make SAME_AS claims, `different`
makes DIFFERENT_FROM; withdrawing the source undoes them all. docs/places.md tells the
format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, ValidationError, model_validator

from graph.claims import Claim, Describes, DifferentFrom, SameAs
from graph.dates import PartialDate
from graph.errors import RecordsInvalid
from graph.nodes import NODE_CLASSES, City, Node, Source, kind_of
from graph.values import Frozen, Identifier, LongText, NodeId, Scheme, SourceKind, Text
from ingest.files import read_bytes, shown
from ingest.places_keys import script_of
from ingest.places_names import stated_id
from ingest.places_rulings import Rulings
from ingest.record_entries import Faults, plain_fields
from ingest.record_format import SOURCE_ENTRY
from ingest.records import Record
from ingest.yaml_marks import Marked, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Pair = Annotated[tuple[NodeId, NodeId], Field(description="Two ids of one kind of node.")]


class NamedPlace(Frozen):
    """A city as a list names it: name, country label, container, identifiers."""

    name: Text
    country: Text | None = None
    container: Text | None = None
    identifiers: dict[Scheme, Identifier] = Field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id that a list which names it so gives it."""
        identifiers = {str(scheme): value for scheme, value in self.identifiers.items()}
        return stated_id(self.name, self.country, self.container, identifiers)

    def node(self) -> City:
        """The city by this name alone."""
        language = {"hangul": "ko", "han": "zh"}.get(script_of(self.name), "en")
        return City(id=self.id, names={language: self.name})


class DecisionEntry(Frozen):
    """One decision: `same` or `different` with two ids, or `is` with the `id` that is meant."""

    same: Pair | None = None
    different: Pair | None = None
    is_: NamedPlace | None = Field(default=None, alias="is")
    id: NodeId | None = None
    reason: LongText
    by: Text | None = None
    date: PartialDate

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(given is not None for given in (self.same, self.different, self.is_)) != 1:
            raise ValueError("a decision is one of same, different and is")
        if (self.is_ is None) != (self.id is None):
            raise ValueError("is and id go together")
        one, other = self.ends
        if one == other:
            raise ValueError(f"both are {one}")
        if kind_of(one) != kind_of(other) or kind_of(one) not in SameAs.starts:
            raise ValueError(f"{one} and {other} are no two things of one kind that may be one")
        return self

    @property
    def ends(self) -> tuple[str, str]:
        """The two ids, the lesser first."""
        if self.is_ is not None and self.id is not None:
            pair: tuple[str, str] = (self.is_.id, self.id)
        else:
            pair = self.same or self.different or ("", "")
        return min(pair), max(pair)

    @property
    def note(self) -> str:
        """The reason, who decided and when, as a claim carries them."""
        who = f"{self.by}, {self.date}" if self.by else str(self.date)
        return f"{self.reason} ({who})"[:2000]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a file says: its claims for a store, its rulings for the gazetteer."""

    record: Record
    rulings: Rulings


def read_decisions(path: Path) -> Decisions:
    """The decisions in a file; RecordsInvalid with all that is wrong with it."""
    return parse_decisions(read_bytes(path), str(path))


def parse_decisions(data: bytes, file: str) -> Decisions:
    """The decisions in these bytes, which are called `file` in the problems."""
    return decisions_in(read_yaml(data, file), file)


def is_decisions(root: Marked) -> bool:
    """Whether a YAML file is one of decisions, and no record."""
    told = root.value if isinstance(root.value, dict) else {}
    if "decisions" in told or told.keys() != {"source"}:
        return "decisions" in told
    kind = told["source"].child("source_kind")
    return kind is not None and kind.value == SourceKind.DECISION


def decisions_in(root: Marked, file: str) -> Decisions:
    """The decisions in a YAML file that was read; RecordsInvalid as above."""
    faults = Faults(file)
    source = _source(root, faults)
    entries = list(_entries(root, faults))
    _check_agreement(entries, faults)
    if source is None or faults.problems:
        raise RecordsInvalid(faults.problems)
    joined = [entry.ends for entry, _ in entries if entry.different is None]
    parted = [entry.ends for entry, _ in entries if entry.different is not None]
    claims = tuple(_claims(source, entries))
    return Decisions(Record(source, claims), Rulings.of(joined, parted))


def _source(root: Marked, faults: Faults) -> Source | None:
    told = root.value if isinstance(root.value, dict) else {}
    for name in told.keys() - {"source", "decisions"}:
        message = f"there is no field {shown(name)} here"
        faults.say(root.keys[name], "unknown-field", message, "use source and decisions")
    mark = told.get("source")
    if mark is None:
        faults.say(root.spot(), "missing", "'source' is missing", "say which source this is")
        return None
    try:
        entry = SOURCE_ENTRY.model_validate(mark.plain())
    except ValidationError as error:
        faults.invalid(error, mark, list(SOURCE_ENTRY.model_fields))
        return None
    if entry.source_kind is not SourceKind.DECISION:
        message = f"a decisions file is no {entry.source_kind}"
        faults.say(mark.spot(["source_kind"]), "value", message, "write source_kind: decision")
    return Source.model_validate(plain_fields(entry, frozenset({"locator"})))


_Placed = tuple[DecisionEntry, Marked]


def _entries(root: Marked, faults: Faults) -> Iterator[_Placed]:
    listed = root.child("decisions")
    if listed is None or listed.value is None:
        return
    if not isinstance(listed.value, list):
        faults.say(listed.spot(), "shape", "decisions is a list", "begin each entry with `- `")
        return
    known = [info.alias or name for name, info in DecisionEntry.model_fields.items()]
    for mark in listed.value:
        try:
            yield DecisionEntry.model_validate(mark.plain()), mark
        except ValidationError as error:
            faults.invalid(error, mark, known)


def _check_agreement(entries: list[_Placed], faults: Faults) -> None:
    """Note a pair that is decided twice, alike or not."""
    lines: dict[tuple[str, str], int] = {}
    for entry, mark in entries:
        if entry.ends in lines:
            message = f"the two are decided in line {lines[entry.ends]} already"
            faults.say(mark.spot(), "decided-twice", message, "keep one of the two")
        lines.setdefault(entry.ends, mark.line)


def _claims(source: Source, entries: list[_Placed]) -> Iterator[Claim]:
    yield _describes(source, source, None)
    named: dict[str, tuple[Node, int]] = {}
    for entry, mark in entries:
        if entry.is_ is not None:
            named.setdefault(entry.is_.id, (entry.is_.node(), mark.line))
    for entry, mark in entries:
        for end in entry.ends:
            bare = NODE_CLASSES[kind_of(end)].model_validate({"id": end})
            named.setdefault(end, (bare, mark.line))
    for node, line in named.values():
        yield _describes(source, node, line)
    for entry, mark in entries:
        cls = SameAs if entry.different is None else DifferentFrom
        one, other = entry.ends
        told = {"from": one, "to": other, "source": source.id}
        yield cls.model_validate({**told, "locator": mark.line, "note": entry.note})


def _describes(source: Source, node: Node, line: int | None) -> Claim:
    ends = {"from": source.id, "to": node.id, "source": source.id}
    return Describes.model_validate({**ends, "node": node, "locator": line})
