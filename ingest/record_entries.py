"""From a marked YAML value to typed entries, each with its place; every fault is noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import ValidationError

from graph.claims import CLAIM_CLASSES
from graph.errors import Problem
from graph.nodes import NODE_CLASSES
from ingest.files import CURRENCY_FIX, shown
from ingest.record_format import (
    CLAIM_ENTRIES,
    NODE_ENTRIES,
    SOURCE_ENTRY,
    ClaimEntry,
    Entry,
    NodeEntry,
    SourceEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from graph.dates import PartialDate
    from ingest.yaml_marks import Marked

E = TypeVar("E", bound=Entry)
_KEY = "use small letters, digits and hyphens"
_FIXES = {
    "key": _KEY,
    "from": f"{_KEY}, or country: and two letters",
    "to": f"{_KEY}, or country: and two letters",
    "part_of": _KEY,
    "located_in": _KEY,
    "country": "write the two capital letters of ISO 3166-1, as KR",
    "wikidata": "write Q and the number, as Q20714",
    "amount": "write the plain number, as 5700000",
    "advance_amount": "write the plain number, as 3000",
    "currency": CURRENCY_FIX,
    "advance_currency": CURRENCY_FIX,
    "locator": "write the number of the line, counted from 1",
    "reason": "say why, in a few words",
    "id": "write source: and a word of your own, as source:suwon-2008",
    "url": "write an address that begins with https://",
    "names": "write the names by language, as {ko: 수원시, en: Suwon}",
}
_DATES = frozenset(
    name
    for model in (*NODE_CLASSES.values(), *CLAIM_CLASSES.values())
    for name, info in model.model_fields.items()
    if "PartialDate" in str(info.annotation)
)
_MOST = 1000
_SPANS = (("start", "end"), ("first_day", "last_day"), ("signed_on", "ended_on"))


@dataclass(frozen=True, slots=True)
class Placed(Generic[E]):
    """An entry and where it stands."""

    entry: E
    mark: Marked


@dataclass(slots=True)
class Faults:
    """Collects the problems of one file, up to a thousand."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether more would help nobody."""
        return len(self.problems) >= _MOST

    def say(self, spot: tuple[int, int], code: str, message: str, fix: str) -> None:
        """Note a problem at a line and column."""
        self.problems.append(Problem(self.file, *spot, code, message, fix))

    def invalid(self, error: ValidationError, mark: Marked, known: Sequence[str] = ()) -> None:
        """Note every fault that pydantic found in the value with this mark."""
        for fault in error.errors(include_url=False)[:_MOST]:
            if self.full:
                return
            path = [step for step in fault["loc"] if step != "[key]"]
            name, head = (str(path[-1]), str(path[0])) if path else ("", "")
            if fault["type"] == "missing":
                self.say(mark.spot(path), "missing", f"{name!r} is missing", f"add {name}:")
            elif fault["type"] == "extra_forbidden":
                message = f"there is no field {shown(name)} here"
                spot = mark.spot(path, of_key=True)
                self.say(spot, "unknown-field", message, _nearest(name, known))
            else:
                spot = mark.spot(path, of_key="[key]" in fault["loc"])
                message = _worded(path, fault)
                self.say(spot, "date" if head in _DATES else "value", message, _fix(head))


def _worded(path: Sequence[int | str], fault: ErrorDetails) -> str:
    """What is wrong with the value at this path, in our manner."""
    where = shown(".".join(map(str, path)))[1:-1]
    return f"{where}: {_what(fault)}" if where else _what(fault)


def _what(fault: ErrorDetails) -> str:
    if fault["type"] == "string_pattern_mismatch":
        return f"{shown(fault['input'])} has not the form that is needed"
    empty = fault["type"] == "string_type" and fault["input"] is None
    if empty or fault["type"] in {"too_short", "string_too_short"}:
        return "it is empty"
    if fault["type"] == "model_type":
        return "this is no map"
    if fault["type"] in {"too_long", "string_too_long"}:
        return f"it has more than {fault.get('ctx', {}).get('max_length')} characters"
    text = fault["msg"].removeprefix("Value error, ").partition(": write ")[0]
    return text[:1].lower() + text[1:]


def _fix(name: str) -> str:
    if name in _DATES:
        return "write 2025-11-13, 2023-04, 1990 or first/last"
    return _FIXES.get(name, "correct it")


def _nearest(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, 1, cutoff=0.7)
    return f"did you mean {close[0]}?" if close else f"use one of {', '.join(sorted(known))}"


@dataclass(frozen=True, slots=True)
class Entries:
    """All that could be read of a file; `declared` has the kind of every node key, read or not."""

    source: Placed[SourceEntry] | None
    nodes: tuple[Placed[NodeEntry], ...]
    claims: tuple[Placed[ClaimEntry], ...]
    declared: Mapping[str, str]


def read_entries(root: Marked, faults: Faults) -> Entries:
    """The entries of a record file; what cannot be read is left out and noted."""
    top = _top(root, faults)
    source = _validated(SOURCE_ENTRY, top["source"], faults) if "source" in top else None
    nodes = tuple(_items(top.get("nodes"), "nodes", NODE_ENTRIES, faults))
    claims = tuple(_items(top.get("claims"), "claims", CLAIM_ENTRIES, faults))
    return Entries(source, nodes, claims, _declared(top.get("nodes"), faults))


def _top(root: Marked, faults: Faults) -> dict[str, Marked]:
    if not isinstance(root.value, dict):
        fix = "begin with `source:`"
        faults.say(root.spot(), "shape", "a record is a map", fix)
        return {}
    for name in islice(root.value, _MOST):
        if name not in {"source", "nodes", "claims"}:
            fix = _nearest(name, ("source", "nodes", "claims"))
            message = f"there is no field {shown(name)} here"
            faults.say(root.keys[name], "unknown-field", message, fix)
    if "source" not in root.value:
        faults.say(root.spot(), "missing", "'source' is missing", "say which source this is")
    return root.value


def _items(
    listed: Marked | None, name: str, kinds: Mapping[str, type[E]], faults: Faults
) -> Iterator[Placed[E]]:
    if listed is None or listed.value is None:
        return
    if not isinstance(listed.value, list):
        faults.say(listed.spot(), "shape", f"{name} is a list", "begin each entry with `- `")
        return
    for mark in listed.value:
        if faults.full:
            return
        model = _model(mark, kinds, faults)
        placed = _validated(model, mark, faults) if model else None
        if placed:
            yield placed


def _model(mark: Marked, kinds: Mapping[str, type[E]], faults: Faults) -> type[E] | None:
    """The entry type that the mark's kind names."""
    if not isinstance(mark.value, dict):
        faults.say(mark.spot(), "shape", "an entry is a map", "write {kind: …, …}")
        return None
    kind = mark.child("kind")
    listed = ", ".join(sorted(kinds))
    if kind is None:
        faults.say(mark.spot(), "missing", "'kind' is missing", f"add kind: one of {listed}")
        return None
    if isinstance(kind.value, str) and kind.value in kinds:
        return kinds[kind.value]
    message = f"{shown(kind.plain())} is no kind of entry here"
    faults.say(kind.spot(), "unknown-kind", message, f"use one of {listed}")
    return None


def _validated(model: type[E], mark: Marked, faults: Faults) -> Placed[E] | None:
    try:
        entry = model.model_validate(mark.plain())
    except ValidationError as error:
        known = [info.alias or name for name, info in model.model_fields.items()]
        faults.invalid(error, mark, known)
        return None
    _check_spans(entry, mark, faults)
    return Placed(entry, mark)


def _check_spans(entry: Entry, mark: Marked, faults: Faults) -> None:
    for first, last in _SPANS:
        start: PartialDate | None = getattr(entry, first, None)
        end: PartialDate | None = getattr(entry, last, None)
        if start and end and end.before(start):
            message = f"{last} {end} lies before {first} {start}"
            faults.say(mark.spot([last]), "date", message, "correct one of the two")


def _declared(listed: Marked | None, faults: Faults) -> dict[str, str]:
    """The kind of each node key; a key given twice is noted."""
    kinds: dict[str, str] = {}
    lines: dict[str, int] = {}
    for mark in listed.value if listed and isinstance(listed.value, list) else ():
        key, kind = mark.child("key"), mark.child("kind")
        if key is None or not isinstance(key.value, str):
            continue
        if key.value in kinds:
            message = f"the key {shown(key.value)} names the node in line {lines[key.value]} too"
            faults.say(key.spot(), "duplicate-node", message, "give this node another key")
            continue
        kinds[key.value] = kind.value if kind and isinstance(kind.value, str) else ""
        lines[key.value] = key.line
    return kinds


def plain_fields(entry: Entry, without: frozenset[str]) -> dict[str, Any]:
    """The fields that were given, for the model the entry stands for."""
    return {name: getattr(entry, name) for name in entry.model_fields_set - without}
