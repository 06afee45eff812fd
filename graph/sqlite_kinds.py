"""Which stretches of a covering index hold the claims that are asked for.

Both indexes keep the claims of a node by the number of their kind. Kinds that stand side by
side are one stretch, and what cannot hang on a node at that end parts no stretch: it is one
look into the index where each kind by itself would be some fifteen, nearly all in vain.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from graph.claims import CLAIM_CLASSES, CLAIM_KINDS
from graph.nodes import NODE_KINDS
from graph.sqlite_schema import CODE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

End = Literal["tail", "head"]
WITHIN = "BETWEEN k.value >> 8 AND k.value & 255"
"""Holds for the number of a kind in the stretch `k`."""
_ENDS: dict[End, dict[str, frozenset[str]]] = {
    "tail": {kind: cls.starts for kind, cls in CLAIM_CLASSES.items()},
    "head": {kind: cls.ends for kind, cls in CLAIM_CLASSES.items()},
}
_HANGING = {
    end: {
        node.lower(): frozenset(kind for kind, ends in kinds.items() if node in ends)
        for node in NODE_KINDS
    }
    for end, kinds in _ENDS.items()
}
"""The kinds of claim that may hang on a node at this end, by the beginning of its id.

An undirected kind has the same nodes at both ends.
"""


def stretches(kinds: Iterable[str]) -> str:
    """The stretches of these kinds, whatever they hang on, as the JSON that `WITHIN` reads."""
    return _joined(frozenset(kinds), frozenset(CLAIM_KINDS))


def stretches_at(end: End, ids: Collection[str], kinds: Iterable[str]) -> str:
    """The same of what may hang on these nodes at this end; `[]` if nothing can."""
    prefixes = {one.partition(":")[0] for one in ids}
    told = (_HANGING[end].get(prefix, frozenset()) for prefix in prefixes)
    return _joined(frozenset(kinds), frozenset().union(*told))


@lru_cache(maxsize=1024)
def _joined(kinds: frozenset[str], hanging: frozenset[str]) -> str:
    found: list[list[int]] = []
    parted = True
    for kind in CLAIM_KINDS:
        if kind not in hanging:
            continue
        if kind not in kinds:
            parted = True
        elif parted:
            found.append([CODE[kind], CODE[kind]])
            parted = False
        else:
            found[-1][1] = CODE[kind]
    return json.dumps([low << 8 | high for low, high in found])
