"""Finding entities by name."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Ask
from api.params import DEFAULT_LIMIT, Cursor, KindFilter, Limit, Q
from graph.questions.answers import SearchAnswer
from graph.questions.finding import search

router = APIRouter(tags=["search"])


@router.get("/v1/search", response_model=SearchAnswer, operation_id="search_entities")
def search_entities(
    q: Q, ask: Ask, kind: KindFilter = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Entities by name in any language or spelling, by id, or by a well-known identifier."""
    return ask.ranked(cursor, lambda view, after: search(view, q, kind or (), limit, after))
