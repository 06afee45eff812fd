"""Every error as one RFC 9457 body: a table from exception to status, code and title.

Nothing of what was asked is repeated in a body, and a 5xx says its code and id only.

Refused
├── BadSyntax           the request line or a header cannot be read
├── BadHost             the Host header names none of our names
├── NoSuchPath          no endpoint has this path
├── MethodNotAllowed    the endpoint does not know this method
├── NotAcceptable       no representation that the client accepts
├── BadCursor           the cursor is not one of ours, or of another question
├── StaleCursor         the data changed since the cursor was given
├── ContentTooLarge     the body is larger than 2 MB
├── UriTooLong          path and query are longer than 16 kB
├── UnsupportedContent  a body where none is taken
├── UnknownParameter    a parameter that the endpoint does not have, or gave twice
├── TooManyRequests     the client has used up its minute
├── Overloaded          all workers are busy
└── NotReady            nothing has been loaded yet
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from graph import errors as known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROBLEM_JSON = "application/problem+json"


class Refused(Exception):
    """A request that is answered with an error before any question is asked."""

    def __init__(
        self, errors: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        self.errors, self.headers = tuple(errors), dict(headers or {})
        super().__init__(type(self).__name__)


class BadSyntax(Refused):
    """The request line or a header cannot be read."""


class BadHost(Refused):
    """The Host header names none of our names."""


class NoSuchPath(Refused):
    """No endpoint has this path."""


class MethodNotAllowed(Refused):
    """The endpoint does not know this method."""


class NotAcceptable(Refused):
    """There is no representation that the client accepts."""


class BadCursor(Refused):
    """The cursor is not one of ours, or belongs to another question."""


class StaleCursor(Refused):
    """The data changed since the cursor was given."""


class ContentTooLarge(Refused):
    """The body is larger than 2 MB."""


class UriTooLong(Refused):
    """Path and query together are longer than 16 kB."""


class UnsupportedContent(Refused):
    """A body where none is taken."""


class UnknownParameter(Refused):
    """A parameter that the endpoint does not have, or one given twice."""


class TooManyRequests(Refused):
    """The client has used up its minute."""


class Overloaded(Refused):
    """All workers are busy, and none became free in time."""


class NotReady(Refused):
    """Nothing has been loaded yet."""


class Fault(BaseModel):
    """One thing that is wrong with a request, and where."""

    model_config = ConfigDict(extra="forbid")

    param: str | None = Field(description="The parameter or header, null if it has no known name")
    code: str
    detail: str


class Problem(BaseModel):
    """The body of every error (RFC 9457), sent as `application/problem+json`."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="Where this kind of error is documented; never changes")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    instance: str = Field(description="Names this one occurrence; it is in the log too")
    code: str
    request_id: str
    errors: tuple[Fault, ...]


class Row(NamedTuple):
    """How one exception is told."""

    status: int
    code: str
    title: str
    detail: str
    retry_after: int | None = None


TABLE: Mapping[type[Exception], Row] = {
    BadSyntax: Row(400, "bad_syntax", "Bad request", "The request cannot be read as UTF-8 HTTP."),
    BadHost: Row(
        400,
        "bad_host",
        "Unknown host",
        "The Host header names none of this server's names; JAMAE_ALLOWED_HOSTS adds one.",
    ),
    BadCursor: Row(
        400,
        "bad_cursor",
        "Bad cursor",
        "The cursor is not one that this question was answered with; start without one.",
    ),
    NoSuchPath: Row(404, "no_such_path", "No such path", "No endpoint has this path; see /docs."),
    known.NotFound: Row(404, "not_found", "Not found", "Nothing is known under this id."),
    MethodNotAllowed: Row(
        405, "method_not_allowed", "Method not allowed", "The Allow header lists what is."
    ),
    NotAcceptable: Row(
        406, "not_acceptable", "Not acceptable", "This endpoint has no such representation."
    ),
    StaleCursor: Row(
        409,
        "stale_cursor",
        "Stale cursor",
        "The data changed since this cursor was given; start again without one.",
    ),
    ContentTooLarge: Row(413, "content_too_large", "Content too large", "A body has at most 2 MB."),
    UriTooLong: Row(
        414, "uri_too_long", "URI too long", "Path and query together have at most 16,384 bytes."
    ),
    UnsupportedContent: Row(
        415, "unsupported_content", "Unsupported content", "This method takes no body."
    ),
    UnknownParameter: Row(
        422, "unknown_parameter", "Unknown parameter", "The endpoint takes no such parameter, once."
    ),
    RequestValidationError: Row(
        422, "bad_parameter", "Bad parameter", "A parameter is missing or outside its limits."
    ),
    known.InputInvalid: Row(
        422, "bad_parameter", "Bad parameter", "A parameter is missing or outside its limits."
    ),
    known.Ambiguous: Row(
        422, "ambiguous", "Ambiguous name", "The name fits several entities; name one by its id."
    ),
    TooManyRequests: Row(
        429, "too_many_requests", "Too many requests", "This client has used up its minute."
    ),
    Exception: Row(
        500, "internal", "Internal error", "The fault is ours; the log has it under the request id."
    ),
    known.StoreUnavailable: Row(
        503, "store_unavailable", "Store unavailable", "The store cannot be reached now.", 5
    ),
    known.StoreBusy: Row(
        503, "store_busy", "Store busy", "The store is being written; ask again.", 1
    ),
    known.StoreError: Row(
        503, "store_unavailable", "Store unavailable", "The store cannot be reached now.", 5
    ),
    Overloaded: Row(503, "overloaded", "Overloaded", "All workers are busy; ask again.", 1),
    NotReady: Row(503, "not_ready", "Not ready", "Nothing has been loaded yet: jamae ingest.", 5),
    known.BudgetSpent: Row(
        504,
        "budget_spent",
        "Out of time",
        "Not answered within the time allowed; ask for fewer hops, kinds or results.",
    ),
}
"""How each exception is told; one that is not here is told as its nearest base class."""


def row_for(error: BaseException) -> Row:
    """The row of the nearest class of the exception that has one."""
    return next(TABLE[cls] for cls in type(error).__mro__ if cls in TABLE)


def problem_for(error: Exception, request_id: str) -> Response:
    """The response that tells an exception; 5xx say no more than their row."""
    row = row_for(error)
    headers = dict(error.headers) if isinstance(error, Refused) else {}
    if row.retry_after is not None:
        headers.setdefault("Retry-After", str(row.retry_after))
    problem = Problem(
        type=f"/docs/errors#{row.code}",
        title=row.title,
        status=row.status,
        detail=row.detail,
        instance=f"urn:jamae:request:{request_id}",
        code=row.code,
        request_id=request_id,
        errors=tuple(faults(error)),
    )
    headers["Cache-Control"] = "no-store"
    content = problem.model_dump_json().encode() + b"\n"
    return Response(content, row.status, headers, media_type=PROBLEM_JSON)


def faults(error: Exception) -> Sequence[Fault]:
    """What is wrong where, without what was asked."""
    if isinstance(error, Refused):
        return error.errors
    if isinstance(error, known.BadRequest):
        return (Fault(param=error.param, code="bad_value", detail=str(error)),)
    if isinstance(error, known.NotFound):
        detail = "Nothing is known under this id."
        return (Fault(param=error.param, code="not_found", detail=detail),)
    if isinstance(error, RequestValidationError):
        return [
            Fault(param=_param(one["loc"]), code=one["type"], detail=one["msg"])
            for one in error.errors()
        ]
    return ()


def _param(place: Sequence[object]) -> str | None:
    """The name of the parameter at a place such as `("query", "limit")`."""
    named = [part for part in place[1:2] if isinstance(part, str)]
    return named[0] if named else None
