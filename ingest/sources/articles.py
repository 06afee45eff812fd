"""The five press articles that ship as curated records: who did what, in our own words."""

from __future__ import annotations

from graph.values import SourceKind
from ingest.sources.facts import Bounds, SourceFacts

FACTS = SourceFacts(
    name="articles",
    id="source:*",
    title="Five press articles on sister cities and trade, as curated records",
    publisher="the jamae contributors; each record names its article",
    licence="CC0-1.0",
    url="https://creativecommons.org/publicdomain/zero/1.0/",
    lineage="each article itself",
    source_kind=SourceKind.ARTICLE,
    ties=Bounds(least=9, most=9),
    places=Bounds(least=24, most=24),
    licence_file="records/LICENSE",
)
