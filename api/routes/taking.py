"""What a reader takes away: tables, a printed page, a file that opens anywhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.meant import named, naming
from api.params import TEXT_PATTERN, AsOf, Hops, date
from api.routes.asked import Goal, Start, between, deals_on, place_of
from api.routes.overview import usual_matrix
from api.routes.pages import Asked, Make, Name, seen
from api.routes.reading import PartName, to_name
from graph.claims import PARTNERS
from graph.questions.beneficiaries import beneficiaries
from graph.questions.finding import MAX_QUERY
from graph.questions.gaps import gaps
from graph.questions.matrix import Window
from graph.questions.missions import missions
from graph.questions.profile import profile
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals
from visualize import page
from visualize.brief import Brief, brief_page
from visualize.listing import entity_sheet, gaps_sheet, matrix_sheet, path_sheet, ties_sheet
from visualize.scene import Scene
from visualize.sheet import answer_sheet, scene_sheet
from visualize.telling import ids_to_name

if TYPE_CHECKING:
    from graph.questions.answers import BeneficiariesAnswer
    from graph.store import View

router = APIRouter(include_in_schema=False)
CSV = "text/csv; charset=utf-8; header=present"
HTML = "text/html; charset=utf-8"
MOST = 10_000
"""Lines of one kind in a table; no page of an entity reads as many."""
WHOLE = Window(rows=None, columns=None)

Entity = Annotated[str, Query(alias="id", max_length=MAX_QUERY, pattern=TEXT_PATTERN)]


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


@router.get("/ties.csv")
def tie_table(make: Make, city: Name, as_of: AsOf = None) -> Response:
    """The ties of a city or body as a table."""

    def told(view: View) -> str:
        answer = ties(view, named(view, "city", city, PARTNERS), date(as_of))
        return ties_sheet(answer, lang=make.lang)

    return make.file(told, CSV, "jamae-ties.csv")


@router.get("/path.csv")
def path_table(make: Make, start: Start, goal: Goal, max_hops: Hops = 4) -> Response:
    """How two entities are connected as a table."""

    def told(view: View) -> str:
        answer = between(view, start, goal, max_hops)
        return path_sheet(answer, lang=make.lang, nodes=naming(view, deals_on(answer)))

    return make.file(told, CSV, "jamae-path.csv")


@router.get("/gaps.csv")
def gap_table(make: Make, city: Name = "") -> Response:
    """All ties of a city, or of all cities at home, without any trade on record, as a table."""

    def told(view: View) -> str:
        return gaps_sheet(gaps(view, [place_of(view, city)], MOST), lang=make.lang)

    return make.file(told, CSV, "jamae-gaps.csv")


@router.get("/entity.csv")
def entity_table(make: Make, one: Entity, part: PartName = None) -> Response:
    """All that is on record of an entity, or one part of it, as a table."""

    def told(view: View) -> str:
        answer = profile(view, named(view, "id", one), part, limit=MOST)
        return entity_sheet(answer, lang=make.lang, nodes=naming(view, to_name(answer)))

    return make.file(told, CSV, "jamae-entity.csv")


@router.get("/view.csv")
def scene_table(make: Make, asked: Asked) -> Response:
    """What a scene shows as a table: the whole matrix if it is seen as that."""

    def told(view: View) -> str:
        found, answer = seen(view, Scene.parse(asked, make.lang))
        counted = usual_matrix(view, found, WHOLE) if found.view == "matrix" else None
        if counted is not None:
            return matrix_sheet(counted, lang=make.lang)
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
