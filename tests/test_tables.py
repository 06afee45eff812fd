"""Tables: what is wrong is told at its place; the templates load."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

import pytest

from graph.errors import InputInvalid
from graph.store import open_store
from ingest.files import SIZE_LIMIT
from ingest.tables import TEMPLATES, is_tables, read_tables, write_template
from ingest.tables_cells import ROW_LIMIT
from ingest.tables_columns import TABLES
from ingest.tables_rows import PROBLEM_LIMIT
from tests.malformed_tables import CASES, Malformed
from tests.table_folders import BASE, lay, read, refused

DOCS = Path(__file__).parent.parent / "docs/tables.md"

# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_malformed_table_is_refused_at_its_place(case: Malformed, tmp_path: Path) -> None:
    lay(tmp_path, BASE)
    error = refused(lay(tmp_path, {case.file: case.data}))
    told = [(Path(p.file).name, p.line, p.column, p.code) for p in error.problems]
    assert told == [(case.file, case.line, case.column, case.code)], str(error)
    (problem,) = error.problems
    assert problem.fix
    assert str(problem).isprintable()


def test_many_malformed_tables_are_tried() -> None:
    assert len(CASES) >= 100


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    files = {
        "legs.csv": "source,mission,visited,first_day\na,사절단,마시,2024-13\nz,없는단,나시,\n",
        "deals.csv": "source,key,stage,amount\na,d1,대박,5\n",
        "ties.csv": "source,from,to\na,가시,나시\n",
    }
    told = [
        (Path(p.file).name, p.line, p.code)
        for p in refused(lay(tmp_path, {**BASE, **files})).problems
    ]
    assert told == [
        ("deals.csv", 2, "missing"),
        ("deals.csv", 2, "word"),
        ("legs.csv", 2, "unknown-name"),
        ("legs.csv", 2, "date"),
        ("legs.csv", 3, "unknown-source"),
        ("legs.csv", 3, "unknown-name"),
        ("ties.csv", 1, "missing-column"),
        ("ties.csv", 1, "missing-column"),
    ]


def test_a_word_outside_a_closed_list_is_answered_with_the_list(tmp_path: Path) -> None:
    error = refused(lay(tmp_path, BASE | {"실적.csv": CASES["a stage unknown"].data}))
    assert "상담 (consultation)" in error.problems[0].fix
    assert "수출 실적 (export_result)" in error.problems[0].fix


def test_an_ambiguous_name_lists_the_candidates_and_their_ids(tmp_path: Path) -> None:
    error = refused(lay(tmp_path, BASE | {"도시.csv": CASES["a name of two cities"].data}))
    assert re.search(r"City 라시 \(JP\) \[city:\S+\.jp\]", error.problems[0].message)


def test_a_folder_without_sources_or_with_a_pipe_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, {"cities.csv": BASE["cities.csv"]})
    os.mkfifo(tmp_path / "firms.csv")
    (tmp_path / "legs.csv").mkdir()
    told = {(Path(p.file).name, p.code) for p in refused(tmp_path).problems}
    assert {("sources.csv", "no-sources"), ("firms.csv", "no-file")} <= told
    assert ("legs.csv", "no-file") in told


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere").problems[0].code == "unreadable"
    assert not is_tables(tmp_path / "nowhere")


BOMBS = {
    "too large": "x" * (SIZE_LIMIT + 1),
    "blank lines": "\n" * SIZE_LIMIT,
    "one row of commas": "," * SIZE_LIMIT,
    "rows of commas": "source,name\n" + ",,\n" * (SIZE_LIMIT // 3 - 4),
    "quotes": 'source,name\n"' + '""' * (SIZE_LIMIT // 2 - 10),
    "blank quoted rows": "source,name\n" + '"\n' * (SIZE_LIMIT // 2 - 10),
    "short rows": "source,name\n" + "a,b\n" * (SIZE_LIMIT // 4 - 10),
    "faulty rows": "source,name\n" + "x,\n" * (SIZE_LIMIT // 3 - 10),
    "one city in the other": "source,name,part_of\n"
    + "".join(f"a,c{n % 7},c{(n + 1) % 7}\n" for n in range(ROW_LIMIT)),
    "a long number": "source,name,population\na,b," + "천" * (SIZE_LIMIT // 3 - 20),
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_in_time_or_found_empty(text: str, tmp_path: Path) -> None:
    lay(tmp_path, {"sources.csv": BASE["sources.csv"], "cities.csv": text})
    if text.endswith(",,\n"):
        read_tables(tmp_path)
    else:
        assert len(refused(tmp_path).problems) <= PROBLEM_LIMIT + 10


# ---------------------------------------------------------------- templates


def test_the_templates_are_the_tables_with_two_rows_each(tmp_path: Path) -> None:
    files = write_template(tmp_path / "my tables")
    assert [path.stem for path in files] == [table.name for table in TABLES]
    for path, table in zip(files, TABLES, strict=True):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        assert head == [column.label for column in table.columns]
        assert len(rows) == 2
        assert data.count(b"\n") == data.count(b"\r\n") == 3


def test_the_templates_load(tmp_path: Path) -> None:
    write_template(tmp_path)
    assert is_tables(tmp_path)
    records = read_tables(tmp_path)
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        for record in records:
            store.write(record.claims, replaces=record.source.id)
    kinds = {claim.kind for record in records for claim in record.claims}
    assert {"SISTER_CITY", "AGREEMENT", "VISITED", "HOSTED", "CREDITS", "RUNS"} <= kinds


def test_a_template_overwrites_nothing(tmp_path: Path) -> None:
    lay(tmp_path, {"deals.csv": "mine"})
    with pytest.raises(InputInvalid, match=r"deals\.csv"):
        write_template(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["deals.csv"]
    with pytest.raises(InputInvalid):
        write_template(tmp_path / "deals.csv" / "under a file")


def test_a_folder_of_tables_is_known_by_the_names_of_its_files(tmp_path: Path) -> None:
    assert not is_tables(tmp_path)
    lay(tmp_path, {"notes.txt": "", "cities.yaml": "", "~$cities.csv": "", ".cities.csv": ""})
    assert not is_tables(tmp_path)
    lay(tmp_path, {"기업 목록.CSV": ""})
    assert is_tables(tmp_path)
    assert not is_tables(TEMPLATES / "cities.csv")


def test_other_files_beside_the_tables_are_left_alone(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"readme.txt": "x", "예산.xlsx": "PK", "cities.xlsx": "PK", ".~lock.cities.csv#": ""},
    )
    assert len(read(tmp_path)) == 2


def test_the_guide_tells_every_table_and_column() -> None:
    text = DOCS.read_text("utf-8")
    for table in TABLES:
        assert f"`{table.name}.csv`" in text
        for column in table.columns:
            assert f"`{column.name}`" in text, f"{table.name}: {column.name}"
            assert column.korean in text, f"{table.name}: {column.korean}"


def test_no_two_columns_or_tables_answer_to_one_word() -> None:
    for table in TABLES:
        keys = [key for column in table.columns for key in column.keys]
        assert len(keys) == len(set(keys)), table.name
    names = [key for table in TABLES for key in table.keys]
    assert len(names) == len(set(names))
