"""What a Neo4j database needs before the first write, and whether it is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph import cypher
from graph.cypher_frame import ANY_NODE, AWAIT_INDEXES, FRAME, FRAME_NAMES, LABELS, NAME_KEYS
from graph.errors import StoreUnavailable
from graph.ledger import Tally

if TYPE_CHECKING:
    from neo4j import Session


def state_in(session: Session, url: str) -> dict[str, Any] | None:
    """The store's node, None in an empty database; StoreUnavailable if others' data is there."""
    labels = {row["label"] for row in session.run(LABELS)}
    found = session.run(cypher.STATE).single() if "Store" in labels else None
    if found is not None:
        return dict(found.value())
    if session.run(ANY_NODE).peek() is not None:
        raise StoreUnavailable(
            f"{url} holds data that is not jamae's; name an empty Neo4j "
            "(a server of the Community edition keeps one database)"
        )
    return None


def is_framed(session: Session) -> bool:
    """Whether all constraints and indexes are there."""
    return FRAME.keys() <= {row["name"] for row in session.run(FRAME_NAMES)}


def build(session: Session) -> None:
    """Make the constraints and indexes that are missing, then the store's node."""
    there = {row["name"] for row in session.run(FRAME_NAMES)}
    for name, statement in FRAME.items():
        if name not in there:
            session.run(statement).consume()
    session.run(NAME_KEYS).consume()
    session.run(AWAIT_INDEXES).consume()
    layout = {"layout": cypher.LAYOUT, "vocabulary": cypher.VOCABULARY}
    session.run(cypher.FOUND_STORE, layout, digest=Tally().version).consume()
