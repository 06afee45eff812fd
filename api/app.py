"""The app factory."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio.to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from api.cursors import sealer
from api.deps import Moved
from api.edge import Edge
from api.errors import Refused
from api.gate import Gate
from api.handlers import on_http, on_known, on_moved
from api.leaving import Watch
from api.openapi import describe
from api.routes import (
    asked,
    brokers,
    chains,
    checks,
    claims,
    communities,
    docs,
    entities,
    export,
    gaps,
    health,
    limits,
    offering,
    overview,
    pages,
    paths,
    reading,
    search,
    sources,
    taking,
    totals,
)
from api.suggestions import Suggestions
from api.version import API_VERSION
from graph.errors import GraphError
from graph.questions.checks import Kept

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.settings import Settings
    from graph.store import GraphStore

NOUNS = (
    search,
    entities,
    paths,
    totals,
    brokers,
    chains,
    gaps,
    communities,
    claims,
    sources,
    checks,
    export,
    limits,
    health,
    docs,
    pages,
    asked,
    reading,
    offering,
    overview,
    taking,
)


def create_app(settings: Settings, store: GraphStore) -> FastAPI:
    """The HTTP service over a store, which stays the caller's to close."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.workers + 4
        await anyio.to_thread.run_sync(app.state.document)  # warm before ready
        yield

    app = FastAPI(
        title="jamae",
        version=API_VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=[
            Middleware(Edge, settings=settings),
            Middleware(Watch),
            Middleware(Gate, workers=settings.workers),
        ],
        exception_handlers={
            GraphError: on_known,
            Refused: on_known,
            RequestValidationError: on_known,
            HTTPException: on_http,
            Moved: on_moved,
        },
    )
    app.state.settings, app.state.store = settings, store
    app.state.sealer, app.state.probe = sealer(settings), health.Probe(store)
    app.state.suggestions, app.state.findings = Suggestions(), Kept()
    for noun in NOUNS:
        app.include_router(noun.router)
    describe(app)
    return app
