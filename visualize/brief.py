"""One printed page on a partner, for a meeting: what is on record, and what is not.

It tells what the answer page tells, cut to a sheet of A4; each list says how many of its
lines found no room. Nothing is told by colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.questions.answers import (
    Amount,
    BeneficiariesAnswer,
    Beneficiary,
    HomeTieLine,
    MissionLine,
    TotalLine,
    TotalsAnswer,
)
from graph.values import Grade, Stage
from visualize.fitting import fit, lines_of
from visualize.links import HOME_COUNTRY, Links
from visualize.telling import Teller, refs_of
from visualize.templating import environment
from visualize.wording import Lang, Named, Words

ROOM = 34
"""Lines of items on a sheet, beside headings and notes."""
WIDTH = 108
"""Narrow letters in a line of the sheet."""
_STAGES = {stage: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True)
class Item:
    """A line of the brief; `group` stands above the first item that has it."""

    lead: str
    figure: str = ""
    text: str = ""
    group: str = ""
    grade: str = ""

    def lines(self, before: Item | None) -> int:
        """How many lines it takes on paper after another item."""
        headed = bool(self.group) and (before is None or before.group != self.group)
        return headed + lines_of(" ".join((self.lead, self.figure, self.text)), WIDTH)


@dataclass(frozen=True)
class Section:
    """A list of the brief: what is shown, how many were left out, what is said of none."""

    key: str
    heading: str
    items: tuple[Item, ...]
    none: str
    note: str = ""
    total: int = 0

    @property
    def left_out(self) -> int:
        """How many lines found no room."""
        return self.total - len(self.items)


@dataclass(frozen=True)
class Brief:
    """What the brief is made of: the answer, the partner's sums and its missions."""

    answer: BeneficiariesAnswer
    totals: TotalsAnswer
    missions: Sequence[MissionLine]


def brief_page(
    brief: Brief, *, lang: Lang, made_on: date, site: str = "", nodes: Sequence[Named] = ()
) -> str:
    """The brief as a page that prints on one sheet of A4; `site` is where all of it is read.

    `nodes` as of `page.answer_page`.
    """
    answer, words, links = brief.answer, Words(lang), Links(lang)
    home = answer.home.id if answer.home else None
    context = {
        "answer": answer,
        "sections": _cut(_Writer(brief, words, nodes).sections()),
        "countries": {node.id[8:]: words.name(node) for node in nodes if node.kind == "Country"},
        "lang": lang,
        "words": words,
        "made_on": made_on.isoformat(),
        "back": links.answer(answer.partner.id, home),
        "address": site + (links.answer(answer.partner.id, home) or ""),
    }
    return environment().get_template("brief.html").render(context)


def _cut(sections: Sequence[Section]) -> list[Section]:
    """The sections with as many items as there is room for, of each in turn."""
    costs = [
        [item.lines(before) for before, item in zip((None, *s.items), s.items, strict=False)]
        for s in sections
    ]
    shown = fit(costs, ROOM)
    return [
        Section(s.key, s.heading, s.items[:count], s.none, s.note, len(s.items))
        for s, count in zip(sections, shown, strict=True)
    ]


class _Writer:
    """Writes the sections, each whole."""

    def __init__(self, brief: Brief, words: Words, nodes: Sequence[Named]) -> None:
        self._brief, self._answer, self._words = brief, brief.answer, words
        named = [*refs_of(brief.answer), *nodes]
        self._teller = Teller(words, Links(words.lang, offline=True), named)

    def sections(self) -> list[Section]:
        """All of them, in the order of the page; ties of cities at home stand first."""
        say, ui, answer = self._say, self._words.ui, self._answer
        ours = sorted(answer.ties, key=lambda tie: tie.home.country != HOME_COUNTRY)
        lead = say("ladder_lead")
        if left := len(self._brief.totals.left_out):
            lead += " " + say("left_out", n=left)
        return [
            self._section("ties", ui("ties"), map(self._tie, ours), ui("no_ties")),
            self._section(
                "missions",
                say("missions"),
                map(self._mission, self._brief.missions),
                say("no_missions"),
            ),
            self._section(
                "ladder",
                say("ladder"),
                self._ladder(self._brief.totals.lines),
                say("no_sums"),
                lead,
            ),
            self._section("firms", say("firms"), self._firms(), say("no_firms")),
            self._section("unattributed", ui("not_attributable"), self._results(), ""),
            self._section("gaps", say("gaps"), self._gaps(), say("no_gaps")),
            self._section("sources", ui("sources_read"), self._sources(), ui("no_sources")),
        ]

    def _say(self, key: str, **values: object) -> str:
        return self._words.say("brief", key, **values)

    def _section(
        self, key: str, heading: str, items: Iterable[Item], none: str, note: str = ""
    ) -> Section:
        found = tuple(items)
        return Section(key, heading, found, none, note, len(found))

    def _tie(self, tie: HomeTieLine) -> Item:
        words = self._words
        told = [words.tie(tie.kind, tie.form), words.standing(tie.status, tie.signed_on)]
        told.append(words.ui("independent", n=tie.independent_sources))
        return Item(words.name(tie.home), text=" · ".join(told))

    def _mission(self, line: MissionLine) -> Item:
        words = self._words
        days = dict.fromkeys(words.date(day) for day in (line.start, line.end) if day)
        senders = ", ".join(words.name(one) for one in line.senders)
        told = [" – ".join(days) or words.ui("unknown_date")]
        told += [self._say("sent_by", home=senders)] if senders else []
        told += [self._counted(line)] if line.firms_count is not None or line.named else []
        return Item(words.name(line.mission), text=" · ".join(told))

    def _counted(self, line: MissionLine) -> str:
        if line.firms_count is None:
            return self._say("mission_named_only", named=line.named)
        if line.named >= line.firms_count:
            return self._say("mission_firms", n=line.firms_count)
        return self._say("mission_named", n=line.firms_count, named=line.named)

    def _ladder(self, lines: Iterable[TotalLine]) -> Iterator[Item]:
        words = self._words
        for line in sorted(lines, key=lambda line: (_STAGES[line.stage], line.currency)):
            about = any(deal.approximate for deal in line.deals)
            cases = [words.ui("cases", n=words.count(line.count))] if line.count is not None else []
            yield Item(
                words.of("stage", line.stage),
                words.money(line.amount, line.currency, approximate=about),
                " · ".join([*cases, words.of("stage_note", line.stage)]),
            )

    def _firms(self) -> Iterator[Item]:
        for grade in reversed(Grade):
            firms = [firm for firm in self._answer.beneficiaries if firm.grade == grade]
            group = f"{self._words.of('grade', grade)} {len(firms)}"
            for firm in firms:
                yield self._firm(firm, group)

    def _firm(self, firm: Beneficiary, group: str) -> Item:
        words = self._words
        seat = words.ui("seat", home=words.name(firm.home)) if firm.home else ""
        sums = "; ".join(map(self._amount, firm.amounts))
        return Item(words.name(firm.firm), sums, seat, group, firm.grade)

    def _amount(self, amount: Amount) -> str:
        words = self._words
        about = any(deal.approximate for deal in amount.deals)
        figure = words.money(amount.amount, amount.currency, approximate=about)
        told = [words.ui("at_partner" if amount.at_partner else "elsewhere")]
        if amount.count is not None:
            told.insert(0, words.ui("cases", n=words.count(amount.count)))
        return f"{words.of('stage', amount.stage)} {figure} ({', '.join(told)})"

    def _results(self) -> Iterator[Item]:
        words = self._words
        for line in self._answer.not_attributable:
            money = ""
            if line.amount is not None and line.currency:
                money = words.money(line.amount, line.currency, approximate=line.deal.approximate)
            told = [words.ui("cases", n=words.count(line.count))] if line.count is not None else []
            told += [words.date(line.deal.date)] if line.deal.date else []
            lead = words.of("stage", line.stage) if line.stage else words.of("kind", "Deal")
            yield Item(lead, money, " · ".join(told))

    def _gaps(self) -> Iterator[Item]:
        words, answer = self._words, self._answer
        missing = Counter(
            gap for firm in answer.beneficiaries for gap in map(words.missing, firm.missing)
        )
        for gap, firms in missing.most_common():
            yield Item("", text=self._say("gap_firms", gap=gap, n=firms))
        for line in answer.unnamed:
            told = {"n": words.count(line.firms_count), "named": words.count(line.named)}
            yield Item("", text=self._say("gap_unnamed", mission=words.name(line.mission), **told))
        if undated := sum(tie.signed_on is None for tie in answer.ties):
            yield Item("", text=self._say("gap_ties", n=undated))

    def _sources(self) -> Iterator[Item]:
        seen = set()
        for citation in self._answer.coverage.citations:
            if citation.source not in seen:
                seen.add(citation.source)
                whole = citation.model_copy(update={"locator": None})
                cited = self._teller.cite(whole)
                yield Item(cited.title, text=" · ".join(cited.place))
