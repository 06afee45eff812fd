"""Readings of the rules that were once wrong, each in the smallest world that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import pytest

from graph.claims import (
    Agreement,
    Claim,
    FriendshipCity,
    Hosted,
    InCountry,
    InPlace,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    PartOf,
    PartOfDeal,
    SameDealAs,
    Sent,
    SisterCity,
    Visited,
)
from graph.dates import PartialDate
from graph.errors import BadRequest, NotFound
from graph.nodes import Deal, Mission, Node, Programme
from graph.questions.answers import BeneficiariesAnswer, Beneficiary, TotalsAnswer
from graph.questions.beneficiaries import beneficiaries
from graph.questions.checks import checks
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals
from graph.store import GraphStore
from tests.graphs import said

HOME, PARTNER, FIRM = "city:home", "city:partner", "firm:f"
MISSION, DEAL = "mission:m", "deal:d"
DAY = PartialDate.parse


@pytest.fixture
def holding(new_sqlite_store: Callable[[], GraphStore]) -> Callable[..., GraphStore]:
    """Makes a store that holds what these sources say."""

    def fill(*batches: Sequence[Claim]) -> GraphStore:
        store = new_sqlite_store()
        for batch in batches:
            store.write(batch)
        return store

    return fill


def report(
    *more: Claim, source: str = "source:report", begins: str = "2010-05-10", published: str = "2010"
) -> list[Claim]:
    """A source that reports one mission: a firm of home's joined it, the partner hosted it."""
    mission = Mission.model_validate({"id": MISSION, "start": begins, "end": begins})
    told: dict[str, Any] = {"source": source}
    return said(
        source,
        Sent(from_=HOME, to=MISSION, **told),
        Visited(from_=MISSION, to=PARTNER, **told),
        Hosted(from_=PARTNER, to=MISSION, role="host", **told),
        ParticipatedIn(from_=FIRM, to=MISSION, **told),
        LocatedIn(from_=FIRM, to=HOME, **told),
        InCountry(from_=HOME, to="country:KR", **told),
        InCountry(from_=PARTNER, to="country:ID", **told),
        *more,
        nodes=[mission],
        published=published,
    )


def tie(source: str = "source:tie", **fields: Any) -> SisterCity:
    """A source's word on the tie of home and the partner."""
    return SisterCity(from_=HOME, to=PARTNER, source=source, **fields)


def who(store: GraphStore, partner: str = PARTNER, **asked: Any) -> BeneficiariesAnswer:
    """Who benefits from a partner."""
    return store.read(partial(beneficiaries, partner=partner, **asked))


def the_firm(store: GraphStore, **asked: Any) -> Beneficiary:
    """The one firm that benefits."""
    (line,) = who(store, **asked).beneficiaries
    return line


def kinds(claims: Iterable[Any]) -> list[str]:
    """The kinds of some lines."""
    return [line.kind for line in claims]


# ---------------------------------------------------------------- ties


def test_a_tie_that_the_evidence_holds_is_listed(holding: Callable[..., GraphStore]) -> None:
    exists = tie("source:report", status="in_force")
    store = holding(report(exists, begins="2010-05-10", published="2010-06-10"))
    answer = who(store, as_of=DAY("2010-06-01"))
    assert answer.beneficiaries[0].flags.tie_in_force
    assert kinds(answer.ties) == ["SISTER_CITY"]
    assert who(store, as_of=DAY("2010-05-01")).ties == ()
    assert who(store, home="city:partner", as_of=DAY("2010-06-01")).ties == ()


@pytest.mark.parametrize(("begins", "held"), [("1989", False), ("2010", True), ("2020", False)])
def test_a_tie_that_ended_was_in_force_until_then(
    holding: Callable[..., GraphStore], begins: str, held: bool
) -> None:
    over = tie(status="ended", signed_on="1990", ended_on="2020")
    store = holding(report(begins=f"{begins}-05-10", published=begins), said("source:tie", over))
    assert the_firm(store).flags.tie_in_force is held


@pytest.mark.parametrize("dates", [{"signed_on": "1990"}, {"ended_on": "2020"}, {}])
def test_an_end_alone_shows_no_tie_before_it(
    holding: Callable[..., GraphStore], dates: dict[str, str]
) -> None:
    over = tie(status="ended", **dates)
    store = holding(report(), said("source:tie", over, published="2021"))
    assert not the_firm(store).flags.tie_in_force


def test_a_tie_that_ended_later_is_listed_as_signed(holding: Callable[..., GraphStore]) -> None:
    over = tie(status="ended", signed_on="1990", ended_on="2020")
    store = holding(report(), said("source:tie", over, published="2021"))
    told = {
        day: [line.status for line in store.read(partial(ties, entity=HOME, as_of=DAY(day))).ties]
        for day in ("1989", "2010", "2020")
    }
    assert told == {"1989": [], "2010": ["signed"], "2020": ["ended"]}
    assert [line.status for line in who(store, as_of=DAY("2010")).ties] == ["signed"]


@pytest.mark.parametrize(
    ("slept", "again", "held"),
    [("2005", None, False), ("2011", None, True), ("2005", "2008", True), ("1980", None, True)],
)
def test_a_tie_that_sleeps_is_not_in_force(
    holding: Callable[..., GraphStore], slept: str, again: str | None, held: bool
) -> None:
    asleep = said("source:asleep", tie("source:asleep", status="dormant"), published=slept)
    told = [tie(status="signed", signed_on=day) for day in ("1990", again) if day]
    store = holding(report(), asleep, said("source:tie", *told))
    assert the_firm(store).flags.tie_in_force is held


# ---------------------------------------------------------------- coverage


def test_what_was_read_about_a_part_was_read_about_the_whole(
    holding: Callable[..., GraphStore],
) -> None:
    places = [PartOf(from_=PARTNER, to="city:province", source="source:places")]
    list_ = said("source:places", *places, kind="dataset")
    answer = who(holding(report(), list_), partner="city:province")
    assert [line.firm.id for line in answer.beneficiaries] == [FIRM]
    assert (answer.coverage.answer, answer.coverage.sources_read) == ("found", 1)
    assert [one.source for one in answer.coverage.citations] == ["source:report"]


def test_a_whole_without_firms_tells_what_was_read_about_its_parts(
    holding: Callable[..., GraphStore],
) -> None:
    source = "source:visit"
    visit = said(
        source,
        Visited(from_=MISSION, to=PARTNER, source=source),
        PartOf(from_=PARTNER, to="city:province", source=source),
    )
    coverage = who(holding(visit), partner="city:province").coverage
    assert (coverage.answer, coverage.sources_read) == ("none_in_sources_read", 1)


# ---------------------------------------------------------------- totals


def dealing(*claims: Claim, nodes: Sequence[Node] = (), deal: str = DEAL) -> list[Claim]:
    """A source that tells of a deal, made at and by what the claims say."""
    one = Deal.model_validate({"id": deal, "stage": "contract", "amount": "5", "currency": "USD"})
    return said("source:deal", *claims, nodes=[one, *nodes])


def held(**fields: str) -> list[Claim]:
    """A deal without a date of its own, made at a mission with these fields."""
    mission = Mission.model_validate({"id": MISSION, **fields})
    return dealing(MadeAt(from_=DEAL, to=MISSION, source="source:deal"), nodes=[mission])


def total(store: GraphStore, **asked: Any) -> TotalsAnswer:
    """The sums over the deals that pass filters."""
    return store.read(partial(totals, filters=Filters(**asked)))


def place(answer: TotalsAnswer) -> str:
    """Where the bounds put the one deal there is."""
    if answer.lines:
        return "inside"
    return answer.left_out[0].reason if answer.left_out else "outside"


@pytest.mark.parametrize(
    ("fields", "since", "until", "where"),
    [
        ({"start": "2010-05-10"}, "2010", None, "inside"),
        ({"start": "2010-05-10"}, "2010", "2010", "date_unknown"),
        ({"start": "2010-05-10"}, None, "2012", "date_unknown"),
        ({"start": "2010-05-10"}, "2011", None, "date_unknown"),
        ({"start": "2010-05-10"}, None, "2009", "outside"),
        ({"end": "2010-05-16"}, None, "2010", "inside"),
        ({"end": "2010-05-16"}, "2010", "2010", "date_unknown"),
        ({"end": "2010-05-16"}, "2011", None, "outside"),
        ({"start": "2010-05-10", "end": "2010-05-16"}, "2010", "2010", "inside"),
        ({"start": "2010-05-10"}, None, None, "inside"),
        ({}, "2010", None, "date_unknown"),
    ],
)
def test_an_unknown_end_leaves_the_range_open(
    holding: Callable[..., GraphStore],
    fields: dict[str, str],
    since: str | None,
    until: str | None,
    where: str,
) -> None:
    bounds = {"since": since and DAY(since), "until": until and DAY(until)}
    assert place(total(holding(held(**fields)), **bounds)) == where


def test_a_programme_lasts_its_year(holding: Callable[..., GraphStore]) -> None:
    programme = Programme.model_validate({"id": "programme:p", "year": "2010"})
    made = MadeAt(from_=DEAL, to=programme.id, source="source:deal")
    store = holding(dealing(made, nodes=[programme]))
    assert place(total(store, since=DAY("2010"), until=DAY("2010"))) == "inside"
    assert place(total(store, until=DAY("2010-06"))) == "date_unknown"
    assert place(total(store, since=DAY("2011"))) == "outside"


@pytest.mark.parametrize(
    ("param", "wrong"),
    [
        ("city", FIRM),
        ("partner", MISSION),
        ("place", FIRM),
        ("mission", HOME),
        ("firm", PARTNER),
    ],
)
def test_a_filter_of_the_wrong_kind_is_refused(
    holding: Callable[..., GraphStore], param: str, wrong: str
) -> None:
    store = holding(report())
    with pytest.raises(BadRequest) as caught:
        total(store, **{param: wrong})
    assert caught.value.param == param
    with pytest.raises(NotFound):
        total(store, **{param: "city:nowhere"})


def test_bounds_that_leave_no_day_are_refused(holding: Callable[..., GraphStore]) -> None:
    store = holding(report())
    with pytest.raises(BadRequest) as caught:
        total(store, since=DAY("2021"), until=DAY("2020-12-31"))
    assert caught.value.param == "since"
    assert total(store, since=DAY("2020-06"), until=DAY("2020")).lines == ()


@pytest.mark.parametrize("kind", ["Mission", "Event", "Programme"])
def test_a_mission_filter_takes_any_occasion(holding: Callable[..., GraphStore], kind: str) -> None:
    occasion = f"{kind.lower()}:o"
    store = holding(dealing(MadeAt(from_=DEAL, to=occasion, source="source:deal")))
    assert len(total(store, mission=occasion).lines) == 1


@pytest.mark.parametrize(("role", "counted"), [("host", 1), ("venue", 1), ("sponsor", 0)])
def test_a_sponsored_event_is_not_its_sponsors(
    holding: Callable[..., GraphStore], role: str, counted: int
) -> None:
    made = MadeAt(from_=DEAL, to="event:e", source="source:deal")
    hosted = Hosted(from_=HOME, to="event:e", role=role, source="source:deal")
    assert len(total(holding(dealing(made, hosted)), city=HOME).lines) == counted


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"amount": "5", "currency": "USD"}, "no_stage"),
        ({"stage": "contract"}, "no_amount"),
        ({}, "no_amount"),
    ],
)
def test_what_no_line_can_hold_is_left_out_with_the_true_reason(
    holding: Callable[..., GraphStore], fields: dict[str, str], reason: str
) -> None:
    deal = Deal.model_validate({"id": DEAL, **fields})
    answer = total(holding(said("source:deal", nodes=[deal])))
    assert [one.reason for one in answer.left_out] == [reason]


# ---------------------------------------------------------------- parts and wholes


def parted(*more: Claim, amounts: dict[str, str], complete: bool = False) -> list[Claim]:
    """A whole of 100 with all these parts, each said to be in it, and what else is said."""
    whole: dict[str, Any] = {"id": "deal:whole", "amount": "100", "parts_complete": complete}
    told = [whole, *({"id": one, "amount": amount} for one, amount in amounts.items())]
    deals = [Deal.model_validate({"stage": "contract", "currency": "USD", **one}) for one in told]
    inside = [PartOfDeal(from_=one, to="deal:whole", source="source:deal") for one in amounts]
    return said("source:deal", *inside, *more, nodes=deals, published="2010")


def found(store: GraphStore) -> list[tuple[str, tuple[str, ...]]]:
    """What a person should look at: code and nodes."""
    findings = store.read(checks).findings
    return [(one.code, tuple(node.id for node in one.nodes)) for one in findings]


def test_a_part_inside_a_part_is_added_once(holding: Callable[..., GraphStore]) -> None:
    nested = PartOfDeal(from_="deal:b", to="deal:a", source="source:deal")
    batch = parted(nested, amounts={"deal:a": "80", "deal:b": "60"})
    assert found(holding(batch)) == []
    batch = parted(nested, amounts={"deal:a": "80", "deal:b": "60", "deal:c": "30"})
    expected = ("deal:whole", "deal:a", "deal:c")
    assert found(holding(batch)) == [("parts_above_whole", expected)]


def test_two_reports_of_a_part_are_added_once(holding: Callable[..., GraphStore]) -> None:
    same = SameDealAs(from_="deal:a", to="deal:b", source="source:deal")
    batch = parted(same, amounts={"deal:a": "80", "deal:b": "80"})
    assert found(holding(batch)) == []
    batch = parted(same, amounts={"deal:a": "80", "deal:b": "80"}, complete=True)
    assert found(holding(batch)) == [("parts_below_whole", ("deal:whole", "deal:a"))]


# ---------------------------------------------------------------- not attributable


@pytest.mark.parametrize(
    ("places", "listed"),
    [
        (["country:US"], False),
        (["country:US", "country:JP"], False),
        (["country:ID"], True),
        (["country:ID", "country:US"], True),
        ([], True),
    ],
)
def test_a_result_of_another_country_is_not_the_partners(
    holding: Callable[..., GraphStore], places: list[str], listed: bool
) -> None:
    source = "source:deal"
    where = [InPlace(from_=DEAL, to=one, source=source) for one in places]
    batch = dealing(MadeAt(from_=DEAL, to=MISSION, source=source), *where)
    answer = who(holding(report(), batch))
    assert [one.deal.id for one in answer.not_attributable] == [DEAL] * listed


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("cls", "fields", "why"),
    [
        (SisterCity, {"status": "proposed"}, "the sister city tie is only proposed"),
        (
            FriendshipCity,
            {"status": "signed", "signed_on": "2011"},
            "the friendship city tie was signed 2011, and the activity began 2010-05-10",
        ),
        (
            Agreement,
            {"form": "mou", "status": "signed", "signed_on": "2011"},
            "the MOU was signed 2011, and the activity began 2010-05-10",
        ),
        (
            Agreement,
            {"form": "agreement", "status": "dormant"},
            "no source shows the agreement in force when the activity began (2010-05-10)",
        ),
    ],
)
def test_what_is_missing_is_said_in_words(
    holding: Callable[..., GraphStore], cls: type[Claim], fields: dict[str, str], why: str
) -> None:
    claim = cls.model_validate({"from": HOME, "to": PARTNER, "source": "source:tie", **fields})
    (gap,) = the_firm(holding(report(), said("source:tie", claim))).missing
    assert gap.why == why
    assert gap.values["tie_kind"] == claim.kind.lower()
