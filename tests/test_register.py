"""Registers as offices publish them: files invented in content, with every quirk of real ones."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from graph.claims import Agreement, Describes, SameAs, Tie
from graph.errors import InputInvalid, RecordsInvalid
from graph.nodes import City
from graph.store import open_store
from graph.values import SourceKind
from ingest.sources import register
from ingest.sources.facts import Bounds, Reading
from ingest.sources.register_meta import RegisterMeta, read_meta, sidecar

FOLDER = Path(__file__).parent / "data" / "sources" / "registers"
FILES = sorted(p for p in FOLDER.iterdir() if p.suffix in {".csv", ".tsv", ".xlsx"})
KINDS = {
    "S": "SISTER_CITY",
    "F": "FRIENDSHIP_CITY",
    "E": "EXCHANGE_CITY",
    "T": "TWINNED",
    "A": "AGREEMENT",
}


def named(name: str) -> Reading:
    return register.read(next(file for file in FILES if file.name.startswith(name)))


def ties(reading: Reading) -> list[Tie]:
    return [claim for claim in reading.record.claims if isinstance(claim, Tie)]


def cities(reading: Reading) -> list[City]:
    told = [c.node for c in reading.record.claims if isinstance(c, Describes)]
    return [node for node in told if isinstance(node, City)]


def partner(reading: Reading, row: int) -> str:
    """The known city that the tie of a row is with, beside Suwon; its own id if unknown."""
    tie = next(tie for tie in ties(reading) if tie.locator == row)
    same = {end: c for c in reading.record.claims if isinstance(c, SameAs) for end in c.stated_ends}
    ends = {same[end].other(end) if end in same else end for end in (tie.from_, tie.to)}
    return min(ends - {"city:Q20714"}, default="city:Q20714")


# ---------------------------------------------------------------- the files

EXPECTED: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "01": ("S2 S3 S4 F5", []),
    "02": ("S2 S3 S4", []),
    "03": ("S2 S3 F4 F5", [(5, "country")]),
    "04": ("S2 S3 F4 S6 S7", []),
    "05": ("S2 S3 F4 F5 F6", []),
    "06": ("S5 S6 F9", [(7, "aside"), (10, "aside"), (11, "aside"), (12, "aside")]),
    "07": ("S3 S4 F7 F8 E11", [(9, "heading")]),
    "08": ("S2 F3 S4 S5 S6 F7 F8", []),
    "09": ("S4 S5 S6 F7 F8", [(1, "hidden-sheet")]),
    "10": ("S2 S3 S4 S5 F2", [(1, "no-header"), (5, "country")]),
    "11": (
        "S2 F3 S6 S8 S10 S13 S14 A15 S17",
        [
            (1, "unused-column"),
            (2, "country"),
            (3, "country"),
            (4, "missing"),
            (5, "several"),
            (6, "date"),
            (7, "date"),
            (9, "name"),
            (10, "date"),
            (12, "word"),
            (16, "aside"),
            (17, "no-header-cell"),
        ],
    ),
    "12": ("F2 F3 F4 F5 F6 F7", []),
    "13": ("S2 S3", []),
    "14": ("S2 F3 S4 T5", [(4, "date")]),
}


def test_there_are_enough_registers_with_a_line_of_expectations_each() -> None:
    assert len(FILES) >= 12
    assert [file.name[:2] for file in FILES] == list(EXPECTED)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_register_loads_and_names_what_it_cannot_use(file: Path) -> None:
    told, problems = EXPECTED[file.name[:2]]
    reading = register.read(file)
    letters = {kind: letter for letter, kind in KINDS.items()}
    assert " ".join(f"{letters[tie.kind]}{tie.locator}" for tie in ties(reading)) == told
    assert [(p.line, p.code) for p in reading.report.problems] == problems
    assert {p.file.partition("#")[0] for p in reading.report.problems} <= {str(file)}
    left = sum(p.message.startswith("the row is left out") for p in reading.report.problems)
    assert reading.report.rows == reading.report.used + left
    assert reading.report.ties == reading.report.used - reading.report.repeated


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_store_takes_every_register(file: Path, tmp_path: Path) -> None:
    record = register.read(file).record
    assert record.source.source_kind is SourceKind.REGISTER
    assert record.source.licence
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        assert store.write(record.claims, replaces=record.source.id).inserted == len(record.claims)


def test_both_names_the_province_and_the_cell_as_it_stands_are_kept() -> None:
    reading = named("05")
    tie = ties(reading)[0]
    place = next(city for city in cities(reading) if city.names.get("en") == "Changchun City")
    assert place.names == {"ko": "창춘시", "en": "Changchun City"}
    assert place.note == "지린성 창춘시( Changchun City, Jilin Province )"
    assert tie.note == (
        "결연일: 84년; 도시: 지린성 창춘시( Changchun City, Jilin Province ); "
        "the year 1984 is inferred from 84"
    )
    assert str(tie.signed_on) == "1984"
    assert partner(reading, 2) == partner(reading, 3) == "city:Q92161"


def test_blanks_and_slips_stay_in_the_note() -> None:
    assert [tie.note for tie in ties(named("02"))] == [
        "결연일: 1993.10.27; 국가: 중 국",
        '결연일: 1989.10.17.; 도시: 아사히카와 시; 다시 쓴 "협정서" 있음',
        "결연일: 1999. 12. 16; 국가: 터키",
    ]


def test_letters_that_cp949_lacks_are_read() -> None:
    assert "Wrocław" in {city.names.get("en") for city in cities(named("03"))}


def test_a_column_of_municipalities_gives_each_tie_its_home() -> None:
    reading = named("08")
    homes = {city.names["ko"]: city.id for city in cities(reading) if "ko" in city.names}
    assert {"강남구", "수원시", "성남시", "북구"} <= homes.keys()
    goseong = {city.id for city in cities(reading) if "고성군" in city.names.values()}
    assert len(goseong) >= 2  # one in Gangwon, one in South Gyeongsang


def test_merged_cells_say_the_same_for_every_row_they_span() -> None:
    reading = named("09")
    assert [tie.kind for tie in ties(reading)] == [KINDS[one] for one in "SSSFF"]
    assert reading.report.without_country == 0
    assert [str(tie.signed_on or "") for tie in ties(reading)] == [
        "1993-10-27",
        "2001-05-01",
        "1989-10-17",
        "2004-07-30",
        "",
    ]


def test_a_tie_that_stands_twice_names_both_rows() -> None:
    tie = next(tie for tie in ties(named("04")) if tie.locator == 4)
    assert tie.note == "결연일: 20040518; also in row 5"


def test_a_tie_keeps_whose_list_it_stands_in() -> None:
    told = ties(named("01"))
    assert all(tie.told_by is not None and set(tie.told_by) < set(tie.stated_ends) for tie in told)
    assert len({tie.told_by for tie in told}) == 1
    assert len({tie.told_by for tie in ties(named("08"))}) > 3


def test_a_tie_in_the_lists_of_both_its_ends_is_told_by_both(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    rows = ("수원시,대한민국,진주시", "진주시,대한민국,수원시", "진주시,일본,기타미시")
    path.write_text("\n".join(("지자체,국가,도시", *rows)), encoding="utf-8")
    meta = RegisterMeta(
        id="source:both", title="t", publisher="p", published="2020", kind="SISTER_CITY"
    )
    both, other = ties(register.read(path, meta))
    assert both.told_by == both.stated_ends
    assert len(other.told_by or ()) == 1


def test_statuses_ends_and_fields_of_exchange() -> None:
    told = [(tie.status.value, str(tie.ended_on or ""), tie.fields) for tie in ties(named("12"))]
    assert told == [
        ("in_force", "", ("문화", "체육")),
        ("ended", "2011", ("행정",)),
        ("dormant", "", ()),
        ("dormant", "", ()),
        ("proposed", "", ()),
        ("in_force", "", ()),
    ]


def test_a_memorandum_is_an_agreement_and_no_sister_city() -> None:
    found = [tie for tie in ties(named("11")) if isinstance(tie, Agreement)]
    assert [tie.form.value for tie in found] == ["mou"]


def test_what_a_name_alone_does_not_tell_is_left_to_a_person() -> None:
    undecided = {one.name: one for one in named("11").report.undecided}
    assert "city:Q10389" in undecided["반둥시"].candidates  # no country beside it
    assert undecided["수원시"].country == "JP"


# ---------------------------------------------------------------- metadata, and files that are none


def test_the_metadata_stand_beside_the_register_or_are_given(tmp_path: Path) -> None:
    copy = Path(shutil.copy(FILES[0], tmp_path / "list.csv"))
    with pytest.raises(RecordsInvalid, match=r"list\.source\.yaml"):
        register.read(copy)
    meta = RegisterMeta.model_validate(
        {"id": "source:mine", "title": "t", "publisher": "p", "published": "2020"}
    )
    with pytest.raises(RecordsInvalid, match="does not say whose tie it is"):
        register.read(copy, meta)
    own = meta.model_copy(update={"home": "경기도 수원시"})
    assert register.read(copy, own).record.source.id == "source:mine"


def test_two_registers_of_one_office_are_one_independent_source() -> None:
    given = {"id": "source:a", "title": "t", "publisher": "p", "published": "2020"}
    one, other = (RegisterMeta.model_validate({**given, "id": f"source:{x}"}) for x in "ab")
    own = RegisterMeta.model_validate({**given, "lineage": "the ministry"})
    assert one.source().line == other.source().line == "p"
    assert own.source().line == "the ministry"


def test_every_fault_of_the_metadata_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.source.yaml"
    path.write_text("id: mine\ntitle: t\npublisher: p\npublished: 12.3\nowner: me\n", "utf-8")
    with pytest.raises(RecordsInvalid) as caught:
        read_meta(path)
    assert [(p.line, p.code) for p in caught.value.problems] == [
        (1, "value"),
        (4, "date"),
        (5, "unknown-field"),
    ]
    assert sidecar(tmp_path / "x.csv") == path


def test_bounds_hold_for_a_register_too() -> None:
    with pytest.raises(RecordsInvalid, match="4 ties were read, and 5–9 are expected"):
        register.read(FILES[0], ties=Bounds(least=5, most=9))


def workbook(parts: dict[str, bytes]) -> bytes:
    """The merged workbook with these parts instead of its own."""
    old = zipfile.ZipFile(next(file for file in FILES if file.name.startswith("09")))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FAR = HEAD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
WILD = HEAD + b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
ODD = HEAD + b"</sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells></worksheet>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-header"),
        (b"a,b\n1,2\n", "no-header"),
        (b"PK\x03\x04 no archive", "workbook"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "workbook"),
        (b"\x89PNG\r\n\x1a\n\xff\xff", "encoding"),
        (workbook({SHEET: FAR}), "too-large"),
        (workbook({SHEET: WILD}), "too-large"),
        (workbook({SHEET: ODD}), "workbook"),
        (workbook({SHEET: b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "workbook"),
        (workbook({SHEET: b"<worksheet>"}), "workbook"),
        (workbook({"xl/workbook.xml": b"<x/>"}), "workbook"),
        (workbook({"xl/media/bomb.bin": bytes(101_000_000)}), "too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_no_register_is_refused_at_once(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    shutil.copy(sidecar(FILES[0]), sidecar(path))
    with pytest.raises(RecordsInvalid) as caught:
        register.read(path)
    assert caught.value.problems[0].code == code


def test_without_openpyxl_workbooks_are_refused_and_tables_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(InputInvalid, match="jamae"):
        named("09")
    assert named("01").report.ties == 4
