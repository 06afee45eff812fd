"""Exports of claims: one claim a line as `graph.interchange.to_ndjson` writes them.

The last line tells how many claims there are and which version they make, so that a
file that was cut short or edited half is never loaded.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph.claims import CLAIM_JSON, Claim, Describes, check_ends
from graph.errors import Problem, RecordsInvalid
from graph.nodes import Source, kind_of
from ingest.files import decode, read_bytes, shown
from ingest.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SIZE_LIMIT = 2_000_000_000
_MODULUS = 1 << 128
_AGAIN = "export it again: jamae export ndjson"


def read_ndjson(path: Path) -> tuple[Record, ...]:
    """A record for every source of an export; RecordsInvalid with all that is wrong with it."""
    return parse_ndjson(read_bytes(path, SIZE_LIMIT), str(path))


def parse_ndjson(data: bytes, file: str) -> tuple[Record, ...]:
    """The records in these bytes, which are called `file` in the problems of RecordsInvalid."""
    export = _Export(file)
    lines = decode(data, file).replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            export.read(number, line)
    return export.finish()


class _Bad(Exception):
    """One line is no claim; never leaves this module."""

    def __init__(self, column: int, code: str, message: str, fix: str) -> None:
        self.told = (column, code, message, fix)
        super().__init__(message)


class _Export:
    """Collects the claims of one file by source, with the line of each."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.told: dict[str, dict[str, Claim]] = {}
        self.lines: dict[str, int] = {}
        self.digest = 0
        self.end: tuple[int, dict[str, Any]] | None = None

    def read(self, number: int, line: str) -> None:
        """Take one line, or note what is wrong with it."""
        try:
            value = _parsed(line)
            if self.end:
                message = "stands after the last line of the export"
                raise _Bad(1, "after-end", message, "load the two exports as two files")
            if "end" in value:
                self.end = number, value
            else:
                self._take(number, _claim(line))
        except _Bad as bad:
            self.problems.append(Problem(self.file, number, *bad.told))

    def _take(self, number: int, claim: Claim) -> None:
        if claim.id in self.lines:
            message = f"{claim.id} stands already in line {self.lines[claim.id]}"
            raise _Bad(1, "same-claim", message, "keep one of the two")
        self.lines[claim.id] = number
        self.told.setdefault(claim.source, {})[claim.id] = claim
        self.digest = (self.digest + claim.digest()) % _MODULUS

    def finish(self) -> tuple[Record, ...]:
        """The records, if the whole file is in order."""
        self._check_end()
        records = [self._record(source, told) for source, told in sorted(self.told.items())]
        if self.problems:
            raise RecordsInvalid(self.problems)
        return tuple(record for record in records if record)

    def _check_end(self) -> None:
        last = max(self.lines.values(), default=1)
        if self.end is None:
            message = "the export is cut short: its last line, with the count, is missing"
            self._say(last, "cut-short", message, _AGAIN)
            return
        number, end = self.end
        held = {"end": True, "claims": len(self.lines), "version": f"{self.digest:032x}"}
        if not self.problems and end != held:
            message = f"the export holds {held['claims']} claims of version {held['version']}, "
            message += (
                f"and this line says {shown(end.get('claims'))} of {shown(end.get('version'))}"
            )
            self._say(number, "count", message, _AGAIN)

    def _record(self, source: str, told: Mapping[str, Claim]) -> Record | None:
        described: dict[str, Claim] = {
            claim.to: claim for claim in told.values() if isinstance(claim, Describes)
        }
        for claim in told.values():
            for end in (source, claim.from_, claim.to):
                if end not in described:
                    message = f"{claim.id} names {shown(end)}, which {source} does not describe"
                    fix = f"add the DESCRIBES of {end} by that source"
                    self._say(self.lines[claim.id], "unknown-end", message, fix)
                    break
        own = described.get(source)
        node = own.node if isinstance(own, Describes) else None
        return Record(node, tuple(told.values())) if isinstance(node, Source) else None

    def _say(self, line: int, code: str, message: str, fix: str) -> None:
        self.problems.append(Problem(self.file, line, 1, code, message, fix))


def _parsed(line: str) -> dict[str, Any]:
    """The object in a line; a key twice, NaN or too deep a nesting is refused."""
    try:
        value = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        message = f"no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise _Bad(error.colno, "json", message, "write one claim a line, as JSON") from error
    except ValueError as error:
        raise _Bad(1, "json", "a number is too long to be one", "shorten it") from error
    except RecursionError as error:
        raise _Bad(1, "depth", "nested too deep", _AGAIN) from error
    if not isinstance(value, dict):
        raise _Bad(1, "shape", "a line is one JSON object", "write one claim a line, as JSON")
    return value


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Bad(1, "duplicate-key", f"the key {shown(key)} stands twice", "keep one")
        found[key] = value
    return found


def _no_number(word: str) -> None:
    raise _Bad(1, "json", f"{word} is no number", "leave the field out")


def _claim(line: str) -> Claim:
    """The claim in a line, with the id of its content and ends of the right kinds."""
    try:
        claim: Claim = CLAIM_JSON.validate_json(line)
    except ValidationError as error:
        raise _first_fault(line, error) from error
    try:
        check_ends(claim)
    except ValueError as error:
        raise _Bad(_wrong_end(line, claim), "wrong-end", str(error), "name another end") from error
    if claim.id != claim.make_id():
        message = f"{claim.id} is not the id of this claim"
        fix = f"write {claim.make_id()}, or leave the id out"
        raise _Bad(_column(line, ("id",)), "claim-id", message, fix)
    return claim


def _wrong_end(line: str, claim: Claim) -> int:
    """The column of the end that the claim's kind does not join."""
    fits = kind_of(claim.from_) in claim.starts and claim.from_ != claim.to
    return line.find(f'"{claim.to if fits else claim.from_}"') + 1


def _first_fault(line: str, error: ValidationError) -> _Bad:
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    path = [str(step) for step in fault["loc"][1:] if step != "[key]"]
    message = fault["msg"].removeprefix("Value error, ")
    message = f"{message[:1].lower()}{message[1:]}"
    where = shown(".".join(path))[1:-1]
    fix = "write it as jamae export ndjson does"
    return _Bad(_column(line, path), "value", f"{where}: {message}" if where else message, fix)


def _column(line: str, path: Sequence[str]) -> int:
    """The column of a field's key, or of the deepest part of its path that is there."""
    return max(_steps(line, path), default=0) + 1


def _steps(line: str, path: Sequence[str]) -> Iterator[int]:
    at = 0
    for step in path:
        found = line.find(f'"{step}":', at)
        if found < 0:
            return
        yield found
        at = found
