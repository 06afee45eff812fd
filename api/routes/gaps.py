"""Ties of which no source tells any trade."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Ask, ids_given
from api.params import DEFAULT_LIMIT, Cursor, Limit, Places
from graph.questions.gaps import gaps
from graph.questions.patterns import GapsAnswer

router = APIRouter(tags=["gaps"])


@router.get("/v1/gaps", response_model=GapsAnswer, operation_id="list_gaps")
def list_gaps(
    place: Places, ask: Ask, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Ties without any recorded trade, and which nothing each is; never: no trade."""
    return ask.ranked(
        cursor,
        lambda view, after: gaps(view, ids_given(view, place, "place"), limit, after),
    )
