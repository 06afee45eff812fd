"""The verbs that ask: search, show, ties, neighbours, path, who-benefits and their kin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from graph.budget import DEFAULT_SECONDS
from jamae.options import AsOf, Json, Kinds, Lang, Name, Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.questions.answers import Answer
    from graph.settings import Settings
    from graph.store import GraphStore
    from jamae.ask import Question

    A = TypeVar("A", bound=Answer)

Limit = Annotated[int, typer.Option("--limit", metavar="N", help="How many to list, at most 200.")]
Evidence = Annotated[bool, typer.Option("--evidence", help="List every statement relied on.")]


@dataclass(frozen=True)
class Output:
    """Where to ask and how to print."""

    store: str | None
    lang: str | None
    json: bool
    evidence: bool = False
    seconds: float = DEFAULT_SECONDS

    def of(self, question: Question[A], address: Callable[[A], str] | None = None) -> None:
        """Ask, and print the answer as a person or a program reads it.

        `address` is the request of the API that a list answers: it alone makes cursors.
        """
        from jamae.session import open_to_read, read_settings

        settings = read_settings(store=self.store, lang=self.lang)
        with open_to_read(settings) as graph:
            if self.json:
                _print_body(settings, graph, question, address, self.seconds)
                return
            from jamae.output import show
            from jamae.show import rendered
            from jamae.telling import Page, with_names

            told = graph.read(with_names(question), self.seconds)
        page = Page.of(told, settings.lang, evidence=self.evidence)
        show(rendered(told.answer, page))


def _print_body(
    settings: Settings,
    graph: GraphStore,
    question: Question[A],
    address: Callable[[A], str] | None,
    seconds: float,
) -> None:
    """Print the body that the API gives."""
    from api.bodies import body
    from jamae.output import write

    answer = graph.read(question, seconds)
    if address is None or getattr(answer, "next", None) is None:
        write(body(answer))
        return
    from jamae.session import ask_api

    write(ask_api(settings, graph, address(answer)).body)


def request(path: str, **query: object) -> str:
    """The address of a request; defaults are not written."""
    from urllib.parse import quote, urlencode

    given = {name: value for name, value in query.items() if value not in (None, (), [])}
    return f"{quote(path)}?{urlencode(given, doseq=True)}"


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, or a part of one.")],
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="City, Firm, …; may be repeated."),
    ] = None,
    limit: Limit = 25,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Find anything by name.

    Names in any language or spelling, ids, and identifiers such as Q10389.

    Example: jamae search 반둥
    """
    from jamae import ask

    Output(store, lang, json).of(
        ask.search(text, kinds or (), limit),
        lambda _: request("/v1/search", q=text, kind=kinds or (), limit=limit),
    )


def show(name: Name, store: Store = None, lang: Lang = None, json: Json = False) -> None:
    """Show what is on record of one thing.

    Example: jamae show "Green Zone"
    """
    from jamae import ask

    Output(store, lang, json).of(ask.entity(name))


def ties(
    name: Name, as_of: AsOf = None, store: Store = None, lang: Lang = None, json: Json = False
) -> None:
    """List the ties of a city, body or firm.

    Sister, friendship and exchange cities, and agreements; none stands for another.

    Example: jamae ties Suwon
    """
    from jamae import ask

    Output(store, lang, json).of(ask.ties(name, as_of))


def neighbours(
    name: Name,
    kinds: Kinds = None,
    direction: Annotated[
        str, typer.Option("--direction", metavar="out|in|both", help="Which way to follow.")
    ] = "both",
    depth: Annotated[int, typer.Option("--depth", metavar="N", help="Steps away, 1 to 3.")] = 1,
    limit: Limit = 25,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """List what lies around a thing.

    Example: jamae neighbours Bandung --depth 2
    """
    from graph.model import PATH_KINDS
    from jamae import ask

    Output(store, lang, json).of(
        ask.neighbours(name, kinds or PATH_KINDS, ask.way(direction), depth, limit),
        lambda answer: request(
            f"/v1/entities/{answer.center.id}/neighbours",
            kinds=kinds or (),
            direction=direction,
            depth=depth,
            limit=limit,
        ),
    )


def path(
    start: Annotated[str, typer.Argument(metavar="FROM", help="A name or id.")],
    goal: Annotated[str, typer.Argument(metavar="TO", help="A name or id.")],
    kinds: Kinds = None,
    max_hops: Annotated[
        int, typer.Option("--max-hops", metavar="N", help="Longest path, at most 6.")
    ] = 4,
    k: Annotated[int, typer.Option("--k", metavar="N", help="How many paths, at most 10.")] = 3,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Show how two things are connected.

    Every step is a statement with its source; that there is no path is an answer.

    Example: jamae path 그린존 Bandung
    """
    from graph.model import PATH_KINDS
    from jamae import ask

    question = ask.path(start, goal, kinds or PATH_KINDS, max_hops, k)
    Output(store, lang, json).of(question)


def who_benefits(
    partner: Annotated[
        str, typer.Argument(metavar="PARTNER", help="A city or body abroad, by name or id.")
    ],
    home: Annotated[
        str | None,
        typer.Option(
            "--home",
            metavar="CITY",
            help="Only firms seated there or on missions it sent.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    min_grade: Annotated[
        str,
        typer.Option(
            "--min-grade", metavar="GRADE", help="co_occurrence, supported, stated or confirmed."
        ),
    ] = "co_occurrence",
    evidence: Evidence = False,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Say which firms benefit from a partner.

    With the evidence of each, its grade, what is missing for the next grade, and the
    results that no source gives to a firm.

    Example: jamae who-benefits Bandung --home Suwon
    """
    from jamae import ask

    question = ask.who_benefits(partner, home, as_of, min_grade)
    Output(store, lang, json, evidence).of(question)


def benefits(
    firm: Annotated[str, typer.Argument(metavar="FIRM", help="A firm, by name or id.")],
    evidence: Evidence = False,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Say from which partners a firm benefits.

    This is who-benefits asked the other way round.

    Example: jamae benefits 그린존
    """
    from jamae import ask

    Output(store, lang, json, evidence).of(ask.benefits(firm))


def _by(metavar: str, text: str) -> typer.models.OptionInfo:
    made: typer.models.OptionInfo = typer.Option(metavar=metavar, help=text, show_default=False)
    return made


def totals(
    city: Annotated[
        str | None, _by("CITY", "Of its missions, events, programmes and firms.")
    ] = None,
    partner: Annotated[
        str | None, _by("NAME", "Made there, or bought by it or from within it.")
    ] = None,
    place: Annotated[str | None, _by("NAME", "Made in this city or country.")] = None,
    mission: Annotated[str | None, _by("NAME", "Made at this mission, event or programme.")] = None,
    firm: Annotated[str | None, _by("NAME", "Sold by this firm.")] = None,
    since: Annotated[str | None, _by("DATE", "From this day, month or year on.")] = None,
    until: Annotated[str | None, _by("DATE", "To the end of this day, month or year.")] = None,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Add up amounts by stage and currency.

    No sum mixes stages or currencies; what is left out is listed with the reason.

    Example: jamae totals --city Jinju --since 2019 --until 2019
    """
    from jamae import ask

    question = ask.totals(city, partner, place, mission, firm, since, until)
    Output(store, lang, json).of(question)
