"""Which cities hang together."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.deps import Ask, ids_given, maybe_id
from api.params import DEFAULT_LIMIT, Among, Cursor, Limit, Whole, id_query
from graph.questions.communities import MAX_MEMBERS, Asked, By, communities
from graph.questions.patterns import CommunitiesAnswer

router = APIRouter(tags=["communities"])

City = Annotated[
    str | None, id_query("city", "Only the cluster that holds this city.", "wikidata:Q20714")
]
Bonds = Annotated[
    By,
    Query(
        description="What joins cities: ties, recorded trade, or both.",
        openapi_examples={"example": {"value": "both"}},
    ),
]
Members = Annotated[
    Annotated[int, Field(ge=1, le=MAX_MEMBERS)],
    Whole,
    Query(
        description="How many of the most central cities of each cluster to name.",
        openapi_examples={"example": {"value": 10}},
    ),
]


@router.get("/v1/communities", response_model=CommunitiesAnswer, operation_id="list_communities")
def list_communities(
    ask: Ask,
    place: Among = None,
    city: City = None,
    by: Bonds = "both",
    members: Members = 10,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Clusters of cities by ties and trade (Louvain), each with its most central cities."""
    return ask.ranked(
        cursor,
        lambda view, after: communities(
            view,
            Asked(
                places=tuple(ids_given(view, place, "place")),
                city=maybe_id(view, city, "city"),
                by=by,
                members=members,
            ),
            limit,
            after,
        ),
    )
