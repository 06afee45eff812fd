"""The report: `docs/performance.md` and its chart, made of the figures alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import lines
from bench.chart import chart
from bench.targets import figures, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bench.targets import Figure

NOTES = Path(__file__).parent / "notes.md"
MAIN = "1000000"
NAMES = {
    "embedded": "embedded",
    "neo4j": "our Neo4j store",
    "raw": "raw driver",
    "networkx": "networkx",
}
_HEAD = """\
# Performance

Written by `make bench` from `performance.json`; what is not a figure stands in
`bench/notes.md`. One workload is asked of four columns in one run on one machine, each in
a process of its own, and their answers are compared: one that differs fails the run.

* **embedded**: the SQLite store, as `jamae` uses it by default.
* **our Neo4j store**: the same questions over the server store.
* **raw driver**: hand-written Cypher over a layout of its own on such a server, without any
  code of ours, but that `graph/paths.py` goes on where the server finds fewer than ten shortest
  paths; it returns plain values, where ours return checked models.
* **networkx**: a `MultiDiGraph` in memory, in the form of `jamae.to_networkx`.
"""


def write_report(results: Mapping[str, Any], path: Path) -> str:
    """Write the report and the chart beside the figures; give its main table as text."""
    size = MAIN if MAIN in results["sizes"] else max(results["sizes"], key=int)
    found = figures(results, size)
    path.with_suffix(".svg").write_text(chart(results["sizes"]), "utf-8")
    parts = [
        _HEAD,
        _repeat(results["machine"]),
        f"## Figures at {int(size):,} claims\n\n{summary(found)}. Ratios first; the times "
        "behind a ratio stand beside it, ours before the other's.\n",
        table(("figure", "target", "reached", "", "behind it"), map(_row, found)),
        *(_size(name, one) for name, one in sorted(results["sizes"].items(), key=_number)),
        f"## Cost against size\n\n![Medians against the number of claims]({path.stem}.svg)\n",
        NOTES.read_text("utf-8") if NOTES.exists() else "",
    ]
    path.with_suffix(".md").write_text("\n".join(part for part in parts if part), "utf-8")
    return "\n".join(_line(figure) for figure in found) + f"\n{summary(found)}"


def _number(item: tuple[str, Any]) -> int:
    return int(item[0])


def _line(figure: Figure) -> str:
    what, target, reached, mark, _ = _row(figure)
    return f"{what:72} {target:>16} {reached:>14} {mark}"


def _row(figure: Figure) -> tuple[str, ...]:
    sign = "≥" if figure.at_least else "≤"
    return (
        figure.what,
        f"{sign} {_told(figure.bar)} {figure.unit}",
        f"{_told(figure.reached)} {figure.unit}",
        "yes" if figure.held else "**no**",
        figure.behind,
    )


def _told(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    told = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", "|" + "---|" * len(head), *told, ""])


def _repeat(machine: Mapping[str, Any]) -> str:
    told = "; ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in machine.items() if value
    )
    return f"""\
## To repeat

```console
$ make bench                                        # 1,000,000 claims, all columns
$ make bench SIZES=100000                           # a smaller step, added to the report
$ make bench SIZES=5000000 COLUMNS=embedded         # the largest step
```

Needs what the tests need (`make tools`) and some 10 GB of disk. A column that was measured
is kept in `.cache/bench` and is not measured again while the code is the same;
`make bench FRESH=1` measures all.

Machine: {told}.
"""


def _size(size: str, told: Mapping[str, Any]) -> str:
    columns = told["columns"]
    describes = told["claims"].get("DESCRIBES", 0)
    share = describes / sum(told["claims"].values())
    return "\n".join(
        [
            f"## {int(size):,} claims\n",
            f"{told['nodes']:,} nodes; `DESCRIBES` are claims too: {describes:,} of them, "
            f"{share:.0%} of all. Times in milliseconds, p50 / p99.\n",
            table(("line", *(NAMES[name] for name in columns)), _reads(columns)),
            table(("load and write", *(NAMES[name] for name in columns)), _writes(columns)),
            _http(columns.get("embedded")),
        ]
    )


def _reads(columns: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for line in lines.READS:
        yield line, *(_times(column["lines"][line]) for column in columns.values())


def _times(timing: Mapping[str, float]) -> str:
    return f"{_told(timing['p50'])} / {_told(timing['p99'])}"


def _writes(columns: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    every = columns.values()
    yield "load, claims/s", *(f"{c['load']['rate']:,}" for c in every)
    yield "upsert, claims/s", *(f"{c['writes']['claims_rate']:,}" for c in every)
    yield "upsert, nodes/s", *(f"{c['writes']['nodes_rate']:,}" for c in every)
    yield "one durable write, ms", *(_times(c["writes"]["single"]) for c in every)
    yield "peak memory of the process, MB", *(_told(c["peak_mb"] or 0) for c in every)
    yield "peak memory of the server, MB", *(_maybe(c["more"].get("server_peak_mb")) for c in every)
    yield "on disk, MB", *(_maybe(c["more"].get("size_mb")) for c in every)
    yield "open, ms", *(_maybe(c["more"].get("open_ms")) for c in every)
    yield "open, resident, MB", *(_maybe(c["more"].get("open_resident_mb")) for c in every)


def _maybe(value: float | None) -> str:
    return "–" if value is None else _told(value)


def _http(embedded: Mapping[str, Any] | None) -> str:
    if embedded is None:
        return ""
    rows = (
        (name, _told(one["question_ms"]), _told(one["http_ms"]), _told(one["overhead_ms"]))
        for name, one in embedded["more"]["http"].items()
    )
    return table(("endpoint, embedded", "in process, ms", "over HTTP, ms", "HTTP adds, ms"), rows)
