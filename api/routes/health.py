"""Alive and ready, told apart: alive touches nothing, ready asks the store."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Literal

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.errors import NotReady
from graph.errors import StoreUnavailable
from graph.questions.answers import Answer

if TYPE_CHECKING:
    from graph.store import GraphStore

router = APIRouter(tags=["health"])
PROBE_SECONDS = 1.0
KEPT_SECONDS = 1.0


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Ready(Answer):
    """The store answers, and something is loaded."""

    status: Literal["ready"] = "ready"


class Probe:
    """Asks the store whether it is ready, at most once a second, in a thread of its own."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._limiter: anyio.CapacityLimiter | None = None
        self._asked = -KEPT_SECONDS
        self._found: Ready | Exception = NotReady()

    async def ready(self) -> Ready:
        """Ready, or the exception that tells why not."""
        if monotonic() - self._asked >= KEPT_SECONDS:
            self._found = await self._ask()
            self._asked = monotonic()
        if isinstance(self._found, Exception):
            raise self._found.with_traceback(None)
        return self._found

    async def _ask(self) -> Ready | Exception:
        self._limiter = self._limiter or anyio.CapacityLimiter(1)
        try:
            with anyio.fail_after(PROBE_SECONDS):
                return await anyio.to_thread.run_sync(
                    self._read, limiter=self._limiter, abandon_on_cancel=True
                )
        except TimeoutError:
            return StoreUnavailable("no answer within a second")

    def _read(self) -> Ready | Exception:
        """Ready, or what keeps it from being so."""
        try:
            version, counts = self._store.read(
                lambda view: (view.version(), view.counts()), PROBE_SECONDS
            )
        except Exception as error:
            return error
        return Ready(dataset_version=version) if counts.claims else NotReady()


@router.get("/healthz", response_model=Alive, operation_id="get_health")
async def get_health() -> Alive:
    """The process answers; nothing else is looked at."""
    return Alive()


@router.get("/readyz", response_model=Ready, operation_id="get_readiness")
async def get_readiness(request: Request) -> Ready:
    """The store answers within a second and holds something; else 503."""
    probe: Probe = request.app.state.probe
    return await probe.ready()
