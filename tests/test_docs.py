"""What the docs say is true: the README's output, every route, verb, setting and exit code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from api.app import create_app
from graph.settings import Settings
from graph.store import open_store
from ingest.records import read_record, shipped_records

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.ko.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def jamae(arguments: list[str], home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "jamae", *arguments],
        cwd=ROOT,
        env={
            **{key: value for key, value in os.environ.items() if "NEO4J" not in key},
            "JAMAE_STORE": f"sqlite:///{home}/jamae.db",
            "COLUMNS": "100",
            "NO_COLOR": "1",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    jamae(["ingest"], folder)
    return folder


@pytest.mark.parametrize("name", READMES)
def test_the_readme_shows_true_output(name: str, home: Path) -> None:
    blocks = re.findall(r"```console\n\$ jamae ([^\n]+)\n(.*?)\n```", text(name), re.DOTALL)
    assert len(blocks) == 5
    for command, shown in blocks:
        assert jamae(shlex.split(command), home) == shown, command


@pytest.mark.parametrize("name", READMES)
def test_the_readme_opens_with_the_two_commands(name: str) -> None:
    assert re.search(r"```\nmake run .*\nmake test .*\n```", text(name))


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/*.md")) + [ROOT / n for n in READMES])
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "/")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_route_is_described(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/jamae.db") as store:
        paths = create_app(Settings(store=store.url), store).openapi()["paths"]
    described = text("docs/http.md")
    assert [path for path in paths if path not in described] == []


def test_every_verb_and_exit_code_is_described(home: Path) -> None:
    described = text("docs/cli.md")
    verbs = re.findall(r"^  ([a-z][a-z-]+)  ", jamae(["--help"], home), re.MULTILINE)
    assert len(verbs) >= 16
    assert [verb for verb in verbs if f"`{verb}" not in described] == []
    assert [code for code in (0, 1, 2, 3, 4, 130) if f"| {code} |" not in described] == []


def test_the_docs_say_how_to_ask_where_compose_switches_the_browser_off() -> None:
    described = text("docs/neo4j.md")
    assert 'NEO4J_server_http_enabled: "false"' in text("docker-compose.yml")
    for way in ("switches HTTP off", "docker compose exec neo4j cypher-shell", "bolt://localhost"):
        assert way in described
    assert not re.search("^#.*browser", described, re.M | re.I)


def test_the_docs_claim_what_ships() -> None:
    shipped = [read_record(path).source for path in shipped_records()]
    assert [one.source_kind for one in shipped] == ["article"] * 5
    assert "five press articles" in text("README.md")
    assert "보도 기사 다섯" in text("README.ko.md")


def test_every_setting_is_described() -> None:
    described = text("docs/cli.md") + text("docs/http.md")
    source = text("graph/settings.py")
    names = set(re.findall(r'"((?:JAMAE|NEO4J)_[A-Z_]+)"', source))
    assert names
    assert sorted(name for name in names if name not in described) == []
