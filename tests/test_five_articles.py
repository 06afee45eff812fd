"""What must come out of the five records alone (domain, section 5), on both stores."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.dates import PartialDate
from graph.questions.beneficiaries import beneficiaries, benefits
from graph.questions.connections import paths
from graph.questions.finding import resolve
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals
from ingest.records import read_record

if TYPE_CHECKING:
    from graph.questions.answers import BeneficiariesAnswer, TotalLine, TotalsAnswer
    from graph.store import GraphStore

RECORDS = sorted((Path(__file__).parent.parent / "ingest/data/records").glob("*.yaml"))


@pytest.fixture
def five(store: GraphStore) -> GraphStore:
    for path in RECORDS:
        record = read_record(path)
        store.write(record.claims, replaces=record.source.id)
    # A server that just started plans each statement once, which may outlast a question's time.
    store.read(lambda view: beneficiaries(view, resolve(view, "Bandung")), seconds=120)
    return store


def find(store: GraphStore, name: str) -> str:
    return store.read(lambda view: resolve(view, name))


def who(store: GraphStore, partner: str, home: str | None = None) -> BeneficiariesAnswer:
    place = find(store, home) if home else None
    target = find(store, partner)
    return store.read(lambda view: beneficiaries(view, target, place))


def total(store: GraphStore, year: str | None = None, **names: str) -> TotalsAnswer:
    day = PartialDate.parse(year) if year else None
    ids = {key: find(store, name) for key, name in names.items()}
    return store.read(lambda view: totals(view, Filters(since=day, until=day, **ids)))


def figures(lines: tuple[TotalLine, ...]) -> dict[str, tuple[object, ...]]:
    return {line.stage.value: (line.currency, line.amount, line.count) for line in lines}


def unattributed(answer: BeneficiariesAnswer) -> set[tuple[object, ...]]:
    return {(line.stage.value, line.amount) for line in answer.not_attributable if line.stage}


def test_five_records_ship() -> None:
    assert len(RECORDS) == 5


def test_bandung_and_suwon(five: GraphStore) -> None:
    answer = who(five, "Bandung", "Suwon")
    names = {line.firm.name for line in answer.beneficiaries}
    assert names == {"그린존", "거진산업", "델타아이오", "휴민텍", "건도하이텍"}
    assert {line.grade.value for line in answer.beneficiaries} == {"supported"}
    with_amounts = [line for line in answer.beneficiaries if line.amounts]
    assert [line.firm.name for line in with_amounts] == ["그린존"]
    (amount,) = with_amounts[0].amounts
    assert (amount.stage.value, amount.currency) == ("consultation", "USD")
    assert amount.amount == 600_000
    assert amount.at_partner is False
    assert unattributed(answer) == {("consultation", 5_700_000), ("expected", 2_000_000)}
    assert answer.coverage.answer == "found"
    assert all(line.citations for b in answer.beneficiaries for line in b.evidence)


def test_tangerang(five: GraphStore) -> None:
    (line,) = who(five, "Tangerang").beneficiaries
    assert (line.firm.name, line.grade.value) == ("아라소프트", "co_occurrence")
    why = {one.flag: one.why for one in line.missing}
    assert why.keys() == {"tie_in_force", "counterparty"}
    assert "2025-11-13" in why["tie_in_force"]
    assert "2025-11-12" in why["tie_in_force"]
    tangerang = find(five, "Tangerang")
    (tie,) = five.read(lambda view: ties(view, tangerang)).ties
    assert (tie.kind, tie.form) == ("AGREEMENT", "mou")
    assert {find(five, name) for name in ("땅그랑", "탕에랑", "Tangerang")} == {tangerang}


def test_okta_la(five: GraphStore) -> None:
    answer = who(five, "OKTA LA", "광주 북구")
    graded = {line.firm.name: line.grade.value for line in answer.beneficiaries}
    firms = ("피피아이", "엠피닉스", "피라포토닉스", "오토마린")
    assert graded == dict.fromkeys(firms, "co_occurrence")
    assert unattributed(answer) == {("contract", 3_250_000), ("provisional", 6_750_000)}
    year = total(five, "2024", city="광주 북구")
    assert figures(year.lines) == {
        "contract": ("USD", 3_250_000, None),
        "provisional": ("USD", 6_750_000, None),
    }
    assert [one.reason for one in year.left_out] == ["mixed_stages"]
    deals = five.read(lambda view: view.nodes("Deal"))
    amounts = {getattr(deal, "amount", None) for deal in deals}
    assert not amounts & {1_500_000, 8_500_000}
    assert 9_340_000 in amounts


@pytest.mark.parametrize("partner", ["Tottori", "Wrocław"])
def test_a_partner_without_beneficiaries_says_what_was_read(five: GraphStore, partner: str) -> None:
    answer = who(five, partner)
    assert answer.beneficiaries == ()
    assert answer.coverage.answer == "none_in_sources_read"
    assert [one.source for one in answer.coverage.citations] == ["source:cheongju-2023"]


def test_a_place_nothing_was_read_about(five: GraphStore) -> None:
    answer = who(five, "장안구")
    assert (answer.coverage.answer, answer.coverage.sources_read) == ("nothing_read", 0)


def test_what_was_read_about_a_district_was_read_about_its_city(five: GraphStore) -> None:
    coverage = who(five, "광주").coverage
    assert coverage.answer == "none_in_sources_read"
    assert [one.source for one in coverage.citations] == ["source:gwangju-bukgu-2024"]


def test_changsha(five: GraphStore) -> None:
    answer = who(five, "Changsha")
    assert answer.beneficiaries == ()
    assert [(one.firms_count, one.named) for one in answer.unnamed] == [(10, 0)]
    assert unattributed(answer) == {("consultation", 11_000_000), ("mou", 3_000_000)}


def test_cheongju(five: GraphStore) -> None:
    assert figures(total(five, city="Cheongju").lines) == {"contract": ("USD", 5_900_000, 39)}
    cheongju = find(five, "Cheongju")
    lines = five.read(lambda view: ties(view, cheongju)).ties
    assert {(one.partner.names["en"], one.kind, one.status) for one in lines} == {
        ("Tottori", "SISTER_CITY", "signed"),
        ("Wrocław", "FRIENDSHIP_CITY", "signed"),
        ("Yen Phong", "EXCHANGE_CITY", "proposed"),
        ("Kokand", "EXCHANGE_CITY", "proposed"),
        ("Padang", "EXCHANGE_CITY", "proposed"),
    }
    for line in lines:
        assert total(five, partner=line.partner.id).lines == ()


def test_jinju(five: GraphStore) -> None:
    year = total(five, "2019", city="Jinju")
    assert figures(year.lines) == {
        "consultation": ("USD", 24_000_000, 91),
        "mou": ("USD", 5_600_000, 4),
    }
    assert [len(line.left_out) for line in year.lines] == [2, 2]
    assert figures(total(five, "2019", city="Jinju", place="Changsha").lines) == {
        "consultation": ("USD", 11_000_000, 48),
        "mou": ("USD", 3_000_000, 1),
    }
    later = total(five, "2025", city="Jinju")
    assert figures(later.lines) == {"contract": ("USD", 2_000_000, None)}
    assert [one.reason for one in later.left_out] == ["adoption"]


@pytest.mark.parametrize(
    ("start", "goal", "way"),
    [
        ("아라소프트", "Tangerang", ["Firm", "Event", "Mission", "City"]),
        ("그린존", "Bandung", ["Firm", "Mission", "City"]),
        ("피피아이", "OKTA LA", ["Firm", "Event", "Mission", "Organization"]),
    ],
)
def test_paths(five: GraphStore, start: str, goal: str, way: list[str]) -> None:
    one, other = find(five, start), find(five, goal)
    answer = five.read(lambda view: paths(view, one, other))
    assert [node.kind for node in answer.paths[0].nodes] == way
    cited = {citation.source for citation in answer.citations}
    assert all(c.source in cited for path in answer.paths for hop in path.hops for c in hop)
    assert all(hop for path in answer.paths for hop in path.hops)


def test_no_path_is_an_answer(five: GraphStore) -> None:
    one, other = find(five, "그린존"), find(five, "Tottori")
    answer = five.read(lambda view: paths(view, one, other))
    assert (answer.paths, answer.complete) == ((), True)


def test_benefits_is_the_reverse(five: GraphStore) -> None:
    firms = five.read(lambda view: view.nodes("Firm"))
    places = five.read(lambda view: (*view.nodes("City"), *view.nodes("Organization")))
    forward = {
        (line.firm.id, place.id)
        for place in places
        for line in five.read(partial(beneficiaries, partner=place.id)).beneficiaries
    }
    backward = {
        (firm.id, line.partner.id)
        for firm in firms
        for line in five.read(partial(benefits, firm=firm.id)).partners
    }
    assert forward == backward
    assert forward
