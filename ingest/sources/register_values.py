"""What stands in the cells of a register: dates with two-digit years, kinds of tie, cities."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as day
from typing import TYPE_CHECKING

from graph.claims import CLAIM_CLASSES, Tie
from graph.dates import PartialDate
from graph.values import Form, Status
from ingest import tables_words as words
from ingest.files import shown
from ingest.places_countries import read_country
from ingest.places_keys import script_of
from ingest.places_names import spoken
from ingest.tables_dates import date
from ingest.tables_values import Unread, narrow_text, word

if TYPE_CHECKING:
    from collections.abc import Callable

DITTO = frozenset({"〃", "″", '"', "''", "상동", "위와같음", "위와 같음"})
_NOTHING = frozenset(
    {
        "-",
        "–",
        "—",
        "·",
        ".",
        "x",
        "?",
        "미상",
        "불명",
        "없음",
        "해당없음",
        "미정",
        "n/a",
        "na",
        "null",
    }
)
_SHORT_YEAR = re.compile(r"['’‘]?([0-9]{2})(?=\s*년|\s*\.|\s*-|\s*/|$)")
_SIX = re.compile(r"[0-9]{6}")
_REMARK = re.compile(r"(?<=[0-9년월일.])\s*\([^()]*\)$")
_SERIAL = re.compile(r"[2-5][0-9]{4}")
_EPOCH = 693_594
"""The day that a spreadsheet counts as 0, 30 December 1899, as an ordinal."""

_KINDS = {
    "자매교류": "SISTER_CITY",
    "자매협정": "SISTER_CITY",
    "자매결연체결": "SISTER_CITY",
    "우호결연": "FRIENDSHIP_CITY",
    "우호협력": "FRIENDSHIP_CITY",
    "우호교류": "FRIENDSHIP_CITY",
    "우호협정": "FRIENDSHIP_CITY",
    "우호협력교류": "FRIENDSHIP_CITY",
    "친선": "FRIENDSHIP_CITY",
    "친선결연": "FRIENDSHIP_CITY",
    "국제교류": "EXCHANGE_CITY",
    "일반교류": "EXCHANGE_CITY",
    "실무교류": "EXCHANGE_CITY",
    "교류협력": "EXCHANGE_CITY",
    "교류의향서": "AGREEMENT",
}
_SCOPES = frozenset({"국외", "해외", "국제", "외국", "국내"})
_MARK = re.compile(r"^\s*(?:[□■○●◇◆▷▶ㅁ①-⑳-]|[0-9]{1,2}[.)]|[가-하][.)])\s*")
_STEM = re.compile(r"자매|우호|교류|결연|협약|친선")
_LANGUAGE = {"hangul": "ko", "other": "en"}


# ---------------------------------------------------------------- dates


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as read; `inferred` tells what of it the cell does not say itself."""

    date: PartialDate | None
    inferred: str | None = None


def read_date(cell: str, latest: int) -> Dated:
    """The date in a cell, none for `-` or 미상; Unread if it cannot be told.

    A year of two digits is the last such year up to `latest`; a number of five digits is
    the day that a spreadsheet means by it. Both are inferred.
    """
    text = _REMARK.sub("", narrow_text(" ".join(cell.split()))).strip("() ")
    if text.casefold() in _NOTHING or re.fullmatch(r"[0.\-/ ]+", text):
        return Dated(None)
    if _SERIAL.fullmatch(text):
        counted = day.fromordinal(_EPOCH + int(text)).isoformat()
        told = PartialDate.parse(counted)
        return Dated(told, "the number is the day that a spreadsheet means by it")
    try:
        return _written(_six(text) if _SIX.fullmatch(text) else text, latest)
    except Unread as error:
        raise Unread(f"{shown(cell)} is no date", error.fix, "date") from error


def _written(text: str, latest: int) -> Dated:
    """A date with a year of four digits, or of two."""
    found = _SHORT_YEAR.match(text)
    if found is None:
        return Dated(date(text))
    year = latest // 100 * 100 + int(found[1])
    year -= 100 if year > latest else 0
    told = date(f"{year}{text[found.end() :]}")
    return Dated(told, f"the year {year} is inferred from {found[1]}")


def _six(digits: str) -> str:
    """`199005` is a month, `840512` a day; Unread for what may be either, as `200512`."""
    month, short = f"{digits[:4]}-{digits[4:]}", f"{digits[:2]}-{digits[2:4]}-{digits[4:]}"
    readings = [short] if _is_date(f"20{short}") else []
    if digits[:2] in {"19", "20"} and _is_date(month):
        readings.append(month)
    if len(readings) != 1:
        raise Unread(f"{digits} is a month or a day", "write 2005-12 or 2020-05-12", "date")
    return readings[0]


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


# ---------------------------------------------------------------- kinds of tie


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of tie that a word means, for an agreement with its form."""

    cls: type[Tie]
    form: Form | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The fields that the kind brings along."""
        return {"form": self.form} if self.form else {}


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that announces the kind of those below; None if it does not tell one."""

    kind: Kind | None


def read_kind(cell: str) -> Kind | None:
    """The kind of tie in a cell; None if it tells only home or abroad; Unread otherwise."""
    told = word(cell)
    if told in _SCOPES:
        return None
    for ending in ("", "도시", "지역", "결연", "관계", "체결"):
        plain = told.removesuffix(ending)
        if plain in _KINDS:
            return kind_named(_KINDS[plain], cell)
    return kind_named(words.tie(cell), cell)


def kind_named(name: str, cell: str = "") -> Kind:
    """The kind of tie with this name; the form of an agreement is what the cell says."""
    cls = CLAIM_CLASSES[name]
    if not issubclass(cls, Tie):
        raise TypeError(f"{name} is no tie")
    return Kind(cls, Form(_or(words.form, cell, "agreement")) if name == "AGREEMENT" else None)


def heading(cell: str) -> Heading | None:
    """`□ 우호도시 (5개 도시)` and `가. 자매도시 현황`; None for a text without a word for ties."""
    if is_remark(cell):
        return None
    text = _MARK.sub("", cell).partition("(")[0].strip()
    with suppress(Unread):
        return Heading(read_kind(text))
    if not _STEM.search(text):
        return None
    found: set[Kind | None] = set()
    for one in filter(_STEM.search, text.split()):
        try:
            found.add(read_kind(one))
        except Unread:
            return Heading(None)
    return Heading(found.pop() if len(found) == 1 else None)


def is_marked(cell: str) -> bool:
    """Whether a text begins like a heading, as `□`, `1.` or `가.`, or is the kind alone."""
    if _MARK.match(cell):
        return True
    try:
        return read_kind(cell.partition("(")[0]) is not None
    except Unread:
        return False


def is_remark(cell: str) -> bool:
    """Whether a text begins like a remark below a table."""
    return cell.startswith(("※", "*", "주)", "주:", "자료", "출처"))


def read_status(cell: str | None) -> Status | None:
    """The status that a cell tells and nothing else; None if it tells none."""
    found = _or(words.tie_status, cell, "") if cell else ""
    return Status(found) if found else None


def _or(read: Callable[[str], str], cell: str, default: str) -> str:
    try:
        return read(cell)
    except Unread:
        return default


# ---------------------------------------------------------------- places


@dataclass(frozen=True, slots=True)
class Named:
    """A city as a cell names it: names by language, other spellings, the country in the cell."""

    names: dict[str, str]
    spellings: tuple[str, ...]
    country: str | None


def read_city(cell: str) -> Named:
    """`지린성 창춘시( Changchun City, Jilin Province )`: 창춘시 and Changchun City.

    Unread if the cell names no city, or several.
    """
    text = " ".join(cell.replace("（", "(").replace("）", ")").split())
    if _several(text):
        raise Unread(f"{shown(cell)} names several cities", "write one city a row", "several")
    told = spoken(text)
    if not any(mark.isalpha() for mark in told.name):
        raise Unread(f"{shown(cell)} names no city", "write its name", "name")
    names: dict[str, str] = {}
    spellings: list[str] = []
    for one in (told.name, spoken(told.alias).name) if told.alias else (told.name,):
        language = _LANGUAGE.get(script_of(one))
        if language and language not in names:
            names[language] = one
        else:
            spellings.append(one)
    return Named(names, tuple(spellings), told.country.code if told.country else None)


def _several(text: str) -> bool:
    """Whether a cell lists Korean names of more than one city."""
    parts = [part.strip() for part in re.split(r"[,;·/]|\s및\s", text.partition("(")[0])]
    return len(parts) > 1 and all(re.fullmatch(r"[가-힣 ]+[시군구현]", part) for part in parts)


def read_country_cell(cell: str) -> tuple[str | None, str | None, bool]:
    """The two letters, the region that stands beside, and whether the country is known.

    `중 국`, `중국(China)`, `미국 캘리포니아주`, `미국(캘리포니아)`.
    """
    whole = read_country(cell)
    if whole.known:
        return whole.code, whole.region, True
    before, _, inside = cell.partition("(")
    inside = inside.strip(" )")
    for name, rest in ((before, inside), (inside, before), *_split(before)):
        found = read_country(name.strip()) if name.strip() else whole
        if found.known:
            region = rest.strip() if rest and not read_country(rest.strip()).known else None
            return found.code, found.region or region or None, True
    return None, None, False


def _split(text: str) -> list[tuple[str, str]]:
    head, _, rest = text.strip().partition(" ")
    return [(head, rest)] if rest else []
