"""The pages of entities at their fixed addresses, and of sources: what is on record, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.questions.answers import TotalLine
from graph.questions.profiles import ProfileAnswer, ReadAnswer, Record, Sums
from graph.values import Grade
from visualize.asked import tie_groups
from visualize.charts import Rung, Years, by_year, ladder
from visualize.entity import called, fields_of
from visualize.frame import GRADES, frame, plain
from visualize.headlines import of_profile
from visualize.lines import fold
from visualize.links import Links, fixed
from visualize.takeaway import of_table
from visualize.telling import Statement, Teller, Told
from visualize.wording import Lang, Named, Words

_GROUPS = ("ties", "occasions", "deals")


@dataclass(frozen=True)
class Ladder:
    """The sums of an entity in one currency, rung by rung."""

    by: str
    currency: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True)
class GradeCount:
    """How many firms have a grade."""

    grade: Grade
    count: int


@dataclass(frozen=True)
class Read:
    """A statement as it was read: the place in the source, and what it says."""

    place: str
    said: Statement
    described: bool


def profile_page(
    answer: ProfileAnswer,
    *,
    lang: Lang,
    part: str | None = None,
    skip: int = 0,
    nodes: Sequence[Named] = (),
) -> str:
    """An entity in full, or one part of it from the line after `skip`.

    `nodes` name countries, and deals as `Deal`.
    """
    words, links = Words(lang), Links(lang)
    here = fixed(answer.entity.id)
    query = {"part": part, "skip": skip or None}
    others = [record.other for one in answer.parts for record in one.records]
    partners = [tie.partner for tie in answer.ties]
    teller = Teller(words, links, [answer.ref, *others, *partners, *nodes])
    context = frame(lang, here, query, nodes) | {
        "answer": answer,
        "here": here,
        "part": part,
        "skip": skip,
        "called": called(answer.entity, answer.ref, words),
        "fields": fields_of(answer.entity, words),
        "teller": teller,
        "told": lambda record: _told(record, teller, answer.entity.id),
        "headlines": of_profile(answer, words),
        "groups": tie_groups(answer.ties, words),
        "ladders": [one for sums in answer.sums for one in _ladders(sums)],
        "firms_by_grade": [GradeCount(g, answer.firms[g]) for g in GRADES if g in answer.firms],
        "years": _years(answer),
        "take": of_table(
            answer.dataset_version, words, "/entity.csv", {"id": answer.entity.id, "part": part}
        ),
    }
    return plain("entity.html", context)


def _told(record: Record, teller: Teller, near: str) -> tuple[Told, ...]:
    lines = fold(record.claims)
    return tuple(teller.tell(line, record.citations).seen_from(near) for line in lines)


def _ladders(sums: Sums) -> list[Ladder]:
    """One ladder a currency: amounts of two currencies are never on one scale."""
    by_currency: dict[str, list[TotalLine]] = {}
    for line in sums.lines:
        by_currency.setdefault(line.currency, []).append(line)
    return [Ladder(sums.by, code, ladder(lines)) for code, lines in sorted(by_currency.items())]


def _years(answer: ProfileAnswer) -> list[tuple[str, Years]]:
    """A chart for each group of which anything has a year."""
    charts = [
        (group, by_year([one.date for one in answer.moments if one.group == group]))
        for group in _GROUPS
    ]
    return [(group, years) for group, years in charts if years.bars]


def source_page(
    answer: ReadAnswer, *, lang: Lang, after: str = "", nodes: Sequence[Named] = ()
) -> str:
    """A source, and all that was read from it with its place; `nodes` name deals."""
    words, links = Words(lang), Links(lang)
    teller = Teller(words, links, [*answer.ends, answer.source, *nodes])
    here = fixed(answer.source.id)
    context = frame(lang, here, {"kind": answer.kind, "after": after or None}, nodes) | {
        "answer": answer,
        "here": here,
        "after": after,
        "called": words.name(answer.source),
        "fields": fields_of(answer.source, words),
        "rows": _read(answer, teller, words),
    }
    return plain("source.html", context)


def _read(answer: ReadAnswer, teller: Teller, words: Words) -> list[Read]:
    kind = answer.source.source_kind
    unit = "row" if kind and kind.in_rows else "line"
    return [
        Read(
            words.ui(unit, n=claim.locator) if claim.locator else "",
            teller.state(claim, ()),
            claim.kind == "DESCRIBES",
        )
        for claim in answer.claims
    ]
