"""The whole graph, in the forms that others read."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from api.deps import Asker, check_parameters, language
from api.errors import Overloaded
from graph.errors import BadRequest
from graph.interchange import deals_csv, to_gexf, to_graphml, to_ndjson
from graph.settings import Lang
from graph.store import View

router = APIRouter(tags=["export"])
EXPORT_SECONDS = 300.0
MAX_GRAPH_CLAIMS = 100_000
"""GraphML and GEXF are built in memory; a larger graph is had as NDJSON."""
_IN_MEMORY, _CHUNK = 8_000_000, 262_144
_AT_ONCE = threading.BoundedSemaphore(2)

Name = Literal["ndjson", "graphml", "gexf", "csv"]


class Form(NamedTuple):
    """A form of the graph: its media type, and how its bytes are made."""

    media: str
    write: Callable[[View, Lang, bool], Iterable[bytes]]


def _lines(view: View, _lang: Lang, _raw: bool) -> Iterator[bytes]:
    return (line.encode() + b"\n" for line in to_ndjson(view))


def _rows(view: View, lang: Lang, raw: bool) -> Iterator[bytes]:
    return (line.encode() for line in deals_csv(view, lang, raw=raw))


def _whole(make: Callable[[View], bytes]) -> Callable[[View, Lang, bool], Iterable[bytes]]:
    def write(view: View, _lang: Lang, _raw: bool) -> Iterable[bytes]:
        if sum(view.counts().claims.values()) > MAX_GRAPH_CLAIMS:
            raise BadRequest(
                "format", f"above {MAX_GRAPH_CLAIMS:,} claims only ndjson and csv are made"
            )
        return (make(view),)

    return write


FORMS: dict[Name, Form] = {
    "ndjson": Form("application/x-ndjson", _lines),
    "graphml": Form("application/graphml+xml", _whole(to_graphml)),
    "gexf": Form("application/gexf+xml", _whole(to_gexf)),
    "csv": Form("text/csv; charset=utf-8; header=present", _rows),
}

Format = Annotated[
    Name | None,
    Query(
        description="Overrides `Accept`. `ndjson` holds everything and can be loaded elsewhere; "
        "`csv` is a flat list of deals.",
        openapi_examples={"example": {"value": "ndjson"}},
    ),
]
Csv = Annotated[
    Literal["guarded", "raw"],
    Query(
        description="`guarded` leads a text that a spreadsheet would run as a formula by `'`.",
        openapi_examples={"example": {"value": "guarded"}},
    ),
]
Language = Annotated[
    Lang | None,
    Query(
        description="The language of names in the CSV; else `Accept-Language`.",
        openapi_examples={"example": {"value": "ko"}},
    ),
]
_CONTENT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The graph; the last line of NDJSON counts the claims.",
        "content": {form.media: {"schema": {"type": "string"}} for form in FORMS.values()},
    }
}


async def _unhurried(request: Request) -> Asker:
    """An asker with the time that an export takes."""
    check_parameters(request)
    return Asker(request, EXPORT_SECONDS)


@router.get("/v1/export", response_class=Response, responses=_CONTENT, operation_id="export_graph")
def export_graph(
    request: Request,
    ask: Annotated[Asker, Depends(_unhurried)],
    format: Format = None,  # noqa: A002
    csv: Csv = "guarded",
    lang: Language = None,
) -> Response:
    """The whole graph of one state, with its length: an answer cut short can be told."""
    medias = {form.media: name for name, form in FORMS.items()}
    name = format or medias[ask.accepts(tuple(medias))]
    form, tongue = FORMS[name], lang or language(request)
    if not _AT_ONCE.acquire(blocking=False):
        raise Overloaded
    with ExitStack() as stack:
        stack.callback(_AT_ONCE.release)
        file = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))

        def written(view: View) -> str:
            file.seek(0)
            file.truncate()
            file.writelines(form.write(view, tongue, csv == "raw"))
            return view.version()

        tag, version = ask.read(written, f"{form.media} {tongue}")
        if version is None:
            return ask.unchanged(tag)
        stack.pop_all()
        _AT_ONCE.release()
    return _download(file, form.media, f"jamae-{version[:12]}.{name}", ask.caching(tag))


def _download(file: IO[bytes], media: str, name: str, caching: dict[str, str]) -> Response:
    headers = {
        **caching,
        "Content-Length": str(file.tell()),
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    file.seek(0)
    return StreamingResponse(_chunks(file), headers=headers, media_type=media)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
