"""From a phrase in the search box to the page that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import PARTNERS
from graph.errors import Ambiguous, NotFound
from graph.nodes import NODE_KINDS
from graph.phrases import readings
from graph.questions.finding import resolve, search
from graph.search import Match
from visualize.links import Links

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graph.phrases import Asked
    from graph.settings import Lang
    from graph.store import View

ENDS = frozenset(NODE_KINDS) - {"Source"}
_TAKES: Mapping[str, Collection[str]] = {
    "partner": PARTNERS,
    "home": {"City"},
    "city": PARTNERS,
    "from": ENDS,
    "to": ENDS,
}
"""The kinds of node that each part of a question can mean."""


def address_of(view: View, text: str, lang: Lang) -> str | None:
    """The page of the question that a text asks; None if it is only a name.

    A name that is wholly the text is meant by it, whatever it could ask. Of several readings
    the first holds whose names all mean something; without one its page says what is unclear.
    """
    ways = readings(text)
    if not ways or _is_called(view, text):
        return None
    told = [(way, _found(view, way)) for way in ways]
    way, names = next((one for one in told if all(one[1].values())), told[0])
    given = {part: names[part] or way.names[part][0] for part in way.names}
    path = "/" if way.question == "beneficiaries" else f"/{way.question}"
    return Links(lang).to(path, **given)


def _is_called(view: View, text: str) -> bool:
    hits: Sequence[Match] = [hit.match for hit in search(view, text, limit=1).results]
    return bool(hits) and hits[0] in {Match.KEY, Match.WHOLE}


def _found(view: View, way: Asked) -> dict[str, str | None]:
    """What each name of a reading means, or None."""
    return {part: _meant(view, told, _TAKES[part]) for part, told in way.names.items()}


def _meant(view: View, spellings: Sequence[str], kinds: Collection[str]) -> str | None:
    """The id that the first of these spellings means that means one; a name if it means several."""
    several = None
    for spelling in spellings:
        try:
            return resolve(view, spelling, kinds)
        except Ambiguous:
            several = several or spelling
        except NotFound:
            continue
    return several
