"""The pages for people; not part of `/v1`, and hidden from the OpenAPI document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.deps import Asker, language
from api.error_pages import told_as_page
from api.errors import NoSuchPath
from api.meant import meant, named, naming
from api.params import TEXT_PATTERN, AsOf, date
from api.phrases import address_of
from api.routes.overview import usual_matrix
from api.suggestions import Suggestions
from api.validators import GZIP, etag, known_tags, takes_gzip
from graph.claims import PARTNERS
from graph.errors import GraphError
from graph.questions.beneficiaries import beneficiaries
from graph.questions.finding import MAX_QUERY, search
from graph.questions.ground import Ground
from graph.questions.neighbourhood import neighbourhood
from graph.questions.scene import scene
from graph.settings import Lang
from visualize import page
from visualize.assets import asset, content_security_policy, lasting
from visualize.overview import matrix_data
from visualize.scene import Query as SceneQuery
from visualize.scene import Scene
from visualize.telling import ids_to_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph.nodes import Node
    from graph.questions.answers import Ref
    from graph.questions.scene_answer import SceneAnswer
    from graph.store import GraphStore, View

T = TypeVar("T")
router = APIRouter(include_in_schema=False)
NEIGHBOURS = 60

Name = Annotated[str, Query(max_length=MAX_QUERY, pattern=TEXT_PATTERN)]
Value = Annotated[str, Field(max_length=300)]
Values = Annotated[list[Value], Field(max_length=400)]


class Pages:
    """Makes pages in the language of the reader."""

    def __init__(self, request: Request, lang: Lang | None = None) -> None:
        self.lang: Lang = lang or language(request)
        self._ask = Asker(request, packing=True)
        self._store: GraphStore = request.app.state.store
        self._request = request
        self.embed: Sequence[str] = request.app.state.settings.embed
        self._readable = "text/html" in request.headers.get("accept", "")

    def __call__(self, make: Callable[[View], str], frames: Sequence[str] = ()) -> Response:
        """The page; for a browser, what is wrong with the request is a page too.

        `frames` are the sites that may show it within their pages.
        """
        policy = content_security_policy(frames=frames)
        return self._safely(lambda: self._ask.html(make, policy, self.lang))

    def moved(self, where: Callable[[View], str]) -> Response:
        """308 to the address that the data leads to."""
        return self._safely(lambda: moved_to(self._ask.plainly(where)))

    def ask(self, question: Callable[[View], T]) -> T:
        """What a question answers, to choose a page by."""
        return self._ask.plainly(question)

    def file(self, make: Callable[[View], str], media: str, name: str) -> Response:
        """What is made, as a file to keep; what is wrong is told as of a page."""
        return self._safely(lambda: self._ask.file(make, media, name, self.lang))

    def _safely(self, respond: Callable[[], Response]) -> Response:
        try:
            return respond()
        except GraphError as error:
            if not self._readable:
                raise
            return told_as_page(error, self.lang, *self._candidates(error), self._again(error))

    def _again(self, error: GraphError) -> Mapping[str, str]:
        """The same question asked with each that a name may mean, by id."""
        param = getattr(error, "param", None)
        if param is None:
            return {}
        asked = dict(self._request.query_params)
        path = self._request.url.path
        return {key: f"{path}?{urlencode(asked | {param: key})}" for key, _ in meant(error)}

    def _candidates(self, error: GraphError) -> tuple[Sequence[Ref], Sequence[Node | Ref]]:
        """The entities that a name may mean or be a slip of, and their countries."""
        ids = [key for key, _ in meant(error)]
        if not ids:
            return (), ()

        def told(view: View) -> tuple[Sequence[Ref], Sequence[Node | Ref]]:
            refs = Ground(view).refs(ids)
            countries = (f"country:{ref.country}" for ref in refs.values() if ref.country)
            return [refs[one] for one in ids if one in refs], naming(view, countries)

        return self._store.read(told)


def moved_to(address: str) -> Response:
    """308 there; asked anew each time, since the data may lead elsewhere later."""
    return Response(None, 308, {"Location": address, "Cache-Control": "no-cache"})


async def _pages(request: Request, lang: Lang | None = None) -> Pages:
    """The page maker of a request."""
    return Pages(request, lang)


Make = Annotated[Pages, Depends(_pages)]


@router.get("/")
def first(
    make: Make,
    request: Request,
    q: Name = "",
    partner: Name = "",
    home: Name = "",
    as_of: AsOf = None,
) -> Response:
    """Search, the answer for a partner, or the first page."""
    if partner.strip():
        return make(lambda view: _answer(view, make.lang, partner, home, as_of))
    if q.strip():
        if there := make.ask(lambda view: address_of(view, q, make.lang)):
            return moved_to(there)
        return make(lambda view: _found(view, make.lang, q))
    suggestions: Suggestions = request.app.state.suggestions
    return make(lambda view: _first(view, make.lang, suggestions))


def _answer(view: View, lang: Lang, partner: str, home: str, as_of: str | None) -> str:
    partner_id = named(view, "partner", partner, PARTNERS)
    home_id = named(view, "home", home, {"City"}) if home.strip() else None
    answer = beneficiaries(view, partner_id, home_id, date(as_of))
    around = neighbourhood(view, partner_id, limit=NEIGHBOURS)
    nodes = naming(view, ids_to_name(around, answer))
    missions = view.get([one.id for one in around.nodes if one.kind == "Mission"])
    begun = {one: node.span[0] for one, node in missions.items()}
    return page.answer_page(answer, around, lang=lang, nodes=nodes, begun=begun)


def _found(view: View, lang: Lang, query: str) -> str:
    answer = search(view, query)
    countries = (f"country:{one.entity.country}" for one in answer.results if one.entity.country)
    return page.search_page(answer, query, lang=lang, nodes=naming(view, countries))


def _first(view: View, lang: Lang, suggestions: Suggestions) -> str:
    shown = suggestions(view)
    countries = (f"country:{one.partner.country}" for one in shown if one.partner.country)
    empty = not shown and not view.nodes("Source", limit=1)
    return page.home_page(shown, lang=lang, nodes=naming(view, countries), empty=empty)


async def _asked(
    center: Name,
    opened: Annotated[Values, Query(alias="open")] = [],  # noqa: B006 (FastAPI copies it)
    path: Name = "",
    off: Annotated[Values, Query()] = [],  # noqa: B006
    hide: Annotated[Values, Query()] = [],  # noqa: B006
    without: Annotated[Values, Query()] = [],  # noqa: B006
    since: Annotated[str, Query(alias="from", max_length=4)] = "",
    until: Annotated[str, Query(alias="to", max_length=4)] = "",
    undated: Annotated[str, Query(max_length=3)] = "",
    deals: Annotated[str, Query(max_length=10)] = "",
    sel: Name = "",
    steps: Annotated[str, Query(max_length=1)] = "",
    size: Annotated[str, Query(max_length=3)] = "",
    show: Annotated[str, Query(max_length=60)] = "",
    seen_as: Annotated[str, Query(alias="as", max_length=10)] = "",
) -> SceneQuery:
    """The parameters of a scene's address, each a list."""
    given = {"center": [center], "open": opened, "path": [path], "off": off, "hide": hide}
    given |= {"without": without, "from": [since], "to": [until], "undated": [undated]}
    given |= {"deals": [deals], "sel": [sel], "steps": [steps], "size": [size]}
    return given | {"show": [show], "as": [seen_as]}


Asked = Annotated[SceneQuery, Depends(_asked)]
"""The address of a scene, as its pages and all that is taken away from them read it."""


@router.get("/view")
def network(make: Make, asked: Asked) -> Response:
    """The scene of an address."""

    def told(view: View) -> str:
        found, answer = seen(view, Scene.parse(asked, make.lang))
        counted = usual_matrix(view, found) if found.view == "matrix" else None
        table = matrix_data(counted, make.lang) if counted else None
        nodes = naming(view, ids_to_name(answer))
        return page.view_page(answer, found, nodes=nodes, matrix=table, embed=bool(make.embed))

    return make(told)


def seen(view: View, asked: Scene) -> tuple[Scene, SceneAnswer]:
    """A scene with its names made ids, and what is in it."""
    center = named(view, "center", asked.center)
    goal = named(view, "path", asked.path) if asked.path else None
    found = replace(asked, center=center, path=goal)
    return found, scene(view, center, found.opened, found.filters, goal, found.size)


@router.get("/static/{name:path}")
async def static(request: Request, name: str) -> Response:
    """A file beside the pages; only those that the product ships."""
    found = asset(name)
    if found is None:
        raise NoSuchPath
    packs = takes_gzip(request.headers)
    tag = etag(found.etag, GZIP) if packs else found.etag
    headers = {"ETag": tag, "Cache-Control": _keeping(name), "Vary": "Accept-Encoding"}
    if tag in known_tags(request.headers):
        return Response(None, 304, headers)
    if packs:
        headers["Content-Encoding"] = GZIP
    return Response(found.packed if packs else found.body, 200, headers, found.media_type)


def _keeping(name: str) -> str:
    """How long a file may be kept: for ever under this release, else not beyond a change of it."""
    if lasting(name):
        return "public, max-age=31536000, immutable"
    return "public, no-cache" if "/" in name else "public, max-age=3600"
