"""What lies between and alike, on a terminal: gaps, similar cities, clusters, chains, brokers."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from graph.questions import patterns as p
from jamae.show import table, ways, with_country

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from graph.questions.answers import Ref
    from jamae.telling import Page

_COUNTRIES = 6
"""Countries that a cluster's line names; the others are counted."""
_NAMED = 5
"""Firms and partners that a broker's line names; the others are counted."""


@singledispatch
def told(answer: p.PatternAnswer, _page: Page) -> Iterator[RenderableType]:
    """What such an answer says."""
    yield answer.model_dump_json(by_alias=True, indent=2)


@told.register(p.GapsAnswer)
def _gaps(answer: p.GapsAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    yield f"{', '.join(map(page.name, answer.places))} · {words.own('gaps')}"
    if not answer.tied:
        yield words.own("no_ties_abroad")
        return
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
            words.date(line.signed_on) if line.signed_on else words.own("day_unknown"),
            words.own(f"gap_{gap.coverage.answer}", n=gap.coverage.sources_read),
            page.cite((*line.citations, *gap.coverage.citations)),
        )


@told.register(p.SimilarAnswer)
def _similar(answer: p.SimilarAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    among = f" · {', '.join(map(page.name, answer.places))}" if answer.places else ""
    yield f"{page.name(answer.city)} · {words.own('similar')}{among}"
    yield words.own("similar_lead", partners=len(answer.partners), found=answer.found)
    if answer.similar:
        heads = words.heads(("city", "score", "shared", "cite"))
        yield table(heads, [_alike(one, page) for one in answer.similar])
        yield words.own("score_of_similar")
    if answer.lacking:
        yield ""
        yield words.own("lacking", name=page.name(answer.city), lacked=answer.lacked)
        heads = words.heads(("partner", "held_by", "cite"))
        yield table(heads, [_lacked(one, page) for one in answer.lacking])
    if answer.truncated:
        yield words.own("more")


def _alike(one: p.SimilarCity, page: Page) -> tuple[str, ...]:
    tied = f"\n{page.words.own('tied')}" if one.tied else ""
    return (
        f"{with_country(one.city, page)}{tied}",
        f"{one.score:.2f}",
        _counted(one.shared, page),
        page.cite(one.citations),
    )


def _lacked(one: p.LackedPartner, page: Page) -> tuple[str, ...]:
    return (
        with_country(one.partner, page),
        _counted(one.held_by, page),
        page.cite(one.citations),
    )


def _counted(refs: Sequence[Ref], page: Page) -> str:
    """How many, and which."""
    return f"{len(refs)}: {'; '.join(map(page.name, refs))}"


@told.register(p.CommunitiesAnswer)
def _communities(answer: p.CommunitiesAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    about = [*answer.places, *([answer.city] if answer.city else [])]
    yield " · ".join([words.own("communities"), *map(page.name, about)])
    counts = {"cities": answer.cities, "pairs": answer.pairs, "found": answer.found}
    yield words.own("communities_lead", by=words.own(f"by_{answer.by}"), **counts)
    if answer.city and not answer.communities:
        yield words.own("in_no_community", name=page.name(answer.city))
    if answer.communities:
        heads = ("size", "central", "countries", "pairs_inside", "pairs_outside", "cite")
        yield table(words.heads(heads), [_community(one, page) for one in answer.communities])
        modularity = f"{answer.method.modularity:.3f}"
        yield words.own("louvain", modularity=modularity, seed=str(answer.method.seed))
    if answer.next:
        yield words.own("more")
    if not answer.complete:
        yield words.own("communities_cut", pairs=answer.pairs)


def _community(one: p.Community, page: Page) -> tuple[str, ...]:
    members = "; ".join(f"{page.name(city)} {city.inside}" for city in one.members)
    countries = [f"{count.country or '?'} {count.cities}" for count in one.countries[:_COUNTRIES]]
    more = len(one.countries) - len(countries)
    return (
        str(one.size),
        members,
        ", ".join([*countries, *([page.words.own("others", n=more)] if more else [])]),
        str(one.inside),
        str(one.outside),
        page.cite(one.citations),
    )


@told.register(p.ChainsAnswer)
def _chains(answer: p.ChainsAnswer, page: Page) -> Iterator[RenderableType]:
    yield from ways(answer, answer.chains, page)
    if answer.chains:
        yield ""
        yield page.words.own("worth_of_chain")


@told.register(p.BrokersAnswer)
def _brokers(answer: p.BrokersAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    ends = [", ".join(map(page.name, refs)) for refs in (answer.home, answer.partner)]
    yield " · ".join([words.own("brokers"), *(end for end in ends if end)])
    if not answer.firms:
        yield words.own("no_firms")
        return
    counts = {"firms": answer.firms, "pairs": answer.pairs, "hops": answer.searched.max_hops}
    yield words.own("brokers_lead", **counts)
    if answer.brokers:
        heads = ("name", "kind", "score", "between", "firms", "partners", "cite")
        yield table(words.heads(heads), [_broker(one, page) for one in answer.brokers])
        yield words.own("score_of_broker")
    if answer.next:
        yield words.own("more")
    if not answer.complete:
        yield words.own("brokers_cut")


def _broker(one: p.Broker, page: Page) -> tuple[str, ...]:
    return (
        with_country(one.entity, page),
        page.words.of("kind", one.entity.kind),
        f"{one.score:.2f}",
        f"{one.between:.1f}",
        _first(one.firms, one.firms_count, page),
        _first(one.partners, one.partners_count, page),
        page.cite(one.citations),
    )


def _first(refs: Sequence[Ref], count: int, page: Page) -> str:
    """How many, and the first of them."""
    shown = "; ".join(map(page.name, refs[:_NAMED]))
    return f"{count}: {shown}{'; …' if count > _NAMED else ''}"
