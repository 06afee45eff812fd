"""The verbs that ask what only the whole graph answers: gaps and their kin."""

from __future__ import annotations

from typing import Annotated

import typer

from jamae.answering import Output, request
from jamae.options import Json, Lang, Limit, Store

Places = Annotated[
    list[str],
    typer.Argument(metavar="PLACE...", help="Cities, or countries for all cities in them."),
]


def gaps(
    places: Places, limit: Limit = 25, store: Store = None, lang: Lang = None, json: Json = False
) -> None:
    """List ties without any trade on record.

    No mission, event, result or agreement between the two cities in the sources read; that
    does not mean that there was no trade.

    Example: jamae gaps Suwon
    """
    from jamae import ask

    Output(store, lang, json).of(
        ask.gaps(places, limit),
        lambda answer: request("/v1/gaps", place=[one.id for one in answer.places], limit=limit),
    )
