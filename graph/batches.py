"""Sources of more claims than one transaction should hold: loaded, and withdrawn, in batches.

Meanwhile the source's state is `loading`, and answers that cite it say so. What was cut
short is taken up again where it stopped, for how far it came is kept in the same
transaction as each batch.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Protocol

from graph.changes import Change, Loading
from graph.claims import describes_id
from graph.store import BATCH, WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from graph.changes import WriteReport
    from graph.nodes import Source
    from graph.statements import Statement
    from graph.store import GraphStore, View

    Progress = Callable[[int, str], None]

SHARED = 5_000
"""Small sources share a transaction of at most so many claims."""
_SECONDS = 600.0
_WITHDRAWAL = "withdrawal"
_DESCRIBED = "DESCRIBES:" + "f" * 24
"""No DESCRIBES comes after this one."""


class Telling(Protocol):
    """All that one source says, checked: every end of its claims is described by it."""

    @property
    def source(self) -> Source:
        """The source."""

    @property
    def count(self) -> int:
        """How many claims it makes."""

    @property
    def key(self) -> str:
        """What names exactly these claims in this order."""

    @property
    def ids(self) -> Container[str]:
        """The ids of all its claims."""

    def batches(self, start: int = 0) -> Iterator[list[Statement]]:
        """Its claims from a batch on; more than `WHOLE` come what it describes first."""


def store_tellings(
    store: GraphStore, tellings: Iterable[Telling], progress: Progress = lambda _, __: None
) -> Iterator[WriteReport]:
    """Bring the store to hold what each source says, and nothing else of it.

    Small sources that follow one another share a transaction, a larger one has its own, one
    of more than `WHOLE` claims, or of which the store holds more, is written in batches. A
    report for each step; `progress` is told how many claims are safely stored, and the
    source that was last.
    """
    before = 0
    for size, group in _groups(store, list(tellings)):

        def told(stored: int, before: int = before, source: str = group[-1].source.id) -> None:
            progress(before + stored, source)

        if size <= WHOLE:
            yield store.change(_together(group))
            told(sum(telling.count for telling in group))
        else:
            yield _in_batches(store, group[0], told)
        before += sum(telling.count for telling in group)


def _groups(store: GraphStore, tellings: Sequence[Telling]) -> Iterator[tuple[int, list[Telling]]]:
    """Tellings that follow one another and make at most `SHARED` claims, or one; their size.

    Of a source it is what is stored of it, if that is more than it says.
    """
    kept = _counts(store, tellings)
    group: list[Telling] = []
    size = 0
    for telling in tellings:
        count = max(telling.count, kept.get(telling.source.id, 0))
        if group and size + count > min(SHARED, WHOLE):
            yield size, group
            group, size = [], 0
        group.append(telling)
        size += count
    if group:
        yield size, group


def _counts(store: GraphStore, tellings: Iterable[Telling]) -> Mapping[str, int]:
    """How many claims of each source are stored."""
    sources = [telling.source.id for telling in tellings]
    return store.read(lambda view: view.told(sources), seconds=_SECONDS)


def _together(group: Sequence[Telling]) -> Change:
    statements = [one for telling in group for batch in telling.batches() for one in batch]
    return Change(statements, [telling.source.id for telling in group])


def _in_batches(
    store: GraphStore, telling: Telling, progress: Callable[[int], None]
) -> WriteReport:
    loading = _begun(store, telling)
    rest = telling.batches(loading.done)
    while batches := list(islice(rest, store.at_once)):
        progress(min(loading.done * BATCH, telling.count))
        statements = [one for batch in batches for one in batch]
        change = Change(statements, loading=loading, batches=len(batches))
        loading = _after(store.change(change))
    return _finished(store, telling, loading, progress)


def _begun(store: GraphStore, telling: Telling) -> Loading:
    """How far the load of just this has come; of anything else, not at all."""
    source = telling.source.id
    fresh = Loading(source=source, key=telling.key)
    kept = {one.source: one for one in store.read(lambda view: view.loading())}.get(source, fresh)
    return kept if kept.key == fresh.key else fresh


def _after(report: WriteReport) -> Loading:
    assert report.loading is not None  # noqa: S101  # what a batch of a load always leaves
    return report.loading


def _finished(
    store: GraphStore, telling: Telling, loading: Loading, progress: Callable[[int], None]
) -> WriteReport:
    """Withdraw what the source no longer says, and end the load."""
    progress(telling.count)
    source = telling.source.id
    if _counts(store, (telling,)).get(source, 0) > telling.count:
        for ids in _vanished(store, telling):
            loading = _after(store.change(Change(withdraws=ids, loading=loading)))
    report = store.change(Change(loading=loading, whole=True))
    counts = loading.model_dump(include={"inserted", "updated", "unchanged", "withdrawn"})
    return report.model_copy(update=counts)


def _vanished(store: GraphStore, telling: Telling) -> Iterator[list[str]]:
    """The stored claims that the source no longer makes; what they need described comes last."""
    for after, until in ((_DESCRIBED, ""), ("", "DESCRIBES:"), ("DESCRIBES:", _DESCRIBED)):
        yield from _vanished_between(store, telling, after, until)


def _vanished_between(
    store: GraphStore, telling: Telling, after: str, until: str
) -> Iterator[list[str]]:
    source = telling.source.id
    while page := _page(store, source, after):
        after = page[-1]
        within = [one for one in page if not until or one <= until]
        if gone := [one for one in within if one not in telling.ids]:
            yield gone
        if len(within) < len(page):
            return


def _page(store: GraphStore, source: str, after: str) -> list[str]:
    def question(view: View) -> list[str]:
        return [claim.id for claim in view.claims_of(source, after, BATCH)]

    return store.read(question, seconds=_SECONDS)


def withdraw(store: GraphStore, source: str) -> WriteReport:
    """Withdraw a source batch by batch, that it is a source last of all."""
    loading = Loading(source=source, key=_WITHDRAWAL)
    kept = {one.source: one for one in store.read(lambda view: view.loading())}.get(source)
    if kept is not None and kept.key == _WITHDRAWAL:
        loading = kept
    while ids := _rest(store, source):
        loading = _after(store.change(Change(withdraws=ids, loading=loading)))
    report = store.change(Change(replaces=(source,)))
    return report.model_copy(update={"withdrawn": report.withdrawn + loading.withdrawn})


def _rest(store: GraphStore, source: str) -> list[str]:
    """Claims of a source that can go now; what others of it need described only after those."""
    first = _page(store, source, "")
    told = [one for one in first if not one.startswith("DESCRIBES:")]
    own = describes_id(source, source)
    return [one for one in told or _page(store, source, _DESCRIBED) or first if one != own]
