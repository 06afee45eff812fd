"""Who stands between firms and partners abroad."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator, Field
from starlette.responses import Response

from api.deps import Ask, ids_given
from api.params import (
    DEFAULT_LIMIT,
    Cursor,
    Ids,
    KindFilter,
    Kinds,
    Limit,
    Whole,
    ids_query,
    split,
)
from graph.claims import PATH_KINDS
from graph.questions.brokers import BROKERS, MAX_HOPS, Asked, brokers
from graph.questions.patterns import BrokersAnswer

router = APIRouter(tags=["brokers"])

Homes = Annotated[
    Ids | None,
    BeforeValidator(split),
    ids_query(
        "home",
        "Firms, or cities and countries for all firms seated there or on missions they sent.",
        "wikidata:Q20714",
    ),
]
Partners = Annotated[
    Ids | None,
    BeforeValidator(split),
    ids_query(
        "partner",
        "Cities and bodies, or countries for all in them. Without it the partners of the firms' "
        "cities, and the cities and bodies at most two hops from a firm.",
        "wikidata:Q10389",
    ),
]
Reach = Annotated[
    Annotated[int, Field(ge=1, le=MAX_HOPS)],
    Whole,
    Query(description="The longest chain.", openapi_examples={"example": {"value": 3}}),
]


@router.get("/v1/brokers", response_model=BrokersAnswer, operation_id="list_brokers")
def list_brokers(
    ask: Ask,
    home: Homes = None,
    partner: Partners = None,
    kind: KindFilter = None,
    kinds: Kinds = None,
    max_hops: Reach = 3,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Cities, bodies, missions and events on the shortest chains between firms and partners."""
    return ask.ranked(
        cursor,
        lambda view, after: brokers(
            view,
            Asked(
                home=tuple(ids_given(view, home, "home")),
                partner=tuple(ids_given(view, partner, "partner")),
                kinds=kinds or PATH_KINDS,
                among=kind or BROKERS,
                max_hops=max_hops,
            ),
            limit,
            after,
        ),
    )
