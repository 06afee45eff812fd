"""The named request types: each parameter once, with its limits, its example, its words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Annotated

from fastapi import Path, Query
from fastapi.openapi.models import Example
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.cursors import MAX_LENGTH
from graph.claims import CLAIM_KINDS
from graph.dates import PATTERN, PartialDate
from graph.nodes import NODE_KINDS
from graph.questions.area import MAX_PLACES
from graph.questions.connections import MAX_HOPS, MAX_PATHS
from graph.questions.finding import MAX_QUERY
from graph.questions.neighbourhood import MAX_DEPTH, MAX_RESULTS
from graph.values import Grade

DEFAULT_LIMIT = 25
MAX_TIMEOUT_MS = 5_000
PATH_ID_PATTERN = r"^[a-z]+:[A-Za-z0-9][A-Za-z0-9._-]{0,230}$"
ID_PATTERN = r"^[a-z]+:[A-Za-z0-9][A-Za-z0-9._/-]{0,230}$"
"""An identifier of a register may hold `/`: it is looked up by query, not by path."""
CLAIM_PATTERN = r"^[A-Z_]+:[0-9a-f]{24}$"
TEXT_PATTERN = r"^[^\u0000-\u001F\u007F-\u009F]*$"


def _whole(value: object) -> object:
    """Digits only: no sign, blank, point or underscore, and no more than fit."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) < 16):
        raise PydanticCustomError("int_parsing", "Input should be a whole number in digits")
    return value


def _date(text: str) -> str:
    try:
        return PartialDate.parse(text).text
    except ValueError as error:
        raise PydanticCustomError(
            "bad_date", "Input should be 2025-11-13, 2023-04, 1990 or first/last"
        ) from error


def one_of(closed: Collection[str]) -> Callable[[str], str]:
    """What takes a value of a closed list as it is, and refuses any other by naming the list."""

    def check(text: str) -> str:
        if text not in closed:
            raise PydanticCustomError(
                "enum", "Input should be one of {kinds}", {"kinds": ", ".join(closed)}
            )
        return text

    return check


def split(value: object) -> object:
    """`A,B` means the same as the parameter given twice."""
    if isinstance(value, list):
        return [part for item in value for part in str(item).split(",")]
    return value


def date(text: str | None) -> PartialDate | None:
    """The date that a checked parameter holds."""
    return PartialDate.parse(text) if text else None


def _example(value: object) -> dict[str, Example]:
    return {"example": {"value": value}}


Whole = BeforeValidator(_whole)
DateText = Annotated[str, Field(pattern=PATTERN, max_length=21), AfterValidator(_date)]
ClaimKind = Annotated[
    str,
    AfterValidator(one_of(CLAIM_KINDS)),
    WithJsonSchema({"type": "string", "enum": list(CLAIM_KINDS)}),
]
NodeKind = Annotated[
    str,
    AfterValidator(one_of(NODE_KINDS)),
    WithJsonSchema({"type": "string", "enum": list(NODE_KINDS)}),
]

_KEY = "An id; a former id or `scheme:value` (`wikidata:Q10389`) answers 308."


def id_path(says: str, example: str) -> object:
    """The entity that a path is about."""
    return Path(
        alias="id",
        pattern=PATH_ID_PATTERN,
        description=f"{says} {_KEY}",
        openapi_examples=_example(example),
    )


EntityId = Annotated[str, id_path("Any entity.", "city:Q10389")]
CityId = Annotated[str, id_path("A City.", "city:Q20714")]
PartnerId = Annotated[str, id_path("A City or Organization.", "city:Q10389")]
FirmId = Annotated[str, id_path("A Firm.", "firm:xn--oi2bw4qt3cxps8vc.kr.Q42144")]
SourceId = Annotated[str, id_path("A Source.", "source:suwon-2008")]
ClaimIdParam = Annotated[
    str,
    Path(
        alias="id",
        pattern=CLAIM_PATTERN,
        description="The id of a claim.",
        openapi_examples=_example("SENT:0123456789abcdef01234567"),
    ),
]
_ANY_ID = "An id, a former id or `scheme:value`."


def id_query(alias: str, says: str, example: str) -> object:
    """A query parameter that names an entity."""
    return Query(
        alias=alias,
        pattern=ID_PATTERN,
        description=f"{says} {_ANY_ID}",
        openapi_examples=_example(example),
    )


IdText = Annotated[str, Field(pattern=ID_PATTERN)]
Ids = Annotated[list[IdText], Field(min_length=1, max_length=MAX_PLACES)]


def ids_query(alias: str, says: str, example: str) -> object:
    """A query parameter that names entities, any of them given in any of its forms."""
    return Query(
        alias=alias,
        description=f"{says} Separated by commas, or given again. Each {_ANY_ID[0].lower()}"
        f"{_ANY_ID[1:]}",
        openapi_examples=_example([example]),
    )


Places = Annotated[
    Ids,
    BeforeValidator(split),
    ids_query("place", "Cities, or countries for all cities in them.", "wikidata:Q20714"),
]
Among = Annotated[
    Ids | None,
    BeforeValidator(split),
    ids_query("place", "Only of cities in these cities and countries.", "country:KR"),
]
Q = Annotated[
    str,
    Query(
        min_length=1,
        max_length=MAX_QUERY,
        pattern=TEXT_PATTERN,
        description="A name in any language or spelling, a part of one, or an id.",
        openapi_examples=_example("반둥"),
    ),
]
KindFilter = Annotated[
    Annotated[list[NodeKind], Field(min_length=1, max_length=20)] | None,
    BeforeValidator(split),
    Query(
        description="Only these kinds; separated by commas, or given again.",
        openapi_examples=_example(["City"]),
    ),
]
Kinds = Annotated[
    Annotated[list[ClaimKind], Field(min_length=1, max_length=50)] | None,
    BeforeValidator(split),
    Query(
        description="The kinds of claim to follow; separated by commas, or given again. "
        "Without it all but IN_COUNTRY, PART_OF, LOCATED_IN, DESCRIBES, SAME_AS, DIFFERENT_FROM.",
        openapi_examples=_example(["SENT", "VISITED"]),
    ),
]
Limit = Annotated[
    Annotated[int, Field(ge=1, le=MAX_RESULTS)],
    Whole,
    Query(description="At most so many.", openapi_examples=_example(25)),
]
Cursor = Annotated[
    str | None,
    Query(
        max_length=MAX_LENGTH,
        description="`next` of the answer before; good for one question and one state of the data.",
        openapi_examples={"first": {"summary": "The first page has none"}},
    ),
]
Depth = Annotated[
    Annotated[int, Field(ge=1, le=MAX_DEPTH)],
    Whole,
    Query(description="How many hops away.", openapi_examples=_example(1)),
]
Hops = Annotated[
    Annotated[int, Field(ge=1, le=MAX_HOPS)],
    Whole,
    Query(description="The longest path.", openapi_examples=_example(4)),
]
HowMany = Annotated[
    Annotated[int, Field(ge=1, le=MAX_PATHS)],
    Whole,
    Query(description="How many paths.", openapi_examples=_example(3)),
]
AsOf = Annotated[
    DateText | None,
    Query(
        description="Leaves out what came later: a day, month, year or range.",
        openapi_examples=_example("2024"),
    ),
]
Since = Annotated[
    DateText | None,
    Query(
        description="Leaves out what came before.",
        openapi_examples=_example("2008"),
    ),
]
Until = Annotated[
    DateText | None,
    Query(
        description="Leaves out what came later.",
        openapi_examples=_example("2025-12-31"),
    ),
]
MinGrade = Annotated[
    Grade,
    Query(
        description="The weakest grade to list; weaker ones are counted.",
        openapi_examples=_example("supported"),
    ),
]
TimeoutMs = Annotated[
    Annotated[int, Field(ge=1, le=MAX_TIMEOUT_MS)],
    Whole,
    Query(
        description="Give up after so many milliseconds (504).",
        openapi_examples=_example(2000),
    ),
]
