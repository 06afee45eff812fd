"""The comparisons go red when something is wrong: an edge dropped, a rule flipped, a fold skipped.

A rule is flipped in the second reading alone. That it is noticed shows too that the random
worlds hold facts which the rule decides.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graph.claims import Hosted, Tie
from graph.nodes import Deal, Node, Source
from graph.sqlite_ledger import SqliteLedger
from graph.sqlite_store import SqliteStore
from graph.store import GraphStore, View
from graph.values import Stage, Status
from tests import naive, naive_answers, naive_evidence, naive_grades, naive_sums, naive_ties
from tests.naive import Facts, gather
from tests.naive_views import everything
from tests.random_facts import World, world
from tests.random_graphs import seeded
from tests.test_against_naive import compared, filled

SEEDS = range(12)
Stored = list[tuple[int, World, GraphStore]]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """Some worlds, each in a store of its own."""
    folder = tmp_path_factory.mktemp("worlds")
    return [(seed, world(seed), filled(opened(folder, seed), world(seed))) for seed in SEEDS]


def opened(folder: Path, name: object) -> GraphStore:
    """A new embedded store."""
    return SqliteStore.open(f"sqlite:///{folder}/{name}.db")


def is_red(worlds: Iterable[tuple[int, World, GraphStore]]) -> bool:
    """Whether some answer about some world differs; asks no further once one does."""
    return any(differs(store, told, seed) for seed, told, store in worlds)


def differs(store: GraphStore, told: World, seed: int) -> bool:
    """Whether some answer about one world differs."""
    facts = gather(told.claims)

    def ask(view: View) -> bool:
        return any(one.product != one.naive for one in everything(view, facts, seeded(seed)))

    return store.read(ask, seconds=600)


def test_nothing_differs_as_it_stands(worlds: Stored) -> None:
    assert not is_red(worlds)


@pytest.mark.parametrize(
    "kind",
    ["HOSTED", "VISITED", "SENT", "PARTICIPATED_IN", "SOLD", "BOUGHT", "MADE_AT", "IN_PLACE",
     "CREDITS", "SISTER_CITY", "TWINNED", "AGREEMENT", "PART_OF", "LOCATED_IN", "IN_COUNTRY",
     "PART_OF_DEAL", "SAME_DEAL_AS", "RUNS"],
)  # fmt: skip
def test_a_dropped_edge_is_noticed(kind: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        told = world(seed)
        for lost in [claim for claim in told.claims if claim.kind == kind][:3]:
            left = [[one for one in batch if one is not lost] for batch in told.batches]
            store = filled(opened(tmp_path, f"{seed}-{lost.id[-24:]}"), World(left))
            if differs(store, told, seed):
                return
    pytest.fail(f"no answer changed without a {kind}")


class Flip(NamedTuple):
    """A rule of the second reading, in the modules that follow it, and its opposite."""

    what: str
    where: Sequence[Any]
    name: str
    opposite: object


def sponsor_hosts(facts: Facts, partner: str, activity: naive_grades.Activity) -> bool:
    """Any role will do."""
    inside = naive.parts(facts, partner)
    return any(c.to in activity.items and c.from_ in inside for c in facts.of(Hosted))


def sponsored_events(facts: Facts, cities: set[str]) -> set[str]:
    """Any role will do, for sums too."""
    hosted = {c.to for c in facts.of(Hosted) if c.from_ in cities}
    return {one for one in hosted if one.startswith("event:")}


def proposed_counts(facts: Facts, tie: Tie, *rest: Any) -> bool:
    """A tie that is only proposed is in force too."""
    return tie.status == Status.PROPOSED or naive_ties.in_force(facts, tie, *rest)


def later_list_shows(facts: Facts, tie: Tie, ties: Any, began: Any, _reporters: Any) -> bool:
    """A later undated list shows what was in force before."""
    return naive_ties.in_force(facts, tie, ties, began, {tie.source})


def sleeping_holds(facts: Facts, tie: Tie, other: Tie, before: Any = naive_ties.end_of) -> Any:
    """A tie that sleeps is in force still."""
    return None if other.status == Status.DORMANT else before(facts, tie, other)


def start_is_end(facts: Facts, deal: str, before: Any = naive_sums.stretch) -> Any:
    """What has no end on record ended on the day it began."""
    days = before(facts, deal)
    return (days[0], days[0]) if days and days[1] == date.max else days


def ties_of_parts(facts: Facts, entity: str, as_of: Any = None) -> list[Tie]:
    """A district's ties are its city's."""
    inside = naive.parts(facts, entity)
    return [t for one in sorted(inside) for t in naive_ties.ties_of(facts, one, as_of)]


def mixed_is_summed(deal: Deal, before: Any = naive_sums.no_sum) -> str | None:
    """A figure for several rungs has a line."""
    return None if deal.stage == Stage.MIXED and deal.amount is not None else before(deal)


def taking_part_suffices(told: naive_grades.Flags, before: Any = naive_grades.alternatives) -> bool:
    """Neither host nor credit is needed."""
    return told.participated or before(told)


def seated_only(facts: Facts, _partner: str, firm: str, _one: Any, home: str) -> bool:
    """Who only joined home's mission does not belong to it."""
    return bool(naive.seats(facts, firm) & naive.parts(facts, home))


def oldest_last(source: Source, before: Any = naive.precedence) -> Any:
    """The latest published source decides a field."""
    kind, published, name = before(source)
    return kind, -published.toordinal(), name


FLIPS = [
    Flip("a planned mission is an activity", [naive_grades], "happened", lambda *_: True),
    Flip("a sponsor hosts", [naive_grades], "hosted", sponsor_hosts),
    Flip("proposed is in force", [naive_grades], "in_force", proposed_counts),
    Flip("a later list shows", [naive_grades], "in_force", later_list_shows),
    Flip("an ended tie never was", [naive_ties], "held_between", lambda *_: False),
    Flip("as of then it had ended", [naive_ties], "held_then", lambda *_: False),
    Flip("a tie that sleeps holds", [naive_ties], "end_of", sleeping_holds),
    Flip("a tie never ends", [naive_ties], "end_of", lambda *_: None),
    Flip("ties pass down", [naive_grades], "ties_of", ties_of_parts),
    Flip("taking part suffices", [naive_grades], "alternatives", taking_part_suffices),
    Flip("a deal is apart from its mission", [naive_grades], "joined",
         lambda groups: naive.joined([one] for group in groups for one in group)),
    Flip("always during", [naive_grades], "during", lambda *_: True),
    Flip("never during", [naive_grades], "during", lambda *_: False),
    Flip("any source credits the firm", [naive_grades], "reporters",
         lambda facts, _: {claim.source for claim in facts.claims}),
    Flip("a firm of P's country", [naive_answers], "firm_is_at_home", lambda *_: False),
    Flip("later activities stay", [naive_answers], "later", lambda *_: False),
    Flip("later ties stay", [naive_ties], "too_late", lambda *_: False),
    Flip("only the seat is home", [naive_answers], "belongs", seated_only),
    Flip("registers were read", [naive_answers], "NEVER_READ", ()),
    Flip("a district is no part", [naive_grades, naive_answers], "parts", lambda _, one: {one}),
    Flip("a deal made in a district", [naive_sums], "parts", lambda _, one: {one}),
    Flip("two reports are two results", [naive_sums], "same_groups",
         lambda facts: [{one} for one in facts.all_of("Deal")]),
    Flip("mixed is summed", [naive_sums], "no_sum", mixed_is_summed),
    Flip("parts beside wholes", [naive_sums], "wholes", lambda *_: set()),
    Flip("another country's results", [naive_answers], "all_abroad", lambda *_: False),
    Flip("wholes beside parts", [naive_answers], "parts_of_deal", lambda *_: set()),
    Flip("straddling is inside", [naive_sums], "placed", lambda *_: True),
    Flip("a sponsor's event is its city's", [naive_sums], "events_of", sponsored_events),
    Flip("an open end is the start", [naive_sums], "stretch", start_is_end),
    Flip("the first status holds", [naive_ties], "status_of",
         lambda _, group, *__: group[0].status),
    Flip("the latest source decides", [naive], "precedence", oldest_last),
    Flip("lineages do not matter", [Facts], "lines",
         lambda _, claims: len({claim.source for claim in claims})),
    Flip("home's containers do not matter", [naive_grades, naive_evidence], "holding",
         lambda _, cities: set(cities)),
]  # fmt: skip


@pytest.mark.parametrize("flip", FLIPS, ids=lambda flip: flip.what)
def test_a_flipped_rule_is_noticed(
    flip: Flip, worlds: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in flip.where:
        monkeypatch.setattr(module, flip.name, flip.opposite)
    assert is_red(worlds)


class Forgetful(SqliteLedger):
    """A ledger that folds a node once and never again."""

    def put_nodes(self, nodes: Sequence[tuple[Node, frozenset[str]]]) -> None:
        """Write the new ones only."""
        known = self.members([node.id for node, _ in nodes])
        super().put_nodes([(node, keys) for node, keys in nodes if node.id not in known])


def test_a_skipped_refold_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.sqlite_store.SqliteLedger", Forgetful)
    red: set[str] = set()
    for seed in SEEDS:
        told = world(seed)
        found = compared(filled(opened(tmp_path, seed), told), told, seed)
        red |= {one.question.partition(" ")[0] for one in found if one.product != one.naive}
    assert red >= {"nodes", "beneficiaries", "benefits"}
