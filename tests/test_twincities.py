"""The share-alike list of twin towns: its defects, on a small file of our own."""

from collections import Counter
from pathlib import Path

import pytest

from graph.claims import Claim, Describes, InCountry, SameAs
from graph.errors import RecordsInvalid
from ingest.records import Record
from ingest.sources import twincities
from ingest.sources.facts import Bounds, Reading

SMALL = Path(__file__).parent / "data" / "sources" / "twincities.csv"
ANY = Bounds(least=0, most=100_000)


@pytest.fixture(scope="module")
def small() -> Reading:
    return twincities.read(SMALL, ties=ANY, places=ANY)


def of_kind(record: Record, kind: str) -> list[Claim]:
    return [claim for claim in record.claims if claim.kind == kind]


def merges(record: Record) -> dict[str, str]:
    """The known city of each place, by the place's own id."""
    known = {claim.to for claim in record.claims if isinstance(claim, InCountry)}
    pairs = [c.stated_ends for c in record.claims if isinstance(c, SameAs)]
    stated = {c.from_ for c in record.claims if isinstance(c, InCountry)} - known
    return {a if a in stated else b: b if a in stated else a for a, b in pairs}


def test_rows_that_cannot_be_used_are_named_with_file_row_and_reason(small: Reading) -> None:
    report = small.report
    assert [(p.line, p.code) for p in report.problems] == [
        (5, "country"),
        (6, "country"),
        (24, "country"),
        (27, "coordinates"),
        (27, "coordinates"),
        (28, "name"),
        (29, "name"),
        (30, "shape"),
        (31, "shape"),
    ]
    assert {p.file for p in report.problems} == {str(SMALL)}
    assert (report.rows, report.used) == (31, 27)
    unused = {p.line for p in report.problems if p.code in {"name", "shape"}}
    assert report.rows - report.used == len(unused)


def test_a_tie_that_stands_twice_is_one_claim_that_names_both_rows(small: Reading) -> None:
    again = [c for c in of_kind(small.record, "TWINNED") if c.note]
    assert [(c.locator, c.note) for c in again] == [
        (7, "also in row 8"),
        (9, "also in row 10"),
    ]
    assert small.report.repeated == 2
    assert small.report.ties == small.report.used - 2


def test_country_labels_and_forms_of_a_district_do_not_part_a_place(small: Reading) -> None:
    ids = {c.from_ for c in of_kind(small.record, "IN_COUNTRY")}
    assert len([i for i in ids if "batumi" in i]) == 1
    assert len([i for i in ids if "oxford" in i]) == 1
    assert len([i for i in ids if "yangcheon" in i]) == 1
    assert len([i for i in ids if "gangnam" in i]) == 1
    assert {i for i in ids if "lagoa" in i} == {"city:lagoa.azores.pt", "city:lagoa.algarve.pt"}


def test_namesakes_stay_apart(small: Reading) -> None:
    ids = {c.from_ for c in of_kind(small.record, "IN_COUNTRY")}
    assert {"city:furth.de", "city:xn--frth-0ra.de"} <= ids
    assert {i for i in ids if "newport" in i} == {
        "city:newport.england.gb",
        "city:newport.wales.gb",
    }


def test_known_cities_are_found_and_both_ends_described(small: Reading) -> None:
    found = merges(small.record)
    assert found["city:suwon.kr"] == "city:Q20714"
    assert found["city:bandung.id"] == "city:Q10389"
    assert found["city:cheongju.kr"] == "city:Q42147"
    assert found["city:gangnam.seoul.kr"] == "city:Q20398"
    assert "city:furth.de" not in found
    described = {c.to for c in small.record.claims if isinstance(c, Describes)}
    ends = {end for claim in small.record.claims for end in (claim.from_, claim.to)}
    assert ends <= described


def test_both_forms_of_a_romanian_letter_end_at_one_city(small: Reading) -> None:
    found = merges(small.record)
    spelled = {found[i] for i in found if i.startswith("city:xn--pite") and i.endswith(".ro")}
    assert len(spelled) == 1


def test_a_place_whose_point_contradicts_its_country_is_left_to_a_person(small: Reading) -> None:
    undecided = {one.name: one for one in small.report.undecided}
    assert "Perth" in undecided or "city:perth.scotland.gb" not in merges(small.record)
    report = small.report
    settled = report.resolved + report.unknown + len(report.undecided)
    assert settled == report.places


def test_a_self_tie_is_kept_for_the_check_to_find(small: Reading) -> None:
    loops = [c for c in of_kind(small.record, "TWINNED") if c.from_ == c.to]
    assert [c.locator for c in loops] == [4]


def test_a_country_without_letters_is_none_and_an_unknown_one_is_told(small: Reading) -> None:
    assert small.report.without_country == 2
    told = [p.message for p in small.report.problems if p.code == "country"]
    assert "'Varna, Bulgaria' has no country; BG is taken from the name" in told
    assert "'Atlantis' is no country; none is taken" in told


def test_a_list_outside_its_bounds_is_refused_with_its_problems() -> None:
    with pytest.raises(RecordsInvalid) as caught:
        twincities.read(SMALL)
    assert Counter(p.code for p in caught.value.problems)["count"] == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "columns"),
        ("city1,country1,city2\n", "columns"),
        ("city1,country1,city2,country2,city1\n", "columns"),
        ("city1,country1,city2,country2,mayor\n", "columns"),
        ('city1,country1,city2,country2\n"' + "a" * 200_000 + '",b,c,d\n', "csv"),
        ("city1,country1,city2,country2\na\x00,b,c,d\n", "control"),
    ],
)
def test_what_is_no_such_list_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(RecordsInvalid) as caught:
        twincities.read(path, ties=ANY, places=ANY)
    assert caught.value.problems[0].code == code


def test_a_poisoned_row_is_named_or_kept_as_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    poison = ["<script>alert(1)</script>", "=cmd|'/c calc'!A1", "'; DROP TABLE x; --", "n" * 501]
    rows = [f'"{one}",France,nan,inf,Ulm,Germany,1e400,2' for one in poison]
    path.write_text(
        "\n".join(["city1,country1,lat1,lng1,city2,country2,lat2,lng2", *rows]), "utf-8"
    )
    reading = twincities.read(path, ties=ANY, places=ANY)
    assert Counter(p.code for p in reading.report.problems) == {"coordinates": 6, "name": 1}
    assert reading.report.ties == 3
