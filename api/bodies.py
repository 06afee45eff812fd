"""The one place that writes an answer as JSON: HTTP and `jamae --json` both print this."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.questions.answers import Answer

JSON = "application/json"


def body(answer: Answer) -> bytes:
    """The answer in UTF-8 by the names of the shapes, nulls kept, ended by a line feed."""
    return answer.model_dump_json(by_alias=True).encode() + b"\n"
