"""Sums, ties, missions and years: pages, tables, the brief and `/v1` say the same of each."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.routes import reading, taking
from graph.questions.profiles import ProfileAnswer
from graph.store import GraphStore, open_store
from ingest.load import load
from ingest.records import SHIPPED
from tests import same_records as said
from tests.graphs import served
from tests.random_facts import ABROAD, BODIES, HOME, world
from visualize import asked as asked_pages
from visualize import brief, listing, profile, steps
from visualize.links import fixed

BROWSER = {"Accept": "text/html"}
PARTNERS = (
    "city:Q10389", "city:Q10127", "city:Q3630", "city:Q174091", "city:Q649", "city:Q20714",
    "city:Q42147", "organization:okta-la.us.Q65",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The product over the five records."""
    folder = tmp_path_factory.mktemp("records")
    with open_store(f"sqlite:///{folder}/five.db") as store:
        load(store, [SHIPPED])
        with served(store) as made:
            yield made


def told(client: TestClient, path: str, **asked: str) -> str:
    """A page or table in English."""
    reply = client.get(path, params=asked | {"lang": "en"}, headers=BROWSER)
    assert reply.status_code == 200, (path, asked)
    return reply.text


def asked(client: TestClient, path: str, **given: str) -> dict[str, Any]:
    """An answer of the API."""
    reply = client.get(path, params=given)
    assert reply.status_code == 200, (path, given)
    body: dict[str, Any] = reply.json()
    return body


def is_partner(client: TestClient, one: str) -> bool:
    return client.get(f"/v1/entities/{one}/beneficiaries").status_code == 200


def compare_sums(client: TestClient, one: str) -> int:
    """Each amount on its step: totals, the brief, the page and the table of an entity."""
    count = 0
    for by in ("city", "partner") if one.startswith("city:") else ("partner",):
        totals = said.sums_of_api(asked(client, "/v1/totals", **{by: one}))
        assert said.sums_of_entity(told(client, fixed(one)), by) == totals
        assert said.sums_of_table(told(client, "/entity.csv", id=one), by) == totals
        count += totals.total()
    if is_partner(client, one):
        assert said.sums_of_brief(told(client, "/brief", partner=one)) == totals
        answer = said.steps_of_api(asked(client, f"/v1/entities/{one}/beneficiaries"))
        assert said.sums_of_answer(told(client, "/", partner=one)) == answer
        count += answer.total()
    return count


def compare_ties(client: TestClient, one: str) -> int:
    """The ties of an entity: `/v1`, its page, the page of its ties, both tables."""
    ties = said.ties_of_api(asked(client, f"/v1/entities/{one}/ties"))
    assert said.ties_of_table(told(client, "/ties.csv", city=one)) == ties
    assert said.ties_of_table(told(client, "/entity.csv", id=one)) == ties
    assert said.ties_of_page(told(client, "/ties", city=one)) == said.undated(ties)
    assert said.ties_of_page(told(client, fixed(one), part="ties")) == said.undated(ties)
    return ties.total()


def compare_years(client: TestClient, one: str) -> int:
    """When something began: the page and the table of an entity; of ties also `/v1`."""
    years = said.years_of_table(told(client, "/entity.csv", id=one))
    assert said.years_of_page(told(client, fixed(one))) == years
    signed = said.tie_years(asked(client, f"/v1/entities/{one}/ties"))
    assert {key: n for key, n in years.items() if key.startswith("ties|")} == dict(signed)
    return years.total()


def compare_missions(client: TestClient, one: str) -> int:
    """The missions of a partner: `/v1`, its page, its table; in the brief none only planned."""
    here = [one, *parts(client, one)]
    found: dict[str, str] = {}
    for place in here:
        given = {"kinds": "VISITED,HOSTED", "limit": "200"}
        near = asked(client, f"/v1/entities/{place}/neighbours", **given)
        missions = said.missions_of_api(near, place)
        assert said.missions_of_table(told(client, "/entity.csv", id=place), place) == missions
        visits = [one for one in near["claims"] if one["kind"] == "VISITED" and one["to"] == place]
        visited = {missions[claim["from"]] for claim in visits}
        assert said.missions_of_page(told(client, fixed(place), part="VISITED.in")) == visited
        found |= missions
    kept = [name for mission, name in found.items() if not planned(client, mission)]
    if is_partner(client, one):
        listed, left = said.missions_of_brief(told(client, "/brief", partner=one))
        assert listed.total() + left == len(kept)
        assert not listed - Counter(kept)
    return len(found)


def parts(client: TestClient, one: str) -> list[str]:
    """The parts of a city."""
    if not one.startswith("city:"):
        return []
    given = {"kinds": "PART_OF", "direction": "in", "depth": "3", "limit": "200"}
    return [n["id"] for n in asked(client, f"/v1/entities/{one}/neighbours", **given)["nodes"]]


def planned(client: TestClient, mission: str) -> bool:
    return bool(asked(client, f"/v1/entities/{mission}")["entity"]["status"] == "planned")


COMPARISONS = (compare_sums, compare_ties, compare_years, compare_missions)


@pytest.mark.parametrize("compare", COMPARISONS)
def test_all_say_the_same_of_the_five_records(
    client: TestClient, compare: Callable[[TestClient, str], int]
) -> None:
    assert sum(compare(client, one) for one in PARTNERS) >= 5


@pytest.mark.parametrize("seed", range(4))
def test_all_say_the_same_of_any_world(
    seed: int, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    store = new_sqlite_store()
    for batch in world(seed).batches:
        store.write(batch)
    with served(store) as client:
        for compare in COMPARISONS:
            known = [one for one in (*ABROAD, *BODIES, HOME[1]) if is_known(client, one)]
            assert sum(compare(client, one) for one in known) >= 1


def is_known(client: TestClient, one: str) -> bool:
    return client.get(f"/v1/entities/{one}").status_code == 200


def first_lost(made: Callable[..., Any]) -> Callable[..., Any]:
    """The same without its first line."""

    def spoilt(*given: Any, **named: Any) -> Any:
        return list(made(*given, **named))[1:]

    return spoilt


def sources_added(made: Callable[..., dict[str, str]]) -> Callable[..., dict[str, str]]:
    """The same with one source more."""

    def spoilt(*given: Any) -> dict[str, str]:
        line = made(*given)
        return line | {"independent_sources": str(int(line["independent_sources"]) + 1)}

    return spoilt


def one_year_late(made: Callable[..., Any]) -> Callable[..., Any]:
    """The same without the first day."""
    return lambda dates: made(list(dates)[1:])


def parts_lost(made: Callable[..., ProfileAnswer]) -> Callable[..., ProfileAnswer]:
    """The same without anything but ties."""
    return lambda *given: made(*given).model_copy(update={"parts": ()})


SPOILT: list[tuple[Callable[[TestClient, str], int], Any, str, Callable[..., Any]]] = [
    (compare_sums, profile, "ladder", first_lost),
    (compare_sums, brief._Writer, "_ladder", first_lost),
    (compare_sums, steps, "_sums", first_lost),
    (compare_sums, listing, "_sums", first_lost),
    (compare_ties, asked_pages, "tie_groups", first_lost),
    (compare_ties, profile, "tie_groups", first_lost),
    (compare_ties, listing, "tied", sources_added),
    (compare_years, profile, "by_year", one_year_late),
    (compare_years, listing, "_years", first_lost),
    (compare_missions, taking, "missions", first_lost),
    (compare_missions, listing, "told", first_lost),
    (compare_missions, reading, "profile", parts_lost),
]


@pytest.mark.parametrize(
    ("compare", "where", "name", "spoil"),
    SPOILT,
    ids=[f"{where.__name__}.{name}" for _, where, name, _ in SPOILT],
)
def test_what_is_told_otherwise_is_noticed(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    compare: Callable[[TestClient, str], int],
    where: Any,
    name: str,
    spoil: Callable[..., Any],
) -> None:
    monkeypatch.setattr(where, name, spoil(getattr(where, name)))
    with pytest.raises(AssertionError):
        assert all(compare(client, one) >= 0 for one in PARTNERS)
