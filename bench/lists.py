"""How long the world's lists take: the shipped extract alone, and the great list merged with it."""

from __future__ import annotations

import subprocess
import sys
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.machine import ROOT

GREAT = ROOT.parent / "shared/data/sister_cities/hekman_twincities_2026/twin_cities.csv"
"""Share-alike, so it lies beside the repository or nowhere."""


def world_lists() -> dict[str, float]:
    """Seconds for `jamae ingest` into an empty file, start to end; without the great list one."""
    found = {"wikidata_s": _seconds("wikidata")}
    if GREAT.exists():
        found["both_s"] = _seconds("wikidata", "twincities", str(GREAT))
    return found


def _seconds(*what: str) -> float:
    with TemporaryDirectory(prefix="jamae-bench-") as folder:
        command = [sys.executable, "-m", "jamae", "ingest", *what]
        start = perf_counter()
        subprocess.run(  # noqa: S603 - our own command
            [*command, "--store", f"sqlite:///{folder}/lists.db"],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return round(perf_counter() - start, 2)
