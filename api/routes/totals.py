"""How much was agreed, rung by rung."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Ask, maybe_id
from api.params import Since, Until, date, id_query
from graph.questions.answers import TotalsAnswer
from graph.questions.totals import Filters, totals

router = APIRouter(tags=["totals"])

City = Annotated[str | None, id_query("city", "Deals of this home city.", "wikidata:Q20714")]
Partner = Annotated[str | None, id_query("partner", "Deals with this partner.", "wikidata:Q10389")]
Place = Annotated[str | None, id_query("place", "Deals made in this place.", "wikidata:Q10389")]
Mission = Annotated[
    str | None,
    id_query(
        "mission",
        "Deals made on this mission.",
        "mission:xn--9p4b2n21h-xn--h49ay2k91o9teg5g.Q20714.2008-05-26",
    ),
]
Firm = Annotated[
    str | None, id_query("firm", "Deals this firm sold.", "firm:xn--oi2bw4qt3cxps8vc.kr.Q42144")
]


@router.get("/v1/totals", response_model=TotalsAnswer, operation_id="sum_deals")
def sum_deals(
    ask: Ask,
    city: City = None,
    partner: Partner = None,
    place: Place = None,
    mission: Mission = None,
    firm: Firm = None,
    since: Since = None,
    until: Until = None,
) -> Response:
    """Sums of the deals that pass every filter; they never mix rungs or currencies."""
    ids = {"city": city, "partner": partner, "place": place, "mission": mission, "firm": firm}
    return ask(
        lambda view: totals(
            view,
            Filters(
                **{name: maybe_id(view, key, name) for name, key in ids.items()},
                since=date(since),
                until=date(until),
            ),
        )
    )
