"""Dates as people write them in a cell: `2008.5.26`, `2008년 5월`, `2008.5.26~31`.

A year has four digits and comes first; what could be read two ways is refused.
"""

from __future__ import annotations

import re

from graph.dates import PartialDate
from ingest.files import shown
from ingest.tables_values import Unread, narrow_text

_DATE_FIX = "write 2025-11-13, 2023-04, 1990, or two of them with ~ between"
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_SHORT = re.compile(r"(?:([0-9]{1,2})-)?([0-9]{1,2})")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00)?$")


def date(cell: str) -> PartialDate:
    """A partial date or a range: `2008.5.26`, `2008년 5월`, `2008.5.26~31`, `2008/2009`."""
    written = _unified(cell)
    first, *others = re.split(r"~", written)
    try:
        if len(others) > 1:
            raise ValueError("a range has two ends")
        points = [_point(first)]
        points += [_later(points[0], other) for other in others]
        return PartialDate.parse("/".join(points))
    except ValueError as error:
        raise Unread(f"{shown(cell)} is no date: {error}", _DATE_FIX, "date") from error


def _unified(cell: str) -> str:
    """The text with `-` between the parts of a date and `~` between the ends of a range."""
    narrow = re.sub(r"\s+", " ", narrow_text(cell))
    narrow = re.sub(r"[∼〜–—]", "~", _MIDNIGHT.sub("", narrow))
    narrow = re.sub(r"\s*[년월]\s*(?=[0-9])", "-", narrow)
    narrow = re.sub(r"[년월일]", "", narrow)
    if "~" in narrow or re.fullmatch(r"[0-9]{4}/[0-9]{1,2}(/[0-9]{1,2})?", narrow):
        narrow = narrow.replace("/", "-")
    narrow = re.sub(r"(?<=[0-9]) ?\. ?(?=[0-9])", "-", narrow.replace("/", "~"))
    return re.sub(r"(?<=[0-9])\.", "", narrow).replace(" ", "")


def _point(written: str) -> str:
    if re.fullmatch(r"(19|20)[0-9]{6}", written):
        written = f"{written[:4]}-{written[4:6]}-{written[6:]}"
    found = _POINT.fullmatch(written)
    if found is None:
        raise ValueError("a date begins with its year, in four digits")
    return "-".join(part.zfill(2) for part in found.groups() if part)


def _later(first: str, written: str) -> str:
    """The other end of a range; what it leaves out is as in the first: `~31`, `~6.2`."""
    parts = first.split("-")
    found = _SHORT.fullmatch(written)
    if found is None or len(parts) == 1:
        return _point(written)
    given = [part.zfill(2) for part in found.groups() if part]
    if len(given) >= len(parts):
        raise ValueError("the second date is more exact than the first")
    return "-".join([*parts[: len(parts) - len(given)], *given])
