"""Which cities have what with which countries: the summary over the whole store.

A row is a city itself: its districts have rows of their own. A column is a country abroad.
A number counts things on record, each once: lines of ties, missions the city sent that
visited, results reported by it or by firms seated in it, firms of those missions and results.
Amounts are not here, as none may be added over stages.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from graph.claims import Tie
from graph.errors import BadRequest
from graph.nodes import kind_of
from graph.questions.answers import Answer, Citation, DealRef, Ref, TieLine
from graph.questions.area import check_places, cities_in
from graph.questions.ground import Ground
from graph.questions.scene import Filters
from graph.questions.tally import Measure, nowhere, tally
from graph.questions.ties import tie_lines
from graph.store import walk_nodes
from graph.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graph.claims import Claim
    from graph.questions.tally import Cells
    from graph.store import View

MAX_SIDE = 60
"""Rows, and columns, that one answer holds at most."""
ALL = Filters()


class Count(Frozen):
    """A cell that counts something, or where a tie joins the two (`tied`) and that is all."""

    country: str
    n: int
    tied: bool


class Row(Frozen):
    """A city and its cells, in the order of the columns; `total` counts what it counts once."""

    city: Ref
    total: int
    cells: tuple[Count, ...]


class Column(Frozen):
    """A country; `total` is over all rows, those of other pages too, each thing once."""

    country: Ref
    total: int


class MatrixAnswer(Answer):
    """A page of the rows and columns that have anything; empty if nothing has."""

    measure: Measure
    homes: tuple[Ref, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    all_rows: int
    all_columns: int
    nowhere: int = Field(description="Results left out because no source gives their country")


class Counted(Frozen):
    """One thing that a cell counts, and where it is told."""

    ref: Ref | None = None
    deal: DealRef | None = None
    tie: TieLine | None = None
    citations: tuple[Citation, ...]


class HomesAnswer(Answer):
    """The countries in which there are cities, by id."""

    countries: tuple[Ref, ...]


class CellAnswer(Answer):
    """What is behind a cell, by id; empty if the cell is."""

    measure: Measure
    city: Ref
    country: Ref
    things: tuple[Counted, ...]


@dataclass(frozen=True)
class Window:
    """Which part of a matrix is asked for, and the country or city to sort the other by.

    None for all rows or columns there are.
    """

    by_country: str | None = None
    by_city: str | None = None
    first_row: int = 0
    first_column: int = 0
    rows: int | None = 25
    columns: int | None = 25


def matrix(
    view: View,
    homes: Collection[str],
    measure: Measure,
    filters: Filters = ALL,
    window: Window | None = None,
) -> MatrixAnswer:
    """The matrix of these cities, or of the cities in these countries.

    Rows and columns by total, or by the number in the column or row that `window` names, the
    most first, then by id. NotFound if nothing describes a home or what to sort by; BadRequest
    if a home is neither City nor Country, or a page is larger than MAX_SIDE.
    """
    part = window or Window()
    ground = Ground(view)
    _check(ground, homes, part)
    cities = cities_in(ground, homes)
    cells = tally(ground, cities, measure, filters)
    tied = cells if measure is Measure.TIES else tally(ground, cities, Measure.TIES, filters)
    rows = _ordered(cells, 0, part.by_country)
    columns = _ordered(cells, 1, part.by_city)
    shown = list(columns)[part.first_column :][: part.columns]
    page = list(rows)[part.first_row :][: part.rows]
    refs = ground.refs([*homes, *page, *shown])
    return MatrixAnswer(
        measure=measure,
        homes=tuple(refs[one] for one in sorted(set(homes))),
        rows=tuple(
            Row(city=refs[city], total=rows[city], cells=_row(cells, tied, city, shown))
            for city in page
        ),
        columns=tuple(Column(country=refs[one], total=columns[one]) for one in shown),
        all_rows=len(rows),
        all_columns=len(columns),
        nowhere=nowhere(ground, cities, filters) if measure is Measure.DEALS else 0,
        dataset_version=view.version(),
    )


def homes(view: View) -> HomesAnswer:
    """The countries whose cities can be the rows."""
    ground = Ground(view)
    every = [node.id for node in walk_nodes(view, "Country")]
    told = ground.into(every, "IN_COUNTRY")
    lived = {claim.to for claim in told if kind_of(claim.from_) == "City"}
    refs = ground.refs(lived)
    return HomesAnswer(
        countries=tuple(refs[one] for one in sorted(refs)), dataset_version=view.version()
    )


def cell(
    view: View, city: str, country: str, measure: Measure, filters: Filters = ALL
) -> CellAnswer:
    """What one cell counts. NotFound if nothing describes the city or the country."""
    ground = Ground(view)
    ground.require("city", city, {"City"})
    ground.require("country", country, {"Country"})
    things = tally(ground, {city}, measure, filters).get((city, country), {})
    return CellAnswer(
        measure=measure,
        city=ground.ref(city),
        country=ground.ref(country),
        things=_shown(ground, city, measure, things),
        dataset_version=view.version(),
    )


def _check(ground: Ground, homes: Collection[str], part: Window) -> None:
    check_places(ground, "home", homes)
    for param, one, kind in (
        ("by_country", part.by_country, "Country"),
        ("by_city", part.by_city, "City"),
    ):
        if one is not None:
            ground.require(param, one, {kind})
    for param, n in (("rows", part.rows), ("columns", part.columns)):
        if n is not None and not 1 <= n <= MAX_SIDE:
            raise BadRequest(param, f"a page has 1 to {MAX_SIDE} of these")


def _row(cells: Cells, tied: Cells, city: str, shown: Iterable[str]) -> tuple[Count, ...]:
    return tuple(
        Count(country=one, n=len(cells.get((city, one), ())), tied=(city, one) in tied)
        for one in shown
        if (city, one) in cells or (city, one) in tied
    )


def _ordered(cells: Cells, side: int, by: str | None) -> dict[str, int]:
    """The totals of the cities (side 0) or countries (side 1), in their order."""
    things: dict[str, set[object]] = defaultdict(set)
    first: dict[str, int] = defaultdict(int)
    for key, told in cells.items():
        things[key[side]].update(told)
        if key[1 - side] == by:
            first[key[side]] = len(told)
    totals = {one: len(found) for one, found in things.items()}
    order = sorted(totals, key=lambda one: (-first[one], -totals[one], one))
    return {one: totals[one] for one in order}


def _shown(
    ground: Ground, city: str, measure: Measure, things: Mapping[str, list[Claim]]
) -> tuple[Counted, ...]:
    """What a cell counts, with where it is told."""
    if measure is Measure.TIES:
        told = {claim.id: claim for claims in things.values() for claim in claims}
        lines = tie_lines(ground, city, [c for c in told.values() if isinstance(c, Tie)])
        return tuple(Counted(tie=line, citations=line.citations) for line in lines)
    nodes, refs = ground.nodes(things), ground.refs(things)
    return tuple(
        Counted(deal=ground.deal_ref(nodes[one]), citations=ground.citations(things[one]))
        if kind_of(one) == "Deal"
        else Counted(ref=refs[one], citations=ground.citations(things[one]))
        for one in sorted(things)
        if one in nodes
    )
