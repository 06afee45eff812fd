"""The lists of sister cities: their facts, what is read of each, how they meet in a store."""

import random
from collections import Counter
from pathlib import Path

import pytest

from graph.claims import Claim, Describes
from graph.errors import RecordsInvalid
from graph.store import open_store
from ingest import sources
from ingest.records import Record
from ingest.sources import placenames, twincities, wikidata
from ingest.sources.facts import LICENCES, Bounds, Reading
from ingest.sources.merged import merged, merged_in

SMALL = Path(__file__).parent / "data" / "sources" / "twincities.csv"
WHOLE = Path(__file__).parents[2] / "shared/data/sister_cities/hekman_twincities_2026"
ANY = Bounds(least=0, most=100_000)


@pytest.fixture(scope="module")
def small() -> Reading:
    return twincities.read(SMALL, ties=ANY, places=ANY)


@pytest.fixture(scope="module")
def extract() -> Reading:
    return wikidata.read()


def of_kind(record: Record, kind: str) -> list[Claim]:
    return [claim for claim in record.claims if claim.kind == kind]


def part_of(record: Record, ids: set[str]) -> Record:
    """What a record says of these nodes alone."""
    inside = {record.source.id, *ids}
    return Record(record.source, tuple(c for c in record.claims if {c.from_, c.to} <= inside))


# ---------------------------------------------------------------- facts


def test_every_source_says_who_made_it_under_which_licence_and_how_much_is_expected() -> None:
    described = sources.describe()
    assert [one.name for one in described] == [
        "articles",
        "wikidata",
        "wikidata --live",
        "twincities",
        "register",
        "places",
    ]
    for facts in sources.SOURCES:
        assert facts.publisher
        assert facts.licence
        assert facts.lineage
        assert facts.url.startswith("https://")
        assert facts.ties.least <= facts.ties.most
        assert facts.places.least <= facts.places.most


def test_what_ships_has_its_licence_text_and_what_is_share_alike_does_not_ship() -> None:
    for facts in sources.SOURCES:
        if facts.licence_file:
            assert (LICENCES / facts.licence_file).read_text("utf-8").strip()
        else:
            assert facts.given
    assert twincities.FACTS.licence_file is None
    assert "Wikipedia contributors" in twincities.FACTS.publisher
    assert "OpenStreetMap contributors" in twincities.FACTS.publisher


def test_both_lists_are_one_line_of_evidence() -> None:
    assert {wikidata.FACTS.lineage, twincities.FACTS.lineage} == {"wikimedia"}


# ---------------------------------------------------------------- wikidata


def test_the_extract_holds_every_tie_and_city(extract: Reading) -> None:
    report = extract.report
    assert (report.rows, report.ties, report.places, report.repeated) == (8_182, 8_182, 4_566, 0)
    assert Counter(claim.kind for claim in extract.record.claims)["TWINNED"] == 8_182
    assert str(extract.record.source.published) == "2022-01-09"


def test_the_extract_names_cities_by_item_and_rows_by_line(extract: Reading) -> None:
    suwon_bandung = {"city:Q20714", "city:Q10389"}
    found = [c for c in of_kind(extract.record, "TWINNED") if {c.from_, c.to} == suwon_bandung]
    assert len(found) == 1
    line = wikidata.TIES.read_text("utf-8").splitlines()[(found[0].locator or 0) - 1]
    assert set(line.split(",")) == {"Q20714", "Q10389"}


def test_the_extract_gives_no_korean_name_for_it_holds_none(extract: Reading) -> None:
    told = [c.node for c in extract.record.claims if isinstance(c, Describes)]
    assert not [node.id for node in told if node.kind == "City" and "ko" in node.names]


def test_the_extract_is_stored_as_it_is_read(extract: Reading, tmp_path: Path) -> None:
    record = extract.record
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        done = store.write(record.claims, replaces=record.source.id)
        assert done.inserted == len(record.claims)
        assert int(done.version, 16) == sum(c.digest() for c in record.claims) % (1 << 128)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("Q60,", "Q61,", "checksum"),
        ("city,partner", "city,partner,note", "checksum"),
    ],
)
def test_an_altered_extract_is_refused(tmp_path: Path, before: str, after: str, code: str) -> None:
    altered = tmp_path / "ties.csv"
    altered.write_text(wikidata.TIES.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(RecordsInvalid) as caught:
        wikidata.read(ties=altered)
    assert caught.value.problems[0].code == code


def test_a_tie_with_a_city_that_does_not_ship_is_refused(tmp_path: Path) -> None:
    cities = tmp_path / "cities.csv"
    lines = wikidata.CITIES.read_text("utf-8").splitlines(keepends=True)
    cities.write_text("".join(line for line in lines if not line.startswith("Q60,")), "utf-8")
    with pytest.raises(RecordsInvalid, match="'Q60' is not among the cities"):
        wikidata.read(cities=cities)


def test_the_shipped_names_are_a_source_of_their_own(extract: Reading) -> None:
    names = placenames.read()
    assert names.record.source.licence == "CC-BY-4.0"
    listed = {c.to for c in extract.record.claims if isinstance(c, Describes)}
    told = {c.to for c in names.record.claims if isinstance(c, Describes)}
    assert told - listed == {"source:place-names"}


# ---------------------------------------------------------------- together


def test_any_order_of_loading_gives_one_version_and_retracting_undoes_it(
    small: Reading, extract: Reading, tmp_path: Path
) -> None:
    world = part_of(extract.record, {c.to for c in small.record.claims})
    ties = len(of_kind(world, "TWINNED"))
    assert ties >= 2
    versions = set()
    for number in range(20):
        dice = random.Random(number)  # noqa: S311
        records = [small.record, world]
        dice.shuffle(records)
        with open_store(f"sqlite:///{tmp_path / f'{number}.db'}") as store:
            for record in records:
                claims = dice.sample(record.claims, len(record.claims))
                store.write(claims, replaces=record.source.id)
            versions.add(store.version())
            store.retract(small.record.source.id)
            assert store.read(lambda view: view.counts()).claims.get("TWINNED", 0) == ties
    assert len(versions) == 1


def test_overlap_is_counted_by_place_and_not_by_name(small: Reading, extract: Reading) -> None:
    alone, both = merged([small.record]), merged([small.record, extract.record])
    assert alone.self_ties == 1
    assert alone.in_several == 0
    assert both.in_several >= 2  # Suwon–Bandung and Bandung–Braunschweig among them
    assert both.ties == alone.ties + 8_182 - both.in_several


@pytest.mark.skipif(not WHOLE.exists(), reason="the share-alike list is not on this machine")
def test_the_whole_list_and_the_extract_meet(extract: Reading, tmp_path: Path) -> None:
    whole = twincities.read(WHOLE / "twin_cities.csv")
    report = whole.report
    assert (report.rows, report.used, report.repeated) == (25_917, 25_917, 1_487)
    assert (report.ties, report.places) == (24_430, 17_059)
    assert [p.code for p in report.problems] == ["country"] * 5
    assert report.resolved > 3_500
    both = merged([extract.record, whole.record])
    assert both.in_several > 4_000
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        for record in (extract.record, whole.record):
            store.write(record.claims, replaces=record.source.id)
        assert store.read(merged_in, seconds=60) == both
