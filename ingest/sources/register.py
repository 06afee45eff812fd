"""Registers of sister cities as Korean offices publish them: tables with headers of their own.

A row is one tie of one Korean municipality with one city abroad. What cannot be used is
named with file and row; what a cell says in its own way is kept in the note of the tie.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import Problem, RecordsInvalid
from graph.values import SourceKind, Status
from ingest.countries import countries
from ingest.files import shown
from ingest.places import Gazetteer
from ingest.sources.facts import Bounds, Reading, SourceFacts, check_counts
from ingest.sources.pairs import Pairs
from ingest.sources.register_columns import is_header, layout
from ingest.sources.register_meta import RegisterMeta, read_meta, sidecar
from ingest.sources.register_places import RegisterPlaces, plain
from ingest.sources.register_sheets import read_sheets
from ingest.sources.register_values import (
    DITTO,
    Kind,
    heading,
    is_marked,
    is_remark,
    kind_named,
    read_country_cell,
    read_date,
    read_kind,
    read_status,
)
from ingest.sources.settling import reading_of
from ingest.sources.telling import Telling
from ingest.tables_values import Unread, long_text, text, texts, word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ingest.sources.register_columns import Layout
    from ingest.sources.register_sheets import Line, Sheet

FACTS = SourceFacts(
    name="register",
    id="source:*",
    title="A register of sister and friendship cities, as an office publishes it",
    publisher="the office that published it",
    licence="that of the register, as its metadata say",
    url="https://www.data.go.kr",
    lineage="its publisher",
    source_kind=SourceKind.REGISTER,
    ties=Bounds(least=1, most=5_000),
    places=Bounds(least=2, most=5_000),
    given="the path of a CSV or XLSX file, and beside it NAME.source.yaml with id, title, "
    "publisher, published, and home unless a column names it",
)
_TOTALS = frozenset({"계", "합계", "소계", "총계", "누계", "총", "total", "subtotal"})
_CARRIED = ("home_province", "home", "country", "province", "kind")
"""The columns in which a ditto mark repeats what stands above."""
_RAW = {"signed": "결연일", "city": "도시", "country": "국가"}


def read(
    path: Path,
    meta: RegisterMeta | None = None,
    gazetteer: Gazetteer | None = None,
    *,
    ties: Bounds = FACTS.ties,
) -> Reading:
    """The register in a file; its metadata from the file beside it unless they are given.

    RecordsInvalid if the file is no register, or holds fewer or more ties than it may.
    """
    meta = meta or read_meta(sidecar(path))
    sheets, problems = read_sheets(path)
    reader = _Reader(meta, list(problems))
    for sheet in sheets:
        reader.take(sheet)
    if not reader.laid:
        raise RecordsInvalid(reader.problems)
    reading = reading_of(reader, reader.places.found.values(), gazetteer or Gazetteer.shipped())
    check_counts(reading.report, ties, FACTS.places, str(path))
    return reading


@dataclass(slots=True)
class _Reader:
    meta: RegisterMeta
    problems: list[Problem]
    rows: int = 0
    used: int = 0
    laid: int = 0
    section: Kind | None = None
    above: dict[str, str] = field(default_factory=dict)
    telling: Telling = field(init=False)
    pairs: Pairs = field(init=False)
    places: RegisterPlaces = field(init=False)

    def __post_init__(self) -> None:
        self.telling = Telling(self.meta.source())
        self.pairs = Pairs(self.telling)
        self.places = RegisterPlaces(self.meta)

    def take(self, sheet: Sheet) -> None:
        """Read a sheet; one without known headers is named."""
        laid = layout(sheet.lines)
        if laid is None:
            message = "no row holds headers that are known, with one of the city"
            fix = "name the columns: 국가, 도시, 결연일, 구분"
            self._say(sheet.place, 1, "no-header", message, fix)
            return
        self.laid += 1
        self.section, self.above = None, {}
        for header in laid.unused:
            message = f"the column {shown(header)} is not known and was not read"
            self._say(sheet.place, laid.line, "unused-column", message)
        for line in sheet.lines:
            if line.number < laid.line:
                if len(line.filled) == 1 and is_marked(line.filled[0]):
                    self._heading(sheet.place, line)
            elif line.number == laid.line or is_header(line):
                laid = layout([line]) or laid
            elif not self._heading(sheet.place, line):
                self._row(sheet.place, laid, line)

    def _heading(self, place: str, line: Line) -> bool:
        """Take a row of one cell that announces the kind of the rows below."""
        found = heading(line.filled[0]) if len(line.filled) == 1 else None
        if found is None:
            return False
        self.section = found.kind
        if found.kind is None:
            message = f"{shown(line.filled[0])} tells no one kind of tie for the rows below"
            self._say(place, line.number, "heading", message)
        return True

    def _row(self, place: str, laid: Layout, line: Line) -> None:
        """Use a row, or say why not."""
        self.rows += 1
        try:
            if aside := _aside(line):
                raise Unread(aside, "nothing is to be done", "aside")
            self._tie(place, line.number, self._values(laid, line))
        except Unread as unread:
            self._say(place, line.number, unread.code, f"the row is left out: {unread}", unread.fix)
            return
        self.used += 1
        for cell in laid.stray(line):
            message = f"the cell {shown(cell)} stands under no header and was not read"
            self._say(place, line.number, "no-header-cell", message)

    def _values(self, laid: Layout, line: Line) -> dict[str, str]:
        """The cells of a row by column, ditto marks filled in from the row above."""
        values: dict[str, str] = {}
        for name, cell in laid.of(line).items():
            if cell in DITTO and (name not in _CARRIED or name not in self.above):
                raise Unread(f"nothing stands above {shown(cell)}", "write it out", "ditto")
            told = self.above[name] if cell in DITTO else cell
            values[name] = long_text(told) if name == "note" else text(told)
        self.above = values
        return values

    def _tie(self, place: str, row: int, values: Mapping[str, str]) -> None:
        if "city" not in values:
            raise Unread("the city is empty", "write its name", "missing")
        kind = self._kind(values)
        home, away = self.places.ends(
            row, values, lambda code, message: self._say(place, row, code, message)
        )
        signed, inferred = self._date(place, row, values, "signed")
        ended, _ = self._date(place, row, values, "ended")
        note = [f"{_RAW[name]}: {values[name]}" for name in _raw(values, signed)]
        note += [one for one in (inferred, values.get("note")) if one]
        self.pairs.add(
            kind.cls,
            home,
            away,
            row,
            note="; ".join(note),
            told_by=(home,),
            status=_status(values, bool(ended)),
            signed_on=signed,
            ended_on=ended,
            fields=texts(values["fields"]) if "fields" in values else (),
            **kind.fields,
        )

    def _kind(self, values: Mapping[str, str]) -> Kind:
        """What the row says, else its section, else the metadata; twinned if nobody tells."""
        told = read_kind(values["kind"]) if "kind" in values else None
        return told or self.section or kind_named(self.meta.kind or "TWINNED")

    def _date(
        self, place: str, row: int, values: Mapping[str, str], name: str
    ) -> tuple[str | None, str | None]:
        """The date of a column, and what of it is inferred; one that cannot be read is named."""
        if name not in values:
            return None, None
        try:
            dated = read_date(values[name], self.meta.published.last.year)
        except Unread as unread:
            message = f"{unread}; the tie is kept without it"
            self._say(place, row, unread.code, message, unread.fix)
            return None, None
        return str(dated.date) if dated.date else None, dated.inferred

    def _say(
        self, place: str, row: int, code: str, message: str, fix: str = "mend the row, or leave it"
    ) -> None:
        self.problems.append(Problem(place, row, 1, code, message, fix))


def _raw(values: Mapping[str, str], signed: str | None) -> list[str]:
    """The columns whose cells the claim does not hold as they are written."""
    raw = []
    if values.get("signed", signed) != signed:
        raw.append("signed")
    if not plain(values["city"]):
        raw.append("city")
    if country := values.get("country"):
        code = read_country_cell(country)[0]
        if code is None or country not in countries()[code].names.values():
            raw.append("country")
    return raw


def _status(values: Mapping[str, str], ended: bool) -> Status:
    """What the column of the status or a remark of one word says, else whether it has an end."""
    told = read_status(values.get("status")) or read_status(values.get("note"))
    return told or (Status.ENDED if ended else Status.IN_FORCE)


def _aside(line: Line) -> str | None:
    """Why a row is no tie at all: a total, or a remark below the table."""
    first = line.filled[0]
    if any(word(cell) in _TOTALS for cell in line.filled[:2]):
        return "it is a total"
    if len(line.filled) == 1:
        return f"{shown(first)} stands alone"
    return "it is a remark" if is_remark(first) else None
