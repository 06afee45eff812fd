"""What may be asked for."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.deps import Ask
from api.edge import MAX_BODY, MAX_URI
from api.params import DEFAULT_LIMIT, MAX_TIMEOUT_MS
from graph.questions.answers import Answer
from graph.questions.area import MAX_PLACES
from graph.questions.brokers import MAX_FIRMS
from graph.questions.brokers import MAX_HOPS as MAX_BROKER_HOPS
from graph.questions.communities import MAX_MEMBERS, MAX_PAIRS
from graph.questions.connections import MAX_HOPS, MAX_PATHS
from graph.questions.finding import MAX_QUERY
from graph.questions.neighbourhood import MAX_DEPTH, MAX_RESULTS
from graph.questions.web import MAX_TAKEN
from graph.settings import Settings
from graph.store import SEARCH_CAP, View

router = APIRouter(tags=["limits"])


class Limits(BaseModel):
    """The largest values that the parameters take, and other bounds."""

    limit: int = MAX_RESULTS
    default_limit: int = DEFAULT_LIMIT
    depth: int = MAX_DEPTH
    max_hops: int = MAX_HOPS
    k: int = MAX_PATHS
    broker_hops: int = MAX_BROKER_HOPS
    members: int = MAX_MEMBERS
    places: int = MAX_PLACES
    clustered_pairs: int = MAX_PAIRS
    broker_firms: int = MAX_FIRMS
    broker_nodes: int = MAX_TAKEN
    timeout_ms: int = MAX_TIMEOUT_MS
    q_characters: int = MAX_QUERY
    search_hits: int = SEARCH_CAP
    uri_bytes: int = MAX_URI
    body_bytes: int = MAX_BODY
    concurrent_requests: int
    requests_a_minute: int | None


class LimitsAnswer(Answer):
    """The limits of this server."""

    limits: Limits


@router.get("/v1/limits", response_model=LimitsAnswer, operation_id="get_limits")
def get_limits(request: Request, ask: Ask) -> Response:
    """The largest values that the parameters take, and other bounds."""
    settings: Settings = request.app.state.settings
    limits = Limits(
        concurrent_requests=settings.workers, requests_a_minute=settings.requests_a_minute
    )

    def answer(view: View) -> LimitsAnswer:
        return LimitsAnswer(limits=limits, dataset_version=view.version())

    return ask(answer)
