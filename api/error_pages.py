"""What is wrong with a request, told as a page in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from api.errors import faults, row_for
from api.meant import WrongKind
from graph.errors import Ambiguous, BadRequest, NotFound
from visualize import page
from visualize.assets import content_security_policy
from visualize.wording import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.nodes import Node
    from graph.questions.answers import Ref
    from graph.settings import Lang


def told_as_page(
    error: Exception,
    lang: Lang,
    candidates: Sequence[Ref] = (),
    nodes: Sequence[Node | Ref] = (),
    again: Mapping[str, str] | None = None,
) -> Response:
    """What is wrong with a request, as a page with the status of the problem."""
    row = row_for(error)
    if isinstance(error, WrongKind):
        text = page.wrong_kind_page(row.status, error.ref, error.kinds, lang=lang)
    elif isinstance(error, NotFound) and error.param is not None:
        text = page.unknown_name_page(
            row.status, error.key, lang=lang, candidates=candidates, nodes=nodes, again=again
        )
    else:
        detail = _told(error, row.code, lang)
        name = error.name if isinstance(error, Ambiguous) else ""
        text = page.error_page(
            row.status,
            detail,
            lang=lang,
            candidates=candidates,
            query=name,
            nodes=nodes,
            again=again,
        )
    headers = {"Content-Security-Policy": content_security_policy(), "Cache-Control": "no-store"}
    if row.retry_after is not None:
        headers["Retry-After"] = str(row.retry_after)
    return HTMLResponse(text, row.status, headers)


def _told(error: Exception, code: str, lang: Lang) -> str:
    """What is wrong, in the reader's language; what only English tells, for who reads it."""
    words = Words(lang)
    if isinstance(error, BadRequest):
        at = words.say("problem", "bad_parameter_at", param=error.param)
        return f"{at} ({error})" if lang == "en" else at
    params = [fault.param for fault in faults(error) if fault.param]
    if code == "bad_parameter" and params:
        return words.say("problem", "bad_parameter_at", param=", ".join(dict.fromkeys(params)))
    return words.of("problem", code)
