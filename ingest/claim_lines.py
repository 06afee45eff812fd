"""One line of an export: the claim in it, or what is wrong with it and where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph.claims import CLAIM_JSON, Claim, check_ends
from graph.nodes import kind_of
from ingest.files import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AGAIN = "export it again: jamae export ndjson"


class BadLine(Exception):
    """A line is no claim: its column, the code, the message and the fix."""

    def __init__(self, column: int, code: str, message: str, fix: str) -> None:
        self.told = (column, code, message, fix)
        super().__init__(message)


def claim_in(line: str) -> tuple[Claim, str] | dict[str, Any]:
    """The claim in a line and what it says, or the object that ends an export; else BadLine.

    A line that says what the claim in it says, letter by letter, needs no second look.
    """
    try:
        claim: Claim = CLAIM_JSON.validate_json(line)
    except ValidationError as error:
        value = _parsed(line)
        if "end" in value:
            return value
        raise _first_fault(line, error) from error
    body = claim.said()
    if body != line:
        _parsed(line)
    _check(line, claim)
    return claim, body


def _check(line: str, claim: Claim) -> None:
    """BadLine unless the claim has the id of its content and ends of the right kinds."""
    if claim.stated is not None:
        raise BadLine(
            _column(line, ("stated",)), "value", "stated: is a store's own", "leave it out"
        )
    try:
        check_ends(claim)
    except ValueError as error:
        column = _wrong_end(line, claim)
        raise BadLine(column, "wrong-end", str(error), "name another end") from error
    if claim.id != claim.make_id():
        message = f"{claim.id} is not the id of this claim"
        fix = f"write {claim.make_id()}, or leave the id out"
        raise BadLine(_column(line, ("id",)), "claim-id", message, fix)


def _parsed(line: str) -> dict[str, Any]:
    """The object in a line; a key twice, NaN or too deep a nesting is refused."""
    try:
        value = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        message = f"no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise BadLine(error.colno, "json", message, "write one claim a line, as JSON") from error
    except ValueError as error:
        raise BadLine(1, "json", "a number is too long to be one", "shorten it") from error
    except RecursionError as error:
        raise BadLine(1, "depth", "nested too deep", AGAIN) from error
    if not isinstance(value, dict):
        raise BadLine(1, "shape", "a line is one JSON object", "write one claim a line, as JSON")
    return value


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadLine(1, "duplicate-key", f"the key {shown(key)} stands twice", "keep one")
        found[key] = value
    return found


def _no_number(word: str) -> None:
    raise BadLine(1, "json", f"{word} is no number", "leave the field out")


def _wrong_end(line: str, claim: Claim) -> int:
    """The column of the end that the claim's kind does not join."""
    fits = kind_of(claim.from_) in claim.starts and claim.from_ != claim.to
    return line.find(f'"{claim.to if fits else claim.from_}"') + 1


def _first_fault(line: str, error: ValidationError) -> BadLine:
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    path = [str(step) for step in fault["loc"][1:] if step != "[key]"]
    message = fault["msg"].removeprefix("Value error, ")
    message = f"{message[:1].lower()}{message[1:]}"
    where = shown(".".join(path))[1:-1]
    fix = "write it as jamae export ndjson does"
    told = f"{where}: {message}" if where else message
    return BadLine(_column(line, path), "value", told, fix)


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
