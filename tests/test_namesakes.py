"""Two of one name can be told apart in every answer, on each store, and by a reader."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.claims import CLAIM_CLASSES, Claim
from graph.errors import Ambiguous
from graph.nodes import City, Deal, Firm, Organization
from graph.questions.answers import Container, Ref
from graph.questions.finding import resolve
from graph.questions.ground import Ground
from graph.questions.profile import profile
from graph.questions.ties import ties
from graph.store import GraphStore, View
from tests.store_contents import city, source, told
from visualize.profile import profile_page
from visualize.wording import Words

BY = source("press", source_kind="article")
OKTA = Organization(id="organization:okta", names={"en": "OKTA LA"})
PROVINCE = city("south", names={"ko": "경상남도", "en": "South Gyeongsang"}, level="province")
GWANGJU = city("gwangju", names={"ko": "광주광역시", "en": "Gwangju"}, level="municipality")
BUSAN = city("busan", names={"ko": "부산광역시", "en": "Busan"}, level="municipality")
JINJU = city("jinju", names={"ko": "진주시", "en": "Jinju"}, level="municipality")
COUNTY = city("goseong", names={"ko": "고성군", "en": "Goseong"}, level="county")
NORTH_G, NORTH_B = (
    city(f"north-{of}", names={"ko": "북구", "en": "Buk-gu"}, level="district") for of in "gb"
)
TOWN = city("town", names={"ko": "동", "en": "Dong"})
FIRM = Firm(id="firm:x", names={"ko": "기업"})
NODES = (OKTA, PROVINCE, GWANGJU, BUSAN, JINJU, COUNTY, NORTH_G, NORTH_B, TOWN, FIRM)
INSIDE = (
    (NORTH_G, GWANGJU),
    (NORTH_B, BUSAN),
    (JINJU, PROVINCE),
    (COUNTY, PROVINCE),
    (TOWN, NORTH_B),
    (TOWN, BUSAN),
)


def link(kind: str, start: str, end: str, **fields: Any) -> Claim:
    made: Claim = CLAIM_CLASSES[kind].model_validate(
        {"kind": kind, "from": start, "to": end, "source": BY.id, **fields}
    )
    return made


def claims() -> list[Claim]:
    """Two Buk-gu with an agreement with one body, and other cities within cities."""
    inside = [link("PART_OF", inner.id, outer.id) for inner, outer in INSIDE]
    agreed = [
        link("AGREEMENT", one.id, OKTA.id, form="mou", status="signed")
        for one in (NORTH_G, NORTH_B)
    ]
    return [*told(BY, *NODES), *inside, *agreed, link("LOCATED_IN", FIRM.id, NORTH_G.id)]


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    store.write(claims())
    return store


def within(view: View, node_id: str) -> list[str]:
    return [one.id for one in Ground(view).ref(node_id).within]


def test_a_ref_says_what_contains_a_city_from_the_inside_out(filled: GraphStore) -> None:
    def ask(view: View) -> None:
        assert within(view, NORTH_G.id) == [GWANGJU.id]
        assert within(view, TOWN.id) == [NORTH_B.id, BUSAN.id]
        assert within(view, GWANGJU.id) == within(view, FIRM.id) == within(view, OKTA.id) == []
        ref = Ground(view).ref(JINJU.id)
        assert ref.level == "municipality"
        assert ref.within == (
            Container(
                id=PROVINCE.id, name="경상남도", names=dict(PROVINCE.names), level="province"
            ),
        )
        assert Ground(view).ref(FIRM.id).level is None

    filled.read(ask)


def test_cities_within_each_other_end(store: GraphStore) -> None:
    round_about = [link("PART_OF", one.id, other.id) for one in (GWANGJU, BUSAN, JINJU)
                   for other in (GWANGJU, BUSAN, JINJU) if one != other]  # fmt: skip
    store.write([*told(BY, GWANGJU, BUSAN, JINJU), *round_about])
    assert store.read(lambda view: within(view, JINJU.id)) == [BUSAN.id, GWANGJU.id]


class Counted:
    """A view that counts how often it is asked."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        self.asked += name != "budget"
        return getattr(self._view, name)


def test_refs_are_read_in_sets(store: GraphStore) -> None:
    def nest(count: int) -> list[Claim]:
        inner = [city(f"d{n}", names={"ko": "북구"}, level="district") for n in range(count)]
        outer = [city(f"c{n}", names={"ko": f"시 {n}"}) for n in range(count)]
        pairs = zip(inner, outer, strict=True)
        return [*told(BY, *inner, *outer), *(link("PART_OF", a.id, b.id) for a, b in pairs)]

    def reads(view: View, count: int) -> int:
        counted: Any = Counted(view)
        refs = Ground(counted).refs([f"city:d{n}" for n in range(count)])
        assert [len(ref.within) for ref in refs.values()] == [1] * count
        return int(counted.asked)

    store.write(nest(30))
    assert store.read(lambda view: reads(view, 30)) == store.read(lambda view: reads(view, 1)) <= 4


def test_the_ties_of_one_body_with_two_namesakes_differ(filled: GraphStore) -> None:
    answer = filled.read(lambda view: ties(view, OKTA.id))
    assert {line.partner.name for line in answer.ties} == {"북구"}
    assert {Words("ko").name(line.partner) for line in answer.ties} == {
        "광주광역시 북구",
        "부산광역시 북구",
    }
    assert {Words("en").name(line.partner) for line in answer.ties} == {
        "Buk-gu, Gwangju",
        "Buk-gu, Busan",
    }


def test_candidates_name_what_contains_them(filled: GraphStore) -> None:
    with pytest.raises(Ambiguous) as caught:
        filled.read(lambda view: resolve(view, "북구"))
    assert dict(caught.value.candidates) == {
        NORTH_B.id: "북구 (City, 부산광역시)",
        NORTH_G.id: "북구 (City, 광주광역시)",
    }


@pytest.mark.parametrize(
    ("node", "ko", "en"),
    [
        (NORTH_B, "부산광역시 북구", "Buk-gu, Busan"),
        (COUNTY, "경상남도 고성군", "Goseong, South Gyeongsang"),
        (JINJU, "진주시", "Jinju"),
        (TOWN, "북구 동", "Dong, Buk-gu"),
        (GWANGJU, "광주광역시", "Gwangju"),
        (FIRM, "기업", "기업"),
    ],
)
def test_what_a_reader_sees(
    node: City | Firm, ko: str, en: str, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    store = new_sqlite_store()
    store.write(claims())
    ref = store.read(lambda view: Ground(view).ref(node.id))
    assert (Words("ko").name(ref), Words("en").name(ref)) == (ko, en)
    shown = profile_page(store.read(lambda view: profile(view, node.id)), lang="en")
    assert f"</svg>{en}</h1>" in shown


def test_a_name_that_says_where_is_left_alone() -> None:
    outer = Container(id="city:g", name="광주", names={}, level="municipality")
    ref = Ref(
        id="city:n", kind="City", name="광주 북구", names={}, country=None,
        level="district", within=(outer,),
    )  # fmt: skip
    assert Words("ko").name(ref) == "광주 북구"


def test_a_deal_is_named_by_its_figures(store: GraphStore) -> None:
    store.write(told(BY, deal := Deal(id="deal:d", stage_word="계약"), NORTH_G))
    found = store.read(lambda view: Ground(view).named([deal.id, NORTH_G.id, "city:nobody"]))
    assert (type(found[deal.id]), type(found[NORTH_G.id]), len(found)) == (Deal, Ref, 2)
