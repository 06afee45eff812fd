"""Lines of CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BOM = "\ufeff"
"""First in a file, it tells a spreadsheet that the letters are UTF-8."""
_FORMULA = re.compile(r"[=+\-@\t\r\n\0＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def csv_line(values: Iterable[str], *, raw: bool = False) -> str:
    """One RFC 4180 line with its end; each value `guarded` unless `raw`."""
    file = io.StringIO()
    csv.writer(file).writerow(values if raw else map(guarded, values))
    return file.getvalue()


def guarded(text: str) -> str:
    """The text, led by `'` if it begins as a formula does; numbers stay as they are."""
    if not _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"
