"""Each kind of answer as a person reads it on a terminal."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from graph.questions import answers as a
from graph.questions.patterns import Chain, ChainsAnswer, PatternAnswer
from graph.search import Match
from jamae.telling import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from graph.claims import Claim


NOTHING = "–"
"""What stands in a cell for which nothing is on record."""


def rendered(answer: a.Answer, page: Page) -> Iterator[RenderableType]:
    """The parts of an answer, then the sources it cites and the version of the data."""
    yield from body(answer, page)
    if page.numbers:
        yield ""
        yield page.words.ui("source")
        yield from page.legend()
    yield ""
    yield f"{page.words.own('version')} {answer.dataset_version}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, counts: bool = False) -> Table:
    """A table with a line under its headings; long cells fold, none is cut or left blank.

    With `counts` all columns but the first are numbers, which stand close and never fold.
    """
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, int(not counts)))
    for place, head in enumerate(heads):
        number = counts and place > 0
        made.add_column(
            head, overflow="fold", no_wrap=number, justify="right" if number else "left"
        )
    for row in rows:
        made.add_row(*(cell or NOTHING for cell in row))
    return made


def listed(rows: Iterable[Sequence[str]]) -> Table:
    """Rows without headings."""
    made = Table.grid(padding=(0, 3))
    for row in rows:
        made.add_row(*row)
    return made


@singledispatch
def body(answer: a.Answer, _page: Page) -> Iterator[RenderableType]:
    """What an answer says; one that has no form of its own is printed as JSON."""
    yield answer.model_dump_json(by_alias=True, indent=2)


@body.register(a.SearchAnswer)
def _search(answer: a.SearchAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    if answer.capped:
        yield words.ui("results_cut")
    if not answer.results:
        yield words.ui("no_results")
        yield words.ui("no_results_hint")
        return
    if answer.results[0].match is Match.TYPO:
        yield words.ui("results_guessed")
    yield table(
        words.heads(("name", "kind", "country", "matched", "id")),
        [
            (
                page.name(hit.entity),
                words.of("kind", hit.entity.kind),
                hit.entity.country or "",
                hit.matched,
                hit.entity.id,
            )
            for hit in answer.results
        ],
    )
    if answer.capped:
        yield words.ui("results_capped")
    elif answer.next:
        yield words.own("more")


@body.register(a.EntityAnswer)
def _entity(answer: a.EntityAnswer, page: Page) -> Iterator[RenderableType]:
    from visualize.entity import called, fields_of

    words, node = page.words, answer.entity
    yield f"{called(node, answer.ref, words)} · {words.of('kind', node.kind)} · {node.id}"
    others = [f"{name} ({lang})" for lang, name in sorted(node.names.items())]
    rows = [
        *([(words.own("name"), ", ".join(others))] if others else []),
        *([(words.ui("spellings"), ", ".join(node.spellings))] if node.spellings else []),
        *([(words.ui("identifiers"), ", ".join(node.keys))] if node.keys else []),
        *fields_of(node, words),
    ]
    if rows:
        yield listed(rows)
    counted = [f"{words.of('claim', kind)} {n}" for kind, n in answer.claims.items()]
    yield f"{words.ui('claims_by_kind')}: {', '.join(counted)}"
    yield f"{words.ui('described_by')}: {page.cite(answer.citations)}".replace("\n", "; ")


@body.register(a.TiesAnswer)
def _ties(answer: a.TiesAnswer, page: Page) -> Iterator[RenderableType]:
    yield f"{with_country(answer.entity, page)} · {page.words.ui('ties')}"
    yield from tie_table([(line.partner, line) for line in answer.ties], page)


def tie_table(lines: Sequence[tuple[a.Ref, a.TieLine]], page: Page) -> Iterator[RenderableType]:
    """Ties as a table, each with the other end as its first column; those of a told kind first."""
    words = page.words
    if not lines:
        yield words.ui("no_ties")
        return
    heads = words.heads(("partner", "kind", "status", "signed", "independent", "cite"))
    rows = [
        (
            with_country(other, page),
            words.tie(line.kind, line.form),
            words.of("status", line.status),
            words.date(line.signed_on) if line.signed_on else words.own("day_unknown"),
            str(line.independent_sources),
            page.cite(line.citations),
        )
        for other, line in sorted(lines, key=lambda one: one[1].kind == "TWINNED")
    ]
    yield table(heads, rows)


def with_country(ref: a.Ref, page: Page) -> str:
    """The name of a node, and its country if a source says it."""
    return f"{page.name(ref)} ({ref.country})" if ref.country else page.name(ref)


@body.register(a.NeighbourhoodAnswer)
def _neighbours(answer: a.NeighbourhoodAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    yield words.ui("network_lead", name=page.name(answer.center))
    if not answer.nodes:
        yield words.ui("nothing_around")
        return
    yield table(
        words.heads(("distance", "name", "kind", "id")),
        [(str(n.distance), _called(n, page), words.of("kind", n.kind), n.id) for n in answer.nodes],
    )
    yield ""
    yield statements(answer.claims, answer.citations, page)
    if answer.truncated:
        yield words.own("more")


def _called(ref: a.Ref, page: Page) -> str:
    return page.node(ref.id) if ref.id in page.nodes else page.name(ref)


def statements(
    claims: Iterable[Claim], citations: Sequence[a.Citation], page: Page
) -> RenderableType:
    """Claims as a table, each with where it stands."""
    rows = [(page.statement(claim), page.cite(cited(claim, citations))) for claim in claims]
    return table(page.words.heads(("statement", "cite")), rows)


def cited(claim: Claim, citations: Iterable[a.Citation]) -> list[a.Citation]:
    """The citation of one claim among those of an answer."""
    same = [one for one in citations if one.source == claim.source]
    return [one.model_copy(update={"locator": claim.locator}) for one in same[:1]]


@body.register(a.PathsAnswer)
def _paths(answer: a.PathsAnswer, page: Page) -> Iterator[RenderableType]:
    yield from ways(answer, answer.paths, page)


def ways(
    answer: a.PathsAnswer | ChainsAnswer, paths: Sequence[a.Path], page: Page
) -> Iterator[RenderableType]:
    """How two things are connected, with the statements of every step."""
    words = page.words
    yield f"{page.name(answer.from_)} … {page.name(answer.to)}"
    if answer.from_.id == answer.to.id:
        yield words.own("same_thing")
        return
    if not paths:
        yield words.own("no_path", hops=answer.searched.max_hops)
    for number, path in enumerate(paths, start=1):
        yield ""
        chain = " – ".join(_called(ref, page) for ref in path.nodes)
        yield f"{words.own('path', n=number, length=path.length)}: {chain}"
        if isinstance(path, Chain):
            yield words.own("worth", one_in=words.count(path.one_in))
        claims = [claim for hop in path.hops for claim in hop]
        yield statements(claims, answer.citations, page)
    if not answer.complete:
        yield words.own("incomplete")


@body.register(a.TotalsAnswer)
def _totals(answer: a.TotalsAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    if not answer.lines:
        yield words.own("no_totals")
        yield words.own("no_totals_caution")
    else:
        heads = [*map(words.ui, ("stage", "amount", "count")), words.own("deals")]
        yield table(heads, [_total(line, page) for line in answer.lines])
    left = [(one.deal, _why(one, page)) for line in answer.lines for one in line.left_out]
    left += [(one.deal, words.own(one.reason)) for one in answer.left_out]
    if left:
        yield ""
        yield words.own("left_out")
        rows = [
            (page.node(deal.id), _when(deal, page), why, deal.id, page.cite(page.deals[deal.id]))
            for deal, why in left
        ]
        heads = words.heads(("deals", "date", "reason", "id", "cite"))
        yield table(heads, rows)
    page.cite(answer.citations)


def _total(line: a.TotalLine, page: Page) -> tuple[str, ...]:
    words = page.words
    about = any(deal.approximate for deal in line.deals)
    return (
        f"{words.of('stage', line.stage)} ({words.of('stage_note', line.stage)})",
        words.money(line.amount, line.currency, approximate=about),
        "" if line.count is None else words.count(line.count),
        "\n".join(_deal(deal, page) for deal in line.deals),
    )


def _deal(deal: a.DealRef, page: Page) -> str:
    printed = page.words.ui("printed", word=deal.stage_word) if deal.stage_word else ""
    told = (deal.id, _when(deal, page), printed, page.cite(page.deals[deal.id]))
    return " · ".join(part for part in told if part)


def _when(deal: a.DealRef, page: Page) -> str:
    """The deal's own date, else the days of what it was made at; empty if neither is known."""
    if deal.date is not None:
        return page.words.date(deal.date)
    days = page.stretches.get(deal.id)
    return page.words.own("made_during", date=page.words.date(days)) if days else ""


def _why(one: a.LeftOutOfLine, page: Page) -> str:
    return page.words.own(one.reason, because=one.because)


@body.register(a.ChecksAnswer)
def _checks(answer: a.ChecksAnswer, page: Page) -> Iterator[RenderableType]:
    from jamae.findings import told_of_data

    yield from told_of_data(answer, page)


@body.register(PatternAnswer)
def _patterns(answer: PatternAnswer, page: Page) -> Iterator[RenderableType]:
    from jamae.pattern_tables import told

    yield from told(answer, page)


@body.register(a.BeneficiariesAnswer)
def _beneficiaries(answer: a.BeneficiariesAnswer, page: Page) -> Iterator[RenderableType]:
    from jamae.firms import told_of_partner

    yield from told_of_partner(answer, page)


@body.register(a.BenefitsAnswer)
def _benefits(answer: a.BenefitsAnswer, page: Page) -> Iterator[RenderableType]:
    from jamae.firms import told_of_firm

    yield from told_of_firm(answer, page)
