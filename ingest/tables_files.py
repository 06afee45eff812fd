"""Table files: which there are in a folder, and their text, however a spreadsheet saved it.

UTF-8 with or without BOM, UTF-16 with BOM (Excel's Unicode text) and CP949 (Excel's
plain CSV in Korea, EUC-KR included) are read.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from graph.errors import Problem, RecordsInvalid
from ingest.files import decode

if TYPE_CHECKING:
    from pathlib import Path

_ENDINGS = frozenset({".csv", ".tsv"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".numbers"})
_NUMBER = re.compile(r"&#(x[0-9A-Fa-f]{1,6}|[0-9]{1,7});")
_SAVE = "save it as “CSV UTF-8”"


def table_files(folder: Path) -> list[Path]:
    """The CSV files of a folder and workbooks that were not saved as CSV, by name.

    Hidden files and the lock files of spreadsheet programs are left out. RecordsInvalid
    if the folder cannot be listed.
    """
    try:
        found = sorted(path for path in folder.iterdir() if path.name[0] not in ".~")
    except OSError as error:
        message = f"cannot be listed: {error.strerror}"
        problem = Problem(str(folder), 1, 1, "unreadable", message, "check the path")
        raise RecordsInvalid([problem]) from error
    saved = {path.stem for path in found if path.suffix.lower() in _ENDINGS}
    return [
        path
        for path in found
        if path.suffix.lower() in _ENDINGS or (is_workbook(path) and path.stem not in saved)
    ]


def is_workbook(path: Path) -> bool:
    """Whether the file's name is that of a spreadsheet which is no CSV."""
    return path.suffix.lower() in _WORKBOOKS


def decode_table(data: bytes, file: str) -> tuple[str, bool]:
    """The text, and whether it is CP949, which lacks many letters.

    In CP949 a letter may be written as its number, `&#322;` for ł. RecordsInvalid names
    the first byte that belongs to no encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(_decoded(data, "utf-16", file), file), False
    if data.startswith(codecs.BOM_UTF8) or _is_rather_utf8(data):
        return decode(data, file), False
    text = _NUMBER.sub(_numbered, _decoded(data, "cp949", file))
    return _checked(text, file), True


def _is_rather_utf8(data: bytes) -> bool:
    """Whether more of what is not ASCII is sound UTF-8 than not; a broken file stays UTF-8."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(not mark.isascii() for mark in text) if broken else 0
    return broken == 0 or foreign > 2 * broken


def _decoded(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        lines = data[: error.start].decode(encoding, "replace").splitlines() or [""]
        message = "these bytes are neither UTF-8 nor CP949 text"
        place = max(1, len(lines)), len(lines[-1]) + 1
        raise RecordsInvalid([Problem(file, *place, "encoding", message, _SAVE)]) from error


def _checked(text: str, file: str) -> str:
    """The text; RecordsInvalid if a control character stands in it."""
    return decode(text.encode("utf-8", "surrogatepass"), file)


def _numbered(found: re.Match[str]) -> str:
    digits = found[1]
    number = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    is_letter = 0xA0 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_letter else found[0]
