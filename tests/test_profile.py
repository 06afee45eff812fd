"""An entity in full and what was read from a source, on both stores."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.claims import Claim, SisterCity
from graph.errors import BadRequest, NotFound
from graph.nodes import City, Source
from graph.questions import reading as readings
from graph.questions.profile import PARTS, profile
from graph.questions.profiles import ProfileAnswer, ReadAnswer
from graph.questions.reading import reading
from graph.store import GraphStore
from tests.conftest import store_of_module
from tests.graphs import DEAL, FIRM, HOME, MISSION, NEWS, PARTNER, crowd, merge, trade
from tests.random_graphs import describing

LIST = "source:register"
PARTNERS = 30


def sisters() -> list[Claim]:
    """A register of thirty more sister cities of the home city, signed one a year from 1970."""
    register = Source(id=LIST, source_kind="register", published="2020")
    cities = [City(id=f"city:Q{n}", names={"en": f"Far {n:02}"}) for n in range(100, 130)]
    ties = [
        SisterCity(
            from_=HOME,
            to=one.id,
            source=LIST,
            status="signed",
            signed_on=f"{1970 + at}",
            locator=PARTNERS + 1 - at,
        )
        for at, one in enumerate(cities)
    ]
    return [*describing(LIST, register, City(id=HOME), *cities), *ties]


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[GraphStore]:
    with store_of_module(request, tmp_path_factory.mktemp("profile")) as made:
        for claims in (trade(), merge(), crowd(), sisters()):
            made.write(claims)
        yield made


def of(store: GraphStore, node: str, part: str | None = None, skip: int = 0) -> ProfileAnswer:
    return store.read(lambda view: profile(view, node, part, skip))


def read(
    store: GraphStore, source: str, kind: str | None = None, after: str = "", limit: int = 50
) -> ReadAnswer:
    return store.read(lambda view: reading(view, source, kind, after, limit))


def test_a_city_tells_its_ties_missions_and_sums(store: GraphStore) -> None:
    answer = of(store, HOME)
    assert answer.ties_count == PARTNERS + 1
    assert len(answer.ties) == 12
    assert answer.tie_countries == 1
    assert answer.counts["SENT.out"] == 1
    assert answer.counts["LOCATED_IN.in"] == 1
    assert [sums.by for sums in answer.sums] == ["city"]
    [line] = answer.sums[0].lines
    assert (line.stage, str(line.amount), line.count) == ("contract", "600000", 3)
    years = [one.date.text for one in answer.moments if one.group == "ties" and one.date]
    assert len(years) == PARTNERS + 1
    assert all(record.citations for part in answer.parts for record in part.records)


def test_a_partner_tells_how_many_firms_benefit(store: GraphStore) -> None:
    answer = of(store, PARTNER)
    assert sum(answer.firms.values()) == 31
    assert answer.partners == ()
    assert {"VISITED.in", "HOSTED.out"} <= answer.counts.keys()


def test_a_firm_tells_its_partners_and_results(store: GraphStore) -> None:
    answer = of(store, FIRM)
    assert [one.partner.id for one in answer.partners] == [PARTNER]
    assert answer.counts == {
        "PARTICIPATED_IN.out": 1,
        "SOLD.out": 1,
        "LOCATED_IN.out": 1,
    }
    [sold] = [part for part in answer.parts if part.part == "SOLD.out"]
    assert [record.other.id for record in sold.records] == [DEAL]


def test_the_pages_of_a_part_are_all_of_it_once(store: GraphStore) -> None:
    whole: list[str] = []
    skip: int | None = 0
    while skip is not None:
        answer = of(store, MISSION, "PARTICIPATED_IN.in", skip)
        [part] = answer.parts
        whole += [record.other.id for record in part.records]
        skip = part.next
    assert len(whole) == len(set(whole)) == answer.counts["PARTICIPATED_IN.in"] == 31
    ties = [of(store, HOME, "ties", n).ties for n in (0, 12, 24, 36)]
    assert [len(page) for page in ties] == [12, 12, 7, 0]
    assert len({tie.partner.id for page in ties for tie in page}) == PARTNERS + 1


def test_a_part_comes_in_the_order_of_reading(store: GraphStore) -> None:
    answer = of(store, MISSION)
    parts = [part.part for part in answer.parts]
    assert parts == sorted(parts, key=PARTS.index)
    assert list(answer.counts) == parts


def test_what_is_unknown_is_said(store: GraphStore) -> None:
    with pytest.raises(NotFound):
        of(store, "city:nobody")
    with pytest.raises(BadRequest, match="no such part"):
        of(store, HOME, "SENT.sideways")
    with pytest.raises(NotFound):
        read(store, HOME)
    with pytest.raises(BadRequest, match="no such kind"):
        read(store, NEWS, "NOTHING", "")
    with pytest.raises(BadRequest, match="page before"):
        read(store, NEWS, None, "x")


def test_a_source_tells_its_lines_in_order(store: GraphStore) -> None:
    answer = read(store, LIST, "SISTER_CITY", "")
    rows = [claim.locator for claim in answer.claims]
    assert rows == sorted(rows, key=lambda row: row or 0)
    assert answer.counts == {"DESCRIBES": PARTNERS + 2, "SISTER_CITY": PARTNERS}
    assert answer.total == 2 * PARTNERS + 2


@pytest.mark.parametrize("whole", [0, 2_000])
@pytest.mark.parametrize("kind", [None, "SISTER_CITY", "DESCRIBES"])
def test_the_pages_of_a_source_are_all_that_it_says_once(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch, kind: str | None, whole: int
) -> None:
    monkeypatch.setattr(readings, "WHOLE", whole)
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        answer = read(store, LIST, kind, after, limit=7)
        assert answer.kinds == ("DESCRIBES", "SISTER_CITY")
        found += [claim.id for claim in answer.claims]
        after = answer.next
    wanted = {None: 2 * PARTNERS + 2, "SISTER_CITY": PARTNERS, "DESCRIBES": PARTNERS + 2}[kind]
    assert len(found) == len(set(found)) == wanted


def test_a_source_without_claims_of_a_kind_has_an_empty_page(store: GraphStore) -> None:
    answer = read(store, LIST, "SOLD", "")
    assert (answer.claims, answer.next) == ((), None)
