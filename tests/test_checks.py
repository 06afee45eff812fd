"""Each code of the checks fires where it should and nowhere near; ids, pages, and the reference."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from pydantic import ValidationError

from graph.claims import Claim, MadeAt, SameAs, SameDealAs, Sent, Visited
from graph.errors import BadRequest, BudgetSpent
from graph.nodes import City, Deal, Mission
from graph.questions.answers import ChecksAnswer, Finding, TotalsAnswer
from graph.questions.checks import CODES, checks
from graph.questions.rules import RULES, SEVERITIES
from graph.questions.rules.blocks import WINDOW, pairs
from graph.questions.rules.globe import Globe, km
from graph.questions.rules.likeness import alike, bare_firm, skeleton
from graph.questions.totals import Filters, totals
from graph.store import GraphStore, View
from jamae.findings import KOREAN
from tests.check_cases import AWAY, CASES, HOME, QUIET, Batches, map_of, spelt, tie
from tests.graphs import crowd, said, trade
from tests.random_graphs import seeded

DOCS = (Path(__file__).parent.parent / "docs" / "checks.md").read_text("utf-8")
SECONDS = 120
"""A server that just started plans each statement once."""


def loaded(store: GraphStore, batches: Batches) -> GraphStore:
    for batch in batches:
        store.write(batch)
    return store


def asked(store: GraphStore) -> ChecksAnswer:
    return store.read(lambda view: checks(view, limit=None), seconds=SECONDS)


@pytest.mark.parametrize("code", CODES)
def test_a_code_fires(code: str, store: GraphStore) -> None:
    answer = asked(loaded(store, CASES[code].fires))
    assert answer.counts == {code: 1}
    found = answer.findings[0]
    assert found.id.startswith(f"{code}:")
    assert found.citations
    assert "{" not in found.message
    assert {node.id for node in found.nodes} >= set(found.about)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_quiet_near_by(code: str, store: GraphStore) -> None:
    assert asked(loaded(store, CASES[code].quiet)).findings == ()


@pytest.mark.parametrize("batches", QUIET.values(), ids=QUIET)
def test_what_is_close_to_a_finding_is_none(
    batches: Batches, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    assert asked(loaded(new_sqlite_store(), batches)).findings == ()


def test_every_code_has_a_case_and_no_other() -> None:
    assert sorted(CASES) == sorted(CODES)
    assert len(set(CODES)) == len(CODES)


# ---------------------------------------------------------------- ids


@pytest.mark.parametrize("code", CODES)
def test_an_id_stays_whatever_else_is_loaded(
    code: str, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    before = asked(loaded(new_sqlite_store(), CASES[code].fires)).findings[0]
    after = asked(loaded(new_sqlite_store(), [trade(), *CASES[code].fires, crowd()]))
    same = [one for one in after.findings if one.id == before.id]
    assert [(one.message, one.about) for one in same] == [(before.message, before.about)]


def test_ids_do_not_depend_on_the_order_of_loading(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    for case in CASES.values():
        first = asked(loaded(new_sqlite_store(), case.fires))
        last = asked(loaded(new_sqlite_store(), case.fires[::-1]))
        assert first.model_dump_json() == last.model_dump_json()


# ---------------------------------------------------------------- asking


@pytest.fixture
def several(new_sqlite_store: Callable[[], GraphStore]) -> GraphStore:
    """Seven findings of three severities."""
    selves = [tie("source:selves", (f"city:s{n}", f"city:s{n}")) for n in range(5)]
    fires = CASES["ties_without_trade"].fires
    return loaded(new_sqlite_store(), [said("source:selves", *selves), *fires])


@pytest.mark.parametrize("size", [1, 2, 7, 200])
def test_pages_join_to_the_whole(several: GraphStore, size: int) -> None:
    whole = asked(several)
    assert len(whole.findings) == 7
    found: list[Finding] = []
    after = ""
    while True:
        page = several.read(lambda view: checks(view, limit=size, after=after))  # noqa: B023
        assert page.counts == whole.counts
        found += page.findings
        if page.next is None:
            break
        assert len(page.findings) == size
        after = page.next
    assert tuple(found) == whole.findings
    ranks = [SEVERITIES.index(one.severity) for one in found]
    assert ranks == sorted(ranks)


def test_only_what_is_asked_for(several: GraphStore) -> None:
    errors = several.read(lambda view: checks(view, severities=["error"]))
    assert errors.counts == {"tie_with_itself": 5}
    some = several.read(lambda view: checks(view, ["source_undated", "ties_without_trade"]))
    assert some.counts == {"source_undated": 1, "ties_without_trade": 1}
    assert several.read(lambda view: checks(view, ["tie_disputed"])).findings == ()


@pytest.mark.parametrize(("codes", "severities"), [(["nonsense"], []), ([], ["grave"])])
def test_what_there_is_none_of_is_refused(
    several: GraphStore, codes: list[str], severities: list[str]
) -> None:
    with pytest.raises(BadRequest):
        several.read(lambda view: checks(view, codes, severities))


def test_time_runs_out(several: GraphStore) -> None:
    with pytest.raises(BudgetSpent):
        several.read(checks, seconds=0)


# ---------------------------------------------------------------- one finding for each matter


@pytest.mark.parametrize(
    ("one_name", "other"), [("Veria", "Veroia"), ("Köthen", "Köthen (Anhalt)"), ("Bonn", "BONN")]
)
def test_two_spellings_at_one_place_are_a_finding(
    new_sqlite_store: Callable[[], GraphStore], one_name: str, other: str
) -> None:
    store = loaded(new_sqlite_store(), [spelt(one_name, other, 0.01)])
    assert asked(store).counts == {"city_duplicate": 1}


def test_a_merge_ends_a_suspicion(new_sqlite_store: Callable[[], GraphStore]) -> None:
    store = loaded(new_sqlite_store(), CASES["city_duplicate"].fires)
    same = SameAs(from_="city:a", to="city:b", source="source:ruling")
    store.write(said("source:ruling", same, kind="decision", published="2010"))
    assert asked(store).findings == ()


def test_many_strangers_do_not_make_another_country_theirs(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    odd = [City(id=f"city:odd{n}", latitude=35.1, longitude=139.05) for n in range(2)]
    korea = [claim.model_copy() for claim in map_of((35.2, 139.1))]
    told = said("source:odd", nodes=odd, published="2010")
    store = loaded(new_sqlite_store(), [korea, told])
    assert asked(store).counts == {"city_in_other_country": 1}


def test_a_block_is_compared_in_one_pass() -> None:
    hub = list(range(3000))
    made = list(pairs(hub, lambda _: ["one"], lambda number: number))
    assert len(made) <= len(hub) * WINDOW
    assert len(set(made)) == len(made)
    assert all(one < other for one, other in made)


def test_near_points_are_those_of_a_plain_search() -> None:
    rng = seeded(7)
    points = {
        f"p{n}": (rng.uniform(-89.9, 89.9), rng.choice([-180.0, 179.9, rng.uniform(-180, 180)]))
        for n in range(400)
    }
    globe = Globe(points)
    found = 0
    for name, point in points.items():
        for within in (50, 300, 900):
            plain = any(o != name and km(point, p) <= within for o, p in points.items())
            assert globe.has(point, within, name) == plain
            found += plain
    assert 100 < found < 1100


@pytest.mark.parametrize(
    ("one_name", "other", "same"),
    [
        ("cheongju", "chongju", True),
        ("trujillo", "trujilo", True),
        ("paris", "parma", False),
        ("bonn", "bona", False),
        ("springfield", "springdale", False),
    ],
)
def test_names_that_may_be_confused(one_name: str, other: str, same: bool) -> None:
    assert (skeleton(one_name) == skeleton(other) and alike(one_name, other)) is same


def test_a_legal_form_is_no_part_of_a_name() -> None:
    forms = ["그린존", "그린존(주)", "㈜그린존", "주식회사 그린존", "그린 존"]
    assert {bare_firm(name) for name in forms} == {"그린존"}
    assert {bare_firm(name) for name in ("Green Zone Co., Ltd.", "GREENZONE")} == {"greenzone"}
    assert bare_firm("Co., Ltd.") == ""


# ---------------------------------------------------------------- words and reference


def gaps(text: str) -> set[str]:
    return {name.partition(":")[0] for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_is_told_in_korean_with_the_same_gaps() -> None:
    assert sorted(KOREAN) == sorted(CODES)
    for rule in RULES:
        assert gaps(KOREAN[rule.code][0]) == gaps(rule.says), rule.code
        assert re.search("[가-힣]", KOREAN[rule.code][1])


def test_the_reference_tells_every_code() -> None:
    sections = dict(re.findall(r"^### `(\w+)` · (\w+)$", DOCS, re.M))
    assert sections == {rule.code: rule.severity for rule in RULES}
    for rule in RULES:
        section = DOCS.partition(f"### `{rule.code}`")[2].partition("\n### ")[0]
        told = " ".join(section.split())
        assert f"Fix: {rule.fix}." in told, rule.code
        assert "Example:" in told, rule.code


# ---------------------------------------------------------------- two articles on one mission


def article(source: str, start: str) -> list[Claim]:
    """An article on a mission of five days, and on what it signed."""
    mission, deal = f"mission:{start}", f"deal:{source[-1]}"
    nodes = [
        Mission(id=mission, start=start, end="2010-03-06"),
        Deal(id=deal, stage="contract", amount=Decimal(700), currency="USD"),
    ]
    told = [
        Sent(from_=HOME, to=mission, source=source),
        Visited(from_=mission, to=AWAY, source=source),
        MadeAt(from_=deal, to=mission, source=source),
    ]
    return said(source, *told, nodes=nodes, published="2010")


def question(view: View) -> TotalsAnswer:
    return totals(view, Filters(city=HOME))


def test_two_articles_on_one_mission_are_found_and_mended(store: GraphStore) -> None:
    loaded(store, [article("source:a", "2010-03-01"), article("source:b", "2010-03-02")])
    assert asked(store).counts == {"deal_duplicate": 1, "mission_duplicate": 1}
    sums = store.read(question, seconds=SECONDS).lines
    assert [line.amount for line in sums] == [1400]
    same = SameAs(from_="mission:2010-03-01", to="mission:2010-03-02", source="source:ruling")
    one = SameDealAs(from_="deal:a", to="deal:b", source="source:ruling")
    store.write(said("source:ruling", same, one, kind="decision", published="2010"))
    assert asked(store).findings == ()
    sums = store.read(question, seconds=SECONDS).lines
    assert [line.amount for line in sums] == [700]


@pytest.mark.parametrize("named", [["city:third"], [AWAY, HOME, HOME], [HOME, AWAY], []])
def test_a_tie_is_told_by_its_own_ends_each_once_in_order(named: list[str]) -> None:
    with pytest.raises(ValidationError):
        tie(told_by=named)
    assert tie(told_by=sorted({HOME, AWAY})).told_by == (AWAY, HOME)
