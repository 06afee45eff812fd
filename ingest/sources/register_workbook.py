"""Workbooks (.xlsx) by way of openpyxl, after a look into the archive that keeps bombs out."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from graph.errors import InputInvalid, Problem, RecordsInvalid
from ingest.sources.register_sheets import Line, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

_PARTS, _UNPACKED = 2_000, 100_000_000
_ROWS, _COLUMNS, _MERGED = 20_000, 300, 200_000
_MERGE = re.compile(rb'mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})" ?/>')
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, OverflowError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip
_FIX = "open it and save it anew as “Excel workbook (.xlsx)”, or as CSV"


def workbook_sheets(data: bytes, file: str) -> tuple[list[Sheet], list[Problem]]:
    """The visible sheets of a workbook, and a problem for each that is hidden.

    RecordsInvalid if it is broken, or grows beyond what a register may be; InputInvalid
    if openpyxl is not installed.
    """
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise InputInvalid("workbooks need the extra: pip install 'jamae[xlsx]'") from error
    try:
        _inspect(data, file)
        with warnings.catch_warnings(action="ignore"):  # of styles and checks that are not kept
            book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        return _sheets(list(book.worksheets), file)
    except (*_BROKEN, InvalidFileException) as error:
        raise _refused(file, "workbook", "is no workbook, or a broken one") from error


def _sheets(found: list[Worksheet], file: str) -> tuple[list[Sheet], list[Problem]]:
    sheets, problems = [], []
    if not found:
        raise _refused(file, "workbook", "holds no sheet")
    for sheet in found:
        place = f"{file}#{sheet.title}"
        if sheet.sheet_state != "visible":
            message = "the sheet is hidden and was not read"
            problems.append(Problem(place, 1, 1, "hidden-sheet", message, "show it, or delete it"))
        elif sheet.max_row > _ROWS or sheet.max_column > _COLUMNS:
            message = f"a sheet has at most {_ROWS:,} rows and {_COLUMNS} columns"
            fix = "delete the empty rows and columns around the table"
            raise RecordsInvalid([Problem(place, 1, 1, "too-large", message, fix)])
        else:
            sheets.append(Sheet(place, tuple(_lines(sheet))))
    return sheets, problems


def _lines(sheet: Worksheet) -> Iterator[Line]:
    """The rows that hold something, merged cells filled in from above."""
    held = {
        (row, column): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row + 1, merged.max_row + 1)
        for column in range(merged.min_col, merged.max_col + 1)
    }
    rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate(rows, start=1):
        if any(row):  # a row with nothing of its own is none
            sources = [held.get((number, at)) for at in range(1, len(row) + 1)]
            full = [
                rows[top - 1][left - 1] if (top, left) != (0, 0) else cell
                for cell, (top, left) in zip(row, (s or (0, 0) for s in sources), strict=True)
            ]
            yield Line(number, tuple(full))


def _text(value: object) -> str:
    """A value as a person would have typed it: a date as ISO, 1984.0 as 1984."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


# ---------------------------------------------------------------- the archive


def _inspect(data: bytes, file: str) -> None:
    """RecordsInvalid for an archive that unpacks too large, declares entities or merges wildly."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
            raise _refused(file, "too-large", "unpacks to more than a register may hold")
        merged = 0
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                content = archive.read(part)
                if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise _refused(file, "workbook", "holds XML that no spreadsheet writes")
                merged += _merged(content, file)
        if merged > _MERGED:
            raise _refused(file, "too-large", f"merges more than {_MERGED:,} cells")


def _merged(content: bytes, file: str) -> int:
    """How many cells a part merges."""
    found = _MERGE.findall(content)
    if len(found) != len(re.findall(rb"mergeCell(?!s)", content)):
        raise _refused(file, "workbook", "merges cells in a way that no spreadsheet writes")
    return sum(
        (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1)
        for left, top, right, bottom in found
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refused(file: str, code: str, message: str) -> RecordsInvalid:
    return RecordsInvalid([Problem(file, 1, 1, code, message, _FIX)])
