"""Small graphs built from claims, and stand-ins for a store that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from threading import Event
from typing import TypeVar

from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.errors import Problem
from graph.budget import DEFAULT_SECONDS
from graph.changes import Change, WriteReport
from graph.claims import (
    Claim,
    Hosted,
    InCountry,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    SameAs,
    Sent,
    SisterCity,
    Sold,
    Visited,
)
from graph.nodes import (
    NODE_CLASSES,
    City,
    Country,
    Deal,
    Firm,
    Mission,
    Node,
    Source,
    kind_of,
)
from graph.settings import Settings
from graph.sqlite_store import SqliteStore
from graph.store import GraphStore, View, open_store
from tests.random_graphs import describing

T = TypeVar("T")
NEWS, MERGE = "source:news-2024", "source:merge"
HOME, PARTNER, FORMER = "city:Q1", "city:Q2", "city:Q3"
FIRM, MISSION, DEAL = "firm:kr-tree", "mission:kr-2024", "deal:kr-2024-1"
FIRMS = 30


def trade() -> list[Claim]:
    """A city of Korea, its sister city abroad, a mission between them, a firm and its deal."""
    nodes = [
        Source(
            id=NEWS,
            source_kind="article",
            title="A mission <b>&</b> its 'results'",
            published="2024-06-01",
            url="https://example.org/news?id=1&x=2",
        ),
        Country(id="country:KR", names={"ko": "대한민국", "en": "South Korea"}),
        Country(id="country:ID", names={"ko": "인도네시아", "en": "Indonesia"}),
        City(id=HOME, names={"ko": "수원시", "en": "Suwon"}, identifiers={"wikidata": "Q20714"}),
        City(id=PARTNER, names={"ko": "반둥", "en": "Bandung"}, identifiers={"wikidata": "Q10389"}),
        Mission(id=MISSION, names={"en": "Suwon mission"}, start="2024-05-01", firms_count=40),
        Firm(id=FIRM, names={"ko": "나무산업", "en": "Tree"}),
        Deal(
            id=DEAL,
            stage="contract",
            stage_word="=계약",
            amount=Decimal("600000"),
            currency="USD",
            count=3,
        ),
    ]
    told = {"source": NEWS, "locator": 3}
    return [
        *describing(NEWS, *nodes),
        InCountry(from_=HOME, to="country:KR", **told),
        InCountry(from_=PARTNER, to="country:ID", **told),
        SisterCity(from_=HOME, to=PARTNER, status="in_force", signed_on="1997-08-25", **told),
        Sent(from_=HOME, to=MISSION, **told),
        Visited(from_=MISSION, to=PARTNER, **told),
        Hosted(from_=PARTNER, to=MISSION, role="host", **told),
        LocatedIn(from_=FIRM, to=HOME, **told),
        ParticipatedIn(from_=FIRM, to=MISSION, **told),
        Sold(from_=FIRM, to=DEAL, **told),
        MadeAt(from_=DEAL, to=MISSION, **told),
    ]


def merge() -> list[Claim]:
    """A decision that another description of the sister city means the same."""
    source = Source(id=MERGE, source_kind="decision", published="2025-01-01")
    cities = [City(id=PARTNER), City(id=FORMER, spellings=["Bandoeng"])]
    return [
        *describing(MERGE, source, *cities),
        SameAs(from_=PARTNER, to=FORMER, source=MERGE),
    ]


def crowd(count: int = FIRMS) -> list[Claim]:
    """Further firms of the mission, enough for several pages."""
    source = "source:list"
    firms = [Firm(id=f"firm:kr-{n:03}", names={"en": f"Crowd {n}"}) for n in range(count)]
    nodes = [Source(id=source), Mission(id=MISSION), *firms]
    joined = [ParticipatedIn(from_=firm.id, to=MISSION, source=source) for firm in firms]
    return [*describing(source, *nodes), *joined]


def said(
    source: str,
    *claims: Claim,
    nodes: Sequence[Node] = (),
    kind: str = "article",
    published: str | None = None,
    licence: str | None = None,
) -> list[Claim]:
    """All that a source says: itself, whatever its claims name, and the claims."""
    given = {node.id: node for node in nodes}
    named = {end for claim in claims for end in (claim.from_, claim.to)} - given.keys()
    plain = [NODE_CLASSES[kind_of(one)].model_validate({"id": one}) for one in sorted(named)]
    itself = Source.model_validate(
        {"id": source, "source_kind": kind, "published": published, "licence": licence}
    )
    return [*describing(source, itself, *given.values(), *plain), *claims]


SETTINGS = Settings(store="unused", cursor_secret="of the tests only", lang="en")  # noqa: S106


@contextmanager
def served(store: GraphStore, settings: Settings = SETTINGS) -> Iterator[TestClient]:
    """A client of the API over a store, in this process."""
    app = create_app(settings, store)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


def problem(reply: Response, status: int, code: str) -> Problem:
    """The problem that a reply is, checked against the one schema."""
    assert reply.headers["content-type"] == "application/problem+json"
    found = Problem.model_validate_json(reply.content)
    assert (found.status, found.code) == (status, code)
    assert reply.status_code == status
    assert found.request_id == reply.headers["x-request-id"]
    return found


def stored(folder: Path, *batches: Sequence[Claim]) -> GraphStore:
    """A new embedded store that holds these batches."""
    store = open_store(f"sqlite:///{folder / 'graph.db'}")
    for batch in batches:
        store.write(batch)
    return store


class FailingStore(GraphStore):
    """A store of which everything fails in the same way."""

    url = "failing://"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def read(self, _question: Callable[[View], T], _seconds: float = DEFAULT_SECONDS) -> T:
        """Fail."""
        raise self.error

    def change(self, _change: Change) -> WriteReport:
        """Fail."""
        raise self.error

    def engine(self) -> str:
        """None."""
        return "none"

    def close(self) -> None:
        """Do nothing."""


class SlowStore(SqliteStore):
    """An embedded store of which every read waits until it is let go."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.go = Event()
        self.seconds: list[float] = []

    def read(self, question: Callable[[View], T], seconds: float = DEFAULT_SECONDS) -> T:
        """Answer, once let go."""
        self.seconds.append(seconds)
        self.go.wait(20)
        return super().read(question, seconds)
