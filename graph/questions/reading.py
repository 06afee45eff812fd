"""What was read from a source, each statement with its place in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import CLAIM_KINDS
from graph.errors import BadRequest, NotFound
from graph.nodes import Source
from graph.questions.ground import Ground
from graph.questions.profiles import ReadAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.claims import Claim
    from graph.store import View

WHOLE = 2_000
"""A source with no more claims is read whole, and told in the order of its lines."""
_LAST = "f" * 24
"""The last hash that a claim id can have."""
_ODD = "give what the page before gave"


def reading(
    view: View, source_id: str, kind: str | None = None, after: str = "", limit: int = 50
) -> ReadAnswer:
    """All statements of a source, or those of one kind, page by page; `next` is to go on after.

    Those of a source of up to `WHOLE` in the order of its lines or rows, those without one
    last; of a larger one by kind, then id. NotFound if it is no source; BadRequest for an
    unknown kind or an `after` that no page gave.
    """
    if kind is not None and kind not in CLAIM_KINDS:
        raise BadRequest("kind", f"no such kind of claim; use {', '.join(CLAIM_KINDS)}")
    ground = Ground(view)
    node = ground.node(source_id)
    if not isinstance(node, Source):
        raise NotFound(source_id)
    total = view.told((source_id,)).get(source_id, 0)
    claims, following, counts = (
        _by_line(view, source_id, kind, after, limit)
        if total <= WHOLE
        else _by_id(view, source_id, kind, after, limit)
    )
    refs = ground.refs(end for claim in claims for end in (claim.from_, claim.to))
    return ReadAnswer(
        source=node,
        total=total,
        kinds=tuple(counts) or _kinds(view, source_id),
        counts=counts,
        kind=kind,
        claims=tuple(claims),
        ends=tuple(refs[one] for one in sorted(refs)),
        next=following,
        dataset_version=view.version(),
    )


_Page = tuple["Sequence[Claim]", str | None, dict[str, int]]


def _by_line(view: View, source: str, kind: str | None, after: str, limit: int) -> _Page:
    """A page of a source that is read whole; `after` is how many to skip."""
    if after and not (after.isascii() and after.isdigit()):
        raise BadRequest("after", _ODD)
    skip = int(after or 0)
    told = view.claims_of(source, limit=WHOLE)
    counts = {one: sum(c.kind == one for c in told) for one in sorted({c.kind for c in told})}
    asked = [claim for claim in told if kind in {None, claim.kind}]
    ordered = sorted(asked, key=lambda c: (c.locator is None, c.locator or 0, c.kind, c.id))
    more = len(ordered) > skip + limit
    return ordered[skip : skip + limit], str(skip + limit) if more else None, counts


def _by_id(view: View, source: str, kind: str | None, after: str, limit: int) -> _Page:
    """A page of a large source, in the order of the claims' ids."""
    if after and after.partition(":")[0] not in CLAIM_KINDS:
        raise BadRequest("after", _ODD)
    told = view.claims_of(source, after or (f"{kind}:" if kind else ""), limit + 1)
    asked = [claim for claim in told if kind in {None, claim.kind}]
    more = len(asked) > limit
    return asked[:limit], asked[limit - 1].id if more else None, {}


def _kinds(view: View, source: str) -> tuple[str, ...]:
    """The kinds of claim that a source makes, by leaping from one to the next."""
    found: list[str] = []
    after = ""
    while step := view.claims_of(source, after, 1):
        found.append(step[0].kind)
        after = f"{step[0].kind}:{_LAST}"
    return tuple(found)
