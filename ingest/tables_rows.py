"""The rows of one table file, each cell read as its column says; every fault is noted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ingest.files import read_bytes, shown
from ingest.record_entries import Faults
from ingest.tables_cells import Cell, cells
from ingest.tables_files import decode_table
from ingest.tables_values import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.tables_columns import Column, Table

PROBLEM_LIMIT = 1_000
"""A file with more problems than this is not read further."""
CELL_LIMIT = 20_000
_HEADER_LIMIT = 100_000
_SEPARATORS = ",;\t"
_HINT = re.compile(r"sep=([,;\t])(?=[\r\n])", re.IGNORECASE)
_NAMES = re.compile(r"name(_[a-z]{2,3})?|spellings")
_SPANS = (("start", "end"), ("first_day", "last_day"), ("signed_on", "ended_on"))


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row: the values of its filled cells by column, and where each cell stands."""

    table: Table
    faults: Faults
    line: int
    cells: dict[str, Cell]
    values: dict[str, Any]

    @property
    def source(self) -> str:
        """The id of the source that says all this; empty if its cell cannot be read."""
        return str(self.values.get("source", ""))

    @property
    def locator(self) -> int | None:
        """Where in the source it stands."""
        found: int | None = self.values.get("locator")
        return found

    @property
    def place(self) -> str:
        """File and line, for the messages of other rows."""
        return f"{self.faults.file.replace(chr(92), '/').rpartition('/')[2]}:{self.line}"

    def say(self, column: str, code: str, message: str, fix: str) -> None:
        """Note a problem of this row at the cell of a column, unless there are too many."""
        if len(self.faults.problems) > PROBLEM_LIMIT:
            return
        cell = self.cells.get(column)
        self.faults.say(cell.spot if cell else (self.line, 1), code, message, fix)

    def texts(self, column: str) -> tuple[str, ...]:
        """What a column names, one or many; empty if its cell is."""
        value = self.values.get(column, ())
        return value if isinstance(value, tuple) else (str(value),)


def read_rows(path: Path, table: Table, faults: Faults) -> list[Row]:
    """The rows of a file, without the values that cannot be read, which are noted.

    RecordsInvalid if the file is no text.
    """
    text, narrow = decode_table(read_bytes(path), str(path))
    return _Reading(table, faults, narrow).rows(text)


class _Reading:
    def __init__(self, table: Table, faults: Faults, narrow: bool) -> None:
        self.table, self.faults = table, faults
        self.narrow = narrow
        """Whether the file's encoding lacks many letters."""

    def rows(self, text: str) -> list[Row]:
        hint = _HINT.match(text)
        if hint:  # Excel's own first line; blank it, so that lines are counted right
            text = text[hint.end(1) :]
        separator = hint[1] if hint else self._separator(text)
        listed = cells(text, separator, self.faults)
        header = next(listed, None)
        if header is None:
            self.faults.say((1, 1), "no-header", "the table is empty", _headers(self.table))
            return []
        columns = self._columns(header)
        return list(self._read(columns, listed)) if any(columns) else []

    def _separator(self, text: str) -> str:
        """The character that makes most known headers of the first row; a comma if none."""

        def known(separator: str) -> int:
            first = next(cells(start, separator, Faults("")), [])
            return sum(self.table.column(cell.content) is not None for cell in first)

        start = text[:_HEADER_LIMIT]

        return max(_SEPARATORS, key=known)

    def _columns(self, header: list[Cell]) -> list[Column | None]:
        """The column of each header; none at all if no header is known."""
        found = [self.table.column(cell.content) if cell.content else None for cell in header]
        if not any(found):
            message = f"the first row holds no header of the table {self.table.name}"
            self.faults.say(header[0].spot, "no-header", message, _headers(self.table))
            return []
        seen: dict[str, Cell] = {}
        for cell, column in zip(header, found, strict=True):
            if column is None:
                self._unknown(cell)
            elif column.name in seen:
                message = f"{shown(cell.content)} is the column {column.label} once more"
                self.faults.say(cell.spot, "duplicate-column", message, "keep one of the two")
            else:
                seen[column.name] = cell
        for column in self.table.columns:
            if column.required and column.name not in seen:
                message = f"the column {column.label} is missing"
                self.faults.say(header[0].spot, "missing-column", message, "add it")
        return found

    def _unknown(self, cell: Cell) -> None:
        if not cell.content:
            return
        labels = {key: c.label for c in self.table.columns for key in (c.name, c.korean, c.label)}
        close = get_close_matches(cell.content.lower(), labels, 1)
        fix = f"did you mean {labels[close[0]]}?" if close else _headers(self.table)
        message = f"the table {self.table.name} has no column {shown(cell.content)}"
        self.faults.say(cell.spot, "unknown-column", message, fix)

    def _read(self, columns: list[Column | None], listed: Iterator[list[Cell]]) -> Iterator[Row]:
        for row in listed:
            if len(self.faults.problems) > PROBLEM_LIMIT:
                message = f"there are more than {PROBLEM_LIMIT:,} problems before this row"
                self.faults.say(row[0].spot, "too-many", message, "mend those first")
                return
            yield self._row(columns, row)

    def _row(self, columns: list[Column | None], row: list[Cell]) -> Row:
        pairs = list(zip(columns, row, strict=False))
        held = {column.name: cell for column, cell in reversed(pairs) if column is not None}
        for at, cell in enumerate(row):
            if cell.content and (at >= len(columns) or columns[at] is None):
                fix = 'give the column a header, or put " around a cell that holds a separator'
                self.faults.say(cell.spot, "no-header", "this cell has no header", fix)
        values = {}
        for column in columns:
            cell = held.get(column.name, row[-1]) if column else row[-1]
            if column and (value := self._value(column, cell)) is not None:
                values[column.name] = value
        read = Row(self.table, self.faults, row[0].line, held, values)
        _check_spans(read)
        return read

    def _value(self, column: Column, cell: Cell) -> Any:
        """What the cell stands for; None if it is empty or cannot be read."""
        content = cell.content
        if not content:
            if column.required:
                message = f"{column.label} is empty"
                self.faults.say(cell.spot, "missing", message, "fill it in")
            return None
        try:
            if len(content) > CELL_LIMIT:
                raise Unread("this is too long", f"write at most {CELL_LIMIT:,} characters")
            value = column.read(content)
        except Unread as error:
            message = f"{column.label}: {error}"
            self.faults.say(cell.spot, error.code, message, error.fix)
            return None
        if self.narrow and "?" in content and _NAMES.fullmatch(column.name):
            message = f"{column.label}: a ? stands where CP949 may lack a letter"
            fix = "save the file as “CSV UTF-8” and write the letter again"
            self.faults.say(cell.spot, "lost-letter", message, fix)
        return value


def _headers(table: Table) -> str:
    return f"use the headers {', '.join(column.label for column in table.columns)}"


def _check_spans(row: Row) -> None:
    for first, last in _SPANS:
        start, end = row.values.get(first), row.values.get(last)
        if start and end and end.before(start):
            message = f"{last} {end} lies before {first} {start}"
            row.say(last, "date", message, "correct one of the two")
