"""What the rows of node tables are called, and which rows a name in a cell may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from graph.search import folded
from ingest.countries import countries
from ingest.ids import well_known
from ingest.tables_values import word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ingest.tables_rows import Row

Asked = tuple[str, frozenset[str]]
SCHEMES = ("wikidata", "geonames", "adm", "registry")
_MOST_NAMES = 50
_MOST_ROWS = 10
_HANGUL = re.compile("[가-힣]")
_KIND_WORDS = {
    "City": "city,도시,지역",
    "Country": "country,국가,나라",
    "Firm": "firm,기업,업체,회사",
    "Organization": "organization,organisation,partner,기관,단체",
    "Mission": "mission,사절단",
    "Event": "event,행사",
    "Programme": "programme,program,지원사업,사업",
    "Deal": "deal,실적",
}
_KINDS = {word(one): kind for kind, words in _KIND_WORDS.items() for one in words.split(",")}


def name_key(text: str) -> str:
    """A name as it is looked up: letters and digits alone, without case or accents."""
    plain = folded(text)
    return re.sub(r"[\W_]+", "", plain) or plain


def led(text: str, kinds: Collection[str]) -> tuple[str, frozenset[str]]:
    """The name, and the kinds it may mean: of `도시:싱가포르` or `city:Q334` only City."""
    head, colon, rest = text.partition(":")
    kind = _KINDS.get(word(head)) if colon else None
    if kind is None:
        return text, frozenset(kinds)
    return rest.strip(), frozenset({kind}) & frozenset(kinds)


def asked(text: str, kinds: Collection[str]) -> Asked:
    """What a cell asks for, in a form to look up and to remember answers by."""
    name, allowed = led(text, kinds)
    return name_key(name), allowed


def names_of(row: Row) -> dict[str, str]:
    """The names by language; a name in Latin letters with no English beside it is English."""
    names = {
        column.removeprefix("name_"): value
        for column, value in row.values.items()
        if column.startswith("name_")
    }
    if name := row.values.get("name"):
        latin = all(mark < "\u0250" or not mark.isalpha() for mark in name)
        names.setdefault("en" if latin and "en" not in names else "ko", name)
    return dict(sorted(names.items()))


def identifiers_of(row: Row) -> dict[str, str]:
    """The well-known identifiers by scheme."""
    return {scheme: row.values[scheme] for scheme in SCHEMES if scheme in row.values}


class Names:
    """Node rows by every name, spelling and identifier; `북구 (광주)` is `광주 북구`."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, dict[Row, None]] = defaultdict(dict)
        self._found: dict[Asked, tuple[Row, ...]] = {}
        listed = list(rows)
        for row in listed:
            for name in (*names_of(row).values(), *row.texts("spellings")):
                self.add(row, name)
            self._add_identifiers(row)
        within = [(row, key) for row in listed for key in self._qualified(row)]
        for row, key in within:
            self.add(row, key)

    def add(self, row: Row, name: str) -> None:
        """Let a row answer to one more name."""
        self._rows[name_key(name)][row] = None
        self._found.clear()

    def rows(self, asked: Asked) -> tuple[Row, ...]:
        """The rows that answer to a name and are of the kinds asked for."""
        if asked not in self._found:
            rows = self._rows.get(asked[0], ())
            self._found[asked] = tuple(row for row in rows if row.table.kind in asked[1])
        return self._found[asked]

    def _add_identifiers(self, row: Row) -> None:
        told = identifiers_of(row)
        for scheme, value in told.items():
            self.add(row, f"{scheme}:{value}")
        if "wikidata" in told:
            self.add(row, told["wikidata"])
        if known := well_known(row.table.kind, told):
            self.add(row, known.partition(":")[2])

    def _qualified(self, row: Row) -> Iterable[str]:
        """The names with what the thing lies in, or when it began, before or behind."""
        inner = [*names_of(row).values(), *row.texts("spellings")][:_MOST_NAMES]
        for outer in self._around(row):
            for name in inner:
                yield f"{outer}{name}"
                yield f"{name}{outer}"

    def _around(self, row: Row) -> set[str]:
        around = {str(row.values[c]) for c in ("start", "year") if c in row.values}
        for column in ("part_of", "city"):
            for text in row.texts(column):
                around.add(text)
                for outer in self.rows(asked(text, {"City"}))[:_MOST_ROWS]:
                    around.update(names_of(outer).values())
        if code := row.values.get("country"):
            around |= {code, *countries()[code].names.values()}
        return around
