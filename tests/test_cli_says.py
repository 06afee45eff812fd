"""What the command line says: of nothing, of one and of many, of names and of files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.claims import Claim, LocatedIn
from graph.nodes import City, Firm, Source
from graph.store import GraphStore, open_store
from ingest.load import load
from ingest.records import SHIPPED
from jamae.cli import run
from tests.graphs import crowd, stored
from tests.random_graphs import describing
from tests.store_contents import city, source, told

Result = tuple[int, str, str]
NO_PROOF = {
    "en": ("does not mean that there was no benefit", "neither that there were any nor"),
    "ko": ("혜택이 없었다는 말이 아닙니다", "혜택이 있었는지 없었는지 말할 수 없습니다"),
}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment that names an empty data folder, English, and wide lines."""
    for name in [name for name in os.environ if name.startswith(("JAMAE_", "NEO4J_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("JAMAE_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store of the shipped records, for reading only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('says') / 'jamae.db'}"
    with open_store(url) as store:
        load(store, [SHIPPED])
    return url


@pytest.fixture
def small(tmp_path: Path) -> Iterator[GraphStore]:
    """Firms of a mission that visited nobody, and one that only sits somewhere."""
    with stored(tmp_path, crowd(1), seated()) as store:
        yield store


def seated() -> list[Claim]:
    """A firm of which a source says where it is, and nothing else."""
    source = "source:seats"
    nodes = [Source(id=source), Firm(id="firm:alone", names={"en": "Alone"}), City(id="city:Q9")]
    where = LocatedIn(from_="firm:alone", to="city:Q9", source=source)
    return [*describing(source, *nodes), where]


@pytest.fixture
def jamae(capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Runs a command in this process; gives exit code, stdout and stderr."""

    def call(*arguments: str) -> Result:
        capfd.readouterr()
        code = run(arguments)
        return (code, *capfd.readouterr())

    return call


# ---------------------------------------------------------------- nothing


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_each_kind_of_nothing_about_a_firm_is_told(
    jamae: Callable[..., Result], small: GraphStore, lang: str
) -> None:
    for name, said in zip(("Crowd 0", "Alone"), NO_PROOF[lang], strict=True):
        code, out, _ = jamae("benefits", name, "--store", small.url, "--lang", lang)
        assert code == 0
        assert said in out


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "does not mean that there was no trade"), ("ko", "교역이 없었다는 말이 아닙니다")],
)
def test_no_sum_on_record_is_not_no_trade(
    jamae: Callable[..., Result], shipped: str, lang: str, said: str
) -> None:
    out = jamae("totals", "--since", "1950", "--until", "1951", "--store", shipped, "--lang", lang)
    assert said in out[1]


def test_a_thing_leads_to_itself_without_a_table(
    jamae: Callable[..., Result], shipped: str
) -> None:
    _, out, _ = jamae("path", "Suwon", "수원", "--store", shipped)
    assert "Both names mean the same thing." in out
    assert "─" not in out


def test_no_cell_is_blank(jamae: Callable[..., Result], shipped: str) -> None:
    _, out, _ = jamae("who-benefits", "Bandung", "--store", shipped)
    [line] = [line for line in out.splitlines() if line.startswith("consultation ")]
    assert re.search(r"USD 5,700,000 +– +A total of the mission", line)


def test_firms_below_the_grade_stand_apart_from_the_ties(
    jamae: Callable[..., Result], shipped: str
) -> None:
    out = jamae("who-benefits", "Bandung", "--min-grade", "stated", "--store", shipped)[1]
    lines = out.splitlines()
    [at] = [n for n, line in enumerate(lines) if line.startswith("Firms below")]
    assert lines[at - 1] == ""


# ---------------------------------------------------------------- numbers and dates


def test_one_is_no_plural(jamae: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(
        "source: {id: 'source:one', source_kind: article, title: T}\n", "utf-8"
    )
    out = jamae("validate", str(tmp_path / "one.yaml"))[1]
    assert out == "1 statement of 1 source: all in order\n"
    assert "0 files rejected" in jamae("ingest", str(tmp_path / "one.yaml"))[1]


def test_a_deal_without_a_date_is_told_by_the_days_of_its_mission(
    jamae: Callable[..., Result], shipped: str
) -> None:
    out = jamae("totals", "--city", "Jinju", "--until", "2019", "--store", shipped)[1]
    assert "deal:jinju-2019.consult-total · during 2019-10-27 – 2019-11-02 · printed" in out
    assert "unknown" not in out


# ---------------------------------------------------------------- files


def test_ingest_names_the_file_it_wrote_in_full(
    jamae: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for more in ((), ("--dry-run",), ("--json",)):
        code, _, err = jamae("ingest", "--store", "sqlite:///tmp/x.db", *more)
        assert (code, err) == (0, f"Store {tmp_path / 'tmp' / 'x.db'}\n")
    assert "sqlite:////" in re.sub(r"\s+", "", jamae("ingest", "--help")[1])


@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_an_export_that_cannot_be_written_names_its_file_and_the_fix(
    jamae: Callable[..., Result], shipped: str, tmp_path: Path, form: str
) -> None:
    (tmp_path / "file").touch()
    for target, fix in (
        (tmp_path / "no" / "x.out", f"there is no folder {tmp_path / 'no'}; make it first"),
        (tmp_path / "file" / "x.out", f"there is no folder {tmp_path / 'file'}; make it first"),
        (tmp_path, "is a folder; name a file in it"),
    ):
        code, out, err = jamae("export", form, str(target), "--store", shipped)
        assert (code, out) == (1, "")
        assert err.startswith(f"error[failed]: {target} ")
        assert fix in err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_export_that_breaks_off_names_its_file(
    jamae: Callable[..., Result], shipped: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, _, err = jamae("export", "csv", str(tmp_path / "x.csv"), "--store", shipped)
    assert code == 1
    assert err.startswith(f"error[failed]: {tmp_path / 'x.csv'} cannot be written: No space left")
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_written_to_and_a_link_is_kept(
    jamae: Callable[..., Result], shipped: str, tmp_path: Path
) -> None:
    pipe, link, real = (tmp_path / name for name in ("pipe", "link", "real.csv"))
    os.mkfifo(pipe)
    link.symlink_to(real)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert jamae("export", "csv", str(pipe), "--store", shipped)[0] == 0
    assert pipe.is_fifo()
    assert os.read(reading, 5) == b"deal,"
    os.close(reading)
    assert jamae("export", "csv", str(link), "--store", shipped)[0] == 0
    assert (link.is_symlink(), real.is_file()) == (True, True)


def test_a_template_never_overwrites(jamae: Callable[..., Result], tmp_path: Path) -> None:
    assert jamae("template", str(tmp_path))[0] == 0
    code, _, err = jamae("template", str(tmp_path))
    assert (code, err[:12]) == (2, "error[usage]")
    assert "name another folder" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gaps", "city:Q9", "--lang", "en"), "No tie with a city abroad is on record"),
        (("gaps", "city:Q9", "--lang", "ko"), "국외 도시와의 결연이 없습니다"),
        (("brokers", "--home", "city:Q1", "--lang", "en"), "No firm on record fits"),
        (("brokers", "--home", "city:Q1", "--lang", "ko"), "이 조건의 기업이 없습니다"),
        (("communities", "--city", "city:Q9", "--lang", "en"), "so it is in no cluster"),
        (("communities", "--city", "city:Q9", "--lang", "ko"), "어느 묶음에도 들지 않습니다"),
        (("chains", "Alone", "Crowd 0", "--lang", "en"), "Nothing on record joins the two"),
        (("similar", "city:Q9", "--lang", "en"), "0 cities have"),
    ],
)
def test_a_pattern_without_anything_says_so(
    jamae: Callable[..., Result], small: GraphStore, arguments: tuple[str, ...], said: str
) -> None:
    small.write(told(source("more"), city("Q1")))
    code, out, err = jamae(*arguments, "--store", small.url)
    assert (code, err) == (0, "")
    assert said in out
