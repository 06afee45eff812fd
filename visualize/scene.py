"""The state of a scene and its address: the same address is always the same scene.

`/view?center=ID&open=ID~Kind~12&path=ID&off=ID&hide=Firm&without=TWINNED&from=1990&to=2010`
`&undated=no&deals=apart&sel=ID&steps=2&size=USD&as=table&lang=ko`; what is as usual is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from graph.errors import BadRequest
from graph.questions.scene import KINDS, STEP, Filters, Opening
from graph.questions.scene_reading import FOLLOWED
from visualize.links import queried
from visualize.wording import Lang

View = Literal["graph", "map", "matrix", "table"]
VIEWS: tuple[View, ...] = get_args(View)
MOST_OPENINGS = 200
SHOWN = ("whole", "far", "missions", "firms", "deals")
"""All ties and true distances on the map; what the matrix counts if not ties."""
FIRST_YEAR, LAST_YEAR = 1, 9999
_ID = re.compile(r"[a-z]+:[A-Za-z0-9][A-Za-z0-9._-]{0,230}")
_COUNTRY = re.compile(r"country:[A-Z]{2}")
_COUNT = re.compile(r"[0-9]{1,3}")
_YEAR = re.compile(r"[0-9]{4}")
_CURRENCY = re.compile(r"[A-Z]{3}")

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Scene:
    """Where a reader is: what stands in the middle, what is open, chosen, filtered, and how."""

    center: str
    opened: tuple[Opening, ...] = ()
    filters: Filters = field(default_factory=Filters)
    path: str | None = None
    selected: str | None = None
    far: bool = False
    """Whether what lies two steps from the chosen node stays clear too, not one alone."""
    size: str | None = None
    """The currency of the contracts that marks are sized by; None: by their neighbours."""
    show: tuple[str, ...] = ()
    view: View = "graph"
    lang: Lang = "ko"

    # ------------------------------------------------------------ the address

    @classmethod
    def parse(cls, query: Query, lang: Lang = "ko") -> Scene:
        """The scene of an address; BadRequest names the parameter that cannot be read.

        `center` and `path` are taken as they are: whoever knows the names makes ids of them.
        """
        return cls(
            center=_one(query, "center") or "",
            opened=_openings(query.get("open", ())),
            filters=Filters(
                hidden=_closed(query, "hide", KINDS),
                without=_closed(query, "without", FOLLOWED),
                since=_year(query, "from"),
                until=_year(query, "to"),
                undated=_one(query, "undated") != "no",
                dismissed=frozenset(_id("off", one) for one in query.get("off", ())),
                apart=_one(query, "deals") == "apart",
            ),
            path=_one(query, "path"),
            selected=_id("sel", one) if (one := _one(query, "sel")) else None,
            far=_one(query, "steps") == "2",
            size=_currency(_one(query, "size")),
            show=_show(_one(query, "show")),
            view=_view(_one(query, "as") or "graph"),
            lang=lang,
        )

    @property
    def address(self) -> str:
        """The address, its parts in a fixed order."""
        return f"/view?{queried(self.pairs)}"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address."""
        kept, without = self.filters, sorted(self.filters.without)
        pairs = [("center", self.center)]
        pairs += [("open", f"{node}~{kind}~{count}") for node, kind, count in self.opened]
        pairs += [("path", self.path)] if self.path else []
        pairs += [("off", one) for one in sorted(kept.dismissed)]
        pairs += [("hide", kind) for kind in KINDS if kind in kept.hidden]
        pairs += [("without", kind) for kind in without]
        pairs += [("from", f"{kept.since:04d}")] if kept.since is not None else []
        pairs += [("to", f"{kept.until:04d}")] if kept.until is not None else []
        pairs += [] if kept.undated else [("undated", "no")]
        pairs += [("deals", "apart")] if kept.apart else []
        pairs += [("sel", self.selected)] if self.selected else []
        pairs += [("steps", "2")] if self.far else []
        pairs += [("size", self.size)] if self.size else []
        pairs += [("show", "~".join(self.show))] if self.show else []
        pairs += [("as", self.view)] if self.view != "graph" else []
        return [*pairs, ("lang", self.lang)]

    # ------------------------------------------------------------ other scenes

    def count(self, node: str, kind: str) -> int:
        """How many neighbours of a kind are open at a node."""
        counts = {(one.node, one.kind): one.many for one in self.opened}
        return counts.get((node, kind), STEP if node == self.center else 0)

    def opening(self, node: str, kind: str, count: int) -> Scene:
        """The scene with so many neighbours of a kind open at a node."""
        usual = STEP if node == self.center else 0
        kept = [one for one in self.opened if (one.node, one.kind) != (node, kind)]
        place = next((i for i, o in enumerate(self.opened) if o[:2] == (node, kind)), len(kept))
        if count != usual:
            kept.insert(place, Opening(node, kind, count))
        return replace(self, opened=tuple(kept))

    def more(self, node: str, kind: str) -> Scene:
        """The scene with one step more of a kind open at a node, and the node chosen."""
        return self.opening(node, kind, self.count(node, kind) + STEP).choosing(node)

    def closed(self, node: str) -> Scene:
        """The scene with nothing open at a node: exactly what opening it brought goes."""
        kept = [one for one in self.opened if one.node != node]
        if node == self.center:
            kept = [Opening(node, kind, 0) for kind in KINDS] + kept
        return replace(self, opened=tuple(kept))

    def has_open(self, node: str) -> bool:
        """Whether anything is open at a node."""
        return any(self.count(node, kind) for kind in KINDS)

    def choosing(self, node: str | None) -> Scene:
        """The scene with another node chosen."""
        return replace(self, selected=node)

    def seen_as(self, view: View) -> Scene:
        """The same scene in another view."""
        return replace(self, view=view)

    def in_language(self, lang: Lang) -> Scene:
        """The same scene in another language."""
        return replace(self, lang=lang)

    def around(self, node: str) -> Scene:
        """A new scene around a node, under the same filters and in the same view."""
        kept = replace(self.filters, dismissed=frozenset())
        start = Scene(node, filters=kept, view=self.view, lang=self.lang)
        return replace(start, size=self.size, show=self.show)

    def alone(self, node: str) -> Scene:
        """A new scene of nothing but a node, from which it can be opened again."""
        return self.around(node).closed(node)

    def toggling_kind(self, kind: str) -> Scene:
        """The scene with a kind of node hidden, or shown again."""
        return self._filtered(hidden=self.filters.hidden ^ {kind})

    def toggling_relation(self, kind: str) -> Scene:
        """The scene with a relation left out, or let in again."""
        return self._filtered(without=self.filters.without ^ {kind})

    def only_kind(self, kind: str) -> Scene:
        """The scene with all kinds hidden but this one."""
        return self._filtered(hidden=frozenset(KINDS) - {kind})

    def only_relation(self, kind: str) -> Scene:
        """The scene with all relations left out but this one."""
        return self._filtered(without=FOLLOWED - {kind})

    def toggling_deals(self) -> Scene:
        """The scene with results as marks of their own, or as lines from seller to buyer again."""
        return self._filtered(apart=not self.filters.apart)

    def sized_by(self, currency: str | None) -> Scene:
        """The scene with marks sized by contracts in a currency, or by their neighbours."""
        return replace(self, size=currency)

    def looking(self, *, far: bool) -> Scene:
        """The scene with two steps from the chosen node clear, or one."""
        return replace(self, far=far)

    def toggling_undated(self) -> Scene:
        """The scene with claims of no year left out, or let in again."""
        return self._filtered(undated=not self.filters.undated)

    def in_all_years(self) -> Scene:
        """The scene with no bounds on the years."""
        return self._filtered(since=None, until=None, undated=True)

    def dismissing(self, node: str) -> Scene:
        """The scene without a node, which is not chosen any more."""
        scene = self._filtered(dismissed=self.filters.dismissed | {node})
        return replace(scene, selected=None if self.selected == node else self.selected)

    def recalling(self) -> Scene:
        """The scene with all that was dismissed back in it."""
        return self._filtered(dismissed=frozenset())

    def without_filters(self) -> Scene:
        """The scene with nothing hidden, left out, bounded or dismissed."""
        return replace(self, filters=Filters(apart=self.filters.apart))

    def with_path(self, goal: str | None) -> Scene:
        """The scene with the shortest path to another node in it."""
        return replace(self, path=goal)

    def _filtered(self, **changes: object) -> Scene:
        return replace(self, filters=replace(self.filters, **changes))  # type: ignore[arg-type]


def _one(query: Query, name: str) -> str | None:
    values = query.get(name, ())
    return values[-1].strip() or None if values else None


def _id(param: str, text: str) -> str:
    if not _ID.fullmatch(text):
        raise BadRequest(param, f"{text[:60]!r} is no id")
    return text


def _openings(given: Sequence[str]) -> tuple[Opening, ...]:
    if len(given) > MOST_OPENINGS:
        raise BadRequest("open", f"at most {MOST_OPENINGS} openings")
    return tuple(_opening(text) for text in given)


def _opening(text: str) -> Opening:
    node, _, rest = text.partition("~")
    kind, _, count = rest.partition("~")
    if kind not in KINDS or not _COUNT.fullmatch(count):
        raise BadRequest("open", f"{text[:60]!r} is no opening: write city:Q10389~Firm~12")
    return Opening(_id("open", node), kind, int(count))


def _closed(query: Query, param: str, known: Sequence[str] | frozenset[str]) -> frozenset[str]:
    given = frozenset(query.get(param, ()))
    for one in sorted(given - set(known)):
        raise BadRequest(param, f"{one[:40]!r} is none of {', '.join(sorted(known))}")
    return given


def _year(query: Query, param: str) -> int | None:
    text = _one(query, param)
    if text is None:
        return None
    if not _YEAR.fullmatch(text):
        raise BadRequest(param, f"{text[:20]!r} is no year: write 1990")
    return int(text)


def _currency(text: str | None) -> str | None:
    if text is not None and not _CURRENCY.fullmatch(text):
        raise BadRequest("size", f"{text[:20]!r} is no currency: write USD")
    return text


def _show(text: str | None) -> tuple[str, ...]:
    """What the map and the matrix show besides: closed words, and the country of the rows."""
    words = tuple(text.split("~")) if text else ()
    for word in words:
        if word not in SHOWN and not _COUNTRY.fullmatch(word):
            raise BadRequest("show", f"{word[:20]!r} is none of {', '.join(SHOWN)}, country:XX")
    return words


def _view(text: str) -> View:
    for view in VIEWS:
        if view == text:
            return view
    raise BadRequest("as", f"{text[:20]!r} is none of {', '.join(VIEWS)}")
