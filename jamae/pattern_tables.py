"""What lies between and alike, on a terminal: gaps, similar cities, clusters, chains, brokers."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from graph.questions import patterns as p
from jamae.show import table, with_country

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from jamae.telling import Page


@singledispatch
def told(answer: p.PatternAnswer, _page: Page) -> Iterator[RenderableType]:
    """What such an answer says."""
    yield answer.model_dump_json(by_alias=True, indent=2)


@told.register(p.GapsAnswer)
def _gaps(answer: p.GapsAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    yield f"{', '.join(map(page.name, answer.places))} · {words.own('gaps')}"
    counts = {"tied": answer.tied, "traded": answer.with_trade}
    yield words.own("gaps_lead", **counts, silent=answer.tied - answer.with_trade)
    if answer.gaps:
        heads = ("home", "partner", "kind", "status", "signed", "in_sources", "cite")
        rows = [row for gap in answer.gaps for row in _gap(gap, page)]
        yield table(words.heads(heads), rows)
    if answer.next:
        yield words.own("more")
    yield words.own("gaps_caution")


def _gap(gap: p.Gap, page: Page) -> Iterator[tuple[str, ...]]:
    words = page.words
    for line in gap.ties:
        yield (
            page.name(gap.home),
            with_country(gap.partner, page),
            words.tie(line.kind, line.form),
            words.of("status", line.status),
            words.date(line.signed_on) if line.signed_on else words.ui("date_unknown"),
            words.own(f"gap_{gap.coverage.answer}", n=gap.coverage.sources_read),
            page.cite((*line.citations, *gap.coverage.citations)),
        )
