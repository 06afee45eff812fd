"""What was read."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Ask, current
from api.params import DEFAULT_LIMIT, Cursor, Limit, SourceId
from graph.questions.answers import SourceAnswer, SourcesAnswer
from graph.questions.entities import source, sources

router = APIRouter(prefix="/v1/sources", tags=["sources"])


@router.get("", response_model=SourcesAnswer, operation_id="list_sources")
def list_sources(ask: Ask, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """The sources in the order of their ids, and how many claims each makes."""
    return ask.page(cursor, lambda view, after: sources(view, after, limit))


@router.get("/{id}", response_model=SourceAnswer, operation_id="get_source")
def get_source(
    node: SourceId, ask: Ask, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """One source and the claims it makes, page by page."""
    return ask.page(cursor, lambda view, after: source(view, current(view, node), after, limit))
