"""Pages fetched over HTTP: limits on time and bytes, few redirects, patience with a busy host.

The host's name is looked up once a try and that number is dialled, while certificate and
`Host` stay the name's, so that a name which changes its meaning leads nowhere. Proxies of
the environment are not used.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from threading import Timer
from typing import TYPE_CHECKING, Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from graph.errors import Problem, RecordsInvalid
from ingest.sources.addresses import Address, Refused, read_address, redirected, resolve

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
_LATER = "try again later; what was fetched is kept"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken and how long is waited: bytes as decoded, seconds."""

    page_bytes: int = 40_000_000
    page_seconds: float = 90.0
    connect_seconds: float = 10.0
    tries: int = 6
    pause: float = 1.0
    longest_pause: float = 120.0
    redirects: int = 3


class _Failed(Exception):
    """One try gave no page; `wait` is what the host asks for, None if another try is idle."""

    def __init__(self, code: str, message: str, wait: float | None = 0.0) -> None:
        self.code, self.message, self.wait = code, message, wait
        super().__init__(message)


@dataclass(slots=True)
class Fetcher:
    """Asks the host of one address, and of the redirect targets named beforehand."""

    base: str
    user_agent: str
    limits: Limits = field(default_factory=Limits)
    others: tuple[str, ...] = ()
    sleep: Callable[[float], None] = time.sleep

    def page(
        self, query: str, accept: str, sound: Callable[[bytes], str | None] = lambda _: None
    ) -> bytes:
        """The page at the base address with this query.

        A host that is busy, breaks off or sends what is not `sound` (which tells what is
        wrong) is asked again, each time after a longer pause, or after as long as it asks
        for. RecordsInvalid once that is hopeless.
        """
        address = self._address(query)
        for attempt in range(1, self.limits.tries + 1):
            try:
                page = self._follow(address, accept)
                if (fault := sound(page)) is None:
                    return page
                raise _Failed("nonsense", fault)
            except _Failed as failed:
                pause = self.limits.pause * 2 ** (attempt - 1)
                hopeless = failed.wait is None or failed.wait > self.limits.longest_pause
                if hopeless or attempt == self.limits.tries:
                    raise _told(address, failed, attempt) from failed
                self.sleep(min(self.limits.longest_pause, max(pause, failed.wait or 0.0)))
        raise AssertionError("there is at least one try")

    def _address(self, query: str) -> Address:
        try:
            base = read_address(self.base)
        except Refused as refused:
            fix = "name an https address, as https://query.wikidata.org/sparql"
            raise RecordsInvalid([Problem("address", 1, 1, "address", str(refused), fix)]) from (
                refused
            )
        joint = "&" if "?" in base.target else "?"
        return Address(base.scheme, base.host, base.port, f"{base.target}{joint}{query}")

    def _follow(self, address: Address, accept: str) -> bytes:
        """The page, after at most so many redirects within the allowed hosts."""
        allowed = {address.origin, *(read_address(other).origin for other in self.others)}
        headers = {"Accept": accept, "User-Agent": self.user_agent, "Accept-Encoding": "gzip"}
        deadline = time.monotonic() + self.limits.page_seconds
        for _ in range(self.limits.redirects + 1):
            try:
                reply = _ask(address, headers, self.limits, deadline)
                if isinstance(reply, bytes):
                    return reply
                address = redirected(address, reply, allowed)
            except Refused as refused:
                raise _Failed("refused", str(refused), None) from refused
        message = f"more than {self.limits.redirects} redirects"
        raise _Failed("redirects", message, None)


def _told(address: Address, failed: _Failed, tries: int) -> RecordsInvalid:
    times = "once" if tries == 1 else f"{tries} times"
    message = f"{failed.message}; asked {times}"
    return RecordsInvalid([Problem(str(address), 1, 1, failed.code, message, _LATER)])


def _ask(
    address: Address, headers: Mapping[str, str], limits: Limits, deadline: float
) -> bytes | str:
    """The page, or where the reply sends us on; _Failed if there is neither."""
    try:
        numbers = resolve(address)
    except OSError as error:
        raise _Failed("unreachable", f"{address.host} cannot be looked up") from error
    try:
        with _dialled(numbers[0], address, limits, deadline) as pool:
            return _reply(pool, address, headers, limits, deadline)
    except (HTTPError, OSError) as error:
        if time.monotonic() >= deadline:
            message = f"no whole page within {limits.page_seconds:g} seconds"
            raise _Failed("slow", message) from error
        raise _Failed("broken", f"the connection failed: {type(error).__name__}") from error


@contextmanager
def _dialled(
    number: str, address: Address, limits: Limits, deadline: float
) -> Iterator[urllib3.HTTPConnectionPool]:
    """A pool of one connection to this number, cut off at the deadline."""
    left = max(0.01, deadline - time.monotonic())
    timeout = urllib3.Timeout(connect=min(limits.connect_seconds, left), read=left)
    options: dict[str, Any] = {"timeout": timeout, "maxsize": 1, "block": True, "retries": False}
    pool: urllib3.HTTPConnectionPool
    if address.scheme == "https":
        names = {"server_hostname": address.host, "assert_hostname": address.host}
        pool = urllib3.HTTPSConnectionPool(number, address.port, **options, **names)
    else:
        pool = urllib3.HTTPConnectionPool(number, address.port, **options)
    guards: list[_Guard] = []

    class Guarded(_guarded(pool.ConnectionCls)):  # type: ignore[misc]  # the class is a value
        guard_list = guards
        cut_at = deadline

    pool.ConnectionCls = Guarded
    try:
        yield pool
    finally:
        for guard in guards:
            guard.release()
        pool.close()
