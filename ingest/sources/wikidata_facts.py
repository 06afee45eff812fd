"""What is known of Wikidata as it is asked live, without what asking it needs."""

from __future__ import annotations

from ingest.sources.facts import Bounds, SourceFacts

ADDRESS = "https://query.wikidata.org/sparql"
USER_AGENT = "jamae (knowledge graph of sister cities)"
LIVE = SourceFacts(
    name="wikidata --live",
    id="source:wikidata-p190",
    title="Twinned administrative bodies in Wikidata (P190)",
    publisher="Wikidata contributors",
    licence="CC0-1.0",
    url="https://www.wikidata.org/wiki/Property:P190",
    lineage="wikimedia",
    ties=Bounds(least=15_000, most=200_000),
    places=Bounds(least=8_000, most=100_000),
    given="nothing, or the address of another SPARQL endpoint",
    note="Asked of the endpoint at the time of loading; published is the day on which that began.",
)
