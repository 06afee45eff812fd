"""What the framework calls for an exception: each makes one response."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.deps import Moved, language
from api.edge import SAFE
from api.error_pages import told_as_page
from api.errors import BadSyntax, MethodNotAllowed, NoSuchPath, problem_for

if TYPE_CHECKING:
    from starlette.requests import Request

_FOR_PROGRAMS = ("/v1/", "/openapi.json", "/healthz", "/readyz", "/static/")
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(SAFE),
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, X-Request-ID",
    "Access-Control-Max-Age": "86400",
}


async def on_known(request: Request, error: Exception) -> Response:
    """The problem that the table has for an exception; a page for a browser on a page's path."""
    if not request.url.path.startswith(_FOR_PROGRAMS) and _wants_page(request):
        return told_as_page(error, language(request))
    return problem_for(error, request.state.request_id)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


async def on_http(request: Request, error: Exception) -> Response:
    """The framework's own errors; OPTIONS on a path that exists says what it knows."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return await on_known(request, NoSuchPath())
    if status != 405:
        return await on_known(request, BadSyntax() if status < 500 else error)
    allow = {"Allow": ", ".join(SAFE)}
    if request.method == "OPTIONS":
        return Response(None, 204, allow | _PREFLIGHT)
    return await on_known(request, MethodNotAllowed(headers=allow))


async def on_moved(request: Request, error: Exception) -> Response:
    """308 to the same path under the current id, with the query as it came."""
    moved = error if isinstance(error, Moved) else Moved("", "")
    given = request.path_params["id"]
    before, _, after = request.url.path.partition(f"/{quote(given, safe=':/')}")
    query = f"?{request.url.query}" if request.url.query else ""
    location = f"{before}/{quote(moved.current, safe=':')}{after}{query}"
    return Response(None, 308, {"Location": location, "Cache-Control": "no-cache"})
