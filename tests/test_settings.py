"""Settings: who wins, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.cursors import Place, sealer
from graph.errors import BadRequest
from graph.settings import VARIABLES, Settings

HOME = {"XDG_DATA_HOME": "/data"}


def test_defaults_are_for_this_machine_only() -> None:
    found = Settings.read(HOME)
    assert found.store == "sqlite:////data/jamae/jamae.db"
    assert (found.host, found.port, found.lang, found.workers) == ("127.0.0.1", 8000, "en", 16)
    assert found.credentials is None
    assert found.requests_a_minute is None
    assert set(found.origin.values()) == {"default"}


def test_a_data_home_that_is_no_absolute_path_is_ignored() -> None:
    for environ in ({}, {"XDG_DATA_HOME": ""}, {"XDG_DATA_HOME": "here"}):
        assert Settings.read(environ).store.endswith("/.local/share/jamae/jamae.db")


def test_flag_over_environment_over_default() -> None:
    environ = {"JAMAE_STORE": "sqlite:///a", "NEO4J_URI": "neo4j://b", "NEO4J_URL": "neo4j://c"}
    flagged = Settings.read(environ, {"store": "sqlite:///flag", "host": None})
    assert (flagged.store, flagged.origin["store"]) == ("sqlite:///flag", "--store")
    for variable in VARIABLES["store"]:
        found = Settings.read(environ)
        assert (found.store, found.origin["store"]) == (environ.pop(variable), variable)
    assert Settings.read(environ).origin["store"] == "default"


def test_password_of_the_environment_or_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("from the file\nsecond line\n")
    environ = {"NEO4J_PASSWORD_FILE": str(file)}
    found = Settings.read(environ)
    assert found.credentials == ("neo4j", "from the file")
    assert found.origin["password"] == "NEO4J_PASSWORD_FILE"  # noqa: S105
    found = Settings.read(environ | {"NEO4J_PASSWORD": "direct", "NEO4J_USERNAME": "me"})
    assert found.credentials == ("me", "direct")
    assert "direct" not in repr(found)


@pytest.mark.parametrize(
    ("environ", "lang", "origin"),
    [
        ({"JAMAE_LANG": "ko", "LANG": "en_US.UTF-8"}, "ko", "JAMAE_LANG"),
        ({"LC_ALL": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"}, "ko", "LC_ALL"),
        ({"LANG": "ko_KR.UTF-8"}, "ko", "LANG"),
        ({"LANG": "C"}, "en", "LANG"),
    ],
)
def test_language_of_the_locale(environ: dict[str, str], lang: str, origin: str) -> None:
    found = Settings.read(environ)
    assert (found.lang, found.origin["lang"]) == (lang, origin)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("JAMAE_PORT", "http"),
        ("JAMAE_PORT", "65536"),
        ("JAMAE_PORT", "-1"),
        ("JAMAE_PORT", "٣"),
        ("JAMAE_WORKERS", "0"),
        ("JAMAE_RATE_LIMIT", "9" * 5000),
        ("JAMAE_LANG", "fr"),
        ("JAMAE_CURSOR_SECRET", "short"),
        ("NEO4J_PASSWORD_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_value_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(BadRequest, match=variable) as error:
        Settings.read({variable: value})
    assert error.value.param == variable
    if not variable.endswith("_FILE"):
        assert re.search("must be .+, and what was given is not", str(error.value))
    if len(value) > 3:
        assert value not in str(error.value)


def test_hosts_are_listed() -> None:
    found = Settings.read({"JAMAE_ALLOWED_HOSTS": " A.example, b.example,, "})
    assert found.allowed_hosts == ("a.example", "b.example")


def test_cursors_outlive_the_process(tmp_path: Path) -> None:
    found = Settings.read({"XDG_DATA_HOME": str(tmp_path)})
    cursor = sealer(found).seal(Place("v", "after"), "question")
    assert sealer(found).open(cursor, "question") == Place("v", "after")
    assert (tmp_path / "jamae" / "cursor.key").stat().st_mode & 0o777 == 0o600


def test_without_a_place_for_a_key_cursors_last_as_long_as_the_process() -> None:
    found = Settings(store="unused", data_home=Path("/proc/nowhere"))
    one = sealer(found)
    assert one.open(one.seal(Place("v", "가"), "q"), "q") == Place("v", "가")


def test_the_sites_that_may_embed_are_origins_or_any() -> None:
    assert Settings.read({}).embed == ()
    assert Settings.read({"JAMAE_EMBED": "*"}).embed == ("*",)
    two = "https://www.Example.org, http://localhost:8080"
    assert Settings.read({"JAMAE_EMBED": two}).embed == (
        "https://www.example.org",
        "http://localhost:8080",
    )
    for bad in (
        "www.example.org",
        "https://a.example/path",
        "'self'",
        "*; script-src *",
        "https://*.a",
        "a\nb",
    ):
        with pytest.raises(BadRequest, match="JAMAE_EMBED"):
            Settings.read({"JAMAE_EMBED": bad})
