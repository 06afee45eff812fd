"""How long the world's lists take: the shipped extract, and the great list merged with it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.machine import ROOT
from graph.store import open_store
from ingest.places import Gazetteer
from ingest.sources import twincities, wikidata

if TYPE_CHECKING:
    from ingest.sources.facts import Reading

GREAT = ROOT.parent / "shared" / "data" / "sister_cities" / "hekman_twincities_2026"
