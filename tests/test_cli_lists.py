"""Lists by name and decisions on the command line: what a word means, and what is told."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.store import open_store
from ingest.decisions import read_decisions
from ingest.records import shipped_records
from ingest.sources import SOURCES, twincities
from ingest.sources.facts import Bounds
from jamae.cli import run
from jamae.given import NAMES
from tests import sparql_server
from tests.sparql_server import ENTITY, Row

if TYPE_CHECKING:
    from collections.abc import Callable

Result = tuple[int, str, str]
DATA = Path(__file__).parent / "data" / "sources"
REGISTER = DATA / "registers" / "01-plain.csv"
LIST = DATA / "twincities.csv"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder to be in, an empty data folder, English, and no server."""
    for name in [name for name in os.environ if name.startswith(("JAMAE_", "NEO4J_"))]:
        monkeypatch.delenv(name)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("JAMAE_LANG", "en")
    monkeypatch.setenv("JAMAE_STORE", f"sqlite:///{tmp_path}/jamae.db")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of twin towns may hold as few as the sample of it does."""
    lax = twincities.FACTS.model_copy(
        update={"ties": Bounds(least=1, most=99), "places": Bounds(least=1, most=99)}
    )
    monkeypatch.setattr(twincities.read, "__kwdefaults__", {"ties": lax.ties, "places": lax.places})


@pytest.fixture
def jamae(capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Runs a command in this process; gives exit code, stdout and stderr."""

    def call(*arguments: str) -> Result:
        capfd.readouterr()
        code = run(arguments)
        return (code, *capfd.readouterr())

    return call


def held(tmp_path: Path) -> set[str]:
    """The sources that the store holds."""
    with open_store(f"sqlite:///{tmp_path}/jamae.db") as store:
        return {node.id for node in store.read(lambda view: view.nodes("Source"))}


# ---------------------------------------------------------------- what a word means


def test_every_list_can_be_named(jamae: Callable[..., Result], tmp_path: Path) -> None:
    assert {facts.name for facts in SOURCES} == NAMES.keys() | {"wikidata --live"}
    assert jamae("ingest", "articles")[0] == 0
    assert held(tmp_path) == {f"source:{path.stem}" for path in shipped_records()}
    assert jamae("ingest", "wikidata", "places")[0] == 0
    assert held(tmp_path) > {"source:wikidata-p190-2022", "source:place-names"}


@pytest.mark.usefixtures("few")
def test_a_list_takes_the_files_after_its_name_and_a_path_stands_alone(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    record = str(shipped_records()[0])
    code, out, err = jamae("ingest", record, "twincities", str(LIST), "register", str(REGISTER))
    assert code == 0, err
    assert held(tmp_path) == {
        f"source:{Path(record).stem}",
        "source:twincities-2026",
        "source:test-01-plain",
    }
    assert re.search(r"^test-01-plain +4 +4 +0 +4 +5 ", out, re.MULTILINE)
    for row in ("28: name: city1 is empty", "31: shape: the row has more or fewer cells"):
        assert f"{LIST}:{row}" in err


def test_registers_of_every_ending_load_by_their_folder_and_are_told_in_eighty_columns(
    jamae: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for lang in ("ko", "en"):
        code, out, err = jamae("validate", str(REGISTER.parent), "--lang", lang)
        assert code == 0, err
        names = re.findall(r"^(test-[0-9]{2}-[a-z0-9-]+)(?: +[0-9,]+){8}$", out, re.MULTILINE)
        assert len(names) == len(list(REGISTER.parent.glob("*.source.yaml")))


def test_a_register_is_cited_by_row_and_an_article_by_line(jamae: Callable[..., Result]) -> None:
    article = next(str(path) for path in shipped_records() if path.stem == "suwon-2008")
    assert jamae("ingest", article, "register", str(REGISTER))[0] == 0
    ties = json.loads(jamae("ties", "수원", "--json")[1])["ties"]
    units = {(one["source"], one["unit"]) for tie in ties for one in tie["citations"]}
    assert units == {("source:suwon-2008", "line"), ("source:test-01-plain", "row")}
    for lang, row, line in (("ko", "2행", "8번째 줄"), ("en", "row 2", "line 8")):
        told = jamae("ties", "수원", "--lang", lang)[1]
        assert re.search(rf"\[\d\] {row}$", told, re.MULTILINE)
        assert re.search(rf"\[\d\] {line}$", told, re.MULTILINE)


def test_a_folder_may_hold_registers_records_and_decisions(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for path in (REGISTER, REGISTER.with_name("01-plain.source.yaml"), shipped_records()[0]):
        shutil.copy(path, folder / path.name)
    (folder / "decisions.yaml").write_text(decisions("source:mine"), "utf-8")
    (folder / "notes.csv").write_text("a,b\n", "utf-8")
    code, out, err = jamae("validate", str(folder))
    assert code == 0, err
    assert "of 3 sources: all in order" in out
    shutil.move(folder / "01-plain.csv", folder / "other.csv")
    code, _, err = jamae("validate", str(folder))
    assert code == 3
    assert "01-plain.source.yaml:1:1: error[no-register]" in err


def decisions(source: str) -> str:
    return (
        f'source: {{id: "{source}", source_kind: decision, title: Mine}}\n'
        "decisions:\n"
        "  - {different: [city:suwon.kr, city:Q20714], reason: A test., date: 2026}\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("twincities",), "jamae ingest twincities FILE"),
        (("register",), "jamae ingest register FILE"),
        (("twincities", "register", str(REGISTER)), "jamae ingest twincities FILE"),
        (("--live",), "jamae ingest wikidata --live"),
        (("articles", "--live"), "jamae ingest wikidata --live"),
    ],
)
def test_a_list_without_what_it_needs_is_refused_with_the_way_to_say_it(
    jamae: Callable[..., Result], arguments: tuple[str, ...], told: str
) -> None:
    for verb in ("ingest", "validate"):
        code, out, err = jamae(verb, *arguments)
        assert (code, out) == (2, "")
        assert told in err


def test_a_path_with_the_name_of_a_list_must_be_told_from_it(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    folder = tmp_path / "here" / "wikidata"
    folder.mkdir()
    shutil.copy(shipped_records()[0], folder)
    code, _, err = jamae("ingest", "wikidata")
    assert code == 2
    assert "write ./wikidata" in err
    assert jamae("ingest", "./wikidata")[0] == 0
    assert held(tmp_path) == {f"source:{shipped_records()[0].stem}"}


def test_a_register_that_does_not_say_whose_it_is_names_the_file_to_write(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    shutil.copy(REGISTER, tmp_path / "r.csv")
    code, _, err = jamae("ingest", "register", str(tmp_path / "r.csv"))
    assert code == 3
    assert "r.csv:1:1: error[no-metadata]" in err
    assert "r.source.yaml" in err
    code, _, err = jamae("ingest", "register", str(tmp_path / "s.csv"))
    assert code == 3
    assert "s.csv:1:1: error[no-file]: does not exist" in err
    assert "r.source.yaml beside it" in jamae("ingest", str(tmp_path / "r.csv"))[2]


def test_a_list_that_is_too_short_is_refused_and_nothing_written(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    code, _, err = jamae("ingest", "articles", "twincities", str(LIST))
    assert code == 3
    assert "error[count]: 25 ties were read, and 20,000–40,000 are expected" in err
    assert not (tmp_path / "jamae.db").exists()


# ---------------------------------------------------------------- decisions


@pytest.mark.usefixtures("few")
def test_open_places_are_written_to_decide_and_are_open_no_more_once_decided(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    code, out, err = jamae("ingest", "twincities", str(LIST), "--undecided", str(file))
    assert code == 0, err
    text = file.read_text("utf-8")
    open_ = [line for line in text.splitlines() if line.startswith("#  - {same: ")]
    perth = next(line for line in open_ if "city:perth.scotland.gb, city:Q203000" in line)
    assert "Perth" in perth
    assert "# Perth (GB), row 19: far_away" in text
    before = report(jamae, "twincities", str(LIST))
    assert f"{len(before['undecided'])} places to decide" in err
    assert f"{len(before['undecided'])} places may each be one of several cities" in out
    assert read_decisions(file).record.claims[1:] == ()  # it loads, and decides nothing yet

    chosen = perth.removeprefix("#").replace("reason: ,", "reason: The one in Scotland.,")
    file.write_text(text.replace(perth, chosen), "utf-8")
    after = report(jamae, "twincities", str(LIST), str(file))
    assert after["decided"] == 1
    assert len(after["undecided"]) == len(before["undecided"]) - 1
    with open_store(f"sqlite:///{tmp_path}/jamae.db") as store:
        assert store.read(lambda view: view.find("city:perth.scotland.gb")) == "city:Q203000"


def report(jamae: Callable[..., Result], *arguments: str) -> dict[str, Any]:
    """What `ingest --json` says of the list of twin towns."""
    code, out, err = jamae("ingest", *arguments, "--json")
    assert code == 0, err
    (told,) = [x for x in json.loads(out)["lists"] if x["source"] == "source:twincities-2026"]
    assert isinstance(told, dict)
    return told


@pytest.mark.usefixtures("few")
def test_a_decision_for_another_city_than_the_list_is_sure_of_must_part_it_from_that_one(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    head = 'source: {id: "source:mine", source_kind: decision, title: Mine}\ndecisions:\n'
    meant = "  - {is: {name: Suwon, country: South Korea}, id: city:Q8684, reason: x, date: 2026}\n"
    parted = "  - {different: [city:suwon.kr, city:Q20714], reason: x, date: 2026}\n"
    file.write_text(head + meant, "utf-8")
    code, _, err = jamae("ingest", "twincities", str(LIST), str(file))
    assert code == 3
    assert "error[decided-otherwise]: city:suwon.kr is taken for city:Q20714" in err
    assert "different: [city:suwon.kr, city:Q20714]" in err
    file.write_text(head + meant + parted, "utf-8")
    code, _, err = jamae("ingest", "twincities", str(LIST), str(file))
    assert code == 0, err
    with open_store(f"sqlite:///{tmp_path}/jamae.db") as store:
        assert store.read(lambda view: view.find("city:suwon.kr")) == "city:Q8684"
        assert store.read(lambda view: view.find("city:Q20714")) == "city:Q20714"


@pytest.mark.usefixtures("few")
def test_a_file_of_decisions_is_never_overwritten(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text("mine", "utf-8")
    arguments = ("twincities", str(LIST), "--undecided", str(tmp_path / "mine.yaml"))
    code, _, err = jamae("ingest", *arguments)
    assert code == 3
    assert "may hold decisions" in err
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "mine"
    assert not (tmp_path / "jamae.db").exists()


@pytest.mark.parametrize("kept", ["data/jamae/decisions.yaml", "elsewhere/ours"])
def test_kept_decisions_are_applied_on_every_load(
    jamae: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: str
) -> None:
    path = tmp_path / kept
    if "elsewhere" in kept:
        monkeypatch.setenv("JAMAE_DECISIONS", str(path))
        path /= "a.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(decisions("source:kept"), "utf-8")
    assert jamae("ingest", "articles")[0] == 0
    assert "source:kept" in held(tmp_path)
    assert jamae("ingest", str(path), "articles")[0] == 0  # named too, it is the same file
    assert jamae("retract", "source:kept", "--yes")[0] == 0


def test_kept_decisions_that_are_named_and_missing_are_a_problem(
    jamae: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAMAE_DECISIONS", str(tmp_path / "gone.yaml"))
    code, _, err = jamae("ingest", "articles")
    assert code == 3
    assert "gone.yaml:1:1: error[unreadable]" in err


# ---------------------------------------------------------------- what can be loaded


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_sources_are_listed_with_what_a_person_must_know(
    jamae: Callable[..., Result], lang: str
) -> None:
    assert jamae("ingest", "articles")[0] == 0
    code, out, err = jamae("sources", "--lang", lang)
    assert (code, err) == (0, "")
    flat = " ".join(out.split())
    for facts in SOURCES:
        one = facts.source_kind == "dataset"
        names = (facts.licence.split()[0], facts.lineage) if one else ()
        for said in (facts.name, facts.url, *names):
            assert said in flat
    assert ("the office" in flat) is (lang == "en"), "words, not names, in another language"
    assert ("있음 (5)" if lang == "ko" else "yes (5)") in flat


def test_sources_as_json_say_what_ships_and_what_is_loaded(jamae: Callable[..., Result]) -> None:
    told = {one["name"]: one for one in json.loads(jamae("sources", "--json")[1])}
    assert {name for name, one in told.items() if one["ships"]} == {
        "articles",
        "wikidata",
        "places",
    }
    assert not any(one["loaded"] for one in told.values())
    assert told["wikidata"]["ties"] == {"least": 8_182, "most": 8_182}
    assert jamae("ingest", str(REGISTER))[0] == 0
    told = {one["name"]: one for one in json.loads(jamae("sources", "--json")[1])}
    assert [name for name, one in told.items() if one["loaded"]] == ["register"]


# ---------------------------------------------------------------- Wikidata as it is now

ITEMS, STATEMENTS = 8_000, 15_000


def many() -> tuple[list[Row], list[Row]]:
    """As much as is expected of Wikidata at the least."""
    items = [
        {"item": f"{ENTITY}Q{n}", "en": f"Town {n}", "country": "KR"} for n in range(1, ITEMS + 1)
    ]
    statements = [
        {
            "statement": f"{ENTITY}statement/Q{n % ITEMS + 1}-{n:05}",
            "item": f"{ENTITY}Q{n % ITEMS + 1}",
            "partner": f"{ENTITY}Q{(n % ITEMS + 1 + n // ITEMS * 7 + 1) % ITEMS + 1}",
            "rank": "http://wikiba.se/ontology#NormalRank",
        }
        for n in range(STATEMENTS)
    ]
    return statements, items


def test_wikidata_is_asked_live_at_the_address_of_the_setting(
    jamae: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with sparql_server.serving(*many()) as server:
        monkeypatch.setenv("JAMAE_WIKIDATA", server.address)
        code, out, err = jamae("ingest", "wikidata", "--live", "--json")
        assert code == 0, err
    told = json.loads(out)
    assert told["sources"] == ["source:wikidata-p190"]
    assert told["merged"]["ties"] == STATEMENTS
    assert held(tmp_path) == {"source:wikidata-p190"}
    loaded = {one["name"]: one["loaded"] for one in json.loads(jamae("sources", "--json")[1])}
    assert loaded["wikidata --live"] == ["source:wikidata-p190"]


def test_a_download_that_broke_off_goes_on_in_the_data_folder(
    jamae: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    statements, items = many()
    with sparql_server.serving(statements[:100], items) as server:
        monkeypatch.setenv("JAMAE_WIKIDATA", server.address)
        server.misdeeds.extend([None, sparql_server.status(404)])
        code, _, err = jamae("ingest", "wikidata", "--live")
        assert code == 3
        assert "error[http-404]" in err
        assert [*(tmp_path / "data/jamae/wikidata").glob("page-*.json")]
        asked = len(server.asked)
        code, _, err = jamae("ingest", "wikidata", "--live")
        assert code == 3
        assert "error[count]: 100 ties were read" in err
        assert len(set(server.asked)) == len(server.asked) - 1  # only what failed was asked again
        assert len(server.asked) > asked
    assert not (tmp_path / "jamae.db").exists()


def test_an_address_that_must_not_be_asked_is_refused(
    jamae: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAMAE_WIKIDATA", "http://example.org/sparql")
    code, _, err = jamae("ingest", "wikidata", "--live")
    assert code == 3
    assert "only https" in err
