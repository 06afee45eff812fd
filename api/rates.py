"""How many requests a client may make: a fixed number in each minute."""

from __future__ import annotations

import math
from time import monotonic
from typing import NamedTuple

WINDOW = 60
_MOST_CLIENTS = 50_000


class Standing(NamedTuple):
    """What is left to a client, and in how many seconds its minute is over."""

    limit: int
    left: int
    resets: int

    @property
    def headers(self) -> dict[str, str]:
        """`RateLimit-Policy` and `RateLimit` as the IETF draft writes them."""
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW}',
            "RateLimit": f'"minute";r={max(0, self.left)};t={self.resets}',
        }


class Rates:
    """Counts the requests of each client; used by one event loop only."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used: dict[str, tuple[float, int]] = {}

    def count(self, client: str) -> Standing:
        """Count one request; `left` is below zero if it is one too many."""
        now = monotonic()
        began, used = self._used.get(client, (now, 0))
        if now - began >= WINDOW:
            began, used = now, 0
        if len(self._used) >= _MOST_CLIENTS:
            self._forget(now)
        self._used[client] = (began, min(used + 1, self._limit + 1))
        left = self._limit - used - 1
        return Standing(self._limit, left, max(1, math.ceil(began + WINDOW - now)))

    def refund(self, client: str) -> None:
        """Give a request back: an answer that had not changed is free."""
        if client in self._used:
            began, used = self._used[client]
            self._used[client] = (began, max(0, used - 1))

    def _forget(self, now: float) -> None:
        fresh = {who: one for who, one in self._used.items() if now - one[0] < WINDOW}
        self._used = fresh if len(fresh) < _MOST_CLIENTS else {}
