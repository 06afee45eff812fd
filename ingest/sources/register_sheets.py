"""The rows of a register, from CSV in whatever encoding, or from a workbook.

A cell has the row that a person sees: the line of a CSV file, the row of a sheet.
Merged cells of a workbook all hold what the first of them holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import Problem, RecordsInvalid
from ingest.files import read_bytes
from ingest.record_entries import Faults
from ingest.tables_cells import cells
from ingest.tables_files import decode_table

if TYPE_CHECKING:
    from pathlib import Path

_SEPARATORS = ",;\t|"
_SEEN = 30
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Line:
    """One row that holds something: its number and the text of its cells, trimmed."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet; a CSV file is one. `place` is its name in messages."""

    place: str
    lines: tuple[Line, ...]


def read_sheets(path: Path) -> tuple[list[Sheet], list[Problem]]:
    """The visible sheets, and what is wrong with single rows; RecordsInvalid if all is lost.

    What a file is, is told by its first bytes, not by its name.
    """
    data = read_bytes(path)
    if data.startswith(_ZIP):
        from ingest.sources.register_workbook import workbook_sheets

        return workbook_sheets(data, str(path))
    if data.startswith(_OLE) or path.suffix.lower() in _WORKBOOKS:
        message = "is an old or locked workbook, or none at all"
        fix = "open it and save it as “Excel workbook (.xlsx)” without a password, or as CSV"
        raise RecordsInvalid([Problem(str(path), 1, 1, "workbook", message, fix)])
    return _table(data, str(path))


def _table(data: bytes, file: str) -> tuple[list[Sheet], list[Problem]]:
    text, _ = decode_table(data, file)
    separator = max(_SEPARATORS, key=lambda mark: _width(text, mark))
    faults = Faults(file)
    lines = [
        Line(row[0].line, tuple(" ".join(cell.content.split()) for cell in row[:-1]))
        for row in cells(text, separator, faults)
    ]
    return [Sheet(file, tuple(lines))], faults.problems


def _width(text: str, separator: str) -> int:
    """How many cells a separator makes of the first rows."""
    head = "\n".join(text.splitlines()[:_SEEN])
    return sum(len(row) for row in cells(head, separator, Faults("")))
