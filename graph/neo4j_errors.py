"""What the Neo4j driver raises, told as our errors; each message names the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import BudgetSpent, StoreBusy, StoreError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.errors import GraphError

FOREIGN = (DriverError, Neo4jError, OSError, ValueError)
"""What a call of the driver may raise; ValueError for an address that is none."""

_OUT_OF_TIME = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.Terminated",
    "Neo.TransientError.Transaction.Terminated",
)
_OUT_OF_MEMORY = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
_MADE_BY_ANOTHER = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"
_REASONS = (
    ("SSL", "does not speak TLS there: write neo4j:// or bolt:// without +s, or give it TLS"),
    ("refused", "is not running there: start it (docker compose up -d neo4j) or mend the address"),
    ("DNS", "has no such address: mend the host name"),
    ("handshake", "is silent or something else than Neo4j: name its Bolt port, usually 7687"),
    ("timed out", "gives no answer: look at the host, the port and the firewall"),
)


def may_pass(error: Exception) -> bool:
    """Whether the same may succeed in a moment: something was away, or somebody faster."""
    if isinstance(error, ServiceUnavailable | SessionExpired) or _code(error) == _MADE_BY_ANOTHER:
        return True
    final = {_OUT_OF_MEMORY, *_OUT_OF_TIME}
    return isinstance(error, TransientError) and _code(error) not in final


def translated(error: Exception, url: str) -> GraphError:
    """Our error for a foreign one that came up while using the server at `url`."""
    code = _code(error)
    if code.startswith(_OUT_OF_TIME):
        return BudgetSpent("not answered in time; ask for fewer hops, kinds or results")
    if code == _OUT_OF_MEMORY:
        return BudgetSpent("more memory needed than the server grants; ask, or write, less at once")
    if isinstance(error, AuthError | Forbidden):
        return StoreUnavailable(
            f"Neo4j at {url} refuses the user or password: "
            "set NEO4J_USERNAME and NEO4J_PASSWORD to those it was started with"
        )
    if isinstance(error, TransientError | ConnectionAcquisitionTimeoutError):
        return StoreBusy(f"Neo4j at {url} is busy ({code or 'no connection free'}); try again")
    if isinstance(error, Neo4jError):
        return StoreError(f"Neo4j at {url} refused a statement of ours ({code}); please report it")
    if isinstance(error, ConfigurationError):
        return StoreUnavailable(
            "that Neo4j address cannot be used: write neo4j://host:7687, without a password in it"
        )
    return StoreUnavailable(f"Neo4j at {url} {_reason(error)}")


def _code(error: Exception) -> str:
    return (error.code or "") if isinstance(error, Neo4jError) else ""


def _reason(error: Exception) -> str:
    chain = list(_chain(error))
    said = "\n".join(map(str, chain))
    return next((way for mark, way in _REASONS if mark in said), f"cannot be used: {chain[-1]}")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and its causes, of several the first, back to what began it."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        yield from _chain(error.exceptions[0])
    elif error.__cause__:
        yield from _chain(error.__cause__)
