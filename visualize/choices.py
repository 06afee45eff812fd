"""What a reader of a scene can choose: what to hide, which years, what sizes and focus say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.questions.scene_answer import SceneAnswer
from visualize import style
from visualize.lines import Line
from visualize.picture import Entry
from visualize.scene import Scene
from visualize.wording import Words


@dataclass(frozen=True)
class Filter(Entry):
    """An entry of the legend that is a filter: how many are in the scene, and in all."""

    total: int = 0
    on: bool = True
    address: str = ""
    only: str = ""


@dataclass(frozen=True)
class Choice:
    """One of a few ways to see the same; `value` is what the address says of it."""

    value: str
    word: str
    on: bool
    address: str


def kinds(answer: SceneAnswer, scene: Scene, words: Words) -> tuple[Filter, ...]:
    """The kinds that the store has, each with how many are shown."""
    counts = Counter(node.kind for node in answer.nodes)
    return tuple(
        Filter(
            kind,
            words.of("kind", kind),
            counts[kind],
            mark.colour,
            mark.shape,
            hollow=mark.hollow,
            total=answer.node_totals.get(kind, 0),
            on=kind not in scene.filters.hidden,
            address=scene.toggling_kind(kind).address,
            only=scene.only_kind(kind).address,
        )
        for kind, mark in style.NODES.items()
        if answer.node_totals.get(kind)
    )


def relations(
    answer: SceneAnswer, scene: Scene, words: Words, lines: Sequence[Line]
) -> tuple[Filter, ...]:
    """The relations that the store has, each with how many lines are shown."""
    counts = Counter(line.kind for line in lines)
    return tuple(
        Filter(
            kind,
            words.of("claim", kind),
            counts[kind],
            look.colour,
            dashes=look.dashes,
            width=look.width,
            total=answer.claim_totals.get(kind, 0),
            on=kind not in scene.filters.without,
            address=scene.toggling_relation(kind).address,
            only=scene.only_relation(kind).address,
        )
        for kind, look in style.CLAIMS.items()
        if answer.claim_totals.get(kind)
    )


def sizes(answer: SceneAnswer, scene: Scene, words: Words) -> tuple[Choice, ...]:
    """What marks can be sized by; nothing to choose where nothing was signed for."""
    given = sorted({*answer.currencies, *([scene.size] if scene.size else [])})
    if not given:
        return ()
    plain = Choice("", words.ui("size_degree"), scene.size is None, scene.sized_by(None).address)
    return plain, *(
        Choice(
            code,
            words.ui("size_contracts", currency=code),
            scene.size == code,
            scene.sized_by(code).address,
        )
        for code in given
    )


def focus(scene: Scene, words: Words) -> tuple[Choice, ...]:
    """How far from the chosen node things stay clear."""
    return tuple(
        Choice(
            value,
            words.ui("depth_steps", n=value),
            scene.far is far,
            scene.looking(far=far).address,
        )
        for value, far in (("1", False), ("2", True))
    )
