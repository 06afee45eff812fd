"""`jamae read` and `jamae score`: what they print, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jamae.cli import run
from tests.test_reader import ARTICLE, SHOWN

Result = tuple[int, str, str]


@pytest.fixture
def jamae(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Runs a command in this process; gives exit code, stdout and stderr."""
    monkeypatch.setenv("JAMAE_LANG", "en")

    def call(*arguments: str | Path) -> Result:
        capfd.readouterr()
        code = run([str(one) for one in arguments])
        return (code, *capfd.readouterr())

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.encode())
    return path


def test_json_is_one_line_an_article_in_the_normal_form(
    jamae: Callable[..., Result], article: Path
) -> None:
    code, out, err = jamae("read", article, "--published", "2018-05-14", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    told = json.loads(out)
    assert told["file"] == "article.txt"
    assert len(told["proposals"]) == 7
    shown = SHOWN.strip().splitlines()[1]
    assert shown in out


def test_a_table_names_each_proposal_and_what_it_was_read_from(
    jamae: Callable[..., Result], article: Path
) -> None:
    code, out, _ = jamae("read", article, "--published", "2018-05-14")
    assert code == 0
    assert "contract · 210,000 USD · 누리봄식품 · 다낭" in out
    assert "시는 또 지난 8일 이포시와 우호교류 의향서에 서명했다" in out
    code, out, _ = jamae("read", article, "--lang", "ko")
    assert "협약" in out


def test_a_text_that_tells_nothing_says_so(jamae: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("", "utf-8")
    assert jamae("read", path)[:2] == (0, "Nothing to propose was found.\n")


def test_a_folder_is_read_by_name_in_any_usual_encoding(
    jamae: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_bytes(ARTICLE.encode("cp949"))
    (tmp_path / "a.html").write_text(f"<html><body><p>{ARTICLE}</p></body></html>", "utf-8")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.txt").write_bytes(b"\xef\xbb\xbf" + ARTICLE.encode())
    (tmp_path / ".hidden.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    code, out, _ = jamae("read", tmp_path, "--published", "2018-05-14", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(one["file"], len(one["proposals"])) for one in told] == [
        ("a.html", 7),
        ("b.txt", 7),
        ("d.txt", 7),
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("bad.txt", b"\xff\xff", "encoding"), ("none.txt", None, "unreadable")],
)
def test_3_a_file_that_cannot_be_read(
    jamae: Callable[..., Result], tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content + b"\x81")
    code, out, err = jamae("read", tmp_path / name)
    assert (code, out) == (3, "")
    assert told in err


def test_3_a_folder_without_articles(jamae: Callable[..., Result], tmp_path: Path) -> None:
    code, out, err = jamae("read", tmp_path)
    assert (code, out) == (3, "")
    assert "no-article" in err


def test_2_a_day_that_is_none(jamae: Callable[..., Result], article: Path) -> None:
    code, out, err = jamae("read", article, "--published", "14.5.2018")
    assert (code, out) == (2, "")
    assert "2018-05-14" in err


def test_score_tells_figures_and_misses(
    jamae: Callable[..., Result], article: Path, tmp_path: Path
) -> None:
    _, out, _ = jamae("read", article, "--published", "2018-05-14", "--json")
    gold, told = tmp_path / "gold.jsonl", tmp_path / "told.jsonl"
    gold.write_text(out, "utf-8")
    reading = json.loads(out)
    reading["proposals"] = [p for p in reading["proposals"] if p["type"] != "agreement"]
    told.write_text(json.dumps(reading, ensure_ascii=False), "utf-8")
    code, out, _ = jamae("score", gold, told)
    assert code == 0
    assert "1 article · mean F1 of the four kinds 0.750" in out
    assert "article.txt: agreement: parties: only in gold: {가람시, 이포시}" in out
    code, out, _ = jamae("score", gold, gold, "--json")
    assert (code, json.loads(out)["macro"]) == (0, 1.0)


def test_3_gold_that_is_none(jamae: Callable[..., Result], article: Path) -> None:
    code, _, err = jamae("score", article, article)
    assert code == 3
    assert "no-reading" in err
