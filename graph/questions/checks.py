"""What in the data a person should look at.

Each finding has a stable code and id, the claims concerned, and what to do about it.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from graph.claims import TIE_KINDS, Tie
from graph.nodes import Deal
from graph.questions.answers import ChecksAnswer, Finding
from graph.questions.ground import Ground, of_kind
from graph.questions.sums import counted_once
from graph.questions.ties import tie_lines
from graph.store import walk_claims, walk_nodes
from graph.values import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.claims import Claim
    from graph.store import View

Severity = Literal["error", "warning", "info"]
_SEVERITIES = ("error", "warning", "info")
_TOLERANCE = Decimal("0.10")
"""What 약, 여 and 규모 allow (domain, section 3)."""

_FIX = {
    "parts_above_whole": "look the figures up in the source; correct an amount, or take a part out",
    "parts_below_whole": "add the missing parts, or take `parts_complete` off the whole",
    "tie_disputed": "look the latest sources up; both claims may stay if they truly differ",
    "tie_kinds_differ": "look the tie up in both registers; both claims may stay",
    "tie_with_itself": "look the pair up: one end is mistaken, or a merge was wrong",
    "source_undated": "give the source a publication date: ties and folds depend on it",
}


def checks(view: View) -> ChecksAnswer:
    """All findings by severity, code and id; none if nothing is wrong."""
    ground = Ground(view)
    found = [*_deals(ground), *_ties(ground), *_sources(ground)]
    found.sort(key=lambda one: (_SEVERITIES.index(one.severity), one.code, one.id))
    return ChecksAnswer(findings=tuple(found), dataset_version=view.version())


def _finding(
    ground: Ground,
    code: str,
    severity: Severity,
    message: str,
    nodes: Sequence[str],
    claims: Sequence[Claim] = (),
) -> Finding:
    told = "\x1f".join((code, *sorted(nodes)))
    refs = ground.refs(nodes)
    return Finding(
        id=f"{code}:{hashlib.blake2b(told.encode(), digest_size=6).hexdigest()}",
        code=code,
        severity=severity,
        message=message,
        nodes=tuple(refs[node] for node in nodes if node in refs),
        claims=tuple(claims),
        citations=ground.citations(claims) if claims else ground.told_of(nodes),
        fix=_FIX[code],
    )


# ---------------------------------------------------------------- parts and wholes


def _deals(ground: Ground) -> Iterator[Finding]:
    for whole in walk_nodes(ground.view, "Deal"):
        if isinstance(whole, Deal) and whole.amount is not None:
            yield from _parts(ground, whole)


def _parts(ground: Ground, whole: Deal) -> Iterator[Finding]:
    """Parts above the whole; or below it where the record says that they are complete.

    A part inside another part, and a second report of one, are not added again.
    """
    told = ground.into((whole.id,), "PART_OF_DEAL")
    nodes = ground.nodes(claim.from_ for claim in told).values()
    every = {n.id: n for n in nodes if isinstance(n, Deal) and _comparable(n, whole)}
    parts = [every[one] for one in counted_once(ground, every)]
    total = sum((part.amount for part in parts if part.amount is not None), Decimal(0))
    if not parts or whole.amount is None:
        return
    vague = whole.approximate or any(part.approximate for part in parts)
    slack = whole.amount * _TOLERANCE if vague else Decimal(0)
    claims = [claim for claim in told if claim.from_ in {part.id for part in parts}]
    message = f"the parts make {total:,f} {whole.currency}, the whole is {whole.amount:,f}"
    ids = [whole.id, *sorted(part.id for part in parts)]
    if total > whole.amount + slack:
        yield _finding(ground, "parts_above_whole", "error", message, ids, claims)
    elif whole.parts_complete and total < whole.amount - slack:
        yield _finding(ground, "parts_below_whole", "warning", message, ids, claims)


def _comparable(part: Deal, whole: Deal) -> bool:
    """Whether a part is of the whole's currency and rung; a mixed whole takes any rung."""
    same_rung = part.stage == whole.stage or whole.stage is Stage.MIXED
    return part.amount is not None and part.currency == whole.currency and same_rung


# ---------------------------------------------------------------- ties


def _ties(ground: Ground) -> Iterator[Finding]:
    pairs: dict[tuple[str, str], list[Tie]] = {}
    for kind in sorted(TIE_KINDS):
        for claim in of_kind(walk_claims(ground.view, kind), Tie):
            pairs.setdefault((claim.from_, claim.to), []).append(claim)
    for pair, claims in sorted(pairs.items()):
        if pair[0] == pair[1]:
            told = "a tie joins a place with itself"
            yield _finding(ground, "tie_with_itself", "error", told, pair[:1], claims)
        elif len(claims) > 1:
            yield from _pair(ground, pair, claims)


def _pair(ground: Ground, pair: tuple[str, str], claims: Sequence[Tie]) -> Iterator[Finding]:
    kinds = {claim.kind for claim in claims} - {"TWINNED", "AGREEMENT"}
    if len(kinds) > 1:
        told = f"the sources tell of {' and '.join(sorted(kinds))}"
        yield _finding(ground, "tie_kinds_differ", "warning", told, pair, claims)
    disputed = [one for one in tie_lines(ground, pair[0], claims) if one.status == "disputed"]
    for line in disputed:
        told = f"the latest sources on {line.kind} do not agree on its status"
        yield _finding(ground, "tie_disputed", "warning", told, pair, line.claims)


# ---------------------------------------------------------------- sources


def _sources(ground: Ground) -> Iterator[Finding]:
    for source in walk_nodes(ground.view, "Source"):
        if getattr(source, "published", None) is None:
            told = f"{source.name} has no publication date"
            yield _finding(ground, "source_undated", "warning", told, (source.id,))
