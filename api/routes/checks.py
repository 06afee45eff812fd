"""What in the data a person should look at."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from starlette.responses import Response

from api.deps import Ask
from api.params import DEFAULT_LIMIT, Cursor, Limit, one_of, split
from graph.questions.answers import ChecksAnswer
from graph.questions.checks import CODES, Kept, checks
from graph.questions.rules import SEVERITIES

router = APIRouter(tags=["checks"])

Code = Annotated[
    str,
    AfterValidator(one_of(CODES)),
    WithJsonSchema({"type": "string", "enum": list(CODES)}),
]
Codes = Annotated[
    Annotated[list[Code], Field(min_length=1, max_length=len(CODES))] | None,
    BeforeValidator(split),
    Query(
        description="Only findings of these codes; separated by commas, or given again.",
        openapi_examples={"example": {"value": ["mission_duplicate"]}},
    ),
]
SeverityFilter = Annotated[
    Annotated[list[Literal["error", "warning", "info"]], Field(min_length=1, max_length=3)] | None,
    BeforeValidator(split),
    Query(
        description="Only findings of these severities; separated by commas, or given again.",
        openapi_examples={"example": {"value": list(SEVERITIES[:2])}},
    ),
]


@router.get("/v1/checks", response_model=ChecksAnswer, operation_id="list_findings")
def list_findings(
    ask: Ask,
    request: Request,
    code: Codes = None,
    severity: SeverityFilter = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Contradictions and gaps, each with a stable code and id, and what to do about it."""
    kept: Kept = request.app.state.findings
    return ask.page(
        cursor,
        lambda view, after: checks(view, code or (), severity or (), limit, after, kept=kept),
    )
