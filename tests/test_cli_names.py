"""What is wrong is told by the name that a person typed it for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import jamae as door
from graph.errors import BadRequest, NotFound
from graph.questions.finding import resolve
from graph.store import open_store
from ingest.load import load
from ingest.records import SHIPPED
from jamae.cli import app, run
from jamae.naming import as_typed


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store of the shipped records, for reading only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('names') / 'jamae.db'}"
    with open_store(url) as store:
        load(store, [SHIPPED])
    return url


@pytest.fixture
def said(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shipped: str
) -> Callable[..., str]:
    """Runs a command that fails; gives what it said."""
    for name in [name for name in os.environ if name.startswith(("JAMAE_", "NEO4J_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("JAMAE_STORE", shipped)

    def call(*arguments: str) -> str:
        capfd.readouterr()
        assert run(arguments) in {1, 2}
        return capfd.readouterr().err

    return call


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("who-benefits", "Bandung", "--min-grade", "sure"), "--min-grade: 'sure' is none of"),
        (("who-benefits", "Bandung", "--as-of", "soon"), "--as-of: 'soon' is no date"),
        (("who-benefits", "Bandung", "--home", "그린존"), "--home: 그린존 is a Firm"),
        (("who-benefits", "Bandung", "--home", " "), "--home: nothing is asked for"),
        (("who-benefits", "그린존"), "PARTNER: 그린존 is a Firm"),
        (("who-benefits", " "), "PARTNER: nothing is asked for"),
        (("benefits", "Suwon"), "FIRM: 수원시 is a City"),
        (("ties", " "), "NAME: nothing is asked for"),
        (("show", "a" * 201), "NAME: a name has at most 200"),
        (("search", " "), "TEXT: nothing is asked for"),
        (("search", "a", "--kind", "Town"), "--kind: 'Town' is no kind"),
        (("check", "--code", "x"), "--code: 'x' is no code"),
        (("check", "--severity", "x"), "--severity: 'x' is none of"),
        (("check", "--format", "x"), "--format: 'x' is none of"),
        (("search", "a", "--limit", "0"), "--limit must lie between 1 and 200, and 0 does not"),
        (("neighbours", "Suwon", "--kind", "LOVES"), "--kind: 'LOVES' is no kind"),
        (("neighbours", "Suwon", "--direction", "up"), "--direction: 'up' is none of"),
        (("path", " ", "Suwon"), "FROM: nothing is asked for"),
        (("path", "Suwon", " "), "TO: nothing is asked for"),
        (("path", "Suwon", "Jinju", "--max-hops", "9"), "--max-hops must lie between"),
        (("totals", "--partner", " "), "--partner: nothing is asked for"),
        (("totals", "--since", "soon"), "--since: 'soon' is no date"),
        (("export", "html", "--center", " "), "--center: nothing is asked for"),
        (("export", "html", "--center", "Suwon", "--depth", "9"), "--depth must lie between"),
        (("get", "v1/limits"), "PATH: a path begins with /"),
        (("check", "--lang", "fr"), "--lang must be ko or en, and what was given is not"),
        (("serve", "--port", "abc"), "--port must be a whole number, and what was given is not"),
    ],
)
def test_a_wrong_value_is_told_by_what_was_typed(
    said: Callable[..., str], arguments: tuple[str, ...], named: str
) -> None:
    assert said(*arguments).startswith(f"error[bad_value]: {named}")


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 64, "192.0.2.1"])
def test_a_host_that_is_none_is_named_with_its_option(said: Callable[..., str], host: str) -> None:
    told = said("serve", "--host", host, "--port", "0")
    assert told.startswith(f"error[failed]: host {host} ")
    assert told.endswith("; name another with --host\n")


def test_every_parameter_of_every_verb_has_a_name_to_type() -> None:
    for command in app.registered_commands:
        assert command.callback
        for name in command.callback.__annotations__.keys() - {"return"}:
            typed = as_typed(command.callback, name)
            assert typed.startswith("--") or typed.isupper(), (command.name, name)


def test_in_python_the_parameter_is_named_as_there(shipped: str) -> None:
    with door.open_store(shipped) as store:
        for call, param in (
            (lambda: door.who_benefits(store, "그린존"), "partner"),
            (lambda: door.who_benefits(store, "Bandung", home="그린존"), "home"),
            (lambda: door.benefits(store, "Suwon"), "firm"),
            (lambda: door.search(store, " "), "text"),
            (lambda: door.path(store, "Suwon", " "), "goal"),
        ):
            with pytest.raises(BadRequest) as wrong:
                call()
            assert wrong.value.param == param
        with pytest.raises(NotFound) as unknown:
            door.totals(store, city="Atlantis")
        assert (unknown.value.param, unknown.value.empty) == ("city", False)


def test_an_empty_store_says_that_it_is_empty(said: Callable[..., str], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mistyped.db'}"
    with door.open_store(url) as store, pytest.raises(NotFound, match="holds nothing yet"):
        door.who_benefits(store, "Bandung")
    told = said("ties", "Suwon", "--store", url)
    assert told.endswith("the store holds nothing yet; load records: jamae ingest\n")
    assert said("ties", "Atlantis").endswith("; look for it: jamae search TEXT\n")


@pytest.mark.parametrize("name", ["대한민국", "한국", "남한", "Korea", "South Korea"])
def test_a_country_has_its_usual_names(shipped: str, name: str) -> None:
    with open_store(shipped) as store:
        assert store.read(lambda view: resolve(view, name)) == "country:KR"
