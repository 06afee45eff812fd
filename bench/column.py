"""One column in a process of its own: load, read, write, and what that took.

`python -m bench.column NAME FOLDER` reads the world and the inputs from the folder and
leaves `NAME.json` there.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

from bench import lines
from bench.inputs import Inputs
from bench.process import peak_mb
from bench.shape import Shape
from bench.timing import Timing, timed
from bench.world import World
from bench.writes import writes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.lines import Line
    from graph.claims import Claim


class Column(Protocol):
    """What a column can do; `world.ndjson` and the inputs lie in its folder."""

    def load(self, path: Path) -> int:
        """Load the world into nothing; how many claims there are."""

    def lines(self, inputs: Inputs) -> list[Line]:
        """Every line of the workload."""

    def write(self, claims: Sequence[Claim]) -> None:
        """Write claims, new or known, at once and durably."""

    def more(self, inputs: Inputs) -> dict[str, Any]:
        """Figures that only this column has; asked last."""

    def close(self) -> None:
        """Let go of everything."""


def run(column: Column, folder: Path, shape: Shape) -> dict[str, Any]:
    """Everything measured of one column."""
    found: dict[str, Any] = {"load": _load(column, folder / "world.ndjson")}
    inputs = Inputs(**json.loads((folder / "inputs.json").read_text("utf-8")))
    found["lines"], found["answers"] = _read(column, inputs)
    found["peak_mb"] = peak_mb()
    found["more"] = column.more(inputs)
    found["writes"] = _write(column, World(shape))
    return found


def _load(column: Column, path: Path) -> dict[str, Any]:
    start = perf_counter()
    claims = column.load(path)
    seconds = perf_counter() - start
    _say(f"loaded {claims:,} claims in {seconds:.0f} s")
    return {
        "claims": claims,
        "seconds": round(seconds, 2),
        "rate": round(claims / seconds),
        "peak_mb": peak_mb(),
    }


def _read(column: Column, inputs: Inputs) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    timings, answers = {}, {}
    for line in column.lines(inputs):
        timing, keys = timed(line.ask, line.inputs, line.key)
        _say(f"{line.name}: {timing.p50:.3f} ms, p99 {timing.p99:.3f} ms")
        timings[line.name] = asdict(timing)
        answers[line.name] = [_digests(key) for key in keys]
    return timings, answers


def _digests(key: Any) -> dict[str, str]:
    """By part of an answer's key a few digits that tell it from others."""
    parts = key if isinstance(key, lines.Parts) else {"answer": key}
    return {part: _digest(value) for part, value in parts.items()}


def _digest(key: Any) -> str:
    text = json.dumps(key, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _write(column: Column, world: World) -> dict[str, Any]:
    what = writes(world)
    column.write(what.ground)
    single = [_seconds(column, [claim]) for claim in what.single]
    column.write(what.claims)
    claims = _seconds(column, what.claims + what.more)
    nodes = _seconds(column, what.nodes)
    _say("written")
    return {
        "single": asdict(Timing.of(single)),
        "claims_rate": round(2 * len(what.claims) / claims),
        "nodes_rate": round(len(what.nodes) / nodes),
    }


def _seconds(column: Column, claims: Sequence[Claim]) -> float:
    start = perf_counter()
    column.write(claims)
    return perf_counter() - start


def _say(text: str) -> None:
    print(f"    {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Run the column that the arguments name and leave its figures in the folder."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    shape = Shape(**json.loads((folder / "shape.json").read_text("utf-8")))
    column = _opened(name, folder)
    try:
        found = run(column, folder, shape)
    finally:
        column.close()
    (folder / f"{name}.json").write_text(json.dumps(found, indent=1), "utf-8")


def _opened(name: str, folder: Path) -> Column:
    """The column of that name; each brings its own imports, which are part of its memory."""
    if name == "embedded":
        from bench.embedded import Embedded

        return Embedded(folder)
    if name == "neo4j":
        from bench.server import Server

        return Server()
    if name == "raw":
        from bench.raw import Raw

        return Raw()
    from bench.memory import Memory

    return Memory()


if __name__ == "__main__":
    main()
