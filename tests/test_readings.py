"""Readings of the rules that were once wrong, each in the smallest world that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import pytest

from graph.claims import (
    Claim,
    Hosted,
    InCountry,
    LocatedIn,
    ParticipatedIn,
    Sent,
    SisterCity,
    Visited,
)
from graph.dates import PartialDate
from graph.nodes import NODE_CLASSES, Mission, Node, Source, kind_of
from graph.questions.answers import BeneficiariesAnswer, Beneficiary
from graph.questions.beneficiaries import beneficiaries
from graph.store import GraphStore
from tests.random_graphs import describing

HOME, PARTNER, FIRM, MISSION = "city:home", "city:partner", "firm:f", "mission:m"
DAY = PartialDate.parse


def said(
    source: str,
    *claims: Claim,
    nodes: Sequence[Node] = (),
    kind: str = "article",
    published: str | None = None,
) -> list[Claim]:
    """All that a source says: itself, whatever its claims name, and the claims."""
    given = {node.id: node for node in nodes}
    named = {end for claim in claims for end in (claim.from_, claim.to)} - given.keys()
    plain = [NODE_CLASSES[kind_of(one)].model_validate({"id": one}) for one in sorted(named)]
    itself = Source.model_validate({"id": source, "source_kind": kind, "published": published})
    return [*describing(source, itself, *given.values(), *plain), *claims]


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
