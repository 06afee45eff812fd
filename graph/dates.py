"""Partial dates: a day, a month, a year, or a range of these; unknown is `None`.

Written as ISO 8601: `2025-11-13`, `2023-04`, `1990`, `2008-05-26/2008-05-31`.
A comparison answers True, False, or None where the precision does not tell.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A stretch of days known to hold the date: `first` to `last`, both inclusive."""

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the written form; ValueError names what is wrong with it."""
        return _parse(text)

    def before(self, other: PartialDate) -> bool | None:
        """Whether this lies wholly before `other`; None if the two may overlap."""
        if self.last < other.first:
            return True
        return False if self.first >= other.last else None

    def within(self, start: PartialDate, end: PartialDate | None) -> bool:
        """Whether this surely falls between `start` and `end` (absent: on `start`)."""
        stop = end.first if end else start.first
        return start.last <= self.first and self.last <= stop

    def outside(self, since: PartialDate | None, until: PartialDate | None) -> bool:
        """Whether this lies wholly outside the inclusive bounds."""
        early = since is not None and self.last < since.first
        late = until is not None and self.first > until.last
        return early or late

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: type[Any], _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _validate,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": PATTERN,
            "examples": ["2025-11-13", "2023-04", "1990", "2008-05-26/2008-05-31"],
        }


def _validate(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):  # YAML reads 2025-11-13 as a date
        return _parse(value.isoformat()[:10])
    if isinstance(value, int) and not isinstance(value, bool):  # and 1990 as a number
        return _parse(f"{value:04d}")
    if isinstance(value, str):
        return _parse(value)
    raise ValueError("a date is written 2025-11-13, 2023-04, 1990 or first/last")


@lru_cache(maxsize=16_384)
def _parse(text: str) -> PartialDate:
    start, slash, end = text.partition("/")
    first, last = _bounds(start)
    if slash:
        last = _bounds(end)[1]
    if last < first:
        raise ValueError(f"the range {text!r} ends before it begins")
    return PartialDate(text, first, last)


def _bounds(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no date: write 2025-11-13, 2023-04 or 1990")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or year == 0:
        raise ValueError("year 0 is no year")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        if not 1 <= month <= 12:
            raise ValueError(f"{text!r} has no month {month}")
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    whole = date(year, month, day)
    return whole, whole
