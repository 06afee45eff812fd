"""Exports of claims: one claim a line as `graph.interchange.to_ndjson` writes them.

The last line tells how many claims there are and which version they make, so that a
file that was cut short or edited half is never loaded. A file is read line by line and
checked whole; what it says is then read again, a batch at a time, from the places that
were noted. So a file may be far larger than memory, if its lines stand in the order of
an export: each source's together, itself and what it describes before all else.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from graph.claims import Claim, Describes
from graph.errors import Problem, RecordsInvalid
from graph.nodes import Source
from graph.statements import Statement, digest_of
from graph.store import BATCH, WHOLE
from ingest.claim_lines import AGAIN, BadLine, claim_in
from ingest.files import decode, open_plain, shown
from ingest.spans import Line, OpenSpan, Part, Span
from ingest.told_ids import ToldIds, is_among

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

LINE_LIMIT = 1_000_000
"""Bytes of a line; a longer one is no claim."""
PROBLEM_LIMIT = 10_000
"""After so many problems the rest of a file is left unread."""
_MODULUS = 1 << 128
_IN_ORDER = "put each source's lines together, itself and what it describes first"


@dataclass
class _Told:
    """What one source has said so far."""

    node: Source | None = None
    count: int = 0
    ids: ToldIds = field(default_factory=ToldIds)
    described: set[int] = field(default_factory=set)
    awaited: dict[str, tuple[int, str]] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    held: list[Statement] = field(default_factory=list)


def read_ndjson(path: Path, progress: Callable[[int], None] = lambda _: None) -> tuple[Part, ...]:
    """What every source of an export says; RecordsInvalid with all that is wrong with the file.

    `progress` is told how many bytes are read.
    """
    check = _Check(str(path))
    with open_plain(path) as handle:
        for number, start, raw in _lines(handle):
            if not check.read(number, start, raw):
                break
            if number % BATCH == 0:
                progress(start)
        check.finish()
        twice = {number for told in check.told.values() for number in told.ids.sort()}
        if twice:
            left = max(1, PROBLEM_LIMIT - len(check.problems))
            check.problems += islice(_repeated(handle, str(path), twice), left)
    if check.problems:
        raise RecordsInvalid(check.problems)
    return tuple(
        Part(path, told.node, told.count, told.ids, tuple(told.spans), tuple(told.held))
        for _, told in sorted(check.told.items())
        if told.node
    )


def _lines(handle: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Number, place and bytes of each line, the byte order mark left out."""
    handle.seek(0)
    start = len(codecs.BOM_UTF8) if handle.read(3) == codecs.BOM_UTF8 else 0
    handle.seek(start)
    number = 0
    while raw := handle.readline(LINE_LIMIT):
        number += 1
        yield number, start, raw
        start += len(raw)
        while not raw.endswith(b"\n") and (raw := handle.readline(LINE_LIMIT)):
            start += len(raw)  # the rest of a line that is too long to be one


def _text(raw: bytes, file: str) -> str:
    """A line's text without blanks around it; RecordsInvalid for bytes that are none."""
    try:
        line = raw.decode().strip()
    except UnicodeDecodeError:
        return decode(raw, file)
    return line if line.isprintable() else decode(raw, file).strip()


def _repeated(handle: BinaryIO, file: str, twice: set[int]) -> Iterator[Problem]:
    """A problem for each line whose claim stands in a line before."""
    first: dict[str, int] = {}
    for number, _, raw in _lines(handle):
        try:
            found = claim_in(raw.decode().strip())
        except (BadLine, UnicodeDecodeError):
            continue
        if isinstance(found, tuple) and is_among(found[0].id, twice):
            claim = found[0]
            if claim.id in first:
                message = f"{claim.id} stands already in line {first[claim.id]}"
                yield Problem(file, number, 1, "same-claim", message, "keep one of the two")
            first.setdefault(claim.id, number)


class _Check:
    """Checks a file line by line, and notes where each source's lines stand."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.told: dict[str, _Told] = {}
        self.count = 0
        self._digest = 0
        self._last = 1
        self._end: tuple[int, dict[str, Any]] | None = None
        self._source = ""
        self._disorder = 0
        self._stopped = False
        self._span = OpenSpan()

    def read(self, number: int, start: int, raw: bytes) -> bool:
        """Take one line, or note what is wrong with it; False if the rest is not worth reading."""
        try:
            self._line(number, start, raw)
        except BadLine as bad:
            self.problems.append(Problem(self.file, number, *bad.told))
        except RecordsInvalid as error:  # bytes that are no text
            found = error.problems[0]
            self._say(number, found.code, found.message, found.fix, found.column)
        if len(self.problems) >= PROBLEM_LIMIT:
            self._say(number, "too-many", "the rest of the file was not read", AGAIN)
        elif self.count > WHOLE and self._disorder:
            message = f"a file of more than {WHOLE:,} claims has to be in the order of an export"
            self._say(self._disorder, "order", message, _IN_ORDER)
        else:
            return True
        self._stopped = True
        return False

    def _line(self, number: int, start: int, raw: bytes) -> None:
        if len(raw) >= LINE_LIMIT:
            raise BadLine(1, "too-long", f"is longer than {LINE_LIMIT:,} bytes", AGAIN)
        line = _text(raw, self.file)
        if not line:
            return self._span.skip(raw)
        found = claim_in(line)
        if self._end:
            message = "stands after the last line of the export"
            raise BadLine(1, "after-end", message, "load the two exports as two files")
        if isinstance(found, tuple):
            return self._take(number, *found, Line(start, raw, line))
        self._end = number, found
        return None

    def _take(self, number: int, claim: Claim, body: str, line: Line) -> None:
        told = self._of(claim.source, number)
        self.count, self._last = self.count + 1, number
        self._digest = (self._digest + digest_of(body)) % _MODULUS
        told.count += 1
        told.ids.add(claim.id)
        self._describe(told, claim, number)
        if self.count <= WHOLE:
            told.held.append(Statement.read(body))
        elif self.count == WHOLE + 1:
            for other in self.told.values():
                other.held = []
        self._span.take(told.spans, line, body)

    def _of(self, source: str, number: int) -> _Told:
        """What the source has said; that it speaks again after another is noted."""
        if source == self._source:
            return self.told[source]
        if source in self.told:
            self._disorder = self._disorder or number
        self._span.close()
        if self.count > WHOLE:
            self.told[self._source].described = set()
        self._source = source
        return self.told.setdefault(source, _Told())

    def _describe(self, told: _Told, claim: Claim, number: int) -> None:
        """Note what is described here, or what is still to be."""
        if isinstance(claim, Describes):
            told.described.add(hash(claim.to))
            told.awaited.pop(claim.to, None)
            if claim.to == claim.source and isinstance(claim.node, Source):
                told.node = claim.node
        for end in (claim.source, claim.from_, claim.to):
            if hash(end) not in told.described:
                told.awaited.setdefault(end, (number, claim.id))
                self._disorder = self._disorder or number

    def finish(self) -> None:
        """Check what only the whole file can tell, if it was read whole."""
        self._span.close()
        if self._stopped:
            return
        for source, told in sorted(self.told.items()):
            for name, (number, claim_id) in told.awaited.items():
                message = f"{claim_id} names {shown(name)}, which {source} does not describe"
                fix = f"add the DESCRIBES of {name} by that source"
                self._say(number, "unknown-end", message, fix)
        if self._end is None:
            message = "the export is cut short: its last line, with the count, is missing"
            self._say(self._last, "cut-short", message, AGAIN)
            return
        line, end = self._end
        version = f"{self._digest:032x}"
        if not self.problems and end != {"end": True, "claims": self.count, "version": version}:
            message = f"the export holds {self.count} claims of version {version}, and this line "
            message += f"says {shown(end.get('claims'))} of {shown(end.get('version'))}"
            self._say(line, "count", message, AGAIN)

    def _say(self, line: int, code: str, message: str, fix: str, column: int = 1) -> None:
        self.problems.append(Problem(self.file, line, column, code, message, fix))
