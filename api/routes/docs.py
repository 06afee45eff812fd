"""The description of the API, for programs and for people; both served without foreign requests."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.bodies import JSON
from api.docs import errors_page, operations_page, style
from api.validators import etag, known_tags
from visualize.assets import content_security_policy

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """The OpenAPI 3.1 document."""
    return _kept(request, request.app.state.document(), JSON)


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Every endpoint with its parameters, examples and statuses."""
    return _page(request, operations_page(request.app.openapi()))


@router.get("/docs/errors")
async def errors(request: Request) -> Response:
    """Every error with its status and what to do; the `type` of a problem leads here."""
    return _page(request, errors_page())


@router.get("/docs/docs.css")
async def stylesheet(request: Request) -> Response:
    """How these pages look."""
    return _kept(request, style(), "text/css; charset=utf-8")


def _page(request: Request, text: str) -> Response:
    response = _kept(request, text.encode(), HTMLResponse.media_type or "text/html")
    response.headers["Content-Security-Policy"] = content_security_policy()
    return response


def _kept(request: Request, content: bytes, media: str) -> Response:
    """Something that changes only with the code; 304 if the client has it."""
    tag = etag(content.decode(), media)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in known_tags(request.headers):
        return Response(None, 304, headers)
    return Response(content, headers=headers, media_type=media)
