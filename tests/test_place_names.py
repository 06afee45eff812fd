"""The names of places and countries as they are read, whether any place is known or not."""

import pytest

from ingest.countries import countries
from ingest.places import Sighting
from ingest.places_countries import agree, is_country, read_country
from ingest.places_keys import exact_key, folded_key
from ingest.places_names import spoken, stripped


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Gangnam (Seoul)", "South Korea"), ("Seoul – Gangnam", "South Korea"), True),
        (("Jung (Daejeon)", "South Korea"), ("Daejeon – Jung", "South Korea"), True),
        (("Rača (Bratislava)", "Slovakia"), ("Bratislava – Rača", "Slovakia"), True),
        (("Hegyvidék (Budapest)", "Hungary"), ("Budapest XII – Hegyvidék", "Hungary"), True),
        (("Bath", "England"), ("Bath", "England, United Kingdom"), True),
        (("Bath", "England"), ("Bath", "영국"), False),
        (("Newport", "England"), ("Newport", "Wales"), False),
        (("Varna, Bulgaria", None), ("Varna", "Bulgaria"), True),
        (("Batumi", "Georgia"), ("Batumi", "Georgia (country)"), True),
        (("Fürth", "Germany"), ("Furth", "Germany"), False),
        (("Löhne", "Germany"), ("Lohne", "Germany"), False),
        (("Columbus, Georgia", "United States"), ("Columbus, Ohio", "United States"), False),
        (("Kłodzko", "Poland"), ("Kłodzko (rural gmina)", "Poland"), False),
        (("Jung (Daejeon)", "South Korea"), ("Jung (Seoul)", "South Korea"), False),
        (("Cheongju", "South Korea"), ("Cheongju", "North Korea"), False),
    ],
)
def test_one_place_written_two_ways_has_one_id_of_its_own(
    one: tuple[str, str | None], other: tuple[str, str | None], same: bool
) -> None:
    assert (Sighting(*one).id == Sighting(*other).id) is same


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("South Korea", "KR"),
        ("대한민국", "KR"),
        ("중국", "CN"),
        ("인니", "ID"),
        ("월남", "VN"),
        ("터키", "TR"),
        ("in Italy", "IT"),
        ("Grece", "GR"),
        ("Kazakhstah", "KZ"),
        ("Island", "IS"),
        ("England, United Kingdom", "GB"),
        ("Scotland", "GB"),
        ("Georgia (country)", "GE"),
        ("Brandenburg, Germany", "DE"),
        ("Réunion, France", "RE"),
        ("People's Republic of China", "CN"),
        ("Turkish Republic of Northern Cyprus", "CY"),
        ("소련", "RU"),
        ("kr", "KR"),
        ("Kosovo", None),
        ("Nowhere", None),
    ],
)
def test_a_country_is_read_in_any_language(label: str, code: str | None) -> None:
    assert read_country(label).code == code
    assert read_country(label).known is (label != "Nowhere")


def test_every_country_reads_as_itself_and_parts_agree_with_their_whole() -> None:
    for code, country in countries().items():
        assert read_country(code).code == code
        for name in country.names.values():
            assert read_country(name).code == code
            assert is_country(name)
    assert agree("RE", "FR")
    assert agree(None, "FR")
    assert not agree("KR", "KP")


@pytest.mark.parametrize(
    ("text", "name", "containers"),
    [
        ("Gangnam (Seoul)", "Gangnam", ("Seoul",)),
        ("Vienna 19 – Döbling", "Döbling", ("Vienna",)),
        ("Budapest XII – Hegyvidék", "Hegyvidék", ("Budapest",)),
        ("지린성 창춘시( Changchun City, Jilin Province )", "창춘시", ("지린성",)),
        ("중국 지린성 창춘시", "창춘시", ("지린성",)),
        ("길림성연길시", "연길시", ("길림성",)),
        ("吉林省长春市", "长春市", ("吉林省",)),
        ("광주 북구", "북구", ("광주",)),
        ("쿠알라 룸푸르", "쿠알라 룸푸르", ()),
        ("뉴욕 시", "뉴욕시", ()),
        ("Springfield, Illinois, USA", "Springfield", ("Illinois",)),
        ("Bà Rịa–Vũng Tàu", "Bà Rịa–Vũng Tàu", ()),
        (" - ", "-", ()),
        ("()", "()", ()),
        ("(Seoul)", "(Seoul)", ()),
        (",", ",", ()),
        ("", "", ()),
    ],
)
def test_a_name_is_taken_apart(text: str, name: str, containers: tuple[str, ...]) -> None:
    assert (spoken(text).name, spoken(text).containers) == (name, containers)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("수원시", "수원"),
        ("중구", "중구"),
        ("대구", "대구"),
        ("캘리포니아주", "캘리포니아"),
        ("전주", "전주"),
        ("津市", "津市"),
        ("北京市", "北京"),
        ("Kabupaten Tangerang", "Tangerang"),
        ("Kota", "Kota"),
        ("Suwon-si", "Suwon"),
        ("City of Perth", "Perth"),
        ("London Borough of Barnet", "Barnet"),
    ],
)
def test_the_word_for_its_kind_is_left_out(name: str, bare: str) -> None:
    assert stripped(name).name == bare


def test_keys_fold_what_writers_vary_and_keep_diacritics_in_the_exact_one() -> None:
    assert exact_key("Saint-Denis") == exact_key("SAINT DENIS")
    assert exact_key("St. Gallen") == exact_key("St Gallen")
    assert exact_key("Fürth") != exact_key("Furth")
    assert folded_key("Fürth") == folded_key("Furth")
    assert folded_key("Piteşti") == folded_key("Pitești")
    assert exact_key("쿠알라 룸푸르") == exact_key("쿠알라룸푸르")
