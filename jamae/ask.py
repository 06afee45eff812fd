"""The questions as people ask them: things are named in any language or spelling.

Each function makes a question for `GraphStore.read`. NotFound, Ambiguous and BadRequest
tell what is wrong with a name or a value.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from graph.claims import PARTNERS, PATH_KINDS, PLACES
from graph.dates import PartialDate
from graph.errors import BadRequest, NotFound
from graph.following import Direction
from graph.questions.finding import resolve
from graph.values import Grade

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from enum import StrEnum

    from graph.questions.answers import (
        BeneficiariesAnswer,
        BenefitsAnswer,
        ChecksAnswer,
        EntityAnswer,
        NeighbourhoodAnswer,
        PathsAnswer,
        SearchAnswer,
        TiesAnswer,
        TotalsAnswer,
    )
    from graph.store import View

    A = TypeVar("A")
    E = TypeVar("E", bound=StrEnum)
    Question = Callable[[View], A]

OCCASIONS = frozenset({"Mission", "Event", "Programme"})
MAX_RESULTS = 200
MAX_PATHS = 10
MAX_HOPS = 6
MAX_DEPTH = 3
CHECK_SECONDS = 600.0
"""How long the checks may read from here; the HTTP API gives them five seconds."""


def search(text: str, kinds: Collection[str] = (), limit: int = 25) -> Question[SearchAnswer]:
    """The entities that a text fits, best match first."""
    from graph.questions.finding import search as ask

    bounded("limit", limit, MAX_RESULTS)

    def question(view: View) -> SearchAnswer:
        with naming("text"):
            return ask(view, text, kinds, limit)

    return question


def entity(name: str) -> Question[EntityAnswer]:
    """All fields of one entity, its claims by kind, and who describes it."""
    from graph.questions.entities import entity as ask

    return lambda view: ask(view, named(view, "name", name))


def ties(name: str, as_of: str | None = None) -> Question[TiesAnswer]:
    """The ties of a city, body or firm."""
    from graph.questions.ties import ties as ask

    day = date("as_of", as_of)
    return lambda view: ask(view, named(view, "name", name, PARTNERS | {"Firm"}), day)


def neighbours(
    name: str,
    kinds: Collection[str] = PATH_KINDS,
    direction: Direction = "both",
    depth: int = 1,
    limit: int = 25,
) -> Question[NeighbourhoodAnswer]:
    """What lies around an entity, to a depth of three."""
    from graph.questions.neighbourhood import neighbourhood as ask

    bounded("depth", depth, MAX_DEPTH)
    bounded("limit", limit, MAX_RESULTS)
    return lambda view: ask(view, named(view, "name", name), kinds, direction, depth, limit)


def path(
    start: str,
    goal: str,
    kinds: Collection[str] = PATH_KINDS,
    max_hops: int = 4,
    k: int = 3,
) -> Question[PathsAnswer]:
    """How two entities are connected; no path is an answer."""
    from graph.questions.connections import paths as ask

    bounded("max_hops", max_hops, MAX_HOPS)
    bounded("k", k, MAX_PATHS)
    return lambda view: ask(
        view, named(view, "start", start), named(view, "goal", goal), kinds, max_hops, k
    )


def who_benefits(
    partner: str,
    home: str | None = None,
    as_of: str | None = None,
    min_grade: str = Grade.CO_OCCURRENCE.value,
) -> Question[BeneficiariesAnswer]:
    """Which firms benefit from a foreign partner, and what is the evidence."""
    from graph.questions.beneficiaries import beneficiaries as ask

    day, grade = date("as_of", as_of), one_of("min_grade", Grade, min_grade)

    def question(view: View) -> BeneficiariesAnswer:
        with naming("partner"):
            who = named(view, "partner", partner, PARTNERS)
            return ask(view, who, maybe(view, "home", home, {"City"}), day, grade)

    return question


def benefits(firm: str) -> Question[BenefitsAnswer]:
    """From which partners a firm benefits: the reverse of `who_benefits`."""
    from graph.questions.beneficiaries import benefits as ask

    def question(view: View) -> BenefitsAnswer:
        with naming("firm"):
            return ask(view, named(view, "firm", firm, {"Firm"}))

    return question


def totals(
    city: str | None = None,
    partner: str | None = None,
    place: str | None = None,
    mission: str | None = None,
    firm: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Question[TotalsAnswer]:
    """How much was signed, by stage and currency; what is not named does not filter."""
    from graph.questions.totals import Filters
    from graph.questions.totals import totals as ask

    first, last = date("since", since), date("until", until)
    return lambda view: ask(
        view,
        Filters(
            city=maybe(view, "city", city, {"City"}),
            partner=maybe(view, "partner", partner, PARTNERS),
            place=maybe(view, "place", place, PLACES),
            mission=maybe(view, "mission", mission, OCCASIONS),
            firm=maybe(view, "firm", firm, {"Firm"}),
            since=first,
            until=last,
        ),
    )


def check(
    codes: Collection[str] = (),
    severities: Collection[str] = (),
    limit: int | None = 25,
    progress: Callable[[int, int, str], None] | None = None,
) -> Question[ChecksAnswer]:
    """What in the data a person should look at; without a limit every finding is listed."""
    from graph.questions.checks import checks as ask

    if limit is not None:
        bounded("limit", limit, MAX_RESULTS)
    return lambda view: ask(view, codes, severities, limit, progress=progress)


# ---------------------------------------------------------------- names and values


def named(view: View, param: str, name: str, kinds: Collection[str] = ()) -> str:
    """The id that a name means, one of these kinds if any is so called.

    NotFound and BadRequest name the parameter.
    """
    with naming(param):
        try:
            return resolve(view, name, kinds)
        except NotFound as error:
            return _of_any_kind(view, param, name, error.near)


def _of_any_kind(view: View, param: str, name: str, near: Sequence[tuple[str, str]]) -> str:
    try:
        return resolve(view, name)
    except NotFound as error:
        empty = not view.counts().nodes
        raise NotFound(name, param, empty=empty, near=near or error.near) from error


@contextmanager
def naming(param: str) -> Iterator[None]:
    """Name the parameter that a name came from, where the question has its own word for it."""
    try:
        yield
    except BadRequest as error:
        if error.param not in {"q", "id"}:
            raise
        raise BadRequest(param, str(error)) from error


def maybe(view: View, param: str, name: str | None, kinds: Collection[str]) -> str | None:
    """The id that a name means; None for none."""
    return None if name is None else named(view, param, name, kinds)


def each(view: View, param: str, names: Collection[str], kinds: Collection[str]) -> list[str]:
    """The ids that several names mean, each once."""
    return list(dict.fromkeys(named(view, param, name, kinds) for name in names))


def date(param: str, text: str | None) -> PartialDate | None:
    """A date as it is written, or none; BadRequest if it is no date."""
    if text is None:
        return None
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise BadRequest(param, str(error)) from error


def one_of(param: str, closed: type[E], text: str) -> E:
    """A value of a closed list; BadRequest if it is none of them."""
    try:
        return closed(text)
    except ValueError:
        listed = ", ".join(closed)
        raise BadRequest(param, f"{text[:40]!r} is none of {listed}") from None


def way(text: str) -> Direction:
    """Which way to follow claims; BadRequest if it is none."""
    chosen: Direction = among("direction", Direction, text)
    return chosen


def among(param: str, closed: Any, text: str) -> Any:
    """A value of a closed list of texts; BadRequest if it is none of them."""
    if text not in get_args(closed):
        listed = ", ".join(get_args(closed))
        raise BadRequest(param, f"{text[:40]!r} is none of {listed}")
    return text


def bounded(param: str, value: int, most: int) -> None:
    """BadRequest unless a value lies between 1 and the most there may be."""
    if not 1 <= value <= most:
        raise BadRequest(param, f"{param} must lie between 1 and {most}, and {value} does not")
