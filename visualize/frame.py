"""What all pages have in common: the frame around them, and what every template knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.values import Grade, Stage
from visualize import style
from visualize.links import HOME_COUNTRY, Links, switched
from visualize.templating import environment
from visualize.wording import Lang, Named, Words

LADDER = tuple(Stage)[:8]
GRADES = tuple(reversed(Grade))


def plain(template: str, context: Mapping[str, object]) -> str:
    """A page without a picture."""
    return environment().get_template(template).render(context)


def frame(
    lang: Lang, path: str, query: Mapping[str, object], nodes: Iterable[Named] = ()
) -> dict[str, object]:
    """What every page's template knows."""
    words = Words(lang)
    return {
        "countries": {node.id[8:]: words.name(node) for node in nodes if node.kind == "Country"},
        "home_country": HOME_COUNTRY,
        "lang": lang,
        "words": words,
        "links": Links(lang),
        "switch": switched(lang, path, query),
        "ladder": LADDER,
        "grades": GRADES,
        "marks": style.NODES,
        "query": "",
    }
