"""The pages of entities at their fixed addresses: `/city/…`, `/firm/…`, `/source/…`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.deps import Moved, current
from api.meant import naming
from api.params import EntityId, Whole
from api.routes.pages import Make, moved_to
from graph.nodes import NODE_KINDS
from graph.questions.entities import current_id
from graph.questions.profile import profile
from graph.questions.reading import reading
from visualize.links import fixed
from visualize.profile import profile_page, source_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.questions.answers import Ref
    from graph.questions.profiles import ProfileAnswer
    from graph.settings import Lang
    from graph.store import View

router = APIRouter(include_in_schema=False)
AT_ONCE, PAGE = 12, 50
"""Lines of each part on the page of an entity, and on the page of one part."""

Slug = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,230}$")]
PartName = Annotated[str | None, Query(max_length=40, pattern=r"^[A-Za-z_.]+$")]
KindName = Annotated[str | None, Query(max_length=40, pattern=r"^[A-Z_]+$")]
After = Annotated[str, Query(max_length=60, pattern=r"^[A-Z_:0-9a-f]*$")]
Skip = Annotated[Annotated[int, Query(ge=0, le=100_000)], Whole]


@router.get("/entities/{id}")
def by_id(make: Make, node: EntityId, request: Request) -> Response:
    """308 to the fixed address of an entity, by any id or identifier of it."""
    return make.moved(lambda view: _address(current_id(view, node), request))


def entity_page(
    make: Make,
    slug: Slug,
    request: Request,
    part: PartName = None,
    skip: Skip = 0,
) -> Response:
    """All that is on record of one entity; 308 from a former id."""
    kind = request.url.path.split("/")[1]
    try:
        return make(lambda view: _entity(view, make.lang, f"{kind}:{slug}", part, skip))
    except Moved as moved:
        return moved_to(_address(moved.current, request))


for _kind in NODE_KINDS:
    if _kind != "Source":
        router.add_api_route(f"/{_kind.lower()}/{{slug}}", entity_page, methods=["GET"])


@router.get("/source/{slug}")
def one_source(make: Make, slug: Slug, kind: KindName = None, after: After = "") -> Response:
    """A source and all that was read from it."""
    return make(lambda view: _source(view, make.lang, f"source:{slug}", kind, after))


def _address(node_id: str, request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{fixed(node_id)}{query}"


def _entity(view: View, lang: Lang, key: str, part: str | None, skip: int) -> str:
    answer = profile(view, current(view, key), part, skip, PAGE if part else AT_ONCE)
    nodes = naming(view, to_name(answer))
    return profile_page(answer, lang=lang, part=part, skip=skip, nodes=nodes)


def to_name(answer: ProfileAnswer) -> set[str]:
    """The deals and countries that the page of an entity names."""
    others = [record.other for part in answer.parts for record in part.records]
    refs: Iterable[Ref] = [
        answer.ref,
        *others,
        *(tie.partner for tie in answer.ties),
        *(one.partner for one in answer.partners),
    ]
    deals = {one.id for one in others if one.kind == "Deal"}
    return deals | {f"country:{ref.country}" for ref in refs if ref.country}


def _source(view: View, lang: Lang, key: str, kind: str | None, after: str) -> str:
    answer = reading(view, key, kind, after, PAGE)
    deals = [one.id for one in answer.ends if one.kind == "Deal"]
    return source_page(answer, lang=lang, after=after, nodes=naming(view, deals))
