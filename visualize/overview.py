"""What the scripts of the map and of the matrix are given, in words of one language."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from graph.nodes import kind_of
from graph.questions.answers import Answer
from graph.values import Frozen
from visualize import style
from visualize.links import Links
from visualize.telling import Teller
from visualize.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.questions.answers import Citation, Ref
    from graph.questions.atlas import AtlasAnswer, Place
    from graph.questions.matrix import CellAnswer, Counted, HomesAnswer, MatrixAnswer, Row
    from visualize.wording import Lang, Named


class MapCity(Frozen):
    """A place: what it is called, where it is, what to say of it, what lies there."""

    id: str
    name: str
    at: tuple[float, float]
    said: str
    chief: bool
    holds: tuple[str, ...]


class MapArc(Frozen):
    """A line between two places."""

    start: str
    end: str
    kind: str
    n: int


class Look(Frozen):
    """How a line of a kind is drawn, and its word."""

    colour: str
    dashes: tuple[int, ...]
    width: float
    word: str


class MapData(Answer):
    """The map of a scene; `unplaced` names what no source places."""

    center: str
    cities: tuple[MapCity, ...]
    arcs: tuple[MapArc, ...]
    looks: dict[str, Look]
    unplaced: tuple[str, ...]


class Head(Frozen):
    """A row or a column: what it stands for, and its total."""

    id: str
    name: str
    total: int


class MatrixData(Answer):
    """A page of the matrix: a number for each row and column, and whether a tie joins them."""

    measure: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    numbers: tuple[tuple[int, ...], ...]
    tied: tuple[tuple[bool, ...], ...]
    all_rows: int
    all_columns: int
    nowhere: int


class Line(Frozen):
    """One thing behind a cell: its name, what is told of it, where to open it, citations."""

    id: str
    name: str
    facts: tuple[str, ...]
    open: str | None
    cited: tuple[Said, ...]


class Said(Frozen):
    """A citation in parts, and a safe link."""

    parts: tuple[str, ...]
    url: str | None


class Choice(Frozen):
    """A country to choose."""

    id: str
    name: str


class HomesData(Answer):
    """The countries whose cities can be the rows, by name; `usual` is the one shown first."""

    homes: tuple[Choice, ...]
    usual: str


class CellData(Answer):
    """What is behind a cell of the matrix."""

    city: Head
    country: Head
    lines: tuple[Line, ...]


def map_data(answer: AtlasAnswer, center: str, lang: Lang) -> MapData:
    """The map of a scene around `center`."""
    words = Words(lang)
    degrees = Counter(end for arc in answer.arcs for end in (arc.start, arc.end))
    return MapData(
        center=center,
        cities=tuple(_city(place, center, degrees, words) for place in answer.places),
        arcs=tuple(
            MapArc(start=arc.start, end=arc.end, kind=arc.kind, n=len(arc.things))
            for arc in answer.arcs
        ),
        looks={kind: _look(kind, words) for kind in sorted({arc.kind for arc in answer.arcs})},
        unplaced=tuple(words.name(ref) for ref in answer.unplaced),
        dataset_version=answer.dataset_version,
    )


def _city(place: Place, center: str, degrees: Mapping[str, int], words: Words) -> MapCity:
    name = words.name(place.city)
    others = [one for one in place.holds if one != place.city.id]
    lines = words.ui("map_lines", n=words.count(degrees[place.city.id]))
    said = [name, lines]
    if others:
        said.append(words.ui("map_holds", n=words.count(len(others))))
    return MapCity(
        id=place.city.id,
        name=name,
        at=(round(place.longitude, 4), round(place.latitude, 4)),
        said=" · ".join(said),
        chief=center in place.holds,
        holds=place.holds,
    )


def _look(kind: str, words: Words) -> Look:
    look = style.CLAIMS[kind]
    word = words.of("claim", kind)
    return Look(colour=look.colour, dashes=look.dashes, width=look.width, word=word)


def matrix_data(answer: MatrixAnswer, lang: Lang) -> MatrixData:
    """A page of the matrix."""
    words = Words(lang)
    order = [column.country.id for column in answer.columns]
    return MatrixData(
        measure=answer.measure,
        rows=tuple(_head(row.city, row.total, words) for row in answer.rows),
        columns=tuple(_head(one.country, one.total, words) for one in answer.columns),
        numbers=tuple(_numbers(row, order) for row in answer.rows),
        tied=tuple(_tied(row, order) for row in answer.rows),
        all_rows=answer.all_rows,
        all_columns=answer.all_columns,
        nowhere=answer.nowhere,
        dataset_version=answer.dataset_version,
    )


def _head(ref: Ref, total: int, words: Words) -> Head:
    return Head(id=ref.id, name=words.name(ref), total=total)


def _numbers(row: Row, order: Iterable[str]) -> tuple[int, ...]:
    found = {one.country: one.n for one in row.cells}
    return tuple(found.get(country, 0) for country in order)


def _tied(row: Row, order: Iterable[str]) -> tuple[bool, ...]:
    found = {one.country for one in row.cells if one.tied}
    return tuple(country in found for country in order)


def homes_data(answer: HomesAnswer, usual: str, lang: Lang) -> HomesData:
    """The countries to choose from."""
    words = Words(lang)
    found = [Choice(id=ref.id, name=words.name(ref)) for ref in answer.countries]
    return HomesData(
        homes=tuple(sorted(found, key=lambda one: (one.name, one.id))),
        usual=usual,
        dataset_version=answer.dataset_version,
    )


def cell_data(answer: CellAnswer, nodes: Mapping[str, Named], lang: Lang) -> CellData:
    """What is behind a cell; `nodes` are its deals, which name themselves."""
    words = Words(lang)
    teller = Teller(words, Links(lang), ())
    n = len(answer.things)
    return CellData(
        city=_head(answer.city, n, words),
        country=_head(answer.country, n, words),
        lines=tuple(_line(one, nodes, words, teller) for one in answer.things),
        dataset_version=answer.dataset_version,
    )


def _line(one: Counted, nodes: Mapping[str, Named], words: Words, teller: Teller) -> Line:
    node, facts = _told(one, nodes, words)
    return Line(
        id=node.id,
        name=words.name(node),
        facts=tuple(fact for fact in facts if fact),
        open=node.id if kind_of(node.id) != "Source" else None,
        cited=tuple(_cited(one.citations, words, teller)),
    )


def _cited(citations: Iterable[Citation], words: Words, teller: Teller) -> Iterator[Said]:
    """Each source once, with all its lines or rows."""
    for _, told in groupby(citations, key=lambda one: one.source):
        first, *others = told
        places = [str(one.locator) for one in (first, *others) if one.locator is not None]
        cited = teller.cite(first.model_copy(update={"locator": None}))
        at = (words.ui(first.unit, n=", ".join(places)),) if places else ()
        yield Said(parts=(cited.title, *cited.place, *at), url=cited.url)


def _told(one: Counted, nodes: Mapping[str, Named], words: Words) -> tuple[Named, list[str]]:
    if one.tie is not None:
        tie = one.tie
        said = words.standing(tie.status, tie.signed_on)
        return tie.partner, [words.tie(tie.kind, tie.form), said]
    if one.deal is not None:
        return nodes[one.deal.id], [words.date(one.deal.date) if one.deal.date else ""]
    if one.ref is None:
        raise ValueError("what a cell counts is a tie, a deal or a node")
    return one.ref, [words.of("kind", one.ref.kind)]
