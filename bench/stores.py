"""The two columns of ours: the same questions over the embedded and the server store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench import lines
from bench.lines import Line
from graph.questions.beneficiaries import beneficiaries
from graph.questions.finding import search
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.inputs import Inputs
    from graph.claims import Claim
    from graph.nodes import Node
    from graph.questions.answers import (
        BeneficiariesAnswer,
        SearchAnswer,
        TiesAnswer,
        TotalsAnswer,
    )
    from graph.store import GraphStore, Paths, View


_SECONDS = 600.0
"""Long enough that no question is cut: what takes too long is to be seen."""


def store_lines(store: GraphStore, inputs: Inputs) -> list[Line]:
    """Every line of the workload, asked of a store of ours."""
    return [
        Line(lines.LOOKUP, inputs.lookups, lambda one: _node(store, one), _node_key),
        Line(lines.HOP, inputs.around, lambda one: _hop(store, one), _claims_key),
        Line(lines.HOPS, inputs.around, lambda one: _hops(store, one), _claims_key),
        Line(
            lines.SHORTEST, inputs.pairs, lambda two: _paths(store, two, lines.KINDS, 1), _paths_key
        ),
        Line(
            lines.SHORTEST_OF_TWO,
            inputs.city_pairs,
            lambda two: _paths(store, two, lines.TWO_KINDS, 1),
            _paths_key,
        ),
        Line(
            lines.TEN,
            inputs.pairs[:50],
            lambda two: _paths(store, two, lines.KINDS, lines.MANY),
            _paths_key,
        ),
        *(
            Line(name, partners, lambda one: _beneficiaries(store, one), _beneficiaries_key)
            for name, partners in (
                (lines.MEDIAN, inputs.medians),
                (lines.PARTNERS, inputs.partners),
                (lines.HUB, inputs.hubs),
            )
        ),
        Line(
            lines.TIES,
            inputs.tied,
            lambda one: store.read(lambda view: ties(view, one), seconds=_SECONDS),
            _ties_key,
        ),
        Line(
            lines.TOTALS,
            inputs.partners,
            lambda one: store.read(
                lambda view: totals(view, Filters(partner=one)), seconds=_SECONDS
            ),
            _totals_key,
        ),
        *(
            Line(name, inputs.words[words], lambda query: _search(store, query), _search_key)
            for words, name in lines.SEARCHES.items()
        ),
    ]


def _node(store: GraphStore, one: str) -> Node:
    return store.read(lambda view: view.get((one,)), seconds=_SECONDS)[one]


def _node_key(node: Node) -> Any:
    return node.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _hop(store: GraphStore, one: str) -> Sequence[Claim]:
    return store.read(
        lambda view: view.expand((one,), lines.KINDS, limit=lines.HOP_LIMIT), seconds=_SECONDS
    )


def _hops(store: GraphStore, one: str) -> Sequence[Claim]:
    def asked(view: View) -> Sequence[Claim]:
        near = view.expand((one,), lines.KINDS, limit=lines.HOPS_LIMIT)
        ends = {one, *(claim.from_ for claim in near), *(claim.to for claim in near)}
        return view.expand(sorted(ends), lines.KINDS, limit=lines.HOPS_LIMIT)

    return store.read(asked, seconds=_SECONDS)


def _claims_key(claims: Sequence[Claim]) -> list[str]:
    return [claim.id for claim in claims]


def _paths(store: GraphStore, two: tuple[str, str], kinds: Sequence[str], k: int) -> Paths:
    return store.read(
        lambda view: view.paths(two[0], two[1], kinds, lines.MAX_HOPS, k), seconds=_SECONDS
    )


def _paths_key(paths: Paths) -> lines.Parts:
    return lines.paths_key(paths.routes)


def _beneficiaries(store: GraphStore, one: str) -> BeneficiariesAnswer:
    return store.read(lambda view: beneficiaries(view, one), seconds=_SECONDS)


def _beneficiaries_key(answer: BeneficiariesAnswer) -> list[list[str]]:
    return sorted([line.firm.id, line.grade.value] for line in answer.beneficiaries)


def _ties_key(answer: TiesAnswer) -> list[list[Any]]:
    return sorted(
        [
            line.partner.id,
            line.kind,
            str(line.form or ""),
            str(line.signed_on or ""),
            len(line.claims),
        ]
        for line in answer.ties
    )


def _totals_key(answer: TotalsAnswer) -> list[list[Any]]:
    return sorted(
        [line.stage.value, line.currency, int(line.amount), sorted(one.id for one in line.deals)]
        for line in answer.lines
    )


def _search(store: GraphStore, query: str) -> tuple[str, SearchAnswer]:
    return query, store.read(lambda view: search(view, query, limit=lines.PAGE), seconds=_SECONDS)


def _search_key(found: tuple[str, SearchAnswer]) -> list[int]:
    query, answer = found
    return lines.page_key(query, (hit.entity.names for hit in answer.results))
