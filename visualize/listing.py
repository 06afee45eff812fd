"""What the pages of ties, paths, gaps, entities and the matrix list, as tables for a spreadsheet.

All of it, also what a page shows only the first of. The first column tells the kinds of line
apart; sums of several steps or currencies stand in lines of their own, never to be added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from graph.questions.answers import PathsAnswer, Ref, TieLine, TiesAnswer
from graph.questions.matrix import MatrixAnswer, Row
from graph.questions.patterns import Gap, GapsAnswer
from graph.questions.profiles import ProfileAnswer, Sums
from graph.spreadsheet import BOM, csv_line
from graph.values import plain
from visualize.charts import year_of
from visualize.entity import called
from visualize.frame import GRADES
from visualize.lines import fold
from visualize.links import Links
from visualize.sheet import Line, cited, table, tied, told
from visualize.telling import Teller
from visualize.wording import Lang, Named, Words

TIE_COLUMNS = (
    "part", "name", "id", "relation", "to", "to_id", "country", "status", "date",
    "independent_sources", "remark", "citations", "data",
)  # fmt: skip
PATH_COLUMNS = (
    "part", "way", "hop", "name", "kind", "id", "relation", "to", "to_id", "facts", "quote",
    "note", "citations", "data",
)  # fmt: skip
ENTITY_COLUMNS = (
    "part", "name", "kind", "id", "country", "relation", "to", "to_id", "status", "date", "grade",
    "stage", "currency", "amount", "approximate", "count", "independent_sources", "missing",
    "facts", "quote", "note", "remark", "citations", "data",
)  # fmt: skip


def ties_sheet(answer: TiesAnswer, *, lang: Lang) -> str:
    """The ties of an entity as CSV, by partner."""
    teller = _teller(lang)
    lines = (_tie(answer.entity, tie, teller) for tie in answer.ties)
    return table(TIE_COLUMNS, lines, answer.dataset_version, lang)


def gaps_sheet(answer: GapsAnswer, *, lang: Lang) -> str:
    """The ties without any trade on record as CSV, each with which kind of nothing it is."""
    teller = _teller(lang)
    lines = (line for gap in answer.gaps for line in _gap(gap, teller))
    return table(TIE_COLUMNS, lines, answer.dataset_version, lang)


def path_sheet(answer: PathsAnswer, *, lang: Lang, nodes: Sequence[Named] = ()) -> str:
    """How two entities are connected as CSV: a line for each statement of each hop.

    `nodes` name deals; no line if nothing connects the two.
    """
    refs = [ref for path in answer.paths for ref in path.nodes]
    teller = _teller(lang, [*refs, *nodes])
    lines = (
        {"way": str(way), "hop": str(at)} | line
        for way, path in enumerate(answer.paths, 1)
        for at, claims in enumerate(path.hops, 1)
        for line in told(fold(claims), answer.citations, teller)
    )
    return table(PATH_COLUMNS, lines, answer.dataset_version, lang)


def entity_sheet(answer: ProfileAnswer, *, lang: Lang, nodes: Sequence[Named] = ()) -> str:
    """All that an answer tells of an entity as CSV; `nodes` as of `profile.profile_page`."""
    others = [record.other for part in answer.parts for record in part.records]
    partners = [tie.partner for tie in answer.ties]
    teller = _teller(lang, [answer.ref, *others, *partners, *nodes])
    lines = _entity(answer, teller)
    return table(ENTITY_COLUMNS, lines, answer.dataset_version, lang)


def matrix_sheet(answer: MatrixAnswer, *, lang: Lang) -> str:
    """The cities of a matrix by its countries as CSV.

    Where something else than ties is counted, a further line of each city has a 1 where a
    tie joins the two. The last line has the totals of the countries, each thing once.
    """
    words = Words(lang)
    heads = [words.of("column", one) for one in ("part", "name", "id", "total")]
    countries = [words.name(column.country) for column in answer.columns]
    made = [BOM + csv_line([*heads, *countries, words.of("column", "data")])]
    for row in answer.rows:
        made += (csv_line(cells) for cells in _cells(answer, row, words))
    sums = [str(column.total) for column in answer.columns]
    made.append(
        csv_line([words.ui("matrix_total"), "", "", "", *sums, answer.dataset_version[:12]])
    )
    return "".join(made)


def _teller(lang: Lang, nodes: Sequence[Named] = ()) -> Teller:
    return Teller(Words(lang), Links(lang, offline=True), nodes)


def _tie(near: Ref, tie: TieLine, teller: Teller) -> Line:
    words = teller.words
    return tied(tie, teller) | {
        "name": words.name(near),
        "id": near.id,
        "to": words.name(tie.partner),
        "to_id": tie.partner.id,
        "country": tie.partner.country or "",
    }


def _gap(gap: Gap, teller: Teller) -> Iterator[Line]:
    remark = teller.words.of("gap_coverage", gap.coverage.answer)
    for tie in gap.ties:
        line = _tie(gap.home, tie.model_copy(update={"partner": gap.partner}), teller)
        yield line | {"remark": remark}


def _entity(answer: ProfileAnswer, teller: Teller) -> Iterator[Line]:
    words = teller.words
    name = called(answer.entity, answer.ref, words)
    yield {
        "part": "node",
        "name": name,
        "kind": words.of("kind", answer.entity.kind),
        "id": answer.entity.id,
        "country": answer.ref.country or "",
        "citations": cited(answer.citations, teller),
    }
    for grade in GRADES:
        if grade in answer.firms:
            count = str(answer.firms[grade])
            yield {"part": "grade", "grade": words.of("grade", grade), "count": count}
    yield from _partners(answer, words)
    for sums in answer.sums:
        yield from _sums(sums, teller)
    yield from _years(answer, words)
    for tie in answer.ties:
        yield _tie(answer.ref, tie, teller)
    for part in answer.parts:
        for record in part.records:
            yield from told(fold(record.claims), record.citations, teller)


def _partners(answer: ProfileAnswer, words: Words) -> Iterator[Line]:
    """The partners that a firm benefits from."""
    for one in answer.partners:
        yield {
            "part": "partner",
            "name": words.name(one.partner),
            "id": one.partner.id,
            "country": one.partner.country or "",
            "grade": words.of("grade", one.grade),
            "missing": " ".join(words.missing(gap) for gap in one.missing),
        }


def _sums(sums: Sums, teller: Teller) -> Iterator[Line]:
    words = teller.words
    for line in sums.lines:
        about = any(deal.approximate for deal in line.deals)
        yield {
            "part": "sum",
            "stage": words.of("stage", line.stage),
            "currency": line.currency,
            "amount": plain(line.amount),
            "approximate": words.ui("approximately") if about else "",
            "count": "" if line.count is None else str(line.count),
            "remark": words.of("sums", sums.by),
            "citations": cited(sums.citations, teller),
        }


def _years(answer: ProfileAnswer, words: Words) -> Iterator[Line]:
    """How much began in each year; what has no year stands without a date."""
    counts = Counter((one.group, year_of(one.date)) for one in answer.moments)
    for (group, year), count in sorted(counts.items(), key=lambda one: (one[0][0], one[0][1] or 0)):
        said = words.of("moment", group)
        date = "" if year is None else str(year)
        yield {"part": "year", "date": date, "count": str(count), "remark": said}


def _cells(answer: MatrixAnswer, row: Row, words: Words) -> Iterator[list[str]]:
    """The line of a city, and where ties are not what is counted one of its ties."""
    order = [column.country.id for column in answer.columns]
    counts = {cell.country: cell.n for cell in row.cells}
    city, version = [words.name(row.city), row.city.id], answer.dataset_version[:12]
    numbers = [str(counts.get(one) or "") for one in order]
    yield [words.ui(f"matrix_{answer.measure}"), *city, str(row.total), *numbers, version]
    if answer.measure != "ties":
        joined = {cell.country for cell in row.cells if cell.tied}
        ones = ["1" if one in joined else "" for one in order]
        yield [words.of("row", "tie"), *city, "", *ones, version]
