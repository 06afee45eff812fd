"""The pages of questions that a phrase may ask: ties, a path, ties without trade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.meant import named, naming
from api.params import TEXT_PATTERN, AsOf, Hops, Whole, date
from api.phrases import ENDS
from api.routes.pages import Make, Name
from graph.claims import PARTNERS
from graph.questions.connections import paths
from graph.questions.finding import MAX_QUERY
from graph.questions.gaps import gaps
from graph.questions.ties import ties
from visualize import asked
from visualize.links import HOME_COUNTRY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.questions.answers import PathsAnswer, Ref
    from graph.store import View

router = APIRouter(include_in_schema=False)
GAPS_SHOWN = 50
HOME = f"country:{HOME_COUNTRY}"

Skip = Annotated[Annotated[int, Query(ge=0, le=100_000)], Whole]
Start = Annotated[str, Query(alias="from", max_length=MAX_QUERY, pattern=TEXT_PATTERN)]
Goal = Annotated[str, Query(alias="to", max_length=MAX_QUERY, pattern=TEXT_PATTERN)]


@router.get("/ties")
def ties_of(make: Make, city: Name, as_of: AsOf = None) -> Response:
    """The ties of a city or body."""

    def told(view: View) -> str:
        answer = ties(view, named(view, "city", city, PARTNERS), date(as_of))
        countries = _countries([answer.entity, *(tie.partner for tie in answer.ties)])
        return asked.ties_page(answer, lang=make.lang, nodes=naming(view, countries))

    return make(told)


@router.get("/path")
def path_between(
    make: Make,
    start: Start,
    goal: Goal,
    max_hops: Hops = 4,
) -> Response:
    """How two entities are connected."""

    def told(view: View) -> str:
        answer = between(view, start, goal, max_hops)
        return asked.path_page(answer, lang=make.lang, nodes=naming(view, deals_on(answer)))

    return make(told)


def between(view: View, start: str, goal: str, max_hops: int) -> PathsAnswer:
    """The paths between what two names mean."""
    ends = named(view, "from", start, ENDS), named(view, "to", goal, ENDS)
    return paths(view, *ends, max_hops=max_hops)


def deals_on(answer: PathsAnswer) -> list[str]:
    """The results on the way, which are told by their figures."""
    return [one.id for path in answer.paths for one in path.nodes if one.kind == "Deal"]


@router.get("/gaps")
def ties_without_trade(make: Make, city: Name = "", skip: Skip = 0) -> Response:
    """The ties of a city, or of all cities at home, without any trade on record."""

    def told(view: View) -> str:
        place = place_of(view, city)
        answer = gaps(view, [place], GAPS_SHOWN, skip)
        nodes = naming(view, _countries(gap.partner for gap in answer.gaps))
        query = {"city": place if place != HOME else None, "skip": skip or None}
        return asked.gaps_page(answer, lang=make.lang, query=query, nodes=nodes)

    return make(told)


def place_of(view: View, city: str) -> str:
    """The city or country that a name means, home without one."""
    return named(view, "city", city, {"City", "Country"}) if city.strip() else HOME


def _countries(refs: Iterable[Ref]) -> list[str]:
    return [f"country:{ref.country}" for ref in refs if ref.country]
