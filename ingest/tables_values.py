"""What people write in a cell, and the value it stands for.

Each reader takes the text of a cell, never empty, and gives a value, or raises Unread
with what is wrong and how to mend it. Nothing is guessed that could be read two ways.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from graph.values import Count, LongText, Money, Text, Url
from ingest.countries import countries
from ingest.files import shown

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_Locator = Annotated[int, Field(ge=1, le=10**9)]
_LONGEST_CODE = 300
_LARGE = {"조": 10**12, "억": 10**8, "만": 10**4, "": 1}
_SMALL = {"천": 1000, "백": 100, "십": 10, "": 1}
_MYRIADS = re.compile(r"(?:(.+?)조)?(?:(.+?)억)?(?:(.+?)만)?(.+)?")
_PIECES = re.compile(r"([0-9][0-9,.]*)?([천백십]?)")
_COUNTED = re.compile(r"(.*[0-9천백십만억])\s*(건|개사|개|사|명|인|회)")
_AMOUNT_FIX = "write the number alone, as 5,700,000 or 570만; the currency has its own column"


class Unread(ValueError):
    """A text that stands for no value here; `fix` says how to write it."""

    def __init__(self, message: str, fix: str, code: str = "value") -> None:
        self.fix, self.code = fix, code
        super().__init__(message)


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


def checked(annotation: Any, value: object, fix: str) -> Any:
    """The value if it fits a type of the model; Unread with the reason otherwise."""
    try:
        return _adapter(annotation).validate_python(value)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        message = fault["msg"].removeprefix("Value error, ")
        raise Unread(f"{message[:1].lower()}{message[1:]}", fix) from error


def text(cell: str) -> str:
    """A text on one line."""
    return str(checked(Text, " ".join(cell.split()), "shorten or correct it"))


def long_text(cell: str) -> str:
    """A longer text on one line."""
    return str(checked(LongText, " ".join(cell.split()), "shorten or correct it"))


def texts(cell: str) -> tuple[str, ...]:
    """Several texts, with `;` or a line break between, each once."""
    pieces = [piece for piece in re.split(r"[;；\r\n]", cell) if piece.strip()]
    if not pieces:
        raise Unread("only separators stand here", "leave the cell empty")
    return tuple(dict.fromkeys(text(piece) for piece in pieces))


def url(cell: str) -> str:
    """A web address."""
    return str(checked(Url, cell, "write an address that begins with https://"))


def source(cell: str) -> str:
    """The id of a source, written with or without `source:`."""
    key = cell.removeprefix("source:").strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", key):
        fix = "write Latin letters, digits and hyphens, as suwon-2008"
        raise Unread(f"{shown(cell)} is no key of a source", fix)
    return f"source:{key}"


def matching(pattern: str, fix: str, *, link: bool = False) -> Callable[[str], str]:
    """A reader of texts of one form; of a web address with `link`, its last part."""
    form = re.compile(pattern)

    def read(cell: str) -> str:
        code = narrow_text(cell)
        if link and code.startswith(("http://", "https://")):
            code = code.rpartition("/")[2]
        if form.fullmatch(code) is None:
            raise Unread(f"{shown(cell)} has another form", fix)
        return code

    return read


def narrow_text(cell: str) -> str:
    """A short text with full-width characters as plain ones."""
    if len(cell) > _LONGEST_CODE:
        raise Unread("this is too long", f"write at most {_LONGEST_CODE} characters")
    return unicodedata.normalize("NFKC", cell).strip()


# ---------------------------------------------------------------- numbers


def amount(cell: str) -> Decimal:
    """An exact amount: `5,700,000`, `570만`, `1억 2천만`."""
    narrow = narrow_text(cell).replace(" ", "")
    if re.fullmatch(r"[0-9.,]+[eE][+-]?[0-9]+", narrow):
        fix = "format the column as a number before you save the file as CSV"
        raise Unread(f"{shown(cell)} was shortened by the spreadsheet", fix, "number")
    value = _decimal(narrow) if _NUMBER.fullmatch(narrow) else _korean(narrow)
    if value is None:
        raise Unread(f"{shown(cell)} is no amount", _AMOUNT_FIX, "number")
    return Decimal(checked(Money, value, _AMOUNT_FIX))


def count(cell: str) -> int:
    """A whole number, also with its counter: `48`, `48건`, `10개사`."""
    narrow = narrow_text(cell)
    counted = _COUNTED.fullmatch(narrow)
    fix = "write a whole number, as 48"
    try:
        value = amount(counted[1] if counted else narrow)
    except Unread as error:
        raise Unread(f"{shown(cell)} is no whole number", fix, "number") from error
    if value != int(value):
        raise Unread(f"{shown(cell)} is no whole number", fix, "number")
    return int(checked(Count, int(value), fix))


def locator(cell: str) -> int:
    """The number of a line or row: `12`, `12행`, `12줄`."""
    narrow = re.sub(r"\s*[행줄번]$", "", narrow_text(cell))
    fix = "write the number of the line, counted from 1"
    if not re.fullmatch(r"[0-9]{1,10}", narrow):
        raise Unread(f"{shown(cell)} is no line number", fix, "number")
    return int(checked(_Locator, int(narrow), fix))


def degrees(limit: int) -> Callable[[str], float]:
    """A reader of a latitude or longitude of at most so many degrees."""

    def read(cell: str) -> float:
        fix = f"write decimal degrees from -{limit} to {limit}, as 37.2858"
        narrow = narrow_text(cell).replace("−", "-")
        if not re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,15})?", narrow):
            raise Unread(f"{shown(cell)} is no number of degrees", fix, "number")
        if abs(float(narrow)) > limit:
            raise Unread(f"{shown(cell)} is out of range", fix, "number")
        return float(narrow)

    return read


def _decimal(narrow: str) -> Decimal:
    return Decimal(narrow.replace(",", ""))


def _korean(narrow: str) -> Decimal | None:
    """A number with 조, 억, 만, 천, 백, 십; None if it is none."""
    found = _MYRIADS.fullmatch(narrow) if re.search("[조억만천백십]", narrow) else None
    if found is None:
        return None
    total = Decimal(0)
    for unit, piece in zip(_LARGE.values(), found.groups(), strict=True):
        if piece is not None:
            value = _below_myriad(piece)
            if value is None:
                return None
            total += value * unit
    return total


def _below_myriad(piece: str) -> Decimal | None:
    """`2,400`, `2천4백`, `천`: what stands before 만, 억 or 조, or at the end."""
    if _NUMBER.fullmatch(piece):
        return _decimal(piece)
    total, at, last = Decimal(0), 0, 10_000
    while at < len(piece):
        found = _PIECES.match(piece, at)
        if found is None or not found[0] or _SMALL[found[2]] >= last:
            return None
        if found[1] is not None and _NUMBER.fullmatch(found[1]) is None:
            return None
        last = _SMALL[found[2]]
        total += (_decimal(found[1]) if found[1] else 1) * last
        at = found.end()
    return total


# ---------------------------------------------------------------- closed lists


def word(cell: str) -> str:
    """A word as it is compared: without case, blanks, `_`, hyphens, dots and brackets."""
    narrow = unicodedata.normalize("NFKC", cell).casefold()
    return re.sub(r"[\s_\-.·・()\[\]{}*/:,'\"]+", "", narrow)


def one_of(values: dict[str, str]) -> Callable[[str], str]:
    """A reader of a closed list, given as `value: words for it, with commas between`."""
    known = {word(value): value for value in values}
    for value, words in values.items():
        known |= {word(one): value for one in words.split(",")}
    listed = ", ".join(f"{words.split(',')[0].strip()} ({v})" for v, words in values.items())

    def read(cell: str) -> str:
        before, _, inside = cell.partition("(")
        for candidate in (cell, before, inside):
            if candidate.strip() and word(candidate) in known:
                return known[word(candidate)]
        message = f"{shown(cell)} is not one of the words for this"
        raise Unread(message, f"use one of {listed}", "word")

    return read


_TRUTH = one_of(
    {
        "yes": "예,네,y,true,t,1,o,○,◯,맞음,참,약,여,규모,전부",
        "no": "아니오,아니요,n,false,f,0,x,×,거짓,아님",
    }
)


def truth(cell: str) -> bool:
    """Yes or no."""
    return _TRUTH(cell) == "yes"


@cache
def country_names() -> dict[str, str]:
    """The code of each country by its names, as `word` compares them; codes left out."""
    return {
        word(name): code
        for code, node in countries().items()
        for name in (*node.names.values(), *node.spellings)
    }


def country(cell: str) -> str:
    """The two letters of a country, from them or its Korean or English name."""
    code = narrow_text(cell).upper().removeprefix("COUNTRY:")
    found = code if code in countries() else country_names().get(word(cell))
    if found is None:
        fix = "write its Korean or English name, or the two letters of ISO 3166-1, as KR"
        raise Unread(f"{shown(cell)} is no country", fix, "country")
    return found
