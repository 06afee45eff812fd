"""What is shown, as a table for a spreadsheet: one line a thing, headings in the language.

Firms, sums, ties, results of no firm, firms without a name and sources stand in one table, told
apart by the first column; a firm with sums on several rungs has a line for each, so a column
is never to be added up over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.claims import Claim
from graph.questions.answers import (
    Amount,
    BeneficiariesAnswer,
    Beneficiary,
    Citation,
    HomeTieLine,
    NeighbourhoodAnswer,
    NotAttributable,
    Ref,
    TieLine,
)
from graph.questions.scene_answer import SceneAnswer
from graph.spreadsheet import BOM, csv_line
from graph.values import plain
from visualize import lines
from visualize.lines import fold, lines_of
from visualize.links import Links
from visualize.telling import Teller, refs_of
from visualize.wording import Lang, Named, Words

FLAGS = ("tie_in_force", "participated", "hosted", "counterparty", "credited", "confirmed")
ANSWER_COLUMNS = (
    "part", "name", "id", "home", "grade", "relation", "status", "date", "stage", "currency",
    "amount", "approximate", "count", "at_partner", "firms_count", "named", *FLAGS,
    "independent_sources", "missing", "remark", "citations", "data",
)  # fmt: skip
SCENE_COLUMNS = (
    "part", "name", "kind", "id", "country", "relation", "to", "to_id", "facts", "quote", "note",
    "citations", "data",
)  # fmt: skip

Line = dict[str, str]


def answer_sheet(answer: BeneficiariesAnswer, *, lang: Lang, nodes: Sequence[Named] = ()) -> str:
    """The answer for a partner as CSV: every number that its page shows.

    Amounts are plain numbers, texts that look like formulas are led by `'`. `nodes` as of
    `page.answer_page`.
    """
    telling = _Telling(answer, Words(lang), nodes)
    return table(ANSWER_COLUMNS, telling.lines(), answer.dataset_version, lang)


def scene_sheet(
    answer: NeighbourhoodAnswer | SceneAnswer, *, lang: Lang, nodes: Sequence[Named] = ()
) -> str:
    """What a picture shows as CSV: its nodes, then each statement with its citation."""
    words = Words(lang)
    known = {node.id: node for node in (answer.center, *answer.nodes)}
    teller = Teller(words, Links(lang, offline=True), [*known.values(), *nodes])
    drawn = lines_of(answer) if isinstance(answer, SceneAnswer) else fold(answer.claims)
    statements = stated(drawn, answer.citations, teller)
    rows = [*_nodes(known, teller, words), *statements]
    return table(SCENE_COLUMNS, rows, answer.dataset_version, lang)


def _nodes(known: Mapping[str, Ref], teller: Teller, words: Words) -> Iterator[Line]:
    for node in known.values():
        party = teller.party(node.id)
        yield {
            "part": "node",
            "name": party.name,
            "kind": words.of("kind", node.kind),
            "id": node.id,
            "country": node.country or "",
        }


def told(claims: Iterable[Claim], citations: Sequence[Citation], teller: Teller) -> Iterator[Line]:
    """A line for each claim, with its citation; those of one kind between two ends together."""
    return stated(fold(claims), citations, teller)


def stated(
    drawn: Iterable[lines.Line], citations: Sequence[Citation], teller: Teller
) -> Iterator[Line]:
    """The same for what is folded already."""
    for line in drawn:
        for said in teller.tell(line, citations).statements:
            where = said.cited
            yield {
                "part": "relation",
                "name": said.start.name,
                "kind": teller.words.of("kind", said.start.kind),
                "id": said.start.id,
                "relation": said.relation,
                "to": said.end.name,
                "to_id": said.end.id,
                "facts": " · ".join(said.facts),
                "quote": said.quote or "",
                "note": said.note or "",
                "citations": " · ".join((where.title, *where.place)) if where else "",
            }


def tied(tie: TieLine, teller: Teller) -> Line:
    """A tie as a line; who has it is the caller's to say."""
    words = teller.words
    return {
        "part": "tie",
        "relation": words.tie(tie.kind, tie.form),
        "status": words.of("status", tie.status),
        "date": words.date(tie.signed_on),
        "independent_sources": str(tie.independent_sources),
        "citations": cited(tie.citations, teller),
    }


def cited(citations: Iterable[Citation], teller: Teller) -> str:
    """Citations as a reader cites them, joined by `; `."""
    found = (teller.cite(citation) for citation in citations)
    return "; ".join(" · ".join((one.title, *one.place)) for one in found)


def table(columns: Sequence[str], lines: Iterable[Line], version: str, lang: Lang) -> str:
    """Headings and lines as CSV; the first column is told in words, the last is the version."""
    words = Words(lang)
    made = [BOM + csv_line(words.of("column", one) for one in columns)]
    for line in lines:
        full = line | {"part": words.of("row", line["part"]), "data": version[:12]}
        made.append(csv_line(full.get(one, "") for one in columns))
    return "".join(made)


class _Telling:
    """The lines of an answer, part by part."""

    def __init__(
        self, answer: BeneficiariesAnswer, words: Words, nodes: Sequence[Named] = ()
    ) -> None:
        self._answer, self._words = answer, words
        self._teller = Teller(words, Links(words.lang, offline=True), [*refs_of(answer), *nodes])

    def lines(self) -> Iterator[Line]:
        """All lines: the partner first, the sources last."""
        answer, words = self._answer, self._words
        yield self._named("partner", answer.partner) | {
            "home": words.name(answer.home) if answer.home else "",
            "date": words.date(answer.as_of) if answer.as_of else "",
            "remark": words.coverage(answer),
        }
        yield from map(self._tie, answer.ties)
        for firm in answer.beneficiaries:
            yield from self._firm(firm)
        yield from map(self._result, answer.not_attributable)
        for line in answer.unnamed:
            yield self._named("unnamed", line.mission) | {
                "firms_count": str(line.firms_count),
                "named": str(line.named),
                "citations": cited(line.citations, self._teller),
            }
        for citation in answer.coverage.citations:
            said = cited([citation], self._teller)
            yield {"part": "source", "id": citation.source, "citations": said}

    def _named(self, part: str, node: Ref) -> Line:
        return {"part": part, "name": self._words.name(node), "id": node.id}

    def _tie(self, tie: HomeTieLine) -> Line:
        return tied(tie, self._teller) | self._named("tie", tie.home)

    def _firm(self, firm: Beneficiary) -> Iterator[Line]:
        words, flags = self._words, firm.flags
        chains = [citation for chain in firm.evidence for citation in chain.citations]
        line = self._named("firm", firm.firm) | {
            "home": words.name(firm.home) if firm.home else "",
            "grade": words.of("grade", firm.grade),
            **{flag: words.ui("yes" if getattr(flags, flag) else "no") for flag in FLAGS},
            "independent_sources": str(flags.independent_sources),
            "missing": " ".join(words.missing(gap) for gap in firm.missing),
            "citations": cited(dict.fromkeys(chains), self._teller),
        }
        for amount in firm.amounts or (None,):
            yield line | (self._amount(amount) if amount else {})

    def _amount(self, amount: Amount) -> Line:
        words = self._words
        about = any(deal.approximate for deal in amount.deals)
        dates = [words.date(deal.date) for deal in amount.deals if deal.date]
        return {
            "stage": words.of("stage", amount.stage),
            "currency": amount.currency,
            "amount": plain(amount.amount),
            "approximate": words.ui("approximately") if about else "",
            "count": "" if amount.count is None else str(amount.count),
            "at_partner": words.ui("at_partner" if amount.at_partner else "elsewhere"),
            "date": ", ".join(dict.fromkeys(dates)),
        }

    def _result(self, line: NotAttributable) -> Line:
        words = self._words
        return {
            "part": "unattributed",
            "id": line.deal.id,
            "date": words.date(line.deal.date) if line.deal.date else "",
            "stage": words.of("stage", line.stage) if line.stage else "",
            "currency": line.currency or "",
            "amount": "" if line.amount is None else plain(line.amount),
            "approximate": words.ui("approximately") if line.deal.approximate else "",
            "count": "" if line.count is None else str(line.count),
            "remark": words.of("not_attributable", line.why),
            "citations": cited(line.citations, self._teller),
        }
