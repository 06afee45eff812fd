"""Lists of sister cities: one short file a source, each facts about it, and how it is read.

`SOURCES` lists them all. Nothing is read or fetched by importing this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import InputInvalid
from graph.nodes import Source
from graph.store import walk_nodes
from ingest.records import shipped_records
from ingest.sources import articles, placenames, register, twincities, wikidata
from ingest.sources.facts import Bounds, Reading, SourceFacts, SourceReport, Undecided
from ingest.sources.merged import Merged, merged, merged_in
from ingest.sources.wikidata_facts import LIVE

if TYPE_CHECKING:
    from types import ModuleType

    from graph.nodes import Node
    from graph.store import View

__all__ = [
    "SOURCES",
    "Bounds",
    "Listed",
    "Merged",
    "Reading",
    "SourceFacts",
    "SourceReport",
    "Undecided",
    "describe",
    "live",
    "merged",
    "merged_in",
]

SOURCES: tuple[SourceFacts, ...] = (
    articles.FACTS,
    wikidata.FACTS,
    LIVE,
    twincities.FACTS,
    register.FACTS,
    placenames.FACTS,
)


class Listed(SourceFacts):
    """A source as `jamae sources` lists it: whether it ships, and which of it are in the store."""

    ships: bool
    loaded: tuple[str, ...] = ()


def describe(view: View | None = None) -> tuple[Listed, ...]:
    """All sources, and what the store of this view holds of them; of none if there is no store."""
    held = list(walk_nodes(view, "Source")) if view else []
    return tuple(
        Listed(
            **facts.model_dump(),
            ships=facts.licence_file is not None,
            loaded=tuple(one.id for one in held if _is_of(facts, one)),
        )
        for facts in SOURCES
    )


def _is_of(facts: SourceFacts, held: Node) -> bool:
    """Whether a source of a store is this one, or one of those that these facts tell of."""
    if facts.name == articles.FACTS.name:
        return held.id in {f"source:{path.stem}" for path in shipped_records()}
    if facts.name == register.FACTS.name:
        return isinstance(held, Source) and held.source_kind is facts.source_kind
    return held.id == facts.id


def live() -> ModuleType:
    """The module that asks Wikidata; InputInvalid if what it needs is not installed."""
    try:
        from ingest.sources import wikidata_live
    except ImportError as error:
        raise InputInvalid("asking Wikidata needs the extra: pip install 'jamae[live]'") from error
    return wikidata_live
