"""One claim."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Ask
from api.params import ClaimIdParam
from graph.questions.answers import ClaimAnswer
from graph.questions.entities import claim

router = APIRouter(tags=["claims"])


@router.get("/v1/claims/{id}", response_model=ClaimAnswer, operation_id="get_claim")
def get_claim(claim_id: ClaimIdParam, ask: Ask) -> Response:
    """One claim with its ends, as the source gave them too, and where it stands."""
    return ask(lambda view: claim(view, claim_id))
