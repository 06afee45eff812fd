"""The pages that describe the API, rendered from the OpenAPI document."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.errors import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).with_name("templates")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style() -> bytes:
    """The style sheet of these pages."""
    return (FOLDER / "docs.css").read_bytes()


def errors_page() -> str:
    """Every kind of error, each under the anchor that its `type` names."""
    rows = {row.code: row for row in TABLE.values()}
    listed = sorted(rows.values(), key=lambda row: (row.status, row.code))
    return _environment().get_template("errors.html").render(rows=listed)


def operations_page(document: Mapping[str, Any]) -> str:
    """Every operation of an OpenAPI document, by tag, with all it takes and gives."""
    operations = list(_operations(document))
    tags = list(dict.fromkeys(one["tag"] for one in operations))
    return (
        _environment()
        .get_template("docs.html")
        .render(info=document["info"], tags=tags, operations=operations)
    )


def _operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            parameters = [_parameter(one) for one in operation.get("parameters", ())]
            example = _example(path, parameters)
            yield {
                "tag": operation["tags"][0],
                "id": operation["operationId"],
                "method": method.upper(),
                "path": path,
                "says": operation["description"],
                "parameters": parameters,
                "example": example,
                "shown": unquote(example),
                "responses": [_response(document, *one) for one in operation["responses"].items()],
            }


def _parameter(one: Mapping[str, Any]) -> dict[str, Any]:
    examples = [example.get("value") for example in one.get("examples", {}).values()]
    return {
        "name": one["name"],
        "place": one["in"],
        "required": one.get("required", False),
        "says": one.get("description", ""),
        "limits": _limits(one["schema"]),
        "example": examples[0] if examples else None,
    }


def _limits(schema: Mapping[str, Any]) -> str:
    """The bounds of a parameter in short: `1 to 200, default 25`."""
    inner = {**schema, **schema.get("items", {})}
    parts = []
    if "minimum" in inner:
        parts.append(f"{inner['minimum']} to {inner['maximum']}")
    if "enum" in inner:
        parts.append(" | ".join(inner["enum"]))
    if "default" in schema and schema["default"] is not None:
        parts.append(f"default {schema['default']}")
    return ", ".join(parts)


def _example(path: str, parameters: list[dict[str, Any]]) -> str:
    """A request that an operation takes: what it must have, with the examples' values."""
    query = []
    for one in parameters:
        if one["place"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["example"]))
        elif one["required"]:
            query.append((one["name"], one["example"]))
    return f"{path}?{urlencode(query, doseq=True, safe=':')}" if query else path


def _response(document: Mapping[str, Any], status: str, given: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in given:
        given = document["components"]["responses"][given["$ref"].rpartition("/")[2]]
    return {
        "status": status,
        "says": given["description"],
        "content": [_content(*one) for one in given.get("content", {}).items()],
    }


def _content(media: str, given: Mapping[str, Any]) -> str:
    schema = given.get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    return f"{media} · {name}" if name else media
