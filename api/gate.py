"""Admission: as many questions at once as there are workers, and a short wait for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from api.errors import Overloaded

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

WAIT_SECONDS = 1.5
WAITING_FOR_EACH = 16
"""How many may wait for each worker; further ones are refused at once."""
_UNGATED = ("/healthz", "/readyz", "/static/", "/openapi.json", "/docs")


class Gate:
    """Lets `workers` requests in at once; Overloaded for one that waited too long."""

    def __init__(self, app: ASGIApp, workers: int) -> None:
        self._app = app
        self._most_waiting = workers * WAITING_FOR_EACH
        self._waiting = 0
        self._places = anyio.Semaphore(workers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, once there is a place."""
        if scope["type"] != "http" or scope["path"].startswith(_UNGATED):
            return await self._app(scope, receive, send)
        await self._enter()
        try:
            return await self._app(scope, receive, send)
        finally:
            self._places.release()

    async def _enter(self) -> None:
        if self._waiting >= self._most_waiting:
            raise Overloaded
        self._waiting += 1
        try:
            with anyio.fail_after(WAIT_SECONDS):
                await self._places.acquire()
        except TimeoutError as error:
            raise Overloaded from error
        finally:
            self._waiting -= 1
