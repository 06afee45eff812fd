"""The benchmark: `python -m bench [--sizes N…] [--columns NAME…] [--fresh]`.

Each column runs in a process of its own and leaves a file of figures, which is kept while
the code stays as it is: a run that was cut short goes on where it stopped. Everything lies
in one folder, `.cache/bench` unless told otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.compare import differences
from bench.lists import world_lists
from bench.machine import ROOT, code_digest, described
from bench.making import make_world
from bench.report import write_report
from bench.server import empty_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

COLUMNS = ("embedded", "neo4j", "raw", "networkx")
RESULTS = ROOT / "docs" / "performance.json"


def main() -> int:
    """Run what is asked for and write the report; 1 if two columns answer differently."""
    signal.signal(signal.SIGTERM, _interrupt)
    asked = _parser().parse_args()
    try:
        return _run(asked)
    except KeyboardInterrupt:
        print("interrupted; what was measured is kept, run the same again", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure jamae.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000], help="claims")
    parser.add_argument("--columns", nargs="+", choices=COLUMNS, default=COLUMNS)
    parser.add_argument("--fresh", action="store_true", help="measure again what is known")
    parser.add_argument("--folder", type=Path, default=ROOT / ".cache" / "bench")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the figures of all runs")
    return parser


def _run(asked: argparse.Namespace) -> int:
    results = _known(asked.results)
    for size in asked.sizes:
        folder = asked.folder / str(size)
        make_world(size, folder)
        columns = {name: _column(name, folder, fresh=asked.fresh) for name in asked.columns}
        if wrong := differences(columns):
            print("\n".join(["the columns do not agree:", *wrong[:40]]), file=sys.stderr)
            return 1
        results["sizes"][str(size)] = _told(folder, columns)
    results["machine"] = described()
    results["lists"] = world_lists()
    asked.results.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(write_report(results, asked.results))
    return 0


def _known(path: Path) -> dict[str, Any]:
    """The figures of earlier runs, to which those of other sizes are added."""
    if not path.exists():
        return {"sizes": {}}
    known: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return known


def _told(folder: Path, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of one size: of each column all but its answers."""
    return {
        "claims": json.loads((folder / "counts.json").read_text("utf-8")),
        "nodes": json.loads((folder / "shape.json").read_text("utf-8"))["nodes"],
        "columns": {
            name: {key: value for key, value in column.items() if key != "answers"}
            for name, column in columns.items()
        },
    }


def _column(name: str, folder: Path, *, fresh: bool) -> dict[str, Any]:
    """The figures of a column, measured unless they are known of this very code."""
    path, code = folder / f"{name}.json", code_digest(name)
    if path.exists() and not fresh:
        known: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if known.get("code") == code:
            return known
    path.unlink(missing_ok=True)
    print(f"{name}, {folder.name} claims", file=sys.stderr, flush=True)
    start = perf_counter()
    with _server(name, folder) as variables:
        command = [sys.executable, "-m", "bench.column", name, str(folder)]
        _child(command, variables)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    found |= {"code": code, "seconds": round(perf_counter() - start)}
    path.write_text(json.dumps(found, indent=1), "utf-8")
    return found


def _server(name: str, folder: Path) -> AbstractContextManager[dict[str, str]]:
    """An empty server for the columns that need one; its files go with it."""
    return _own_server(folder / "server") if name in {"neo4j", "raw"} else nullcontext({})


@contextmanager
def _own_server(home: Path) -> Iterator[dict[str, str]]:
    shutil.rmtree(home, ignore_errors=True)
    try:
        with empty_server(home) as variables:
            yield variables
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _child(command: list[str], variables: Mapping[str, str]) -> None:
    """Run to the end; a process that is still there when we are interrupted ends with us."""
    process = subprocess.Popen(command, env={**os.environ, **variables})  # noqa: S603 - our own
    try:
        if process.wait():
            raise SystemExit(f"{command[2]} {command[3]} failed; nothing is written")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
