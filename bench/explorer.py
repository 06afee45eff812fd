"""The pages against their budgets, and against stock pyvis on the same nodes and lines.

`python -m bench.explorer [STEP…]` loads all that ships into a store of its own, serves it, opens
its pages in Chromium, and writes `docs/explorer-performance.json` and `.md`; with steps only these
figures are taken anew.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from bench import painting, scenes
from bench.explorer_report import write_report
from bench.http import served
from bench.machine import ROOT, described
from bench.stock import files_served, stock_page
from graph.store import open_store
from ingest.load import load
from tests.browser import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from bench.scenes import Sized
    from graph.store import GraphStore

RESULTS = ROOT / "docs" / "explorer-performance.json"
HUBS = 5
TIMES = 3
STOCK_TIMES = 2
SIZES = (25, 150, 300)
PAGES = {
    "first page": "/?lang=ko",
    "answer": "/?partner=city:Q10389&lang=ko",
    "scene of 25": "{25}",
    "scene of the largest hub": "{hub}",
    "map open": "{25}&as=map",
    "map open, all ties": "{25}&show=whole&as=map",
    "matrix open": "{25}&as=matrix",
    "table": "{25}&as=table",
    "all views opened": "{25}",
    "city": "/city/Q8686?lang=ko",
    "ties": "/ties?city=city:Q8686&lang=ko",
    "ties without trade": "/gaps?lang=ko",
    "path": "/path?from=city:Q42144&to=city:Q10127&lang=ko",
    "brief": "/brief?partner=city:Q10389&lang=ko",
    "embedded": "/embed?{25 query}",
}
READY = {"map": ".map-stage[data-ready]", "matrix": ".matrix[data-ready]"}


class Run:
    """One run: the store's scenes, the server over it, the browser, the files beside it."""

    def __init__(self, browser: Browser, store: GraphStore, origin: str, folder: Path) -> None:
        self.browser, self.origin, self.folder = browser, origin, folder
        self.hubs = scenes.hubs(store, HUBS)
        self.store = store
        self.usual = scenes.usual(store, self.hubs[0])
        self.sized = {size: scenes.sized(store, self.hubs[0], size) for size in SIZES}

    def measured(self, wanted: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """All figures, or those of the steps that are wanted, one step after another."""
        hub = self.usual.address
        steps: dict[str, Callable[[], Any]] = {
            "scenes": self._scenes,
            "first_paint": self._first_paints,
            "expand": self._expansions,
            "pan": self._pans,
            "labels": self._labels,
            "export": self._exports,
            "weight": partial(self._weights, hub),
            "stock": self._stock,
        }
        for name, step in steps.items():
            if wanted and name not in wanted:
                continue
            print(f"{name} …", file=sys.stderr, flush=True)
            yield name, step()

    def _scenes(self) -> dict[str, dict[str, int]]:
        told = {**{str(size): one for size, one in self.sized.items()}, "hub": self.usual}
        return {name: {"nodes": one.nodes, "claims": one.claims} for name, one in told.items()}

    def _first_paints(self) -> dict[str, dict[str, float]]:
        wanted = {"25": self.sized[25], "hub": self.usual, "150": self.sized[150]}
        return {name: self._middle(painting.first_paint, one) for name, one in wanted.items()}

    def _middle(
        self, measure: Callable[[Browser, str], float], one: Sized, times: int = TIMES
    ) -> dict[str, float]:
        return painting.middle(partial(measure, self.browser, self.origin + one.address), times)

    def _expansions(self) -> dict[str, dict[str, float]]:
        """At each hub once, so that the server has not met what it is asked for."""
        found = {}
        for size in (25, 138):
            at = [scenes.sized(self.store, hub, size) for hub in self.hubs]
            given = iter([self.sized[25], *at])
            found[str(size)] = painting.middle(
                lambda given=given: painting.expansion(  # type: ignore[misc] # a default binds it now
                    self.browser, self.origin + next(given).address
                ),
                len(at),
            )
        return found

    def _pans(self) -> dict[str, dict[str, float]]:
        return {
            str(size): self._middle(painting.panning, self.sized[size], STOCK_TIMES)
            for size in (150, 300)
        }

    def _labels(self) -> dict[str, dict[str, Any]]:
        found = {}
        for name, size in (("1440", painting.WIDE), ("390", painting.NARROW)):
            for nodes, at in self._scenes_of_hubs():
                with painting.fresh(self.browser, size) as page:
                    painting.opened(page, self.origin + at)
                    found[f"{nodes} at {name} px, {at.partition('~')[0][13:]}"] = painting.labels(
                        page
                    )
        return found

    def _scenes_of_hubs(self) -> Iterator[tuple[int, str]]:
        for hub in self.hubs:
            yield 25, scenes.sized(self.store, hub, 25).address
        yield from ((size, self.sized[size].address) for size in (150, 300))

    def _exports(self) -> dict[str, dict[str, float]]:
        found = {}
        for name, one in (("25", self.sized[25]), ("hub", self.usual), ("300", self.sized[300])):
            path = self.folder / f"export-{name}.html"
            query = one.address.partition("?")[2]
            with urlopen(f"{self.origin}/view.html?{query}", timeout=60) as reply:  # noqa: S310 (ours)
                path.write_bytes(reply.read())
            found[name] = painting.middle(
                partial(painting.first_paint, self.browser, path.as_uri()), TIMES
            ) | {"kilobytes": round(path.stat().st_size / 1000)}
        return found

    def _weights(self, hub: str) -> dict[str, dict[str, int]]:
        known = {"{25}": self.sized[25].address, "{hub}": hub}
        known["{25 query}"] = self.sized[25].address.partition("?")[2]
        found = {}
        for name, pattern in PAGES.items():
            address = pattern
            for gap, value in known.items():
                address = address.replace(gap, value)
            sizes = painting.weight(self.browser, self.origin + address, self._opening(name))
            vis = sum(size for url, size in sizes.items() if "/vis-network" in url)
            found[name] = {"all": sum(sizes.values()), "beyond": sum(sizes.values()) - vis}
        return found

    def _opening(self, name: str) -> Callable[[Page], None] | None:
        """What is done to a page before it is weighed."""
        if name == "all views opened":
            return _open_all
        view = name.partition(" ")[0]
        return (lambda page: _await_view(page, view)) if view in READY else None

    def _stock(self) -> dict[str, dict[str, float]]:
        """Stock pyvis: its first paint and frames on the same nodes and lines, its weight."""
        found: dict[str, dict[str, float]] = {}
        wanted = {**{str(size): one for size, one in self.sized.items()}, "hub": self.usual}
        with files_served(self.folder) as origin:
            for name, one in wanted.items():
                path = self.folder / f"stock-{name}.html"
                path.write_text(self._stock_page(one), "utf-8")
                address = f"{origin}/{path.name}"
                times = STOCK_TIMES if one.nodes < 150 else 1
                paint = painting.middle(
                    partial(painting.first_paint, self.browser, address), times
                )["median"]
                pan = painting.panning(self.browser, address)
                bytes_ = sum(painting.weight(self.browser, address).values())
                found[name] = {"first_paint": paint, "pan": round(pan, 1), "bytes": bytes_}
        return found

    def _stock_page(self, one: Sized) -> str:
        with painting.fresh(self.browser) as page:
            page.goto(self.origin + one.address)
            block = "(id) => JSON.parse(document.getElementById(id).textContent)"
            return stock_page(
                *(page.evaluate(block, f"graph-{part}") for part in ("nodes", "edges"))
            )


def _await_view(page: Page, view: str) -> None:
    page.wait_for_selector(READY.get(view, "#table"), state="attached")


def _open_all(page: Page) -> None:
    for view in ("map", "matrix", "table"):
        _open_view(page, view)


def _open_view(page: Page, view: str) -> None:
    page.locator(f"#tabs a[data-view='{view}']").click()
    _await_view(page, view)


def main() -> None:
    """Measure all and write the report."""
    with (
        TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/world.db") as store,
    ):
        print("loading all that ships …", file=sys.stderr, flush=True)
        load(store)
        with served(store.url) as port, chromium() as browser:
            run = Run(browser, store, f"http://127.0.0.1:{port}", Path(folder))
            results = _known() | {"machine": _machine(browser)}
            for name, found in run.measured(sys.argv[1:]):
                results[name] = found  # kept at once: a run that is cut short can go on
                told = json.dumps(results, indent=1, ensure_ascii=False)
                RESULTS.write_text(f"{told}\n", "utf-8")
    print(write_report(results, RESULTS.with_suffix(".md")))


def _known() -> dict[str, Any]:
    """The figures of earlier runs."""
    return dict(json.loads(RESULTS.read_text("utf-8"))) if RESULTS.exists() else {}


def _machine(browser: Browser) -> dict[str, Any]:
    kept = ("processor", "cores", "memory_gb", "system", "python")
    told = {key: value for key, value in described().items() if key in kept}
    told["waiting_for_a_core"] = f"{os.getloadavg()[0]:.0f} on average as it began"
    return {**told, "chromium": f"{browser.version}, headless, no graphics processor"}


if __name__ == "__main__":
    main()
