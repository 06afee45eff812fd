"""The verbs that ask what only the whole graph answers: gaps and their kin."""

from __future__ import annotations

from typing import Annotated

import typer

from jamae.asking import Limit, Output, request
from jamae.options import Json, Kinds, Lang, Store

Places = Annotated[
    list[str],
    typer.Argument(metavar="PLACE...", help="Cities, or countries for all cities in them."),
]

Among = Annotated[
    list[str] | None,
    typer.Option(
        "--place",
        metavar="PLACE",
        help="Only cities in this city or country; may be repeated.",
        show_default=False,
    ),
]


def gaps(
    places: Places, limit: Limit = 25, store: Store = None, lang: Lang = None, json: Json = False
) -> None:
    """List ties without any trade on record.

    No mission, event, result or agreement between the two cities in the sources read; that
    does not mean that there was no trade.

    Example: jamae gaps Suwon
    """
    from jamae import pattern_questions

    Output(store, lang, json).of(
        pattern_questions.gaps(places, limit),
        lambda answer: request("/v1/gaps", place=[one.id for one in answer.places], limit=limit),
    )


def similar(
    city: Annotated[str, typer.Argument(metavar="CITY", help="A city, by name or id.")],
    places: Among = None,
    limit: Limit = 25,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """List cities with the same partners.

    And the partners abroad that those cities have and this one lacks. A partner that many
    cities have counts little.

    Example: jamae similar 부산 --place 대한민국
    """
    from jamae import pattern_questions

    Output(store, lang, json).of(pattern_questions.similar(city, places or (), limit))


def communities(
    places: Among = None,
    city: Annotated[
        str | None,
        typer.Option(
            "--city", metavar="CITY", help="Only the cluster that holds it.", show_default=False
        ),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="ties|trade|both", help="What joins cities.")
    ] = "both",
    members: Annotated[
        int, typer.Option("--members", metavar="N", help="How many to name of each, at most 200.")
    ] = 10,
    limit: Limit = 25,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """List clusters of cities by ties and trade.

    The largest first, each with its most central cities; the method is named.

    Example: jamae communities --place 대한민국
    """
    from jamae import pattern_questions

    Output(store, lang, json).of(
        pattern_questions.communities(places or (), city, by, members, limit),
        lambda answer: request(
            "/v1/communities",
            place=[one.id for one in answer.places],
            city=answer.city.id if answer.city else None,
            by=by,
            members=members,
            limit=limit,
        ),
    )


def chains(
    start: Annotated[str, typer.Argument(metavar="FROM", help="A firm, by name or id.")],
    goal: Annotated[str, typer.Argument(metavar="TO", help="A firm, by name or id.")],
    kinds: Kinds = None,
    max_hops: Annotated[
        int, typer.Option("--max-hops", metavar="N", help="Longest chain, at most 6.")
    ] = 6,
    k: Annotated[int, typer.Option("--k", metavar="N", help="How many chains, at most 10.")] = 3,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Show the shortest chains between two firms.

    Of chains of one length those over few neighbours come first: a large fair joins many.

    Example: jamae chains 그린존 "JTH Cosmetics"
    """
    from graph.model import PATH_KINDS
    from jamae import pattern_questions

    question = pattern_questions.chains(start, goal, kinds or PATH_KINDS, max_hops, k)
    Output(store, lang, json).of(question)


def brokers(
    home: Annotated[
        list[str] | None,
        typer.Option(
            "--home",
            metavar="NAME",
            help="A firm, or a city or country for all firms there or on missions it sent; "
            "may be repeated. Else all firms.",
            show_default=False,
        ),
    ] = None,
    partner: Annotated[
        list[str] | None,
        typer.Option(
            "--partner",
            metavar="NAME",
            help="A city or body abroad, or a country for all in it; may be repeated. Else the "
            "partners of the firms' cities and whom the firms met.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="List only these: City, Organization, Mission, Event, …; may be repeated.",
            show_default=False,
        ),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--follow",
            metavar="KIND",
            help="Follow claims of this kind only, such as VISITED; may be repeated.",
            show_default=False,
        ),
    ] = None,
    max_hops: Annotated[
        int, typer.Option("--max-hops", metavar="N", help="Longest chain, at most 4.")
    ] = 3,
    limit: Limit = 25,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """List who stands between firms and partners abroad.

    Cities, bodies, missions and events on the shortest chains; those that join many count less.

    Example: jamae brokers --home Suwon --partner Bandung
    """
    from graph.model import PATH_KINDS
    from jamae import pattern_questions

    question = pattern_questions.brokers(
        home or (), partner or (), kind or (), kinds or PATH_KINDS, max_hops, limit
    )
    Output(store, lang, json).of(
        question,
        lambda answer: request(
            "/v1/brokers",
            home=[one.id for one in answer.home],
            partner=[one.id for one in answer.partner],
            kind=kind or (),
            kinds=kinds or (),
            max_hops=max_hops,
            limit=limit,
        ),
    )
