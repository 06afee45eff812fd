"""The matrix against a second reading of it, on both stores, and what is behind its cells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from graph.errors import BadRequest, NotFound
from graph.questions.matrix import MatrixAnswer, Window, cell, matrix
from graph.questions.scene import Filters
from graph.questions.tally import Measure
from graph.store import GraphStore, View
from ingest.records import read_record
from tests.naive import Facts, gather
from tests.naive_matrix import Choice, home_cities, sifted
from tests.naive_matrix import cell as naive_cell
from tests.random_facts import world
from tests.random_graphs import seeded

KOREA = "country:KR"
RECORDS = sorted((Path(__file__).parent.parent / "ingest/data/records").glob("*.yaml"))
WHOLE = Window(rows=60, columns=60)


def chosen(rng: Random) -> Choice:
    """What a reader may leave out."""
    first, last = sorted(rng.sample(range(2004, 2026), 2))
    return Choice(
        frozenset(rng.sample(["Mission", "Firm", "Organization", "Event"], rng.randint(0, 1))),
        frozenset(rng.sample(["TWINNED", "SISTER_CITY", "SENT", "MADE_AT"], rng.randint(0, 2))),
        rng.choice((None, first)),
        rng.choice((None, last)),
        rng.random() < 0.7,
    )


def filters_of(choice: Choice) -> Filters:
    """The same for the product."""
    return Filters(choice.hide, choice.without, choice.first, choice.last, choice.undated)


def numbers(answer: MatrixAnswer) -> dict[tuple[str, str], int]:
    """The cells by city and country."""
    return {(row.city.id, one.country): one.n for row in answer.rows for one in row.cells if one.n}


def second_reading(
    facts: Facts, homes: list[str], measure: Measure, choice: Choice
) -> dict[tuple[str, str], int]:
    """The same, read by the slow way."""
    left = sifted(facts, choice)
    return {
        (city, country): n
        for city in home_cities(facts, homes)
        for country, n in naive_cell(left, facts, city, measure).items()
    }


def compared(view: View, facts: Facts, rng: Random) -> Iterator[tuple[object, object, object]]:
    """What was asked, what the product says, and what the second reading says."""
    every = facts.all_of("Country") + facts.all_of("City")
    for measure in Measure:
        for choice in (Choice(), chosen(rng), chosen(rng)):
            homes = rng.sample(every, 2)
            found = matrix(view, homes, measure, filters_of(choice), WHOLE)
            told = second_reading(facts, homes, measure, choice)
            yield (measure, choice, homes), numbers(found), told


@pytest.mark.parametrize("seed", range(6))
def test_the_matrix_is_that_of_the_second_reading(seed: int, store: GraphStore) -> None:
    told = world(seed)
    for batch in told.batches:
        store.write(batch)
    facts, rng = gather(told.claims), seeded(seed)
    found = store.read(lambda view: list(compared(view, facts, rng)), seconds=120)
    for asked, product, naive in found:
        assert product == naive, asked
    assert any(product for _, product, _ in found)


@pytest.fixture
def five(store: GraphStore) -> GraphStore:
    """A store with the five articles."""
    for path in RECORDS:
        record = read_record(path)
        store.write(record.claims, replaces=record.source.id)
    store.read(lambda view: matrix(view, [KOREA], Measure.DEALS), seconds=120)  # plans made once
    return store


def asked(store: GraphStore, measure: Measure, filters: Filters | None = None) -> MatrixAnswer:
    """The matrix of the Korean cities."""
    return store.read(lambda view: matrix(view, [KOREA], measure, filters or Filters(), WHOLE))


def named(
    store: GraphStore, measure: Measure, since: int | None = None, until: int | None = None
) -> dict[tuple[str, str], int]:
    """Its numbers by the English name of the city and the code of the country."""
    filters = Filters(since=since, until=until)
    return {
        (row.city.names["en"], one.country[-2:]): one.n
        for row in asked(store, measure, filters).rows
        for one in row.cells
        if one.n
    }


def test_what_the_five_articles_say(five: GraphStore) -> None:
    ties = named(five, Measure.TIES)
    assert ties["Cheongju", "JP"] == ties["Cheongju", "PL"] == ties["Suwon", "ID"] == 1
    assert ("Jinju", "CN") not in ties
    missions = named(five, Measure.MISSIONS)
    assert missions["Suwon", "ID"] == missions["Suwon", "MY"] == missions["Jinju", "CN"] == 1
    assert named(five, Measure.FIRMS)["Suwon", "ID"] == 5
    assert not [key for key in named(five, Measure.FIRMS) if key == ("Jinju", "CN")]


def test_years_leave_out_what_surely_lies_outside(five: GraphStore) -> None:
    assert ("Suwon", "ID") in named(five, Measure.MISSIONS, since=2008, until=2008)
    assert ("Suwon", "ID") not in named(five, Measure.MISSIONS, since=2009)
    assert ("Jinju", "CN") in named(five, Measure.MISSIONS, since=2019)


def test_a_cell_lists_as_many_as_it_counts_each_with_its_citation(five: GraphStore) -> None:
    for measure in Measure:
        for (city, country), n in numbers(asked(five, measure)).items():
            answer = five.read(partial(cell, city=city, country=country, measure=measure))
            assert len(answer.things) == n, (city, country, measure)
            assert all(thing.citations for thing in answer.things)


def test_totals_count_a_mission_to_two_countries_once(five: GraphStore) -> None:
    found = {row.city.names["en"]: row for row in asked(five, Measure.MISSIONS).rows}
    suwon = found["Suwon"]
    assert [one.n for one in suwon.cells] == [1, 1]
    assert suwon.total == 1


def test_pages_and_order(five: GraphStore) -> None:
    whole = asked(five, Measure.TIES)
    totals = [row.total for row in whole.rows]
    assert totals == sorted(totals, reverse=True)
    one = five.read(
        lambda view: matrix(
            view, [KOREA], Measure.TIES, window=Window(rows=1, columns=1, first_row=1)
        )
    )
    assert [row.city for row in one.rows] == [whole.rows[1].city]
    assert (one.all_rows, one.all_columns) == (len(whole.rows), len(whole.columns))
    last = whole.rows[-1]
    country = last.cells[0].country
    by_country = five.read(
        lambda view: matrix(
            view, [KOREA], Measure.TIES, window=Window(by_country=country, by_city=last.city.id)
        )
    )
    assert country in {c.country for c in by_country.rows[0].cells}
    assert by_country.columns[0].country.id in {c.country for c in last.cells}


def test_what_makes_no_sense_is_told(five: GraphStore) -> None:
    with pytest.raises(NotFound):
        five.read(lambda view: matrix(view, ["country:ZZ"], Measure.TIES))
    with pytest.raises(BadRequest):
        five.read(lambda view: matrix(view, [KOREA], Measure.TIES, window=Window(rows=61)))
    with pytest.raises(BadRequest):
        five.read(lambda view: cell(view, KOREA, KOREA, Measure.TIES))
