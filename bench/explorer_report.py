"""The report on the pages: `docs/explorer-performance.md`, made of the figures alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.report import table
from bench.targets import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOTES = Path(__file__).with_name("explorer_notes.md")
_HEAD = """\
# Performance of the pages

Written by `make bench-explorer` from `explorer-performance.json`. The pages are served by
`jamae serve` over all that ships and opened in Chromium, each time with an empty cache;
times are medians of {times} after one that is not counted, taken when what was asked for has been
presented. Machine: {machine}.

Stock pyvis is the page that `Network.generate_html` makes with `cdn_resources="in_line"` of the
same nodes and lines, vis-network inside it. It still asks a foreign host for Bootstrap, on which
nothing in it depends: those two tags are taken out, so that no request leaves. Its first paint is
when its layout has settled; it cannot expand, so there it is compared by showing the larger graph.

## To repeat

```console
$ make bench-explorer
```

Needs Chromium (`make tools`) and about ten minutes. Times mean little on a machine that does
something else; ratios hold.
"""


class Line(NamedTuple):
    """A figure, and what stock pyvis does in its place, if it does anything."""

    figure: Figure
    stock: float | None = None


def write_report(results: Mapping[str, Any], path: Path) -> str:
    """Write the report; give its main table as text."""
    machine = "; ".join(f"{key.replace('_', ' ')} {one}" for key, one in results["machine"].items())
    lines = list(_lines(results))
    main = table(
        ("figure", "budget", "reached", "", "stock pyvis", "ratio", "behind it"), map(_row, lines)
    )
    parts = [
        _HEAD.format(times=3, machine=machine),
        "## Figures\n",
        main,
        "## Weight by page\n",
        table(
            ("page", "bytes in gzip", "beyond vis-network"),
            (
                (name, f"{one['all']:,}", f"{one['beyond']:,}")
                for name, one in results["weight"].items()
            ),
        ),
        "## Labels\n",
        table(
            ("scene", "marks in sight", "labels", "overlaps at all zooms"),
            (
                (name, str(one["marks"]), str(one["labels"]), str(one["overlaps"]))
                for name, one in results["labels"].items()
            ),
        ),
    ]
    parts.append(NOTES.read_text("utf-8"))
    path.write_text("\n".join(parts), "utf-8")
    return main


def _row(line: Line) -> tuple[str, ...]:
    one = line.figure
    return (
        one.what,
        f"{'≥' if one.at_least else '≤'} {one.bar:,.0f} {one.unit}",
        f"{one.reached:,.0f} {one.unit}",
        "yes" if one.held else "**no**",
        "–" if line.stock is None else f"{line.stock:,.0f} {one.unit}",
        "–" if line.stock is None else f"{_ratio(line):.1f}×",
        one.behind,
    )


def _ratio(line: Line) -> float:
    """How many times better than stock pyvis."""
    ours, stock = line.figure.reached, line.stock or 0.0
    return (ours / stock if line.figure.at_least else stock / ours) if ours and stock else 0.0


def _lines(results: Mapping[str, Any]) -> Iterator[Line]:
    yield from _paints(results)
    yield from _pans(results)
    yield from _weights(results)
    yield from _labels(results)


def _paints(results: Mapping[str, Any]) -> Iterator[Line]:
    stock, told = results["stock"], results["scenes"]
    paint, export = results["first_paint"], results["export"]
    for name, bar in (("25", 1500), ("hub", 2000), ("150", None)):
        what = f"first paint, {_scene(name, told)}"
        if bar is not None:
            yield Line(_within(what, bar, "ms", paint[name]), stock[name]["first_paint"])
    for name, larger in (("25", "25"), ("138", "150")):
        what = f"expand, from key to painted, {name} and 12 more"
        yield Line(_within(what, 200, "ms", results["expand"][name]), stock[larger]["first_paint"])
    for name in ("25", "hub", "300"):
        what = f"HTML export opens, {_scene(name, told)}"
        one = export[name]
        behind = f"worst {one['worst']:,.0f}; {one['kilobytes']:,} KB"
        figure = Figure(what, 1000, one["median"], "ms", at_least=False, behind=behind)
        yield Line(figure, stock[name]["first_paint"])


def _scene(name: str, told: Mapping[str, Any]) -> str:
    nodes = f"{told[name]['nodes']} nodes"
    return f"largest hub as it opens, {nodes}" if name == "hub" else nodes


def _within(what: str, bar: float, unit: str, one: Mapping[str, float]) -> Figure:
    behind = f"worst {one['worst']:,.0f}"
    return Figure(what, bar, one["median"], unit, at_least=False, behind=behind)


def _pans(results: Mapping[str, Any]) -> Iterator[Line]:
    for name, bar in (("150", 45), ("300", 30)):
        claims = results["scenes"][name]["claims"]
        what, behind = f"redraws while dragged, {name} nodes", f"{claims} claims among them"
        reached = results["pan"][name]["median"]
        figure = Figure(what, bar, reached, "a second", at_least=True, behind=behind)
        yield Line(figure, results["stock"][name]["pan"])


def _weights(results: Mapping[str, Any]) -> Iterator[Line]:
    stock, heaviest = results["stock"]["25"]["bytes"] / 1000, results["weight"]
    for key, bar in (("all", 400), ("beyond", 60)):
        name = max(heaviest, key=lambda one: heaviest[one][key])
        what = "page weight in gzip" + (" beyond vis-network" if key == "beyond" else "")
        figure = Figure(what, bar, heaviest[name][key] / 1000, "KB", at_least=False, behind=name)
        yield Line(figure, stock if key == "all" else None)


def _labels(results: Mapping[str, Any]) -> Iterator[Line]:
    few = [one for one in results["labels"].values() if one["marks"] <= 25]
    marks, names = (sum(one[key] for one in few) for key in ("marks", "labels"))
    share = 100 * names / marks
    behind = f"{names} of {marks}, {len(few)} scenes"
    yield Line(Figure("labels placed at ≤ 25 nodes", 100, share, "%", at_least=True, behind=behind))
    touching = sum(one["overlaps"] for one in results["labels"].values())
    zooms = max(one["zooms"] for one in results["labels"].values())
    behind = f"{len(results['labels'])} scenes at {zooms} zooms"
    yield Line(Figure("labels that touch another", 0, touching, "", at_least=False, behind=behind))
