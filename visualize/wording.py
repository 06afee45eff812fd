"""Words, names, dates and amounts as a reader of one language sees them.

All texts stand in `words/ko.toml` and `words/en.toml`, table by table, with the same keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from graph.dates import PartialDate
from graph.nodes import Deal
from graph.questions.answers import (
    BeneficiariesAnswer,
    BenefitsAnswer,
    Container,
    Missing,
    Ref,
)
from graph.values import plain

Lang = Literal["ko", "en"]
LANGUAGES: tuple[Lang, ...] = ("ko", "en")
FOLDER = Path(__file__).with_name("words")

_HANGUL_FIRST, _HANGUL_LAST, _FINALS, _FINAL_RIEUL = 0xAC00, 0xD7A3, 28, 8


class Named(Protocol):
    """What can be called by name: a `Ref`, a `Neighbour`, a `Node`."""

    @property
    def id(self) -> str:
        """`kind:slug`."""

    @property
    def kind(self) -> str:
        """The kind of node."""

    @property
    def name(self) -> str:
        """The name to show if the reader's language has none."""

    @property
    def names(self) -> Mapping[str, str]:
        """Names by language."""


class Noun(str):
    """A text that takes a Korean particle when formatted: `{city:과/와}`."""

    def __format__(self, particles: str) -> str:
        after_consonant, _, after_vowel = particles.partition("/")
        if not after_vowel:
            return str(self)
        final = _final(self)
        if final is None:
            return f"{self!s}{after_consonant}({after_vowel})"
        bare = final == 0 or (final == _FINAL_RIEUL and after_vowel == "로")
        return f"{self!s}{after_vowel if bare else after_consonant}"


def _final(text: str) -> int | None:
    """The number of the last syllable's final consonant, 0 for none, None if not Hangul."""
    code = ord(text[-1]) if text else 0
    if not _HANGUL_FIRST <= code <= _HANGUL_LAST:
        return None
    return (code - _HANGUL_FIRST) % _FINALS


@cache
def tables(lang: Lang) -> dict[str, dict[str, str]]:
    """All words of one language, by table and key."""
    return tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))


class Words:
    """Everything a page says, in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._tables = tables(lang)

    def ui(self, key: str, **values: object) -> str:
        """A fixed text of the page, its gaps filled with values."""
        return self.say("ui", key, **values)

    def say(self, table: str, key: str, **values: object) -> str:
        """A fixed text of a table, its gaps filled with values."""
        filled = {name: Noun(value) for name, value in values.items()}
        return self._tables[table][key].format(**filled)

    def of(self, table: str, key: str) -> str:
        """The word for a value of a closed list; the value itself if it has none."""
        return self._tables[table].get(key, key)

    def name(self, node: Named) -> str:
        """How a node is told from its namesakes: a district with the city that it is part of."""
        own = self.own_name(node)
        outer = nearest(node) if isinstance(node, Ref) else None
        around = outer and (outer.names.get(self.lang) or outer.name)
        if not around or around in own:
            return own
        return self.ui("within", inner=own, outer=around)

    def own_name(self, node: Named) -> str:
        """How a node alone is called: in this language, else as it calls itself; never an id."""
        if isinstance(node, Deal) and not node.names:
            return self.deal(node)
        for name in (node.names.get(self.lang), node.name):
            if name and name.strip() and name != node.id:
                return name
        return self.unnamed(node.id, node.kind)

    def unnamed(self, node_id: str, kind: str) -> str:
        """What to call a node without a name: its kind and the last part of its id."""
        tail = node_id.partition(":")[2].rpartition(".")[2].replace("-", " ")
        return f"{self.of('kind', kind)} {tail}".strip()

    def deal(self, deal: Deal) -> str:
        """What to call a result: its stage and its amount, or how many it reached."""
        stage = self.of("stage", deal.stage) if deal.stage else self.of("kind", deal.kind)
        if deal.amount is not None and deal.currency:
            return f"{stage} {self.money(deal.amount, deal.currency, approximate=deal.approximate)}"
        if deal.reach is not None:
            return f"{stage} {self.of('field', 'reach')} {self.count(deal.reach)}"
        return stage

    def date(self, date: PartialDate | None) -> str:
        """A partial date as it is known; a range with a dash."""
        return str(date).replace("/", " – ") if date else self.ui("unknown_date")

    def money(self, amount: Decimal, currency: str, *, approximate: bool | None = False) -> str:
        """An amount with its currency, the digits in groups of three."""
        whole, dot, part = plain(amount).partition(".")
        figure = f"{currency}\N{NO-BREAK SPACE}{int(whole):,}{dot}{part}"
        return f"{self.ui('approximately')} {figure}" if approximate else figure

    def count(self, number: int) -> str:
        """A number, its digits in groups of three."""
        return f"{number:,}"

    def missing(self, gap: Missing) -> str:
        """What is not on record and would have to be, as a sentence."""
        pattern = self._tables["missing"].get(gap.code)
        if pattern is None:
            return gap.why
        return pattern.format_map(_Gaps(self, gap.values))

    def coverage(self, answer: BeneficiariesAnswer | BenefitsAnswer) -> str:
        """Which kind of nothing, or something, the answer is; of a partner or of a firm."""
        of_firm = isinstance(answer, BenefitsAnswer)
        table = self._tables["coverage_of_firm" if of_firm else "coverage"]
        said = table[answer.coverage.answer]
        return said.format(n=self.count(answer.coverage.sources_read))

    def standing(self, status: str, signed_on: PartialDate | None) -> str:
        """The status of a tie and when it was signed, said once."""
        said = self.of("status", status)
        if signed_on is None:
            return said
        signed = self.ui("signed_on", date=self.date(signed_on))
        return signed if status == "signed" else f"{said} · {signed}"

    def tie(self, kind: str, form: str | None) -> str:
        """The kind of a tie; of an agreement its form."""
        return self.of("form", form) if form else self.of("claim", kind)


def nearest(city: Ref) -> Container | None:
    """The city by which one is told from its namesakes; a municipality needs no province."""
    needs_any = city.level in {"district", "county"}
    telling = [one for one in city.within if needs_any or one.level not in {"province", "region"}]
    return telling[0] if telling else None


class _Gaps(dict[str, Noun]):
    """The values of a missing piece as words; an absent date reads as unknown."""

    def __init__(self, words: Words, values: Mapping[str, str]) -> None:
        super().__init__()
        self._words = words
        for key, value in values.items():
            if value:
                self[key] = Noun(self._said(key, value))

    def _said(self, key: str, value: str) -> str:
        if key == "tie_kind":
            return self._words.of("claim", value.upper())
        return self._words.ui("unknown_date") if value == "unknown" else value.replace("/", " – ")

    def __missing__(self, key: str) -> Noun:
        if key == "tie_kind":
            return Noun(self._words.ui("relation"))
        return Noun(self._words.ui("unknown_date"))
