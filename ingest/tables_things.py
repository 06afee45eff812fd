"""Which rows speak of one thing.

Rows of one table are one thing if they share a well-known identifier, or a name while
nothing that tells namesakes apart differs; what is left blank fits anything. A row that
fits two which differ is a fault: nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx

from graph.nodes import kind_of
from ingest.ids import slug
from ingest.tables_names import SCHEMES, identifiers_of, names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from graph.dates import PartialDate
    from ingest.tables_rows import Row

    _Marks = Mapping[str, frozenset[Hashable]]
    _Told = Mapping[Row, _Marks]

_MOST_PAIRS = 1_000


@dataclass(slots=True, eq=False)
class Thing:
    """What rows of one table speak of; a country has none. `id` is set once it is known."""

    kind: str
    rows: tuple[Row, ...]
    id: str = ""
    by_source: dict[str, Row] = field(default_factory=dict)
    """The row by which each source describes it."""

    def __post_init__(self) -> None:
        for row in self.rows:
            self.by_source.setdefault(row.source, row)

    def row_of(self, source: str) -> Row | None:
        """The row by which a source describes it."""
        return self.by_source.get(source)

    @property
    def names(self) -> dict[str, str]:
        """The names by language; where rows differ, that of the least source."""
        united: dict[str, str] = {}
        for row in self.rows:
            for language, name in names_of(row).items():
                united.setdefault(language, name)
        return dict(sorted(united.items()))

    @property
    def name(self) -> str:
        """The name that ids are made of: Korean, else English, else any other."""
        names = self.names
        return next((names[one] for one in ("ko", "en", *names) if one in names), "")

    @property
    def spellings(self) -> tuple[str, ...]:
        """All other spellings."""
        found = {one for row in self.rows for one in row.texts("spellings")}
        return tuple(sorted(found - set(self.names.values())))

    @property
    def identifiers(self) -> dict[str, str]:
        """The well-known identifiers that any row gives."""
        united: dict[str, str] = {}
        for row in self.rows:
            united = identifiers_of(row) | united
        return dict(sorted(united.items()))

    @property
    def country(self) -> str | None:
        """The country that a row gives."""
        return next((row.values["country"] for row in self.rows if "country" in row.values), None)

    @property
    def when(self) -> PartialDate | None:
        """The start or year that a row gives."""
        given = (row.values.get("start") or row.values.get("year") for row in self.rows)
        return next((when for when in given if when is not None), None)


def country_thing(country_id: str) -> Thing:
    """A country, which no table describes."""
    return Thing(kind_of(country_id), (), country_id)


def things(rows: Sequence[Row], marks: Callable[[Row], _Marks]) -> list[Thing]:
    """The things of one kind; faults are noted at the rows.

    `marks` gives what tells a row's namesakes apart, by the column to name in a message.
    """
    told = {row: _own_marks(row) | dict(marks(row)) for row in rows}
    graph: nx.Graph[Row] = nx.Graph()
    graph.add_nodes_from(rows)
    for members in _buckets(rows, lambda row: identifiers_of(row).items()):
        graph.add_edges_from((members[0], row) for row in members[1:])
    for members in _buckets(rows, lambda row: {slug(name) for name in names_of(row).values()}):
        _join_namesakes(graph, members, told)
    groups = [sorted(group, key=_order) for group in nx.connected_components(graph)]
    for group in groups:
        _check(group, told)
    groups.sort(key=lambda group: _order(group[0]))
    return [Thing(group[0].table.kind, tuple(group)) for group in groups]


def _order(row: Row) -> tuple[str, str, int]:
    return row.source, row.faults.file, row.line


def _own_marks(row: Row) -> dict[str, frozenset[Hashable]]:
    """Names, identifiers, country and date."""
    marks: dict[str, frozenset[Hashable]] = {
        f"name_{language}": frozenset({slug(name)}) for language, name in names_of(row).items()
    }
    for column in (*SCHEMES, "country", "start", "year"):
        if column in row.values:
            marks[column] = frozenset({str(row.values[column])})
    return marks


def _buckets(rows: Iterable[Row], keys: Callable[[Row], Iterable[Hashable]]) -> Iterable[list[Row]]:
    found: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        for key in keys(row):
            found[key].append(row)
    return (members for members in found.values() if len(members) > 1)


def _join_namesakes(graph: nx.Graph[Row], rows: Iterable[Row], told: _Told) -> None:
    """Join the rows that nothing tells apart; only pairs that fill other marks are compared."""
    alike: dict[Hashable, Row] = {}
    for row in rows:
        first = alike.setdefault(frozenset(told[row].items()), row)
        if first is not row:
            graph.add_edge(first, row)
    pairs = [
        (one, two)
        for one, two in combinations(alike.values(), 2)
        if told[one].keys() != told[two].keys() or _is_loose(told[one])
    ]
    if len(pairs) > _MOST_PAIRS:
        message = "too many different rows bear this name to be compared"
        row.say("name", "ambiguous", message, "give each an identifier or a name of its own")
        return
    graph.add_edges_from(pair for pair in pairs if not _differ(told[pair[0]], told[pair[1]]))


def _is_loose(marks: _Marks) -> bool:
    """Whether a mark has several values, so that two rows can share it without being equal."""
    return any(len(values) > 1 for values in marks.values())


def _differ(one: _Marks, two: _Marks) -> bool:
    """Whether a mark that both give has nothing in common."""
    return any(one[mark].isdisjoint(two[mark]) for mark in one.keys() & two.keys())


def _check(group: Sequence[Row], told: _Told) -> None:
    """Note that rows of one thing differ, or else that one source describes it twice."""
    if found := _conflict(group, told):
        mark, one, two = found
        vaguest = min(group, key=lambda row: (len(told[row]), row.faults.file, row.line))
        message = f"this is one with {one.place} and {two.place}, which differ in {mark}"
        vaguest.say("name", "ambiguous", message, f"fill in or correct {mark}")
        return
    first: dict[str, Row] = {}
    for row in group:
        if row.source and row.source in first:
            message = f"{row.source} describes this already in {first[row.source].place}"
            fix = "keep one of the two rows, or tell the two apart"
            row.say("name", "same-node", message, fix)
        first.setdefault(row.source, row)


def _conflict(group: Sequence[Row], told: _Told) -> tuple[str, Row, Row] | None:
    """A mark, names and owners excepted, in which two rows of a group differ."""
    seen: dict[str, Row] = {}
    for row in group:
        for mark in sorted(told[row]):
            if mark.startswith("name_") or mark in {"sent_by", "run_by"}:
                continue
            other = seen.setdefault(mark, row)
            if told[other][mark].isdisjoint(told[row][mark]):
                return mark, other, row
    return None
