"""How two firms are connected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Ask, id_given
from api.params import Hops, HowMany, Kinds, id_query
from graph.claims import PATH_KINDS
from graph.questions.chains import chains
from graph.questions.patterns import ChainsAnswer

router = APIRouter(tags=["chains"])

Start = Annotated[
    str, id_query("from", "The firm where chains start.", "firm:xn--oi2bw4qt3cxps8vc.kr.Q42144")
]
Goal = Annotated[str, id_query("to", "The firm where they end.", "firm:jth-cosmetics.id.Q3630")]


@router.get("/v1/chains", response_model=ChainsAnswer, operation_id="find_chains")
def find_chains(
    start: Start, goal: Goal, ask: Ask, kinds: Kinds = None, max_hops: Hops = 6, k: HowMany = 3
) -> Response:
    """The shortest chains between two firms, those over few neighbours first."""
    return ask(
        lambda view: chains(
            view,
            id_given(view, start, "from"),
            id_given(view, goal, "to"),
            kinds or PATH_KINDS,
            max_hops,
            k,
        )
    )
