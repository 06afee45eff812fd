"""Decisions files: merges and separations that a person writes, undone with their source."""

from collections.abc import Callable, Sequence
from itertools import permutations

import pytest

from graph.claims import Claim, Describes, SameAs
from graph.errors import RecordsInvalid
from graph.nodes import City
from graph.store import GraphStore
from ingest.decisions import parse_decisions
from ingest.places import Gazetteer, Sighting
from ingest.places_rulings import NO_RULINGS, Rulings
from ingest.records import Record
from tests.store_contents import city, contents, source, told

HEAD = 'source: {id: "source:decisions", source_kind: decision, title: Decisions}\n'
FILE = (
    HEAD
    + """\
decisions:
  - is: {name: 북구, country: 한국}
    id: city:xn--2e0bz81a.Q41283.kr
    reason: The list is of cities in Gwangju.
    by: a reviewer
    date: 2026-03-01

  - different: [city:chongju.kp, city:Q213169]
    reason: The list means the county.
    date: 2026-03
  - same: [firm:acme.kr, firm:acme-co.kr]
    reason: One registry number.
    date: 2026
"""
)


def _parsed(text: str) -> tuple[Record, Rulings]:
    decisions = parse_decisions(text.encode(), "decisions.yaml")
    return decisions.record, decisions.rulings


def _refused(text: str) -> list[tuple[int, str]]:
    with pytest.raises(RecordsInvalid) as caught:
        parse_decisions(text.encode(), "decisions.yaml")
    return [(problem.line, problem.code) for problem in caught.value.problems]


def test_decisions_are_claims_of_one_source_with_reason_and_line() -> None:
    record, _ = _parsed(FILE)
    said = [c for c in record.claims if not isinstance(c, Describes)]
    assert [(c.kind, c.from_, c.to, c.locator) for c in said] == [
        ("SAME_AS", "city:xn--2e0bz81a.Q41283.kr", "city:xn--2e0bz81a.kr", 3),
        ("DIFFERENT_FROM", "city:Q213169", "city:chongju.kp", 9),
        ("SAME_AS", "firm:acme-co.kr", "firm:acme.kr", 12),
    ]
    assert said[0].note == "The list is of cities in Gwangju. (a reviewer, 2026-03-01)"
    assert {claim.source for claim in record.claims} == {"source:decisions"}
    described = {c.to for c in record.claims if isinstance(c, Describes)}
    assert described >= {end for claim in said for end in claim.stated_ends}


def test_a_place_that_is_named_is_described_by_its_name() -> None:
    record, _ = _parsed(FILE)
    nodes = {c.to: c.node for c in record.claims if isinstance(c, Describes)}
    assert nodes["city:xn--2e0bz81a.kr"].names == {"ko": "북구"}
    assert nodes["firm:acme.kr"].names == {}


def test_the_gazetteer_follows_a_file() -> None:
    gazetteer = Gazetteer.shipped()
    _, rulings = _parsed(FILE)
    sighting = Sighting("북구", "대한민국")
    assert gazetteer.resolve(sighting).place is None
    decided = gazetteer.resolve(sighting, rulings).place
    assert decided is not None
    assert decided.id == "city:xn--2e0bz81a.Q41283.kr"
    assert gazetteer.resolve(Sighting("Chongju", "North Korea")).place is not None
    assert gazetteer.resolve(Sighting("Chongju", "North Korea"), rulings).place is None


def test_of_ids_that_hang_together_the_least_stands() -> None:
    rulings = Rulings.of([("city:b", "city:c"), ("city:c", "city:a")], [("city:x", "city:y")])
    assert [rulings.place_of(one) for one in ("city:a", "city:b", "city:c", "city:x")] == [
        None,
        "city:a",
        "city:a",
        None,
    ]
    assert rulings.apart("city:y", "city:x")
    assert Rulings.of([("city:a", "city:b")], [("city:b", "city:a")]).place_of("city:b") is None


def test_several_files_together_are_the_same_in_any_order() -> None:
    one = Rulings.of([("city:a", "city:b")])
    two = Rulings.of([("city:b", "city:c")], [("city:p", "city:q")])
    assert Rulings.together([one, two]) == Rulings.together([two, one])
    assert Rulings.together([one, two]).place_of("city:c") == "city:a"
    assert Rulings.together([]) == NO_RULINGS


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("- same: [city:a, city:b]\n    date: 2026", (3, "missing")),
        ("- same: [city:a, city:b]\n    reason: x", (3, "missing")),
        ("- same: [city:a]\n    reason: x\n    date: 2026", (3, "missing")),
        ("- same: [city:a, city:b]\n    reason:\n    date: 2026", (4, "value")),
        ("- same: [city:a, city:a]\n    reason: x\n    date: 2026", (3, "value")),
        ("- same: [city:a, firm:a]\n    reason: x\n    date: 2026", (3, "value")),
        ("- same: [deal:a, deal:b]\n    reason: x\n    date: 2026", (3, "value")),
        ("- same: [city:a, 'a b']\n    reason: x\n    date: 2026", (3, "value")),
        ("- reason: x\n    date: 2026", (3, "value")),
        ("- is: {name: 북구}\n    reason: x\n    date: 2026", (3, "value")),
        ("- is: {country: KR}\n    id: city:a\n    reason: x\n    date: 2026", (3, "missing")),
        ("- same: [city:a, city:b]\n    reason: x\n    date: 13.11.2025", (5, "date")),
        (
            "- same: [city:a, city:b]\n    because: x\n    reason: x\n    date: 2026",
            (4, "unknown-field"),
        ),
    ],
)
def test_a_faulty_decision_is_refused_at_its_line(entry: str, expected: tuple[int, str]) -> None:
    assert expected in _refused(f"{HEAD}decisions:\n  {entry}\n")


def test_faults_of_the_file_are_named() -> None:
    pair = "reason: x, date: 2026}\n"
    one, two = "{same: [city:a, city:b], " + pair, "{different: [city:b, city:a], " + pair
    twice = f"{HEAD}decisions:\n  - {one}  - {two}"
    assert _refused(twice) == [(4, "decided-twice")]
    assert _refused("decisions: []\n") == [(1, "missing")]
    assert _refused(HEAD + "choices: []\n") == [(2, "unknown-field")]
    assert _refused(HEAD + "decisions: none\n") == [(2, "shape")]
    assert (1, "value") in _refused(HEAD.replace("decision,", "article,"))
    assert _parsed(HEAD)[1] == NO_RULINGS


def _list_of(slug: str, named: str, known: City) -> list[Claim]:
    """A list that names a city its own way and merges it with a known one."""
    by = source(slug)
    own = city(named, names={"en": named.title()})
    merge = SameAs.model_validate({"from": own.id, "to": known.id, "source": by.id})
    return [*told(by, own, known), merge]


def _loads() -> dict[str, Sequence[Claim]]:
    known = city("Q213169", identifiers={"wikidata": "Q213169"})
    return {
        "source:one": _list_of("one", "chongju.kp", known),
        "source:two": _list_of("two", "jongju.kp", known),
        "source:decisions": _parsed(FILE)[0].claims,
    }


def test_any_order_of_lists_and_decisions_gives_one_version(
    new_store: Callable[[], GraphStore],
) -> None:
    states = []
    for order in permutations(_loads().items()):
        with new_store() as store:
            for name, claims in order:
                store.write(claims, replaces=name)
            states.append(contents(store))
    assert all(state == states[0] for state in states[1:])


def test_a_different_decision_undoes_a_merge_and_gives_it_back_when_withdrawn(
    store: GraphStore,
) -> None:
    loads = _loads()
    for name in ("source:one", "source:two"):
        store.write(loads[name], replaces=name)
    before = contents(store)
    assert store.read(lambda view: view.find("city:chongju.kp")) == "city:Q213169"
    store.write(loads["source:decisions"], replaces="source:decisions")
    assert store.read(lambda view: view.find("city:chongju.kp")) == "city:chongju.kp"
    assert store.read(lambda view: view.find("city:jongju.kp")) == "city:Q213169"
    store.retract("source:decisions")
    assert contents(store) == before


def test_two_that_are_decided_to_be_two_stay_apart_however_far_they_hang_together(
    new_store: Callable[[], GraphStore],
) -> None:
    known = city("Q213169", identifiers={"wikidata": "Q213169"})
    by = source("by-id")
    loads = {
        "source:one": _list_of("one", "chongju.kp", known),
        "source:two": _list_of("two", "jongju.kp", known),
        "source:by-id": told(by, city("chongju", identifiers={"wikidata": "Q213169"})),
        "source:decisions": _parsed(
            HEAD
            + "decisions:\n"
            + "  - {different: [city:chongju.kp, city:jongju.kp], reason: Two, date: 2026}\n"
            + "  - {different: [city:chongju, city:jongju.kp], reason: Two, date: 2026}\n"
        )[0].claims,
    }
    states = []
    for order in list(permutations(loads.items()))[::5]:
        with new_store() as store:
            for name, claims in order:
                store.write(claims, replaces=name)
            found = [
                store.read(lambda view, one=one: view.find(f"city:{one}"))  # type: ignore[misc]
                for one in ("chongju", "chongju.kp", "jongju.kp")
            ]
            assert found == ["city:Q213169", "city:Q213169", "city:jongju.kp"]
            states.append(contents(store))
    assert all(state == states[0] for state in states[1:])
