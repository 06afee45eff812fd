"""Steps of the embedded store's path search, between the numbers that ids are kept by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graph.sqlite_kinds import WITHIN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from collections.abc import Set as AbstractSet

    from graph.sqlite_view import SqliteView

_IDS_OF = "SELECT n, thing.id FROM json_each(?) AS i CROSS JOIN thing ON thing.n = i.value"
_STEPS = " UNION ALL ".join(
    f"SELECT i.value, c.{far} FROM json_each(?1) AS i CROSS JOIN json_each(?2) AS k "  # noqa: S608
    f"CROSS JOIN claim AS c ON c.{near} = i.value AND c.kind {WITHIN}"
    for near, far in (("tail", "head"), ("head", "tail"))
)
_BETWEEN = " UNION ALL ".join(
    f"{step} AND c.{far} IN (SELECT value FROM json_each(?3))"  # noqa: S608
    for step, far in zip(_STEPS.split(" UNION ALL "), ("head", "tail"), strict=True)
)


class NumberSteps:
    """Steps between the numbers that ids are kept by, read off the covering indexes alone."""

    def __init__(self, view: SqliteView, kinds: str) -> None:
        self._view, self._kinds = view, kinds

    def adjacent(self, nodes: Collection[int]) -> Mapping[int, set[int]]:
        """For each number those one claim away, either way."""
        near: dict[int, set[int]] = {node: set() for node in nodes}
        for one, other in self._view.rows(_STEPS, json.dumps(list(nodes)), self._kinds):
            near[one].add(other)
        for node, others in near.items():
            others.discard(node)
        return near

    def between(self, nodes: Collection[int], others: AbstractSet[int]) -> Mapping[int, set[int]]:
        """For each number those of the others that lie one claim away."""
        near: dict[int, set[int]] = {}
        values = json.dumps(list(nodes)), self._kinds, json.dumps(list(others))
        for one, other in self._view.rows(_BETWEEN, *values):
            near.setdefault(one, set()).add(other)
        return near

    def ids(self, nodes: Collection[int]) -> Mapping[int, str]:
        """The id of each number."""
        return dict(self._view.rows(_IDS_OF, json.dumps(list(nodes))))
