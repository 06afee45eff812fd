"""Clients that go away: the time of a question nobody waits for is over at once."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from graph.budget import Budget


class Leash:
    """Holds the budget of a request's running question; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._budgets: list[Budget] = []
        self._gone = False

    @property
    def gone(self) -> bool:
        """Whether the client left before it was answered."""
        return self._gone

    @contextmanager
    def holding(self, budget: Budget) -> Iterator[None]:
        """End this budget if the client leaves meanwhile, or has left."""
        with self._lock:
            self._budgets.append(budget)
            if self._gone:
                budget.cancel()
        try:
            yield
        finally:
            with self._lock:
                self._budgets.remove(budget)

    def let_go(self) -> None:
        """The client has left: end the budgets that are held, and those to come."""
        with self._lock:
            self._gone = True
            for budget in self._budgets:
                budget.cancel()


class Watch:
    """Watches the connection while a request is answered, and tells its leash.

    Reads have no body: what arrives after the head is that the client went away.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; without watching where a body may follow."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        leash = scope["state"]["leash"] = Leash()
        if scope["method"] != "GET":
            return await self._app(scope, receive, send)
        exchange = _Watched(leash, receive, send)
        watching = asyncio.create_task(exchange.watch())
        try:
            return await self._app(scope, exchange.receive, exchange.send)
        finally:
            watching.cancel()


class _Watched:
    """One exchange: what the app is given in place of the server's `receive` and `send`."""

    def __init__(self, leash: Leash, receive: Receive, send: Send) -> None:
        self._leash, self._receive, self._send = leash, receive, send
        self._left = asyncio.Event()
        self._read = False
        self._answered = False

    async def watch(self) -> None:
        """Wait until the client leaves."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if not self._answered:
            self._leash.let_go()
        self._left.set()

    async def receive(self) -> Message:
        """An empty body, then nothing until the client leaves."""
        if not self._read:
            self._read = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Send on, and note the end of the answer."""
        last = message["type"] == "http.response.body" and not message.get("more_body", False)
        self._answered = self._answered or last
        await self._send(message)
