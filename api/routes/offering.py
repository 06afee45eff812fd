"""What the search box offers while one types; JSON for our own page, no part of `/v1`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.meant import naming
from api.phrases import address_of
from api.routes.pages import Make, Name
from graph.claims import PATH_KINDS
from graph.questions.finding import search
from visualize.offers import Offer, offers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.settings import Lang
    from graph.store import View

router = APIRouter(include_in_schema=False)
NAMES = 7


@router.get("/suggest")
def suggest(make: Make, q: Name = "") -> Response:
    """Questions and names for what was typed; none for nothing."""
    found = make.ask(lambda view: _offers(view, q, make.lang)) if q.strip() else []
    told = {"offers": [asdict(offer) for offer in found]}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _offers(view: View, text: str, lang: Lang) -> list[Offer]:
    address = address_of(view, text, lang)
    answer = search(view, text, limit=NAMES)
    degrees = view.degrees([hit.entity.id for hit in answer.results])
    countries = {f"country:{hit.entity.country}" for hit in answer.results if hit.entity.country}
    return offers(
        answer,
        {one: _said(told) for one, told in degrees.items()},
        lang=lang,
        asked=(text.strip(), address) if address else None,
        nodes=naming(view, countries),
    )


def _said(told: Mapping[str, int]) -> int:
    """How many claims say more of an entity than what and where it is."""
    return sum(count for kind, count in told.items() if kind in PATH_KINDS)
