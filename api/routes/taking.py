"""What a reader takes away: tables, a printed page, a file that opens anywhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.meant import named, naming
from api.params import AsOf, date
from api.routes.pages import Asked, Make, Name, seen
from graph.claims import PARTNERS
from graph.questions.beneficiaries import beneficiaries
from graph.questions.missions import missions
from graph.questions.totals import Filters, totals
from visualize import page
from visualize.brief import Brief, brief_page
from visualize.scene import Scene
from visualize.sheet import answer_sheet, scene_sheet
from visualize.telling import ids_to_name

if TYPE_CHECKING:
    from graph.questions.answers import BeneficiariesAnswer
    from graph.store import View

router = APIRouter(include_in_schema=False)
CSV = "text/csv; charset=utf-8; header=present"
HTML = "text/html; charset=utf-8"


@router.get("/answer.csv")
def answer_table(make: Make, partner: Name, home: Name = "", as_of: AsOf = None) -> Response:
    """The answer for a partner as a table."""

    def told(view: View) -> str:
        answer = _answer(view, partner, home, as_of)
        return answer_sheet(answer, lang=make.lang, nodes=naming(view, _named_in(answer)))

    return make.file(told, CSV, "jamae-answer.csv")


@router.get("/brief")
def brief(
    make: Make, request: Request, partner: Name, home: Name = "", as_of: AsOf = None
) -> Response:
    """A partner on one printed page."""
    site = str(request.base_url).rstrip("/")
    today = datetime.now().astimezone().date()

    def told(view: View) -> str:
        answer = _answer(view, partner, home, as_of)
        asked = (answer.partner.id, answer.home.id if answer.home else None, answer.as_of)
        filters = Filters(partner=asked[0], city=asked[1], until=asked[2])
        made = Brief(answer, totals(view, filters), missions(view, *asked))
        countries = {f"country:{answer.partner.country}"} if answer.partner.country else set()
        nodes = naming(view, _named_in(answer) | countries)
        return brief_page(made, lang=make.lang, made_on=today, site=site, nodes=nodes)

    return make(told)


@router.get("/view.csv")
def scene_table(make: Make, asked: Asked) -> Response:
    """What a scene shows as a table."""

    def told(view: View) -> str:
        _, answer = seen(view, Scene.parse(asked, make.lang))
        return scene_sheet(answer, lang=make.lang, nodes=naming(view, ids_to_name(answer)))

    return make.file(told, CSV, "jamae-view.csv")


@router.get("/view.html")
def scene_file(make: Make, asked: Asked) -> Response:
    """A scene as one file that asks for nothing."""

    def told(view: View) -> str:
        found, answer = seen(view, Scene.parse(asked, make.lang))
        return page.scene_file(answer, found, nodes=naming(view, ids_to_name(answer)))

    return make.file(told, HTML, "jamae-view.html")


@router.get("/embed")
def embedded(make: Make, asked: Asked) -> Response:
    """A scene within a page of another site, if the settings let that site."""

    def told(view: View) -> str:
        found, answer = seen(view, Scene.parse(asked, make.lang))
        return page.embed_page(answer, found, nodes=naming(view, ids_to_name(answer)))

    return make(told, frames=make.embed)


def _answer(view: View, partner: str, home: str, as_of: str | None) -> BeneficiariesAnswer:
    partner_id = named(view, "partner", partner, PARTNERS)
    home_id = named(view, "home", home, {"City"}) if home.strip() else None
    return beneficiaries(view, partner_id, home_id, date(as_of))


def _named_in(answer: BeneficiariesAnswer) -> frozenset[str]:
    """The nodes that the evidence of an answer names beside its own."""
    chains = [chain for line in answer.beneficiaries for chain in line.evidence]
    claims = [claim for chain in chains for claim in chain.claims]
    return frozenset(end for claim in claims for end in (claim.from_, claim.to))
