"""Admission: as many questions at once as there are workers, and a short wait for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from api.errors import Overloaded

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

WAIT_SECONDS = 1.5
WAITING_FOR_EACH = 16
"""How many may wait for each worker; further ones are refused at once."""
_UNGATED = ("/healthz", "/readyz", "/static/", "/openapi.json", "/docs")


class Gate:
    """Lets `workers` questions in at once; Overloaded for one that waited too long.

    A place is free again once the answer begins: a slow reader holds none.
    """

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
        place = _Place(self._places)

        async def answering(message: Message) -> None:
            place.leave()
            await send(message)

        try:
            return await self._app(scope, receive, answering)
        finally:
            place.leave()

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


class _Place:
    """One of the places, held until left."""

    def __init__(self, places: anyio.Semaphore) -> None:
        self._places: anyio.Semaphore | None = places

    def leave(self) -> None:
        """Give the place back, the first time."""
        places, self._places = self._places, None
        if places is not None:
            places.release()
