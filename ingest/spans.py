"""What a source says in an export, left in the file: where its lines stand, and their hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from graph.claims import CLAIM_JSON
from graph.errors import Problem, RecordsInvalid
from graph.statements import Statement
from graph.store import BATCH
from ingest.files import open_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from graph.nodes import Source
    from ingest.told_ids import ToldIds


class Span(NamedTuple):
    """Lines of one source that follow one another: where they begin, how long, their hash."""

    start: int
    length: int
    hash: bytes
    canonical: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one source of an export says: checked, and left in the file, batch by batch."""

    file: Path
    source: Source
    count: int
    ids: ToldIds
    spans: tuple[Span, ...] = ()
    held: tuple[Statement, ...] = ()

    @property
    def key(self) -> str:
        """What names exactly these lines in this order."""
        return hashlib.blake2b(b"".join(s.hash for s in self.spans), digest_size=16).hexdigest()

    def batches(self, start: int = 0) -> Iterator[list[Statement]]:
        """Its claims from a batch on; RecordsInvalid if the file is not what was checked."""
        if self.held:
            yield list(self.held)
            return
        with open_plain(self.file) as handle:
            for span in self.spans[start:]:
                yield self._read(handle, span)

    def _read(self, handle: BinaryIO, span: Span) -> list[Statement]:
        handle.seek(span.start)
        data = handle.read(span.length)
        if _hash(data) != span.hash:
            message = "was changed while it was being loaded"
            problem = Problem(str(self.file), 1, 1, "changed", message, "load it again")
            raise RecordsInvalid([problem])
        lines = data.decode().split("\n")
        if span.canonical:
            return [Statement.read(line) for line in lines if line.strip()]
        return [Statement.of(CLAIM_JSON.validate_json(line)) for line in lines if line.strip()]


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


class Line(NamedTuple):
    """A line: where it stands, its bytes, and its text without blanks around it."""

    start: int
    raw: bytes
    text: str


class OpenSpan:
    """The span that is being read."""

    def __init__(self) -> None:
        self._spans: list[Span] | None = None

    def take(self, spans: list[Span], line: Line, body: str) -> None:
        """Take a line of the source whose spans these are."""
        if self._spans is None:
            self._spans, self._start, self._length, self._count = spans, line.start, 0, 0
            self._hash, self._canonical = hashlib.blake2b(digest_size=16), True
        self._count += 1
        self._add(line.raw)
        plain = len(line.raw) - len(line.text.encode()) <= 1
        self._canonical = self._canonical and plain and line.text == body
        if self._count == BATCH:
            self.close()

    def skip(self, raw: bytes) -> None:
        """Take a line with nothing in it."""
        if self._spans is not None:
            self._add(raw)

    def _add(self, raw: bytes) -> None:
        self._hash.update(raw)
        self._length += len(raw)

    def close(self) -> None:
        """Note the span as it is, if one is open."""
        if self._spans is not None:
            span = Span(self._start, self._length, self._hash.digest(), self._canonical)
            self._spans.append(span)
            self._spans = None
