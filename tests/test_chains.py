"""Chains between two firms: short ones first, of those the ones over few; and what time cuts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import pytest

from graph.budget import Budget
from graph.claims import Claim, ParticipatedIn, Sent, Visited
from graph.errors import BadRequest, BudgetSpent, NotFound
from graph.nodes import Country, Event, Firm, Mission
from graph.paths import shortest, worthiest
from graph.questions.chains import chains
from graph.questions.patterns import ChainsAnswer
from graph.store import GraphStore
from tests.store_contents import city, source, told

NEWS = source("news", published="2024")
HOME = city("home")


def joined(*firms: str, at: Mission | Event) -> list[Claim]:
    """Firms that took part in one mission or event."""
    every = [Firm(id=f"firm:{one}") for one in firms]
    took = [ParticipatedIn(from_=one.id, to=at.id, source=NEWS.id) for one in every]
    return [*told(NEWS, at, *every), *took]


def between(store: GraphStore, one: str, other: str, **more: int) -> ChainsAnswer:
    return store.read(
        lambda view: chains(view, f"firm:{one}", f"firm:{other}", **more)  # type: ignore[arg-type]  # numbers only
    )


def ids(answer: ChainsAnswer) -> list[list[str]]:
    return [[one.id for one in chain.nodes[1:-1]] for chain in answer.chains]


def written(store: GraphStore, *claims: list[Claim]) -> GraphStore:
    store.write(list({claim.id: claim for batch in claims for claim in batch}.values()))
    return store


def test_a_chain_over_a_hub_is_worth_less(store: GraphStore) -> None:
    fair, small = Event(id="event:a-fair"), Mission(id="mission:z")
    many = [f"x{n}" for n in range(40)]
    written(store, joined("a", "b", *many, at=fair), joined("a", "b", "c", at=small))
    answer = between(store, "a", "b", k=2)
    assert ids(answer) == [["mission:z"], ["event:a-fair"]]
    assert [(one.neighbours, one.one_in) for one in answer.chains] == [((3,), 3), ((42,), 42)]
    assert [len(hop) for hop in answer.chains[0].hops] == [1, 1]
    assert answer.complete


def test_a_country_is_neither_on_the_way_nor_counted(store: GraphStore) -> None:
    one, other = Mission(id="mission:one"), Mission(id="mission:other")
    country = Country(id="country:ID")
    visits = [Visited(from_=m.id, to=country.id, source=NEWS.id) for m in (one, other)]
    written(
        store,
        joined("a", "b", at=one),
        joined("c", at=other),
        [*told(NEWS, one, other, country), *visits],
    )
    answer = between(store, "a", "c")
    assert (answer.chains, answer.complete, answer.searched.max_hops) == ((), True, 6)
    assert between(store, "a", "b").chains[0].neighbours == (2,)


def test_a_longer_chain_comes_later_whatever_it_is_worth(store: GraphStore) -> None:
    fair = Event(id="event:fair")
    one, other = Mission(id="mission:one"), Mission(id="mission:other")
    sent = [Sent(from_=HOME.id, to=m.id, source=NEWS.id) for m in (one, other)]
    written(
        store,
        joined("a", "b", *(f"x{n}" for n in range(90)), at=fair),
        joined("a", at=one),
        joined("b", at=other),
        [*told(NEWS, HOME, one, other), *sent],
    )
    answer = between(store, "a", "b", k=2)
    assert ids(answer) == [["event:fair"], ["mission:one", "city:home", "mission:other"]]
    assert [one.one_in for one in answer.chains] == [92, 8]


def test_only_firms_have_chains(store: GraphStore) -> None:
    written(store, joined("a", at=Mission(id="mission:m")))
    with pytest.raises(BadRequest, match="ask about a Firm") as refused:
        store.read(lambda view: chains(view, "firm:a", "mission:m"))
    assert refused.value.param == "to"
    with pytest.raises(NotFound):
        between(store, "a", "nobody")


# ---------------------------------------------------------------- time


Search = Callable[..., object]
NEAR: dict[str, frozenset[str]] = {
    "firm:a": frozenset({"event:e", "event:f"}),
    "event:e": frozenset({"firm:a", "firm:b"}),
    "event:f": frozenset({"firm:a", "city:c"}),
    "city:c": frozenset({"event:f", "event:g"}),
    "event:g": frozenset({"city:c", "firm:b"}),
    "firm:b": frozenset({"event:e", "event:g"}),
}


def test_what_was_found_is_told_when_time_ran_out() -> None:
    for search in (shortest, worthiest):
        budget = Budget(60)
        asked: list[str] = []

        def near(
            ids: Collection[str], asked: list[str] = asked, budget: Budget = budget
        ) -> Mapping[str, frozenset[str]]:
            asked.extend(ids)
            if "city:c" in asked or "event:g" in asked:
                budget.cancel()
            return {one: NEAR[one] for one in ids}

        found = search(near, "firm:a", "firm:b", 6, 3, budget)
        routes = found if search is shortest else found[0]
        assert routes == ((("firm:a", "event:e", "firm:b"),), False)


def test_a_search_leaves_time_to_tell_what_it_found() -> None:
    whole = Budget(60)
    part = whole.part(0)
    with pytest.raises(BudgetSpent, match="within 60 s"):
        part.check()
    whole.check()
    other = whole.part(0.8)
    other.check()
    assert 40 < other.left <= 48
    whole.cancel()
    with pytest.raises(BudgetSpent):
        other.check()
