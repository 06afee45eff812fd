"""The figures to reach, and what a run reached of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bench import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GROWING = (lines.LOOKUP, lines.HOP, lines.SHORTEST, lines.MEDIAN)
RAW_TIMES = {
    lines.LOOKUP: 30.0,
    lines.HOP: 15.0,
    lines.HOPS: 6.0,
    lines.SHORTEST: 5.0,
    lines.TEN: 2.0,
    lines.MEDIAN: 5.0,
}
MODEL_LINES = (lines.LOOKUP, lines.HOP, lines.HOPS)


@dataclass(frozen=True)
class Figure:
    """One figure: what it is, the bar, what was reached, and the times behind a ratio."""

    what: str
    bar: float
    reached: float
    unit: str
    at_least: bool
    behind: str = ""

    @property
    def held(self) -> bool:
        """Whether the bar is reached."""
        return self.reached >= self.bar if self.at_least else self.reached <= self.bar


def figures(results: Mapping[str, Any], size: str) -> list[Figure]:
    """Every figure that the run of a size can tell; the growth looks at the other sizes too."""
    columns = results["sizes"][size]["columns"]
    found = list(_own(columns["embedded"])) if "embedded" in columns else []
    if {"embedded", "raw"} <= columns.keys():
        found += _against_raw(columns["embedded"], columns["raw"])
    if {"embedded", "networkx"} <= columns.keys():
        found += _against_memory(columns["embedded"], columns["networkx"])
    if {"neo4j", "raw"} <= columns.keys():
        found += _server(columns["neo4j"], columns["raw"])
    return [*found, *_growth(results["sizes"]), *_lists(results.get("lists") or {})]


def _times(what: str, bar: float, ours: float, theirs: float) -> Figure:
    behind = f"{ours:.3g} ms, {theirs:.3g} ms"
    return Figure(what, bar, theirs / ours, "x", at_least=True, behind=behind)


def p50(column: Mapping[str, Any], line: str) -> float:
    """The median of a line, in milliseconds."""
    return float(column["lines"][line]["p50"])


def _against_raw(ours: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[Figure]:
    for line, bar in RAW_TIMES.items():
        yield _times(
            f"{line}, embedded, faster than the raw loop", bar, p50(ours, line), p50(raw, line)
        )
    single, theirs = ours["writes"]["single"]["p50"], raw["writes"]["single"]["p50"]
    yield _times("single durable write, embedded, faster than the raw loop", 5, single, theirs)
    for name, bar in (("claims_rate", 1.0), ("nodes_rate", 0.8)):
        mine, other = ours["writes"][name], raw["writes"][name]
        what = f"{name.partition('s_')[0]} upsert, embedded, against the raw loop"
        yield Figure(what, bar, mine / other, "x", at_least=True, behind=f"{mine:,}/s, {other:,}/s")
    memory = raw["more"].get("server_peak_mb")
    if memory:
        behind = f"{ours['peak_mb']:.0f} MB, {memory:.0f} MB"
        what = "memory, embedded, of the raw loop's server"
        yield Figure(what, 0.1, ours["peak_mb"] / memory, "x", at_least=False, behind=behind)


def _against_memory(ours: Mapping[str, Any], memory: Mapping[str, Any]) -> Iterator[Figure]:
    for line in MODEL_LINES:
        mine, other = p50(ours, line), p50(memory, line)
        behind = f"{mine:.3g} ms, {other:.3g} ms"
        what = f"{line}, embedded, slower than networkx"
        yield Figure(what, 8, mine / other, "x", at_least=False, behind=behind)
    mine, other = ours["peak_mb"], memory["load"]["peak_mb"]
    behind = f"{mine:.0f} MB, {other:.0f} MB"
    what = "memory, embedded, of networkx"
    yield Figure(what, 0.2, mine / other, "x", at_least=False, behind=behind)


def _server(ours: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[Figure]:
    for line in lines.READS:
        mine, other = p50(ours, line), p50(raw, line)
        behind = f"{mine:.3g} ms, {other:.3g} ms"
        what = f"{line}, our Neo4j store, throughput of the raw loop"
        yield Figure(what, 0.85, other / mine, "x", at_least=True, behind=behind)
    mine, other = ours["load"]["rate"], raw["load"]["rate"]
    what, behind = "load, our Neo4j store, of the raw loop", f"{mine:,}/s, {other:,}/s"
    yield Figure(what, 0.9, mine / other, "x", at_least=True, behind=behind)


def _own(ours: Mapping[str, Any]) -> Iterator[Figure]:
    median, every = ours["lines"][lines.MEDIAN], ours["lines"][lines.PARTNERS]
    yield Figure("beneficiaries, median partner, embedded", 10, median["p50"], "ms", at_least=False)
    yield Figure(
        "beneficiaries, p99 of all ranks, embedded", 150, every["p99"], "ms", at_least=False
    )
    yield Figure("load, embedded", 25_000, ours["load"]["rate"], "claims/s", at_least=True)
    yield Figure("load, embedded, peak memory", 400, ours["load"]["peak_mb"], "MB", at_least=False)
    more = ours["more"]
    yield Figure("open", 50, more["open_ms"], "ms", at_least=False)
    yield Figure("open, resident", 60, more["open_resident_mb"], "MB", at_least=False)
    for endpoint, told in more["http"].items():
        behind = f"{told['question_ms']:.3g} ms in process"
        yield Figure(
            f"HTTP over the question, {endpoint}",
            1.5, told["overhead_ms"], "ms", at_least=False, behind=behind,
        )  # fmt: skip


def steps(sizes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The sizes that the embedded column was measured at, each with the next."""
    known = sorted((s for s in sizes if "embedded" in sizes[s]["columns"]), key=int)
    return list(pairwise(known))


def _growth(sizes: Mapping[str, Any]) -> Iterator[Figure]:
    for small, large in steps(sizes):
        before, after = (sizes[s]["columns"]["embedded"] for s in (small, large))
        step = f"{int(small):,} to {int(large):,} claims"
        for line in GROWING:
            was, now = p50(before, line), p50(after, line)
            behind = f"{was:.3g} ms, {now:.3g} ms"
            yield Figure(
                f"{line}, growth {step}", 1.5, now / was, "x", at_least=False, behind=behind
            )
        if int(large) > 1_000_000:
            slower = before["load"]["rate"] / after["load"]["rate"]
            yield Figure(f"load, against linear, {step}", 2, slower, "x", at_least=False)


def _lists(lists: Mapping[str, Any]) -> Iterator[Figure]:
    for name, bar, what in (
        ("wikidata_s", 6, "Wikidata extract, loaded"),
        ("both_s", 25, "both lists, loaded and merged"),
    ):
        if name in lists:
            yield Figure(what, bar, lists[name], "s", at_least=False)


def summary(figures: Sequence[Figure]) -> str:
    """How many figures are reached."""
    held = sum(figure.held for figure in figures)
    return f"{held} of {len(figures)} figures reached"
