"""Places: the right city for any spelling, candidates where several may be meant."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.claims import Describes, InCountry, PartOf
from graph.nodes import City
from ingest.countries import countries
from ingest.places import Gazetteer, Place, Reason, Sighting, Verdict
from ingest.places_keys import folded_key
from ingest.places_rulings import Rulings
from ingest.records import read_record, shipped_records

TABLE = Path(__file__).parent / "data" / "places.csv"
LISTS = Path(__file__).parents[2] / "shared" / "data" / "sister_cities"
TWINCITIES = LISTS / "hekman_twincities_2026" / "twin_cities.csv"
DECIDED = frozenset(
    {
        Reason.DECISION,
        Reason.IDENTIFIER,
        Reason.BRACKET,
        Reason.CONTAINER,
        Reason.NAME_COUNTRY_NEAR,
        Reason.NAME_COUNTRY_ROUGH,
        Reason.NAME_COUNTRY,
        Reason.MOST_PEOPLE,
        Reason.NAME_NEAR,
        Reason.NAME_ONLY,
    }
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sighting(row: dict[str, str]) -> Sighting:
    point = (float(row["lat"]), float(row["lon"])) if row["lat"] else (None, None)
    return Sighting(row["name"], row["country"] or None, row["container"] or None, *point)


def _told(verdict: Verdict) -> str:
    """A verdict as the table writes it."""
    if verdict.place:
        return verdict.place.id
    ids = "|".join(sorted(place.id for place in verdict.candidates))
    return f"?{ids}" if ids else ""


def _agrees(expected: str, verdict: Verdict) -> bool:
    """Whether the verdict is as expected; of candidates the expected must be among them."""
    if not expected.startswith("?"):
        return _told(verdict) == expected
    listed = {place.id for place in verdict.candidates}
    return verdict.place is None and set(expected[1:].split("|")) <= listed


def _tried(gazetteer: Gazetteer) -> Iterator[tuple[dict[str, str], Verdict]]:
    for row in _rows(TABLE):
        yield row, gazetteer.resolve(_sighting(row))


def test_the_table_is_large_and_holds_every_kind_of_outcome() -> None:
    rows = _rows(TABLE)
    assert len(rows) >= 300
    outcomes = Counter(row["expected"][:1] for row in rows)
    assert outcomes["c"] > 200
    assert outcomes["?"] > 50
    assert outcomes[""] > 20


def test_what_is_decided_by_itself_is_right(gazetteer: Gazetteer) -> None:
    decided = [(row, verdict) for row, verdict in _tried(gazetteer) if verdict.place]
    wrong = [
        f"{row['name']!r} ({row['country']}): {_told(verdict)}, not {row['expected']}"
        for row, verdict in decided
        if _told(verdict) != row["expected"]
    ]
    assert len(wrong) <= len(decided) / 100, "\n".join(wrong)


def test_every_row_comes_out_as_expected(gazetteer: Gazetteer) -> None:
    wrong = [
        f"{row['name']!r} ({row['country']}): {verdict.reason} {_told(verdict)}"
        for row, verdict in _tried(gazetteer)
        if not _agrees(row["expected"], verdict)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_place_comes_with_a_reason_that_decides_and_none_with_one_that_does_not(
    gazetteer: Gazetteer,
) -> None:
    for row, verdict in _tried(gazetteer):
        assert (verdict.place is not None) == (verdict.reason in DECIDED), row
        if verdict.place:
            assert verdict.place in verdict.candidates
        if verdict.reason in {Reason.UNKNOWN, Reason.NOT_A_CITY}:
            assert not verdict.candidates


def test_the_cities_of_the_curated_records_are_these_cities(gazetteer: Gazetteer) -> None:
    found = Counter[str]()
    for path in shipped_records():
        claims = read_record(path).claims
        country = {c.from_: c.to[-2:] for c in claims if isinstance(c, InCountry)}
        outer = {c.from_: c.to for c in claims if isinstance(c, PartOf)}
        nodes = {c.to: c.node for c in claims if isinstance(c, Describes)}
        for node in (node for node in nodes.values() if isinstance(node, City)):
            container = nodes[outer[node.id]].name if node.id in outer else None
            for name in (*node.names.values(), *node.spellings):
                verdict = gazetteer.resolve(Sighting(name, country[node.id], container))
                found[verdict.reason] += 1
                if verdict.place:
                    assert verdict.place.id == node.id, name
                if node.id.startswith("city:Q") and name == node.name:
                    listed = {place.id for place in verdict.candidates}
                    assert node.id in listed, (name, verdict.reason)
    assert sum(found[reason] for reason in DECIDED) > 0.8 * found.total()


def test_an_identifier_decides_and_contradicts(gazetteer: Gazetteer) -> None:
    named = gazetteer.resolve(Sighting("nonsense", identifiers={"wikidata": "Q20714"}))
    assert (named.reason, _told(named)) == (Reason.IDENTIFIER, "city:Q20714")
    other = gazetteer.resolve(Sighting("Suwon", "KR", identifiers={"wikidata": "Q1"}))
    assert other.reason is Reason.IDENTIFIER_CONTRADICTS
    assert _told(other) == "?city:Q20714"


def test_a_decision_outweighs_all_and_is_taken_back(gazetteer: Gazetteer) -> None:
    sighting = Sighting("북구", "KR", "광주")
    found = gazetteer.resolve(sighting).place
    assert found is not None
    moved = gazetteer.resolve(sighting, Rulings.of([(sighting.id, "city:Q20714")]))
    assert (moved.reason, _told(moved)) == (Reason.DECISION, "city:Q20714")
    kept = gazetteer.resolve(
        Sighting("Suwon", "KR"), Rulings.of((), [("city:suwon.kr", "city:Q20714")])
    )
    assert (kept.reason, _told(kept)) == (Reason.DIFFERENT_BY_DECISION, "?city:Q20714")
    assert gazetteer.resolve(sighting).place == found


def test_every_place_is_found_by_its_own_name_or_listed(gazetteer: Gazetteer) -> None:
    """A name finds its place, lists it, or finds the one that the bare name belongs to."""
    missed = []
    for place in gazetteer.index.by_id.values():
        for name in () if place.namesake else place.names.values():
            verdict = gazetteer.resolve(
                Sighting(name, place.country, None, place.latitude, place.longitude)
            )
            found = verdict.place.id if verdict.place else None
            listed = place in verdict.candidates
            if found not in {place.id, place.yields_to} and not (found is None and listed):
                missed.append((place.id, name, verdict.reason, found))
    assert [one for one in missed if one[3]] == []
    assert len(missed) <= 2, missed


def test_a_typing_slip_is_never_a_city(gazetteer: Gazetteer) -> None:
    """One letter more finds nothing or a place that is really called so."""
    places = [place for place in gazetteer.index.by_id.values() if not place.namesake]
    for place in places[::9]:
        name = place.names["en"] + "q"
        verdict = gazetteer.resolve(Sighting(name, place.country))
        if verdict.place:
            known = {folded_key(one) for one in verdict.place.all_names}
            assert folded_key(name) in known


def _shipped_cities(gazetteer: Gazetteer) -> list[Place]:
    places = gazetteer.index.by_id.values()
    return [p for p in places if "wikidata" in (p.identifiers or {})]


def test_the_cities_have_korean_names(gazetteer: Gazetteer) -> None:
    places = gazetteer.index.by_id.values()
    korean = [place for place in places if place.country == "KR"]
    assert len(korean) == 280
    assert all("ko" in place.names for place in korean)
    large = [
        p for p in _shipped_cities(gazetteer) if p.country != "KR" if (p.population or 0) > 500_000
    ]
    named = sum("ko" in place.names for place in large)
    assert named >= 0.95 * len(large)


def test_the_tables_are_whole(gazetteer: Gazetteer) -> None:
    assert len(_shipped_cities(gazetteer)) == 4_566
    for place in gazetteer.index.by_id.values():
        assert place.country is None or place.country in countries(), place
        assert place.container is None or place.container in gazetteer.index.by_id
        assert place.yields_to is None or place.yields_to in gazetteer.index.by_id
        assert place.node().id == place.id
    identifiers = Counter(
        pair
        for place in gazetteer.index.by_id.values()
        for pair in (place.identifiers or {}).items()
    )
    assert max(identifiers.values()) == 1


@pytest.mark.skipif(not TWINCITIES.exists(), reason="the list is share-alike and not shipped")
def test_the_twincities_list_is_read_fast_and_without_guesses(gazetteer: Gazetteer) -> None:
    ends = [
        {key: row[key + end] for key in ("city", "country", "lat", "lng")}
        for row in _rows(TWINCITIES)
        for end in "12"
    ]
    seen = (
        Sighting(end["city"], end["country"], None, float(end["lat"]), float(end["lng"]))
        for end in ends
    )
    sightings = {sighting.id: sighting for sighting in seen}
    verdicts = {one: gazetteer.resolve(sighting) for one, sighting in sightings.items()}
    reasons = Counter(verdict.reason for verdict in verdicts.values())
    assert 16_000 < len(verdicts) < 18_000
    assert sum(reasons[reason] for reason in DECIDED) > 3_500
    assert reasons[Reason.AMBIGUOUS] + reasons[Reason.FAR_AWAY] > 50
    assert reasons[Reason.NAME_ONLY] == reasons[Reason.MOST_PEOPLE] == 0


@pytest.mark.parametrize(
    ("name", "country", "point", "expected"),
    [
        ("Tottori", "Japan", (35.3555, 133.8679), "city:Q200731"),  # of the prefecture, 37 km off
        ("Zacatecas", "Mexico", (23.3, -102.7), "city:Q139242"),  # its namesake has 857 people
        ("Kōchi", "Japan", (33.5, 133.4), "city:Q200251"),
        ("Mendoza", "Argentina", (-34.597, -68.7305), None),  # 191 km off
        ("Midland", "United States", (31.8369, -102.0104), None),  # another is half as large
        ("Nara", "Mali", (15.3, -7.4667), None),  # no city of the extract
        ("Żebbuġ, Gozo", "Malta", (36.0708, 14.2369), None),  # not on that island
    ],
)
def test_a_point_that_was_looked_up_by_the_name_may_be_that_of_the_region(
    name: str, country: str, point: tuple[float, float], expected: str | None
) -> None:
    verdict = Gazetteer.shipped().resolve(Sighting(name, country, None, *point, looked_up=True))
    assert (verdict.place.id if verdict.place else None) == expected
    if expected:
        sure = Gazetteer.shipped().resolve(Sighting(name, country, None, *point))
        assert sure.place is None
