"""What a load would change, found by reading alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.changes import WriteReport
from graph.statements import Statement
from graph.store import BATCH, GraphStore, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.batches import Telling

_SECONDS = 3600.0
_MODULUS = 1 << 128


def foresee(store: GraphStore | None, tellings: Sequence[Telling]) -> WriteReport:
    """The sum of the reports that writing all this would give, and the last version.

    Without a store as if into an empty one. Nothing is written.
    """
    if store is None:
        return _sum([_change(None, telling) for telling in tellings], 0)
    return store.read(lambda view: _seen(view, tellings), seconds=_SECONDS)


def _seen(view: View, tellings: Sequence[Telling]) -> WriteReport:
    return _sum([_change(view, telling) for telling in tellings], int(view.version(), 16))


Change = tuple[WriteReport, int]
"""What one source changes, and by how much it moves the digest."""


def _change(view: View | None, telling: Telling) -> Change:
    inserted, updated, unchanged, moved = 0, 0, 0, 0
    for batch in _slices(telling):
        stored = _stored(view, batch)
        for one in batch:
            before = stored.get(one.id)
            if before is None:
                inserted, moved = inserted + 1, moved + one.digest()
            elif before.body == one.body:
                unchanged += 1
            else:
                updated, moved = updated + 1, moved + one.digest() - before.digest()
    withdrawn, lost = _vanished(view, telling, updated + unchanged)
    report = WriteReport(
        inserted=inserted, updated=updated, unchanged=unchanged, withdrawn=withdrawn
    )
    return report, moved - lost


def _slices(telling: Telling) -> Iterator[list[Statement]]:
    for batch in telling.batches():
        yield from (batch[at : at + BATCH] for at in range(0, len(batch), BATCH))


def _stored(view: View | None, batch: Sequence[Statement]) -> Mapping[str, Statement]:
    found = view.claims([one.id for one in batch]) if view else {}
    return {key: Statement.of(claim) for key, claim in found.items()}


def _vanished(view: View | None, telling: Telling, kept: int) -> tuple[int, int]:
    """How many stored claims the source no longer makes, and the sum of their digests."""
    source = telling.source.id
    if view is None or view.told((source,)).get(source, 0) == kept:
        return 0, 0
    count, lost, after = 0, 0, ""
    while page := view.claims_of(source, after, BATCH):
        gone = [claim for claim in page if claim.id not in telling.ids]
        count, lost = count + len(gone), lost + sum(claim.digest() for claim in gone)
        after = page[-1].id
    return count, lost


def _sum(changes: Sequence[Change], digest: int) -> WriteReport:
    reports = [report for report, _ in changes]
    digest = (digest + sum(moved for _, moved in changes)) % _MODULUS
    return WriteReport(
        inserted=sum(one.inserted for one in reports),
        updated=sum(one.updated for one in reports),
        unchanged=sum(one.unchanged for one in reports),
        withdrawn=sum(one.withdrawn for one in reports),
        version=f"{digest:032x}",
    )
