"""The server store: Neo4j 5.26 or newer, one machine, a cluster or Aura.

One write at a time: each locks the store's node first and does all it does in one
transaction, which also leaves the batch's name there. A commit whose answer was lost is
therefore settled by looking, never by guessing.

Neo4j shows each transaction's changes while they are being applied. That a reader saw
one state only is known by bookmarks: a statement sent with one waits until everything
up to it is applied, and its own bookmark names the last commit begun by its end. Where
the two are the same, nothing changed in between; else the question is asked again.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import uuid4

from neo4j import READ_ACCESS, WRITE_ACCESS, GraphDatabase, Query

from graph import cypher
from graph.budget import DEFAULT_SECONDS, Budget
from graph.changes import WriteReport
from graph.errors import GraphError, StoreBusy, StoreUnavailable
from graph.neo4j_errors import FOREIGN, may_pass, translated
from graph.neo4j_ledger import Neo4jLedger
from graph.neo4j_setup import build, is_framed, state_in
from graph.neo4j_view import Neo4jView
from graph.store import GraphStore, View
from graph.writing import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from neo4j import Bookmarks, Driver, Session, Transaction

    from graph.changes import Change
    from graph.neo4j_view import Run

T = TypeVar("T")
SCHEMES = ("neo4j", "neo4j+s", "bolt", "bolt+s")
DATABASE = "neo4j"


class Limits(NamedTuple):
    """How long the store waits, in seconds; unless told otherwise, as a server must."""

    acquisition: float = 2
    connection: float = 3
    sending: float = 5
    read_retry: float = 3
    write_retry: float = 10
    transaction: float = 120
    pool: int = 40


SERVING = Limits()
LOADING = Limits(acquisition=30, connection=10, sending=30, write_retry=120, pool=4)


class _Moved(Exception):
    """The store changed under a statement; never leaves this module."""


class _Failed(Exception):
    """The driver failed, for the reason that is its cause; never leaves this module."""

    def __init__(self, reason: Exception) -> None:
        self.reason = reason
        super().__init__(reason)


@contextmanager
def _watched() -> Iterator[None]:
    """Tell what the driver raises apart from what questions and claims do."""
    try:
        yield
    except FOREIGN as error:
        raise _Failed(error) from error


class _Known(NamedTuple):
    """The rows that tell the store's node, and at which mark they told it."""

    mark: frozenset[str] = frozenset()
    state: list[list[Any]] = []  # noqa: RUF012 - never changed


@dataclass
class _Batch:
    """One change, and the report once an attempt came as far as to commit."""

    change: Change
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    name: str = field(default_factory=lambda: uuid4().hex)
    report: WriteReport = field(default_factory=WriteReport)


class Neo4jStore(GraphStore):
    """Claims on a Neo4j server; see the module for how reads and writes stay whole."""

    def __init__(self, url: str, driver: Driver, limits: Limits) -> None:
        self.url = url
        self._driver = driver
        self._limits = limits
        self._mark: Bookmarks | None = None
        self._known = _Known()
        self._closed = False

    @classmethod
    def open(
        cls, url: str, credentials: tuple[str, str] | None = None, limits: Limits = SERVING
    ) -> Neo4jStore:
        """Open the store at `neo4j://host:7687`, made there if the database is empty.

        StoreUnavailable if it cannot be reached, refuses the credentials, or holds what
        is not ours or of another version.
        """
        if url.partition("://")[0] not in SCHEMES:
            raise StoreUnavailable(f"no Neo4j address: begin with one of {', '.join(SCHEMES)}")
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        try:
            driver = GraphDatabase.driver(url, auth=credentials, **_settings(limits))
        except FOREIGN as error:
            raise translated(error, url) from error
        store = cls(url, driver, limits)
        try:
            with _watched():
                store._prepare()
        except _Failed as failed:
            store.close()
            raise translated(failed.reason, url) from failed.reason
        except GraphError:
            store.close()
            raise
        return store

    def _prepare(self) -> None:
        """Make the store if the database is empty; StoreUnavailable if it is not ours."""
        with self._session(READ_ACCESS, None) as session:
            state = state_in(session, self.url)
            framed = is_framed(session)
        if state is None:
            self._build()
        elif (state.get("layout"), state.get("vocabulary")) != (cypher.LAYOUT, cypher.VOCABULARY):
            raise StoreUnavailable(
                f"{self.url} was written by another version of jamae (layout "
                f"{state.get('layout')}, this one reads {cypher.LAYOUT}); load your records "
                "into an empty Neo4j: jamae ingest"
            )
        elif not framed:  # the server's importer makes neither constraints nor indexes
            self._build()

    def _build(self) -> None:
        """Make the store; others may be about to do the same, which is no harm."""
        patience = Budget(self._limits.write_retry)
        while True:
            try:
                with _watched(), self._session(WRITE_ACCESS, None) as session:
                    return build(session)
            except _Failed as failed:
                self._wait(failed, patience)

    def read(self, question: Callable[[View], T], seconds: float = DEFAULT_SECONDS) -> T:
        return self._ask(lambda run, budget: question(Neo4jView(run, budget)), seconds)

    def _ask(self, question: Callable[[Run, Budget], T], seconds: float) -> T:
        budget = Budget(seconds)
        patience = Budget(min(seconds, self._limits.read_retry))
        moves = 0
        while True:
            try:
                return self._answer(question, budget)
            except _Moved:
                moves += 1
                if moves > 2:  # the first time, the mark may only have been an old one
                    raise StoreBusy("the store changed twice under this; ask again") from None
            except _Failed as failed:
                self._mark, self._known = None, _Known()
                self._wait(failed, patience)

    def _answer(self, question: Callable[[Run, Budget], T], budget: Budget) -> T:
        mark = self._mark
        with self._session(READ_ACCESS, mark) as session:
            if mark is None:
                with _watched():
                    session.run(_timed(cypher.STATE, budget)).consume()
                    mark = session.last_bookmarks()
            return question(self._reader(session, mark, budget), budget)

    def _reader(self, session: Session, mark: Bookmarks, budget: Budget) -> Run:
        """Run statements; _Moved if anything was committed since `mark`.

        Once one has shown that nothing was, the store's node is what it was at that mark.
        """
        current = False

        def run(statement: str, **values: object) -> list[list[Any]]:
            nonlocal current
            budget.check()
            about_store, known = statement is cypher.STATE, self._known
            if about_store and current and known.mark == mark.raw_values:
                return known.state
            with _watched():
                rows = [row.values() for row in session.run(_timed(statement, budget), values)]
                reached = session.last_bookmarks()
            self._mark = reached  # other threads set it too: only our own tells what we have read
            if reached.raw_values != mark.raw_values:
                raise _Moved
            current = True
            if about_store:
                self._known = _Known(mark.raw_values, rows)
            return rows

        return run

    def change(self, change: Change) -> WriteReport:
        batch = _Batch(change)
        patience = Budget(self._limits.write_retry)
        while True:
            try:
                return self._attempt(batch)
            except _Failed as failed:
                self._wait(failed, patience)

    def _attempt(self, batch: _Batch) -> WriteReport:
        """Write the batch unless an attempt before, whose answer was lost, has done so."""
        with self._session(WRITE_ACCESS, self._mark) as session:
            with self._transaction(session) as transaction:
                run = _writer(transaction)
                run(cypher.LOCK, batch=batch.name)
                ledger = Neo4jLedger(run)
                if batch.name in ledger.state()["batches"]:
                    return batch.report
                report = record(ledger, batch.change, batch.at)
                if ledger.wrote:
                    run(cypher.SEAL, batch=batch.name)
                    batch.report = report
                    with _watched():
                        transaction.commit()
            self._mark = session.last_bookmarks()
            return report

    def _wait(self, failed: _Failed, patience: Budget) -> None:
        """Wait a moment if that may help and patience is left; else raise what it means."""
        if not may_pass(failed.reason) or not patience.left:
            raise translated(failed.reason, self.url) from failed.reason
        time.sleep(min(0.1, patience.left))

    def engine(self) -> str:
        [[name, version, edition]] = self._ask(
            lambda run, _: run(cypher.COMPONENTS), DEFAULT_SECONDS
        )
        return f"{name} {version} {edition}"

    def close(self) -> None:
        self._closed = True
        self._driver.close()

    def _session(self, access: str, mark: Bookmarks | None) -> Session:
        if self._closed:
            raise StoreUnavailable(f"{self.url} is closed")
        return self._driver.session(
            database=DATABASE, default_access_mode=access, bookmarks=mark, fetch_size=-1
        )

    @contextmanager
    def _transaction(self, session: Session) -> Iterator[Transaction]:
        """A transaction that is rolled back unless it was committed."""
        with _watched():
            transaction = session.begin_transaction(
                metadata={"jamae": "write"}, timeout=self._limits.transaction
            )
        try:
            yield transaction
        finally:
            with suppress(*FOREIGN):  # a server out of reach rolls back by itself
                transaction.close()


def _settings(limits: Limits) -> dict[str, Any]:
    return {
        "connection_acquisition_timeout": limits.acquisition,
        "connection_timeout": limits.connection,
        "connection_write_timeout": limits.sending,
        "liveness_check_timeout": 30,
        "max_connection_lifetime": 300,
        "max_connection_pool_size": limits.pool,
        "telemetry_disabled": True,
        # A young database lacks types and labels that statements name; that is no fault.
        "notifications_disabled_classifications": ["UNRECOGNIZED"],
        "user_agent": "jamae",
    }


def _timed(statement: str, budget: Budget) -> Query:
    return Query(statement, timeout=max(budget.left, 0.001), metadata={"jamae": "read"})


def _writer(transaction: Transaction) -> Run:
    """Run statements within the transaction."""

    def run(statement: str, **values: object) -> list[list[Any]]:
        with _watched():
            return [row.values() for row in transaction.run(statement, values)]

    return run
