"""One entity and what is asked about it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.deps import Ask, current, ids_given, maybe_id
from api.params import (
    DEFAULT_LIMIT,
    Among,
    AsOf,
    CityId,
    Cursor,
    Depth,
    EntityId,
    FirmId,
    Kinds,
    Limit,
    MinGrade,
    PartnerId,
    date,
    id_query,
)
from graph.claims import PATH_KINDS
from graph.questions.answers import (
    BeneficiariesAnswer,
    BenefitsAnswer,
    EntityAnswer,
    NeighbourhoodAnswer,
    TiesAnswer,
)
from graph.questions.beneficiaries import beneficiaries, benefits
from graph.questions.entities import entity
from graph.questions.neighbourhood import neighbourhood
from graph.questions.patterns import SimilarAnswer
from graph.questions.similar import similar
from graph.questions.ties import ties
from graph.values import Grade

router = APIRouter(prefix="/v1/entities/{id}", tags=["entities"])

Home = Annotated[
    str | None,
    id_query("home", "Only firms of this city or of missions it sent.", "wikidata:Q20714"),
]
Way = Annotated[
    Literal["out", "in", "both"],
    Query(
        description="Follow claims from the entity, to it, or both ways.",
        openapi_examples={"example": {"value": "both"}},
    ),
]


@router.get("", response_model=EntityAnswer, operation_id="get_entity")
def get_entity(node: EntityId, ask: Ask) -> Response:
    """All fields of one entity, how many claims it has, and who describes it."""
    return ask(lambda view: entity(view, current(view, node)))


@router.get("/neighbours", response_model=NeighbourhoodAnswer, operation_id="list_neighbours")
def list_neighbours(
    node: EntityId,
    ask: Ask,
    kinds: Kinds = None,
    direction: Way = "both",
    depth: Depth = 1,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """What lies around an entity, nearest first, and the claims among what is listed."""
    return ask.page(
        cursor,
        lambda view, after: neighbourhood(
            view, current(view, node), kinds or PATH_KINDS, direction, depth, limit, after
        ),
    )


@router.get("/ties", response_model=TiesAnswer, operation_id="list_ties")
def list_ties(node: EntityId, ask: Ask, as_of: AsOf = None) -> Response:
    """The sister-city and other ties of an entity, by partner and kind."""
    return ask(lambda view: ties(view, current(view, node), date(as_of)))


@router.get("/beneficiaries", response_model=BeneficiariesAnswer, operation_id="list_beneficiaries")
def list_beneficiaries(
    node: PartnerId,
    ask: Ask,
    home: Home = None,
    as_of: AsOf = None,
    min_grade: MinGrade = Grade.CO_OCCURRENCE,
) -> Response:
    """Which firms benefit from a partner, how well that is evidenced, and what is missing."""
    return ask(
        lambda view: beneficiaries(
            view, current(view, node), maybe_id(view, home, "home"), date(as_of), min_grade
        )
    )


@router.get("/benefits", response_model=BenefitsAnswer, operation_id="list_benefits")
def list_benefits(node: FirmId, ask: Ask) -> Response:
    """The reverse: the partners of whose beneficiaries a firm is one."""
    return ask(lambda view: benefits(view, current(view, node)))


@router.get("/similar", response_model=SimilarAnswer, operation_id="list_similar")
def list_similar(
    node: CityId, ask: Ask, place: Among = None, limit: Limit = DEFAULT_LIMIT
) -> Response:
    """Cities that share partners with a city, and the partners they have and it lacks."""
    return ask(
        lambda view: similar(view, current(view, node), ids_given(view, place, "place"), limit)
    )
