"""One entity, one claim, the sources: what is stored, with where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.nodes import Source
from graph.questions.answers import (
    ClaimAnswer,
    EntityAnswer,
    SourceAnswer,
    SourceLine,
    SourcesAnswer,
)
from graph.questions.ground import Ground

if TYPE_CHECKING:
    from graph.store import View


def current_id(view: View, key: str) -> str:
    """The id that an id, a former id or a `scheme:value` leads to; NotFound if none."""
    found = view.find(key)
    if found is None:
        raise NotFound(key)
    return found


def entity(view: View, node_id: str) -> EntityAnswer:
    """All fields of an entity and how many claims of each kind it has; NotFound if unknown."""
    ground = Ground(view)
    node = ground.node(node_id)
    return EntityAnswer(
        entity=node,
        ref=ground.ref(node_id),
        claims=dict(sorted(view.degrees((node_id,)).get(node_id, {}).items())),
        citations=ground.told_of((node_id,)),
        dataset_version=view.version(),
    )


def claim(view: View, claim_id: str) -> ClaimAnswer:
    """One claim with its ends and where it stands; NotFound if unknown."""
    ground = Ground(view)
    found = view.claims((claim_id,)).get(claim_id)
    if found is None:
        raise NotFound(claim_id)
    refs = ground.refs((found.from_, found.to))
    return ClaimAnswer(
        claim=found,
        from_=refs[found.from_],
        to=refs[found.to],
        stated=found.stated_ends,
        citation=ground.citation(found),
        dataset_version=view.version(),
    )


def sources(view: View, after: str = "", limit: int = 25) -> SourcesAnswer:
    """The sources in the order of their ids; `next` is the id to go on after."""
    page = view.nodes("Source", after, limit + 1)
    told = view.told([one.id for one in page[:limit]])
    lines = [SourceLine(source=one, claims=told.get(one.id, 0)) for one in page[:limit]]
    return SourcesAnswer(
        sources=tuple(lines),
        next=page[limit - 1].id if len(page) > limit else None,
        dataset_version=view.version(),
    )


def source(view: View, source_id: str, after: str = "", limit: int = 25) -> SourceAnswer:
    """A source and its claims in the order of their ids; NotFound if it is none."""
    node = Ground(view).node(source_id)
    if not isinstance(node, Source):
        raise NotFound(source_id)
    page = view.claims_of(source_id, after, limit + 1)
    return SourceAnswer(
        source=node,
        claims=tuple(page[:limit]),
        next=page[limit - 1].id if len(page) > limit else None,
        dataset_version=view.version(),
    )
