"""What in the data a person should look at."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import Ask
from graph.questions.answers import ChecksAnswer
from graph.questions.checks import checks

router = APIRouter(tags=["checks"])


@router.get("/v1/checks", response_model=ChecksAnswer, operation_id="list_findings")
def list_findings(ask: Ask) -> Response:
    """Contradictions and gaps, each with a stable code and id, and what to do about it."""
    return ask(checks)
