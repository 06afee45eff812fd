"""What the map and the matrix of the pages are drawn from; not part of `/v1`, as the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.deps import Asker, id_given, ids_given, language, maybe_id
from api.params import PATH_ID_PATTERN, Whole
from graph.questions.area import MAX_PLACES
from graph.questions.atlas import WorldAnswer, atlas, world
from graph.questions.ground import Ground
from graph.questions.matrix import MAX_SIDE, MatrixAnswer, Window, cell, homes, matrix
from graph.questions.scene import scene
from graph.questions.tally import Measure
from graph.settings import Lang
from graph.store import View
from visualize.links import HOME_COUNTRY
from visualize.overview import (
    CellData,
    MapData,
    MatrixData,
    cell_data,
    homes_data,
    map_data,
    matrix_data,
)
from visualize.scene import Scene

router = APIRouter(prefix="/explore", include_in_schema=False)
HOME = f"country:{HOME_COUNTRY}"
FURTHEST = 100_000
FIRST = Window()

Id = Annotated[str, Query(max_length=240)]
MaybeId = Annotated[str | None, Query(pattern=PATH_ID_PATTERN)]
Homes = Annotated[list[str] | None, Query(alias="home", max_length=MAX_PLACES)]
Skip = Annotated[int, Whole, Query(ge=0, le=FURTHEST)]
Side = Annotated[int, Whole, Query(ge=1, le=MAX_SIDE)]


def usual_matrix(view: View, asked: Scene, window: Window = FIRST) -> MatrixAnswer | None:
    """The matrix that a scene opens with; None if the store knows no city at home."""
    home = next((one for one in asked.show if one.startswith("country:")), HOME)
    measures = [Measure(one) for one in asked.show if one in set(Measure)]
    if view.find(home) is None:
        return None
    return matrix(view, [home], measures[0] if measures else Measure.TIES, asked.filters, window)


class Asked:
    """The scene that an address asks for, and who answers about it."""

    def __init__(self, request: Request, lang: Lang | None) -> None:
        query = request.query_params
        self.lang: Lang = lang or language(request)
        self.scene = Scene.parse({key: query.getlist(key) for key in query}, self.lang)
        self.ask = Asker(request, packing=True)


async def _asked(request: Request, lang: Lang | None = None) -> Asked:
    return Asked(request, lang)


Given = Annotated[Asked, Depends(_asked)]


@router.get("/map")
def get_map(given: Given) -> Response:
    """Where the nodes of a scene lie, and the lines between them."""

    def drawn(view: View) -> MapData:
        wanted = given.scene
        center = id_given(view, wanted.center, "center")
        goal = maybe_id(view, wanted.path, "path")
        found = scene(view, center, wanted.opened, wanted.filters, goal)
        told = [*found.claims, *(claim for line in found.folded for claim in line.claims)]
        places = atlas(view, [node.id for node in found.nodes], told)
        return map_data(places, center, given.lang)

    return given.ask(drawn)


@router.get("/map/world")
def get_world(given: Given) -> Response:
    """All ties of the store between places, under the filters of a scene."""

    def drawn(view: View) -> WorldAnswer:
        return world(view, given.scene.filters)

    return given.ask(drawn)


@router.get("/matrix")
def get_matrix(
    given: Given,
    measure: Measure = Measure.TIES,
    home: Homes = None,
    by_country: MaybeId = None,
    by_city: MaybeId = None,
    first_row: Skip = 0,
    first_column: Skip = 0,
    rows: Side = 25,
    columns: Side = 25,
) -> Response:
    """What cities have with which countries, under the filters of a scene."""

    def drawn(view: View) -> MatrixData:
        window = Window(
            by_country=maybe_id(view, by_country, "by_country"),
            by_city=maybe_id(view, by_city, "by_city"),
            first_row=first_row,
            first_column=first_column,
            rows=rows,
            columns=columns,
        )
        places = ids_given(view, home or [HOME], "home")
        return matrix_data(matrix(view, places, measure, given.scene.filters, window), given.lang)

    return given.ask(drawn)


@router.get("/homes")
def get_homes(given: Given) -> Response:
    """The countries whose cities the matrix can be of."""
    return given.ask(lambda view: homes_data(homes(view), HOME, given.lang))


@router.get("/matrix/cell")
def get_cell(given: Given, city: Id, country: Id, measure: Measure = Measure.TIES) -> Response:
    """What is behind one cell of the matrix, with citations."""

    def drawn(view: View) -> CellData:
        ends = id_given(view, city, "city"), id_given(view, country, "country")
        found = cell(view, *ends, measure, given.scene.filters)
        deals = {thing.deal.id for thing in found.things if thing.deal is not None}
        return cell_data(found, Ground(view).named(deals), given.lang)

    return given.ask(drawn)
