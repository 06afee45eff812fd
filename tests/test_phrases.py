"""What a phrase in the search box asks: a case table, by Korean and English."""

import pytest

from graph.phrases import readings, spellings

CASES = [
    # who benefits
    ("반둥으로 덕을 본 기업", "beneficiaries", {"partner": "반둥"}),
    ("반둥으로 덕을 본 기업은?", "beneficiaries", {"partner": "반둥"}),
    ("반둥 덕을 본 기업 알려줘", "beneficiaries", {"partner": "반둥"}),
    ("반둥으로덕을본기업", "beneficiaries", {"partner": "반둥"}),
    ("자카르타로 혜택을 받은 업체", "beneficiaries", {"partner": "자카르타"}),
    ("서울로 덕 본 회사", "beneficiaries", {"partner": "서울"}),
    ("땅그랑에서 도움을 얻은 기업들", "beneficiaries", {"partner": "땅그랑"}),
    ("반둥과의 관련 기업", "beneficiaries", {"partner": "반둥"}),
    ("OKTA LA로 덕을 본 기업", "beneficiaries", {"partner": "OKTA LA"}),
    ("반둥으로 덕을 본 수원 기업", "beneficiaries", {"partner": "반둥", "home": "수원"}),
    ("반둥으로 덕을 본 한국 기업", "beneficiaries", {"partner": "반둥"}),
    ("수원 기업 가운데 반둥으로 덕을 본 곳", "beneficiaries", {"partner": "반둥", "home": "수원"}),
    (
        "수원시의 기업 중 반둥의 덕을 본 기업",
        "beneficiaries",
        {"partner": "반둥", "home": "수원시"},
    ),
    ("firms that benefit from Bandung", "beneficiaries", {"partner": "Bandung"}),
    ("Which firms benefit from Bandung?", "beneficiaries", {"partner": "Bandung"}),
    ("companies that benefited from San Diego", "beneficiaries", {"partner": "San Diego"}),
    ("who benefits from OKTA LA", "beneficiaries", {"partner": "OKTA LA"}),
    (
        "firms of Suwon that benefit from Bandung",
        "beneficiaries",
        {"partner": "Bandung", "home": "Suwon"},
    ),
    (
        "Suwon firms that benefit from Bandung",
        "beneficiaries",
        {"partner": "Bandung", "home": "Suwon"},
    ),
    # ties
    ("수원의 자매도시", "ties", {"city": "수원"}),
    ("수원 자매도시", "ties", {"city": "수원"}),
    ("수원의자매도시", "ties", {"city": "수원"}),
    ("수원 자매 도시는 어디인가요?", "ties", {"city": "수원"}),
    ("광주광역시 북구의 우호도시 목록", "ties", {"city": "광주광역시 북구"}),
    ("청주시의 자매·우호도시", "ties", {"city": "청주시"}),
    ("청주의 자매결연도시", "ties", {"city": "청주"}),
    ("부산과 자매결연을 맺은 도시", "ties", {"city": "부산"}),
    ("상하이와 자매결연한 도시", "ties", {"city": "상하이"}),
    ("sister cities of Suwon", "ties", {"city": "Suwon"}),
    ("Suwon's sister cities", "ties", {"city": "Suwon"}),
    ("The twin towns of Los Angeles", "ties", {"city": "Los Angeles"}),
    ("Seoul sister cities", "ties", {"city": "Seoul"}),
    # a path
    ("진주에서 땅그랑까지", "path", {"from": "진주", "to": "땅그랑"}),
    ("진주에서땅그랑까지", "path", {"from": "진주", "to": "땅그랑"}),
    ("진주부터 땅그랑까지 가는 길", "path", {"from": "진주", "to": "땅그랑"}),
    ("진주와 땅그랑 사이", "path", {"from": "진주", "to": "땅그랑"}),
    ("진주와땅그랑 사이", "path", {"from": "진주", "to": "땅그랑"}),
    ("수원과 반둥의 관계", "path", {"from": "수원", "to": "반둥"}),
    ("진주 → 땅그랑", "path", {"from": "진주", "to": "땅그랑"}),
    ("from Jinju to Tangerang", "path", {"from": "Jinju", "to": "Tangerang"}),
    ("between Jinju and Tangerang", "path", {"from": "Jinju", "to": "Tangerang"}),
    ("How are Jinju and Tangerang connected?", "path", {"from": "Jinju", "to": "Tangerang"}),
    ("how is Arasoft linked to Tangerang", "path", {"from": "Arasoft", "to": "Tangerang"}),
    # gaps
    ("거래 기록이 없는 자매도시", "gaps", {}),
    ("거래기록이없는자매도시", "gaps", {}),
    ("교역이 없는 자매도시는?", "gaps", {}),
    ("자매도시 중 거래 기록이 없는 곳", "gaps", {}),
    ("부산의 자매도시 중 거래 기록이 없는 곳", "gaps", {"city": "부산"}),
    ("부산 자매도시 가운데 거래 없는 도시", "gaps", {"city": "부산"}),
    ("거래 기록이 없는 부산의 자매도시", "gaps", {"city": "부산"}),
    ("수원의 거래 기록이 없는 자매도시", "gaps", {"city": "수원"}),
    ("sister cities without recorded trade", "gaps", {}),
    ("sister cities of Busan without trade", "gaps", {"city": "Busan"}),
    ("sister cities of Busan with no trade on record", "gaps", {"city": "Busan"}),
    ("Busan's sister cities without trade records", "gaps", {"city": "Busan"}),
]


@pytest.mark.parametrize(("text", "question", "names"), CASES)
def test_a_phrase_asks(text: str, question: str, names: dict[str, str]) -> None:
    first = readings(text)[0]
    assert first.question == question
    assert {part: told[0] for part, told in first.names.items()} == names


@pytest.mark.parametrize(
    "text",
    [
        "반둥",
        "Bandung",
        "자매도시",
        "ㅂㅅ",
        "city:Q10389",
        "수원시",
        "그린존",
        "",
        "기업",
        "  ",
        "sister cities",
    ],
)
def test_a_bare_name_asks_nothing(text: str) -> None:
    assert readings(text) == ()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("반둥으로", ["반둥", "반둥으로"]),
        ("반둥로", ["반둥로", "반둥"]),
        ("종로", ["종로", "종"]),
        ("종로로", ["종로", "종로로"]),
        ("서울로", ["서울", "서울로"]),
        ("제주와", ["제주", "제주와"]),
        ("제주과", ["제주과", "제주"]),
        ("수원의", ["수원", "수원의"]),
        ("‘반둥’으로", ["반둥", "‘반둥’으로"]),
        ("OKTA LA로", ["OKTA LA", "OKTA LA로"]),
        ("의", ["의"]),
    ],
)
def test_a_name_is_looked_up_without_its_particle_too(name: str, told: list[str]) -> None:
    assert spellings(name) == told


def test_a_phrase_may_be_read_in_several_ways() -> None:
    asked = readings("과천과 반둥 사이")
    assert asked[0].names["from"][0] == "과천"


@pytest.mark.parametrize(
    "text", ["가" * 200, "의 자매도시" * 25, "에서 까지 " * 28, "from to " * 25, "of " * 66]
)
def test_no_phrase_takes_long_to_read(text: str) -> None:
    assert isinstance(readings(text[:200]), tuple)
