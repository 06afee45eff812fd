"""The files beside the pages: how they are joined, sent, and kept."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from tests.graphs import served, stored, trade
from tests.javascript import node
from visualize.assets import BUNDLES, address, asset, assets, lasting, release
from visualize.joining import bare, bare_style, exported, joined

SOURCES = {
    "one.js": "/** What it is. */\nconst SIZE = 1;\nexport const one = () => SIZE;\n",
    "two.js": 'import { one } from "./one.js";\n\nconst SIZE = 2;\n\n'
    "/**\n * @returns {number}\n */\n"
    "export function two() {\n  return one() + /** @type {number} */ (SIZE);\n}\n",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with stored(tmp_path_factory.mktemp("assets"), trade()) as store, served(store) as made:
        yield made


def test_joined_modules_keep_their_names_apart(browser: Browser) -> None:
    script = joined(list(SOURCES), SOURCES.__getitem__, {})
    page = browser.new_page()
    assert page.evaluate(f"() => {{ {script}\nreturn two$.two(); }}") == 3
    page.close()


def test_what_stands_in_another_script_is_imported_from_it() -> None:
    bundles = {"first.js": ("one.js",), "two.js": ("two.js",)}
    script = joined(("two.js",), SOURCES.__getitem__, bundles)
    assert script.startswith('import { one$ } from "./first.js";\n')
    assert exported(("two.js",), SOURCES.__getitem__) == (
        "export { two$ };\nexport const { two } = two$;\n"
    )


def test_only_comments_are_left_out() -> None:
    assert bare(SOURCES["one.js"]) == "const SIZE = 1;\nexport const one = () => SIZE;\n"
    assert bare_style("/* x */\n.a {\n  top: 0;\n}\n") == ".a {\ntop: 0;\n}\n"
    cast = "a();\n/** @type {any} */ (b).c = 1;\nd();\n/** What it is. */\ne();\n"
    assert bare(cast) == "a();\n(b).c = 1;\nd();\ne();\n"
    assert bare('const a = "/** no */"; // stays\n') == 'const a = "/** no */"; // stays\n'


def test_no_script_that_is_sent_says_what_types_are() -> None:
    for name in BUNDLES:
        text = assets()[name].body.decode()
        assert not re.search(r"@(param|returns|type|typedef)\b", text), name


@pytest.mark.parametrize("name", BUNDLES)
def test_every_script_that_is_sent_is_whole(name: str, tmp_path: Path) -> None:
    path = tmp_path / name.replace(".js", ".mjs")
    path.write_bytes(assets()[name].body)
    command = [str(node()), "--check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_file_in_gzip_is_the_same_file() -> None:
    for one in assets().values():
        assert gzip.decompress(one.packed) == one.body


def test_an_address_has_a_release_and_is_kept_for_ever(client: TestClient) -> None:
    reply = client.get(address("picture.js"))
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["content-encoding"] == "gzip"
    found = asset("picture.js")
    assert found
    assert reply.content == found.body


def test_another_release_is_answered_but_not_kept(client: TestClient) -> None:
    other = f"{'0' * 12}/picture.js"
    assert not lasting(other)
    assert lasting(f"{release()}/picture.js")
    assert client.get(f"/static/{other}").headers["cache-control"] == "public, no-cache"
    assert client.get(f"/static/{'0' * 11}/picture.js").status_code == 404


@pytest.mark.parametrize("path", ["/", "/static/picture.js", "/view?center=city:Q1"])
@pytest.mark.parametrize("takes", ["", "identity", "gzip;q=0", "br", "*;q=0"])
def test_who_takes_no_gzip_gets_none(client: TestClient, path: str, takes: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": takes})
    packed = client.get(path, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content
    assert "Accept-Encoding" in plain.headers["vary"]
    assert plain.headers["etag"] != packed.headers["etag"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]}
    assert client.get(path, headers=known).status_code == 304
    assert client.get(path, headers=known | {"Accept-Encoding": ""}).status_code == 200
