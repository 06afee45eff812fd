"""Pages fetched over HTTP: limits on time and bytes, few redirects, patience with a busy host.

The host's name is looked up once a try and that number is dialled, while certificate and
`Host` stay the name's, so that a name which changes its meaning leads nowhere. Proxies of
the environment are not used.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import Problem, RecordsInvalid
from ingest.sources.addresses import Address, Refused, read_address, redirected
from ingest.sources.asking import Failed, Limits, ask

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

_LATER = "try again later; what was fetched is kept"


@dataclass(slots=True)
class Fetcher:
    """Asks the host of one address, and of the redirect targets named beforehand."""

    base: str
    user_agent: str
    limits: Limits = field(default_factory=Limits)
    others: tuple[str, ...] = ()
    sleep: Callable[[float], None] = time.sleep
    context: ssl.SSLContext | None = None

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
                raise Failed("nonsense", fault)
            except Failed as failed:
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
                reply = ask(address, headers, self.limits, deadline, self.context)
                if isinstance(reply, bytes):
                    return reply
                address = redirected(address, reply, allowed)
            except Refused as refused:
                raise Failed("refused", str(refused), None) from refused
        message = f"more than {self.limits.redirects} redirects"
        raise Failed("redirects", message, None)


def _told(address: Address, failed: Failed, tries: int) -> RecordsInvalid:
    times = "once" if tries == 1 else f"{tries} times"
    message = f"{failed.message}; asked {times}"
    return RecordsInvalid([Problem(str(address), 1, 1, failed.code, message, _LATER)])
