"""YAML as plain values that remember where they stand.

Only maps, lists and plain text: no anchors, aliases, tags, merge keys or second
documents, no key twice, nothing nested deeply. Every scalar is text, as it is written;
an empty one or `null` is None. So `NO` is Norway's code and `2023-04` no sum.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from graph.errors import Problem, RecordsInvalid
from ingest.files import decode, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEPTH_LIMIT = 12
VALUE_LIMIT = 300_000
PROBLEM_LIMIT = 1_000
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Spot = tuple[int, int]


@dataclass(slots=True)
class Marked:
    """A value and the line and column, from 1, where it begins."""

    line: int
    column: int
    value: str | list[Marked] | dict[str, Marked] | None
    keys: dict[str, _Spot] = field(default_factory=dict)
    """For a map, where its keys stand."""

    def plain(self) -> Any:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value

    def spot(self, path: Sequence[object] = (), of_key: bool = False) -> _Spot:
        """Where the value at this path stands, or its key; what is missing, its holder."""
        holder, here = self, self
        last: object = None
        for step in path:
            inner = here.child(step)
            if inner is None:
                break
            holder, here, last = here, inner, step
        if of_key and isinstance(last, str) and last in holder.keys:
            return holder.keys[last]
        return here.line, here.column

    def child(self, step: object) -> Marked | None:
        """The value under a key or at a place of a list, if there is one."""
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None


def read_yaml(data: bytes, file: str) -> Marked:
    """The one document in these bytes; RecordsInvalid with every fault that YAML can tell."""
    builder = _Builder(file)
    try:
        for event in _events(decode(data, file)):
            builder.take(event)
    except _Stop:
        pass
    except yaml.YAMLError as error:
        builder.syntax(error)
    return builder.finish()


def _events(text: str) -> Iterator[Any]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Stop(Exception):
    """The rest of the file cannot be read sensibly."""


class _Builder:
    """Builds the value from parser events with a stack of its own: nothing recurses."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: Marked | None = None
        self.documents = self.values = 0
        self.open: list[Marked] = []
        self.pending: list[tuple[str, _Spot] | None] = []
        """For each open map the key that waits for its value."""

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, yaml.AliasEvent):
            self._say(event, "alias", "an alias stands here", "write the value out")
            self._add(event, None)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._enter(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.open.pop()
            self.pending.pop()

    def syntax(self, error: yaml.YAMLError) -> None:
        """Note what the parser could not read, where what it was reading began."""
        scanning = (getattr(error, "context", None) or "").startswith("while scanning")
        marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
        mark = next((mark for mark in (marks[::-1] if scanning else marks) if mark), None)
        place: _Spot = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = getattr(error, "problem", None) or "the text cannot be read"
        code = "depth" if "nesting depth" in what else "syntax"
        fix = "check indentation, colons and quotation marks here and just above"
        self.problems.append(Problem(self.file, *place, code, f"this is no YAML: {what}", fix))

    def finish(self) -> Marked:
        if self.root is None and not self.problems:
            fix = "write a `source:` and its `nodes:` and `claims:`"
            self.problems.append(Problem(self.file, 1, 1, "empty", "the file says nothing", fix))
        if self.problems or self.root is None:
            raise RecordsInvalid(self.problems)
        return self.root

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            fix = "put each source in a file of its own"
            self._say(event, "documents", "a second document begins here", fix)
            raise _Stop

    def _scalar(self, event: Any) -> None:
        self._decorations(event)
        written = event.implicit[0] and event.value in _NULLS
        is_key = self._wants_key()
        self._add(event, event.value if is_key or not written else None)

    def _enter(self, event: Any, value: dict[str, Marked] | list[Marked]) -> None:
        self._decorations(event)
        if self._wants_key():
            self._say(event, "shape", "a key is a map or a list", "write a word as the key")
            raise _Stop
        if len(self.open) >= DEPTH_LIMIT:
            fix = "a record is at most four levels deep"
            self._say(event, "depth", f"nested more than {DEPTH_LIMIT} levels deep", fix)
            raise _Stop
        self.open.append(self._add(event, value))
        self.pending.append(None)

    def _decorations(self, event: Any) -> None:
        if event.anchor is not None:
            self._say(event, "anchor", f"an anchor {shown(event.anchor)}", "delete it")
        if event.tag is not None:
            self._say(event, "tag", f"a tag {shown(event.tag)}", "delete it")

    def _wants_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].value, dict) and not self.pending[-1]

    def _add(self, event: Any, value: Any) -> Marked:
        spot = event.start_mark.line + 1, event.start_mark.column + 1
        marked = Marked(*spot, value)
        self.values += 1
        if self.values > VALUE_LIMIT:
            fix = "split it into several files"
            self._say(event, "too-large", f"more than {VALUE_LIMIT:,} values", fix)
            raise _Stop
        if not self.open:
            self.root = marked
        elif isinstance(holder := self.open[-1].value, list):
            holder.append(marked)
        elif self._wants_key():
            self.pending[-1] = (value or "", spot)
        else:
            self._put(marked)
        return marked

    def _put(self, marked: Marked) -> None:
        holder, pending = self.open[-1], self.pending[-1]
        if not isinstance(holder.value, dict) or pending is None:
            return
        key, spot = pending
        self.pending[-1] = None
        if key in holder.value:
            first = holder.keys[key][0]
            message = f"the key {shown(key)} stands already in line {first}"
            fix = "keep one of the two"
            self.problems.append(Problem(self.file, *spot, "duplicate-key", message, fix))
        holder.value.setdefault(key, marked)
        holder.keys.setdefault(key, spot)

    def _say(self, event: Any, code: str, message: str, fix: str) -> None:
        mark = event.start_mark
        place = mark.line + 1, mark.column + 1
        self.problems.append(Problem(self.file, *place, code, message, fix))
        if len(self.problems) >= PROBLEM_LIMIT:
            raise _Stop
