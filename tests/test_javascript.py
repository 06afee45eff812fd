"""The scripts of the pages: lint, types, and the parts that need no browser, run by Node."""

import json
import re
from pathlib import Path

import pytest

from tests import javascript
from tests.javascript import FOLDER, SCRIPTS, ToolUnavailable, lint, run, tool, types

TESTS = sorted(FOLDER.glob("*.test.js"))
QUIET = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"


def test_lint_and_types_are_content() -> None:
    for told in (lint(), types()):
        assert told.returncode == 0, told.stdout + told.stderr


def test_lint_tells_a_fault(tmp_path: Path) -> None:
    script = tmp_path / "bad.js"
    script.write_text("export const run = (text) => eval(text);\n", encoding="utf-8")
    told = run(tool("oxlint/bin/oxlint"), "--config", FOLDER / "oxlint.json", script)
    assert told.returncode != 0
    assert "no-eval" in told.stdout


def test_types_tell_a_fault(tmp_path: Path) -> None:
    script = tmp_path / "bad.js"
    script.write_text('/** @type {number} */\nexport const n = "one";\n', encoding="utf-8")
    project = tmp_path / "tsconfig.json"
    rules = {"extends": str(FOLDER / "tsconfig.json"), "include": [str(script)]}
    project.write_text(json.dumps(rules), encoding="utf-8")
    told = run(tool("typescript/bin/tsc"), "--project", project)
    assert told.returncode != 0
    assert "TS2322" in told.stdout


def test_types_are_checked_of_every_script() -> None:
    told = run(tool("typescript/bin/tsc"), "--project", FOLDER / "tsconfig.json", "--listFilesOnly")
    listed = {Path(line).name for line in told.stdout.splitlines() if "static" in line}
    assert listed >= {path.name for path in SCRIPTS.glob("*.js")}


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_what_needs_no_browser(path: Path) -> None:
    told = run(QUIET, "--test", "--test-reporter=tap", path)
    assert told.returncode == 0, told.stdout + told.stderr
    passed = re.search(r"^# pass (\d+)$", told.stdout, re.MULTILINE)
    assert passed
    assert int(passed[1]) > 0


def test_a_missing_tool_is_an_error_that_names_the_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(javascript, "MODULES", tmp_path)
    with pytest.raises(ToolUnavailable, match=r"axe-core .*\n(.*\n)*.*tests\.javascript install"):
        tool("axe-core/axe.min.js")
    assert javascript.main(["check"]) == 1


def test_the_lock_has_a_hash_for_each_package_and_no_address() -> None:
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert packages
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "resolved" not in text
