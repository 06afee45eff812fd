"""The main answer on a terminal: which firms, at which grade, on whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jamae.show import statements, table, tie_table, with_country

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from graph.questions import answers as a
    from jamae.telling import Page

_FLAGS = ("participated", "hosted", "counterparty", "tie_in_force", "confirmed")


def told_of_partner(answer: a.BeneficiariesAnswer, page: Page) -> Iterator[RenderableType]:
    """Ties, firms, what is missing, what belongs to no firm, and what was read."""
    yield _heading(answer, page)
    yield page.words.coverage(answer)
    yield ""
    yield page.words.ui("ties")
    yield from tie_table([(line.home, line) for line in answer.ties], page)
    if answer.beneficiaries:
        lines = [(one.firm, one.home, one) for one in answer.beneficiaries]
        yield from _benefit_tables(lines, page, page.words.own("firm"))
    if answer.below_min_grade:
        yield ""
        yield page.words.ui("below", n=answer.below_min_grade)
    yield from _not_attributable(answer, page)
    yield from _unnamed(answer, page)
    page.cite(answer.coverage.citations)
    yield from _evidence([(one.firm, one) for one in answer.beneficiaries], page)
    yield ""
    yield page.words.ui("caution")


def _heading(answer: a.BeneficiariesAnswer, page: Page) -> str:
    words = page.words
    parts = [f"{with_country(answer.partner, page)} · {words.ui('question')}"]
    if answer.home:
        parts.append(words.ui("among", home=page.name(answer.home)))
    if answer.as_of:
        parts.append(words.ui("as_of", date=words.date(answer.as_of)))
    return " · ".join(parts)


def told_of_firm(answer: a.BenefitsAnswer, page: Page) -> Iterator[RenderableType]:
    """What was read about a firm, and the partners on record with it."""
    yield page.name(answer.firm)
    yield page.words.coverage(answer)
    if answer.partners:
        lines = [(one.partner, None, one) for one in answer.partners]
        yield from _benefit_tables(lines, page, page.words.own("partner"))
    page.cite(answer.coverage.citations)
    yield from _evidence([(one.partner, one) for one in answer.partners], page)
    yield ""
    yield page.words.ui("caution")


Line = tuple["a.Ref", "a.Ref | None", "a.Benefit"]


def _benefit_tables(lines: Sequence[Line], page: Page, who: str) -> Iterator[RenderableType]:
    words = page.words
    yield ""
    heads = [who, words.own("grade"), *map(words.ui, ("marks", "amounts", "evidence"))]
    yield table(heads, [_line(line, page) for line in lines])
    yield ""
    yield words.ui("missing")
    for said, names in _missing(lines, page).items():
        yield f"  {said} ({', '.join(names)})"
    if not page.evidence:
        yield ""
        yield words.own("see_evidence")


def _evidence(lines: Sequence[tuple[a.Ref, a.Benefit]], page: Page) -> Iterator[RenderableType]:
    """Every chain of statements behind each line, if asked for."""
    for ref, line in lines if page.evidence else ():
        for number, chain in enumerate(line.evidence, start=1):
            yield ""
            yield f"{page.name(ref)} · {page.words.ui('chain', n=number)}"
            yield statements(chain.claims, chain.citations, page)


def _line(line: Line, page: Page) -> tuple[str, ...]:
    ref, home, benefit = line
    seat = f"\n{page.words.ui('seat', home=page.name(home))}" if home else ""
    return (
        f"{page.name(ref)}{seat}" if home else with_country(ref, page),
        page.words.of("grade", benefit.grade),
        _flags(benefit.flags, page),
        "\n".join(_amounts(benefit.amounts, page)),
        page.cite(one for chain in benefit.evidence for one in chain.citations),
    )


def _flags(flags: a.Flags, page: Page) -> str:
    words = page.words
    said = [words.of("flag", name) for name in _FLAGS if getattr(flags, name)]
    if flags.credited:
        said.append(f"{words.of('flag', 'credited')} ({words.of('credited', flags.credited)})")
    said.append(f"{words.of('flag', 'independent_sources')} {flags.independent_sources}")
    return ", ".join(said)


def _amounts(amounts: Iterable[a.Amount], page: Page) -> Iterator[str]:
    words = page.words
    for one in amounts:
        about = any(deal.approximate for deal in one.deals)
        where = words.ui("at_partner" if one.at_partner else "elsewhere")
        money = words.money(one.amount, one.currency, approximate=about)
        yield f"{words.of('stage', one.stage)} {money} ({where})"


def _missing(lines: Iterable[Line], page: Page) -> dict[str, list[str]]:
    """What is not on record, each told once with those it is missing for."""
    said: dict[str, list[str]] = {}
    for ref, _, benefit in lines:
        for gap in benefit.missing:
            said.setdefault(page.words.missing(gap), []).append(page.name(ref))
    return said


def _not_attributable(answer: a.BeneficiariesAnswer, page: Page) -> Iterator[RenderableType]:
    if not answer.not_attributable:
        return
    words = page.words
    yield ""
    yield words.ui("not_attributable")
    rows = [
        (
            words.of("stage", one.stage) if one.stage else "",
            _money(one, page),
            "" if one.count is None else words.count(one.count),
            words.of("not_attributable", one.why),
            page.cite(one.citations),
        )
        for one in answer.not_attributable
    ]
    yield table([*map(words.ui, ("stage", "amount", "count", "why")), words.own("cite")], rows)


def _money(one: a.NotAttributable, page: Page) -> str:
    if one.amount is None or one.currency is None:
        return ""
    return page.words.money(one.amount, one.currency, approximate=one.deal.approximate)


def _unnamed(answer: a.BeneficiariesAnswer, page: Page) -> Iterator[RenderableType]:
    words = page.words
    if answer.unnamed:
        yield ""
        yield words.ui("unnamed")
    for one in answer.unnamed:
        key = "unnamed_line" if one.named else "unnamed_none"
        counts = {"n": words.count(one.firms_count), "named": words.count(one.named)}
        said = words.ui(key, mission=page.name(one.mission), **counts)
        yield f"  {said} {page.cite(one.citations)}"
