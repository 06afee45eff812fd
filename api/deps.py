"""What an endpoint is given: an `Asker`, which asks one question and makes the response."""

from __future__ import annotations

import gzip
from collections import Counter
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import Depends, Request
from starlette.responses import Response

from api.bodies import JSON, body
from api.cursors import Place
from api.errors import Fault, StaleCursor, UnknownParameter
from api.params import MAX_TIMEOUT_MS, TimeoutMs
from api.validators import (
    GZIP,
    etag,
    known_tags,
    negotiated,
    preferred_language,
    question_of,
    takes_gzip,
)
from api.version import CODE_VERSION
from graph.budget import DEFAULT_SECONDS
from graph.errors import NotFound
from graph.questions.entities import current_id
from graph.settings import Lang

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from api.cursors import Sealer
    from api.leaving import Leash
    from graph.questions.answers import Answer
    from graph.store import GraphStore, View

A = TypeVar("A", bound="Answer")
T = TypeVar("T")
HTML = "text/html"
VARY = "Accept, Accept-Language"


class Moved(Exception):
    """The entity asked for by a former id or an identifier now has another id."""

    def __init__(self, given: str, current: str) -> None:
        self.given, self.current = given, current
        super().__init__("moved")


def current(view: View, key: str) -> str:
    """The id in a path, if it is the current one; Moved if it leads to another, or NotFound."""
    found = current_id(view, key)
    if found != key:
        raise Moved(key, found)
    return found


def id_given(view: View, key: str, param: str) -> str:
    """The current id that a query parameter leads to; NotFound names the parameter."""
    try:
        return current_id(view, key)
    except NotFound as error:
        raise NotFound(key, param) from error


def maybe_id(view: View, key: str | None, param: str) -> str | None:
    """The same for a parameter that may be left out."""
    return None if key is None else id_given(view, key, param)


def ids_given(view: View, keys: Collection[str] | None, param: str) -> list[str]:
    """The current ids that a query parameter with several values leads to, each once."""
    return list(dict.fromkeys(id_given(view, key, param) for key in keys or ()))


class Asker:
    """Asks the store and makes the response: 200, or 304 if the client has the answer.

    With `packing` it is sent in gzip to a client that takes it.
    """

    def __init__(
        self, request: Request, seconds: float = DEFAULT_SECONDS, *, packing: bool = False
    ) -> None:
        self._request, self._seconds = request, seconds
        self._store: GraphStore = request.app.state.store
        self._known = known_tags(request.headers)
        self._leash: Leash = request.state.leash
        self._packing = packing
        self._coding = GZIP if packing and takes_gzip(request.headers) else ""

    def __call__(self, question: Callable[[View], Answer]) -> Response:
        """The response that holds the answer to a question."""
        tag, answer = self.read(question, self.accepts((JSON,)))
        if answer is None:
            return self.unchanged(tag)
        headers = _headers(self._request, answer, self.caching(tag))
        return self._whole(body(answer), headers, JSON)

    def page(self, cursor: str | None, question: Callable[[View, str], A]) -> Response:
        """The same for a list: `question` is asked to go on after a key, "" at the start.

        BadCursor for a cursor of another question, StaleCursor for one of another state.
        """
        sealer: Sealer = self._request.app.state.sealer
        leave = ("timeout_ms", "limit", "cursor")
        asked = question_of(self._request.url.path, self._request.query_params, leave)
        place = sealer.open(cursor, asked) if cursor is not None else None

        def paged(view: View) -> A:
            if place is not None and place.version != view.version():
                raise StaleCursor
            answer = question(view, place.after if place else "")
            following: str | None = getattr(answer, "next", None)
            if following is None:
                return answer
            sealed = sealer.seal(Place(view.version(), following), asked)
            return answer.model_copy(update={"next": sealed})

        return self(paged)

    def ranked(self, cursor: str | None, question: Callable[[View, int], A]) -> Response:
        """The same for a list by rank: `question` is asked to go on after so many."""
        return self.page(cursor, lambda view, after: question(view, int(after or "0")))

    def html(self, make: Callable[[View], str], policy: str, lang: Lang) -> Response:
        """The response that holds a page, which runs under a content security policy."""
        self.accepts((HTML,))
        headers = {"Content-Security-Policy": policy, "Content-Language": lang}
        return self._text(make, headers, f"{HTML}; charset=utf-8")

    def plainly(self, question: Callable[[View], T]) -> T:
        """What a question answers, for an endpoint that makes the response itself."""
        return self._store.read(self._leashed(question), self._seconds)

    def file(self, make: Callable[[View], str], media: str, name: str, lang: Lang) -> Response:
        """The response that holds a text as a file of this name."""
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Language": lang,
        }
        return self._text(make, headers, media)

    def _text(self, make: Callable[[View], str], headers: dict[str, str], media: str) -> Response:
        """The response that holds a text, known by what it says."""
        text = self._store.read(self._leashed(make), self._seconds)
        tag = etag(text, self._coding)
        if tag in self._known:
            return self.unchanged(tag, headers)
        return self._whole(text.encode(), self.caching(tag) | headers, media)

    def _whole(self, content: bytes, headers: dict[str, str], media: str) -> Response:
        """200 with a body, in the coding of this client."""
        if self._coding:
            content = gzip.compress(content, 5, mtime=0)
            headers = headers | {"Content-Encoding": self._coding}
        return Response(content, headers=headers, media_type=media)

    def accepts(self, offer: Sequence[str]) -> str:
        """The media type that the client likes best of these; NotAcceptable if none."""
        return negotiated(self._request.headers, offer)

    def read(self, question: Callable[[View], T], form: str) -> tuple[str, T | None]:
        """The tag of an answer in a form, and the answer unless the client has it already."""
        asked = question_of(self._request.url.path, self._request.query_params)

        def told(view: View) -> tuple[str, T | None]:
            tag = etag(CODE_VERSION, view.stamp(), asked, form, self._coding)
            if tag in self._known:
                return tag, None
            found = self._asked(question, view)
            return tag, None if "*" in self._known else found

        return self._store.read(self._leashed(told), self._seconds)

    def _leashed(self, question: Callable[[View], T]) -> Callable[[View], T]:
        """The question, over at once if the client leaves."""

        def asked(view: View) -> T:
            with self._leash.holding(view.budget):
                return question(view)

        return asked

    def _asked(self, question: Callable[[View], T], view: View) -> T:
        """The answer; what is not found and is no parameter's is the id in the path."""
        try:
            return question(view)
        except NotFound as error:
            if error.param is not None or "id" not in self._request.path_params:
                raise
            raise NotFound(error.key, "id") from error

    def caching(self, tag: str) -> dict[str, str]:
        """The headers of an answer that the client may keep and ask after."""
        vary = f"{VARY}, Accept-Encoding" if self._packing else VARY
        return {"ETag": tag, "Cache-Control": "no-cache", "Vary": vary}

    def unchanged(self, tag: str, headers: Mapping[str, str] | None = None) -> Response:
        """304: the client has the answer, and puts these headers in the place of those it kept."""
        return Response(None, 304, self.caching(tag) | dict(headers or {}))


def _headers(request: Request, answer: Answer, caching: dict[str, str]) -> dict[str, str]:
    if getattr(answer, "complete", True) is False:  # cut by time: another try may find more
        return {"Cache-Control": "no-store"}
    following = getattr(answer, "next", None)
    if following is None:
        return caching
    url = request.url.include_query_params(cursor=following)
    return {**caching, "Link": f'<{url.path}?{url.query}>; rel="next"'}


async def asker(request: Request, timeout_ms: TimeoutMs = MAX_TIMEOUT_MS) -> Asker:
    """The asker of a request whose parameters are all known; UnknownParameter names others."""
    check_parameters(request)
    return Asker(request, timeout_ms / 1000)


Ask = Annotated[Asker, Depends(asker)]


def language(request: Request) -> Lang:
    """The language that the client likes best, else that of the server."""
    server: Lang = request.app.state.settings.lang
    return preferred_language(request.headers, server)


def check_parameters(request: Request) -> None:
    """UnknownParameter if a parameter is not the endpoint's, or is given twice and no list."""
    known: Mapping[str, bool] = request.app.state.parameters(request.scope["route"].path)
    counts = Counter(key for key, _ in request.query_params.multi_items())
    faults = [_unknown(key) for key in counts if key not in known]
    faults += [
        Fault(param=key, code="repeated", detail="Give this parameter once.")
        for key, count in counts.items()
        if count > 1 and not known.get(key, True)
    ]
    if faults:
        raise UnknownParameter(faults[:20])


def _unknown(key: str) -> Fault:
    """Names the parameter if its name is a plain word."""
    plain = key.isascii() and key.isidentifier() and len(key) <= 40
    return Fault(
        param=key if plain else None,
        code="unknown_parameter",
        detail="This endpoint has no such parameter; see /docs.",
    )
