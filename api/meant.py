"""Which node a name in an address means, and what nodes are called on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import Ambiguous, BadRequest, GraphError, NotFound
from graph.questions.finding import resolve
from graph.questions.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graph.nodes import Node
    from graph.questions.answers import Ref
    from graph.store import View


class Several(Ambiguous):
    """A name that may mean several things, and the parameter that gave it."""

    def __init__(self, param: str, error: Ambiguous) -> None:
        self.param = param
        super().__init__(error.name, error.candidates)


class WrongKind(BadRequest):
    """A name that means something, of a kind that the question does not take."""

    def __init__(self, param: str, ref: Ref, kinds: Collection[str]) -> None:
        self.ref, self.kinds = ref, tuple(sorted(kinds))
        super().__init__(param, f"this is a {ref.kind}; ask about a {' or '.join(self.kinds)}")


def named(view: View, param: str, name: str, kinds: Collection[str] = ()) -> str:
    """The id that a name means, one of these kinds if any is so called.

    Several, NotFound or WrongKind, each with the parameter, if it means no one of these.
    """
    try:
        return resolve(view, name, kinds)
    except Ambiguous as error:
        raise Several(param, error) from error
    except NotFound as error:
        near = error.near
    try:
        found = resolve(view, name)
    except NotFound as error:
        raise NotFound(name, param, near=near or error.near) from error
    except Ambiguous as error:
        raise Several(param, error) from error
    raise WrongKind(param, Ground(view).ref(found), kinds)


def meant(error: GraphError) -> Sequence[tuple[str, str]]:
    """What a name that names nothing, or several things, may mean."""
    if isinstance(error, Ambiguous):
        return error.candidates
    return error.near if isinstance(error, NotFound) else ()


def naming(view: View, ids: Iterable[str]) -> tuple[Node | Ref, ...]:
    """What names these nodes on a page."""
    return tuple(Ground(view).named(ids).values())
