"""Lists of sister cities: one short file a source, each facts about it, and how it is read.

`SOURCES` lists them all. Nothing is read or fetched by importing this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.errors import InputInvalid
from ingest.sources import placenames, register, twincities, wikidata
from ingest.sources.facts import Bounds, Reading, SourceFacts, SourceReport, Undecided
from ingest.sources.wikidata_facts import LIVE

if TYPE_CHECKING:
    from types import ModuleType

__all__ = [
    "SOURCES",
    "Bounds",
    "Reading",
    "SourceFacts",
    "SourceReport",
    "Undecided",
    "describe",
    "live",
    "shipped",
]

SOURCES: tuple[SourceFacts, ...] = (
    wikidata.FACTS,
    LIVE,
    twincities.FACTS,
    register.FACTS,
    placenames.FACTS,
)


def describe() -> list[dict[str, Any]]:
    """What `jamae sources` shows of each source, as plain values."""
    return [facts.model_dump(mode="json") for facts in SOURCES]


def shipped() -> tuple[Reading, ...]:
    """The lists that ship with the product, read."""
    return wikidata.read(), placenames.read()


def live() -> ModuleType:
    """The module that asks Wikidata; InputInvalid if what it needs is not installed."""
    try:
        from ingest.sources import wikidata_live
    except ImportError as error:
        raise InputInvalid("asking Wikidata needs the extra: pip install 'jamae[live]'") from error
    return wikidata_live
