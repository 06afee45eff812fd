"""How two entities are connected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Ask, id_given
from api.params import Hops, HowMany, Kinds, id_query
from graph.claims import PATH_KINDS
from graph.questions.answers import PathsAnswer
from graph.questions.connections import paths

router = APIRouter(tags=["paths"])

Start = Annotated[str, id_query("from", "Where the paths start.", "wikidata:Q20714")]
Goal = Annotated[str, id_query("to", "Where the paths end.", "wikidata:Q10389")]


@router.get("/v1/paths", response_model=PathsAnswer, operation_id="find_paths")
def find_paths(
    start: Start, goal: Goal, ask: Ask, kinds: Kinds = None, max_hops: Hops = 4, k: HowMany = 3
) -> Response:
    """The k shortest paths with the evidence of every hop; none is an answer."""
    return ask(
        lambda view: paths(
            view,
            id_given(view, start, "from"),
            id_given(view, goal, "to"),
            kinds or PATH_KINDS,
            max_hops,
            k,
        )
    )
