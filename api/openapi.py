"""The OpenAPI 3.1 document, and what is read off it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.edge import MAX_BODY, MAX_URI
from api.errors import PROBLEM_JSON, Problem
from api.params import MAX_TIMEOUT_MS
from graph.claims import CLAIM_CLASSES
from graph.nodes import NODE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI

ABOUT = f"""\
Sister cities and trade, and what is on record about them. Read only; no key is needed.

* Every body carries `dataset_version`: equal content, equal version.
* Lists go on where `next` says: give it as `cursor`, or follow the `Link` header.
* Every answer has a strong `ETag`; send it back as `If-None-Match` and get 304 if nothing changed.
* Every error is one `application/problem+json` body; its `type` leads to its description.
* A former id, or an identifier such as `wikidata:Q10389`, in a path answers 308.
* A parameter that an endpoint does not have is an error (422), not ignored.
* A question takes at most {MAX_TIMEOUT_MS} ms, path and query {MAX_URI:,} bytes, a body
  {MAX_BODY:,}; no endpoint takes a body. `GET /v1/limits` has every limit.
* Clients ignore keys they do not know: within `/v1` there are only additions.
"""
_SCHEMAS = "#/components/schemas/"
_PROBLEMS = {
    400: "The request cannot be read, its host is unknown, or its cursor is not ours.",
    404: "Nothing is known under this id.",
    405: "Only GET, HEAD and OPTIONS are known.",
    406: "No such representation.",
    409: "The data changed since the cursor was given.",
    413: "The body is too large.",
    414: "Path and query are too long.",
    415: "No endpoint takes a body.",
    422: "A parameter is unknown, missing or outside its limits.",
    429: "The client has used up its minute.",
    503: "The store is away, all workers are busy, or nothing is loaded.",
    504: "Not answered within the time allowed.",
}
_HEADERS = {
    "ETag": ("Changes with the data, the question and the media type.", "string"),
    "Link": ('Where the list goes on, `rel="next"`.', "string"),
    "X-Request-ID": ("Names this request in the log; yours if you sent one.", "string"),
    "Location": ("The same question under the current id.", "string"),
    "Retry-After": ("Ask again after so many seconds.", "integer"),
    "Allow": ("The methods that are known.", "string"),
}


class Parameters:
    """The query parameters that each path takes, as the OpenAPI document has them."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._read: dict[str, dict[str, bool]] | None = None

    def __call__(self, path: str) -> Mapping[str, bool]:
        """The parameters of a path template, and whether each may be given more than once."""
        if self._read is None:
            paths = self._app.openapi()["paths"]
            self._read = {one: _taken(item["get"]) for one, item in paths.items()}
        return self._read.get(path, {})


def _taken(operation: Mapping[str, Any]) -> dict[str, bool]:
    return {
        one["name"]: "array" in str(one["schema"])
        for one in operation.get("parameters", ())
        if one["in"] == "query"
    }


def describe(app: FastAPI) -> None:
    """Let the app describe itself: `app.openapi()` makes the document once."""
    made = cache(lambda: document(app))
    app.openapi = made  # type: ignore[method-assign]  # FastAPI's documented way
    app.state.document = cache(lambda: json.dumps(made(), ensure_ascii=False).encode() + b"\n")
    app.state.parameters = Parameters(app)


def document(app: FastAPI) -> dict[str, Any]:
    """The document of an app: what FastAPI sees of it, with every status and every kind."""
    found = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary="Sister cities, trade, and the evidence",
        description=ABOUT,
        routes=app.routes,
        servers=[{"url": "/", "description": "This server"}],
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    found["security"] = []
    for path, item in found["paths"].items():
        for operation in item.values():
            _complete(path, operation)
    components = found.setdefault("components", {})
    components["schemas"] = _schemas(components.get("schemas", {}))
    components["responses"] = {f"Problem{status}": _problem(status) for status in _PROBLEMS}
    components["headers"] = {
        name: {"description": says, "schema": {"type": kind}}
        for name, (says, kind) in _HEADERS.items()
    }
    components["securitySchemes"] = {}
    return found


def _complete(path: str, operation: dict[str, Any]) -> None:
    """Add to an operation the statuses and headers that it shares with the others."""
    responses = operation["responses"]
    for one in operation.get("parameters", ()):
        one["schema"] = _given(one["schema"])
    names = {one["name"] for one in operation.get("parameters", ())}
    responses["200"]["headers"] = _headers("X-Request-ID")
    if path.startswith("/v1/"):
        shown = ("ETag", "Link", "X-Request-ID") if "cursor" in names else ("ETag", "X-Request-ID")
        responses["200"]["headers"] = _headers(*shown)
        responses["304"] = {
            "description": "You have the answer already (`If-None-Match`).",
            "headers": _headers("ETag", "X-Request-ID"),
        }
    if path.startswith(("/v1/entities/{id}", "/v1/sources/{id}")):
        responses["308"] = {
            "description": "A former id or an identifier: ask again under the current id.",
            "headers": _headers("Location", "X-Request-ID"),
        }
    for status in _PROBLEMS:
        if status != 409 or "cursor" in names:
            responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = dict(sorted(responses.items()))


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter that may be left out: it is absent then, never null."""
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(choices) != 1:
        return schema
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, **choices[0]}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _problem(status: int) -> dict[str, Any]:
    shown = {405: ("Allow",), 429: ("Retry-After",), 503: ("Retry-After",)}.get(status, ())
    return {
        "description": _PROBLEMS[status],
        "headers": _headers("X-Request-ID", *shown),
        "content": {PROBLEM_JSON: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}},
    }


def _schemas(found: dict[str, Any]) -> dict[str, Any]:
    """The schemas of all bodies; `Node` and `Claim` stand for any of their kinds."""
    kinds = {**NODE_CLASSES, **CLAIM_CLASSES}
    models = [(cls, "serialization") for cls in (*kinds.values(), Problem)]
    _, made = models_json_schema(models, ref_template=_SCHEMAS + "{model}")  # type: ignore[arg-type]
    schemas = {**found, **made["$defs"]}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Node"] = _any_of("A node of any kind.", NODE_CLASSES)
    schemas["Claim"] = _any_of("A claim of any kind.", CLAIM_CLASSES)
    return dict(sorted(schemas.items()))


def _any_of(says: str, classes: Mapping[str, type]) -> dict[str, Any]:
    refs = {kind: f"{_SCHEMAS}{cls.__name__}" for kind, cls in sorted(classes.items())}
    return {
        "description": says,
        "oneOf": [{"$ref": ref} for ref in refs.values()],
        "discriminator": {"propertyName": "kind", "mapping": refs},
    }
