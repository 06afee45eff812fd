"""`jamae check`: baselines, forms of output, exit codes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from graph.claims import SameAs
from graph.questions.checks import CODES
from graph.store import GraphStore, open_store
from jamae.cli import run
from tests.check_cases import CASES, tie
from tests.graphs import said, served, stored

Result = tuple[int, str, str]

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
LOCATION = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": "^[a-z]+:[^ ]+$"}},
                },
                "region": {
                    "type": "object",
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string"},
                    "fullyQualifiedName": {"type": "string"},
                    "kind": {"type": "string"},
                },
            },
        },
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "language": {"pattern": "^[a-zA-Z]{2}$"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "properties": {"level": LEVEL}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION},
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "baselineState": {
                                    "enum": ["new", "unchanged", "updated", "absent"]
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What sections 3.13 to 3.52 of the standard ask of the properties that are written."""


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """English, wide lines, and a store of one self-tie, two missions and a silent partner."""
    for name in [name for name in os.environ if name.startswith(("JAMAE_", "NEO4J_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("JAMAE_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("JAMAE_STORE", f"sqlite:///{tmp_path / 'graph.db'}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    """One self-tie and one suspected double mission."""
    with stored(tmp_path, selves("a"), *CASES["mission_duplicate"].fires) as made:
        yield made


def selves(*names: str) -> list[Any]:
    ties = [tie("source:selves", (f"city:{name}", f"city:{name}")) for name in names]
    return said("source:selves", *ties, published="2010")


@pytest.fixture
def jamae(capfd: pytest.CaptureFixture[str], store: GraphStore) -> Callable[..., Result]:
    """Runs `jamae check` in this process; gives exit code, stdout and stderr."""
    assert store.url

    def call(*arguments: str) -> Result:
        capfd.readouterr()
        code = run(["check", *arguments])
        return (code, *capfd.readouterr())

    return call


@pytest.fixture
def known(jamae: Callable[..., Result], tmp_path: Path) -> Path:
    """A baseline of all that stands at first."""
    path = tmp_path / "known.json"
    assert jamae("--write-baseline", str(path))[0] == 0
    return path


def told(out: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out)
    return found


# ---------------------------------------------------------------- text


def test_findings_are_listed_by_code_and_never_fail_by_themselves(
    jamae: Callable[..., Result],
) -> None:
    code, out, err = jamae()
    assert (code, err) == (0, "")
    assert "error · tie_with_itself · 1" in out
    assert "warning · mission_duplicate · 1" in out
    assert out.index("tie_with_itself") < out.index("mission_duplicate")
    assert "(2010-03-01/2010-03-06; 2010-03-02/2010-03-06)" in out


def test_findings_are_told_in_korean(jamae: Callable[..., Result]) -> None:
    _, out, _ = jamae("--lang", "ko")
    assert "오류 · tie_with_itself · 1" in out
    assert "한 곳이 자기 자신과 결연했습니다" in out
    assert "joins a place" not in out


def test_what_is_not_listed_is_counted(jamae: Callable[..., Result]) -> None:
    _, out, _ = jamae("--limit", "1")
    assert "mission_duplicate 1" in out
    assert "--limit" in out
    _, out, _ = jamae("--severity", "warning")
    assert "tie_with_itself" not in out


@pytest.mark.parametrize(
    "arguments", [("--code", "x"), ("--severity", "x"), ("--limit", "201"), ("--format", "x")]
)
def test_a_value_outside_its_limits_is_usage(
    jamae: Callable[..., Result], arguments: tuple[str, ...]
) -> None:
    code, out, err = jamae(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("error[bad_value]:")


# ---------------------------------------------------------------- baseline


def test_only_known_findings_are_no_failure(jamae: Callable[..., Result], known: Path) -> None:
    code, out, err = jamae("--baseline", str(known))
    assert (code, err) == (0, "")
    assert "2 findings of the baseline not shown." in out
    assert "mission_duplicate" not in out


def test_a_new_finding_fails_and_alone_is_listed(
    jamae: Callable[..., Result], known: Path, store: GraphStore
) -> None:
    store.write(selves("b"))
    code, out, err = jamae("--baseline", str(known))
    assert code == 1
    assert err.startswith("error[failed]: 1 finding is not in")
    assert "tie_with_itself · 1" in out
    assert "mission_duplicate" not in out
    report = told(jamae("--baseline", str(known), "--format", "json")[1])
    assert (len(report["new"]), report["known"], report["vanished"]) == (1, 2, [])
    assert len(report["findings"]) == 3


def test_what_is_gone_is_told(jamae: Callable[..., Result], known: Path, store: GraphStore) -> None:
    store.retract("source:selves")
    code, out, _ = jamae("--baseline", str(known))
    assert code == 0
    assert "Gone: tie_with_itself:" in out
    code, out, _ = jamae("--baseline", str(known), "--code", "mission_duplicate")
    assert "Gone" not in out


def test_a_known_finding_stays_known_when_a_merge_renames_its_nodes(
    jamae: Callable[..., Result], known: Path, store: GraphStore
) -> None:
    before = told(jamae("--json", "--code", "tie_with_itself")[1])["findings"][0]["id"]
    same = SameAs(from_="city:a", to="city:0", source="source:ruling")
    store.write(said("source:ruling", same, kind="decision", published="2010"))
    now = told(jamae("--json", "--code", "tie_with_itself")[1])["findings"][0]
    assert now["about"] == ["city:0"]
    assert now["id"] != before
    report = told(jamae("--baseline", str(known), "--format", "json")[1])
    assert (report["new"], report["known"], report["vanished"]) == ([], 2, [])


def test_a_code_that_is_no_more_is_gone(jamae: Callable[..., Result], known: Path) -> None:
    known.write_text(known.read_text("utf-8").replace("mission_duplicate", "mission_twice"))
    report = told(jamae("--baseline", str(known), "--format", "json")[1])
    assert [one["code"] for one in report["vanished"]] == ["mission_twice"]
    assert [one.partition(":")[0] for one in report["new"]] == ["mission_duplicate"]


def test_a_baseline_is_the_same_each_time_and_a_line_for_each(
    jamae: Callable[..., Result], known: Path
) -> None:
    first = known.read_bytes()
    assert jamae("--write-baseline", str(known))[0] == 0
    assert known.read_bytes() == first
    assert first.count(b"\n") == 5


@pytest.mark.parametrize("text", ["", "{}", "[1", '{"format": "x", "findings": []}', "\xff"])
def test_what_is_no_baseline_is_refused(
    jamae: Callable[..., Result], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(text.encode("latin-1"))
    code, out, err = jamae("--baseline", str(path))
    assert (code, out) == (3, "")
    assert f"{path}:1:1: error[baseline]: is no baseline" in err


def test_a_baseline_that_is_missing_or_cannot_be_written(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    assert jamae("--baseline", str(tmp_path / "none"))[0] == 3
    code, _, err = jamae("--write-baseline", str(tmp_path / "none" / "known.json"))
    assert code == 1
    assert "there is no folder" in err


# ---------------------------------------------------------------- json and sarif


def test_json_has_every_finding(jamae: Callable[..., Result], store: GraphStore) -> None:
    names = [f"n{number}" for number in range(30)]
    store.write(selves(*names))
    report = told(jamae("--format", "json")[1])
    assert len(report["findings"]) == 32
    assert report["next"] is None
    assert report["new"] is None
    page = told(jamae("--json")[1])
    assert len(page["findings"]) == 25
    assert page["next"]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_sarif_has_what_the_standard_asks(
    jamae: Callable[..., Result], known: Path, store: GraphStore, lang: str
) -> None:
    store.write(selves("b"))
    store.retract("source:one")
    log = told(jamae("--format", "sarif", "--lang", lang, "--baseline", str(known))[1])
    Draft202012Validator(SARIF).validate(log)
    run_ = log["runs"][0]
    assert [rule["id"] for rule in run_["tool"]["driver"]["rules"]] == list(CODES)
    states = [(one["ruleId"], one["baselineState"]) for one in run_["results"]]
    assert sorted(states) == [
        ("mission_duplicate", "absent"),
        ("tie_with_itself", "new"),
        ("tie_with_itself", "unchanged"),
    ]
    assert run_["results"][0]["locations"][0]["logicalLocations"]
    assert run_["language"] == lang


def test_sarif_of_every_code(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number, (code, case) in enumerate(CASES.items()):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        with open_store(url) as store:
            for batch in case.fires:
                store.write(batch)
        capfd.readouterr()
        assert run(["check", "--format", "sarif", "--store", url]) == 0
        log = told(capfd.readouterr().out)
        Draft202012Validator(SARIF).validate(log)
        assert [one["ruleId"] for one in log["runs"][0]["results"]] == [code]
        assert "baselineState" not in log["runs"][0]["results"][0]


# ---------------------------------------------------------------- http


def test_pages_of_the_api_join_to_the_whole(store: GraphStore) -> None:
    store.write(selves(*(f"n{number}" for number in range(30))))
    with served(store) as client:
        whole = client.get("/v1/checks?limit=200").json()
        assert len(whole["findings"]) == 32
        for size in (1, 7, 25):
            found, address = [], f"/v1/checks?limit={size}"
            while address:
                page = client.get(address).json()
                assert page["counts"] == whole["counts"]
                found += page["findings"]
                following = page["next"]
                address = f"/v1/checks?limit={size}&cursor={following}" if following else ""
            assert found == whole["findings"]


def test_filters_of_the_api(store: GraphStore) -> None:
    with served(store) as client:
        some = client.get("/v1/checks?code=mission_duplicate,tie_disputed").json()
        assert some["counts"] == {"mission_duplicate": 1}
        assert client.get("/v1/checks?severity=error").json()["counts"] == {"tie_with_itself": 1}
        assert client.get("/v1/checks?code=nonsense").status_code == 422
        assert client.get("/v1/checks?severity=grave").status_code == 422
