"""Who may know whom: the rooms, and the one door of each foreign library."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "graph": set(),
    "visualize": {"graph"},
    "api": {"graph", "visualize"},
    "ingest": {"graph"},
    "jamae": {"graph", "ingest", "api", "visualize"},
}
DOORS: dict[str, str | tuple[str, ...]] = {
    "neo4j": "graph/neo4j_",
    "sqlite3": "graph/sqlite_",
    "fastapi": "api/",
    "starlette": "api/",
    "pyvis": "visualize/network.py",
    "typer": "jamae/",
    "rich": "jamae/",
    "uvicorn": ("api/server.py", "jamae/server.py"),
    "yaml": "ingest/",
    "urllib3": "ingest/sources/",
    "openpyxl": "ingest/sources/",
}
FILES = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = relative(path).partition("/")[0]
    rooms = {name.partition(".")[0] for name in imported(path)} & MAY_IMPORT.keys()
    assert rooms <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_foreign_library_has_one_door(path: Path) -> None:
    for name in {name.partition(".")[0] for name in imported(path)} & DOORS.keys():
        assert relative(path).startswith(DOORS[name]), f"{name} is met outside {DOORS[name]}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_the_environment_is_read_in_settings_only(path: Path) -> None:
    reads = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert not reads or relative(path) == "graph/settings.py"


@pytest.mark.parametrize("path", [p for p in FILES if relative(p).startswith("visualize/")])
def test_the_pictures_never_meet_a_store(path: Path) -> None:
    met = {name for name in imported(path) if "store" in name or "ledger" in name}
    assert not met


def test_importing_has_no_effect(tmp_path: Path) -> None:
    modules = [relative(path)[:-3].replace("/", ".").removesuffix(".__init__") for path in FILES]
    script = "\n".join(f"import {m}" for m in modules if not m.endswith("__main__"))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [p for p in tmp_path.rglob("*") if "__pycache__" not in p.parts] == []
