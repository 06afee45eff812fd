"""What is asked of the product and of the second reading, in one form each, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from random import Random
from typing import Any, NamedTuple

from graph.dates import PartialDate
from graph.questions.answers import (
    BeneficiariesAnswer,
    Benefit,
    TiesAnswer,
    TotalLine,
    TotalsAnswer,
)
from graph.questions.beneficiaries import beneficiaries, benefits
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals
from graph.store import View
from graph.values import Grade
from tests import naive_answers, naive_sums, naive_ties
from tests.naive import Facts
from tests.naive_evidence import evidence
from tests.random_nodes import DATES


class Asked(NamedTuple):
    """A question about a partner."""

    partner: str
    home: str | None = None
    as_of: PartialDate | None = None
    min_grade: Grade = Grade.CO_OCCURRENCE


class Compared(NamedTuple):
    """One question, what the product says and what the second reading says."""

    question: str
    product: object
    naive: object


def everything(view: View, facts: Facts, rng: Random) -> Iterator[Compared]:
    """All questions about one world, with random filters."""
    yield nodes_compared(view, facts)
    for partner in facts.all_of("City", "Organization"):
        yield ties_compared(view, facts, partner, rng.choice(ASKED_DATES))
        home = rng.choice(facts.all_of("City"))
        yield partner_compared(view, facts, Asked(partner))
        yield partner_compared(view, facts, Asked(partner, home))
        yield partner_compared(
            view,
            facts,
            Asked(partner, rng.choice((None, home)), a_date(rng), rng.choice(list(Grade))),
        )
    for firm in facts.all_of("Firm"):
        yield firm_compared(view, facts, firm)
        yield ties_compared(view, facts, firm, None)
    for _ in range(20):
        yield totals_compared(view, facts, random_filters(facts, rng))


ASKED_DATES = (None, *(PartialDate.parse(day) for day in DATES if day))


def a_date(rng: Random) -> PartialDate:
    """A date to ask for."""
    return PartialDate.parse(rng.choice([day for day in DATES if day]))


def nodes_compared(view: View, facts: Facts) -> Compared:
    """Every visible node, all its fields."""
    found = view.get(list(facts.nodes))
    product = {one: node.model_dump() for one, node in found.items()}
    return Compared("nodes", product, {one: node.model_dump() for one, node in facts.nodes.items()})


def ties_compared(view: View, facts: Facts, entity: str, as_of: PartialDate | None) -> Compared:
    """The ties of an entity."""
    lines = naive_ties.lines_of(facts, entity, as_of)
    return Compared(
        f"ties {entity} as_of={as_of}",
        shown_ties(ties(view, entity, as_of)),
        sorted(map(told_tie, lines), key=repr),
    )


def shown_ties(answer: TiesAnswer) -> list[object]:
    """The product's tie lines."""
    return sorted(
        ((line.partner.id, *tie_parts(line)) for line in answer.ties),
        key=repr,
    )


def tie_parts(line: Any) -> tuple[object, ...]:
    """What is compared of a line of either side."""
    ids = sorted(claim.id for claim in line.claims)
    form = line.form and str(line.form)
    day = line.signed_on and str(line.signed_on)
    return line.kind, form, day, str(line.status), line.independent_sources, ids


def told_tie(line: naive_ties.Line) -> tuple[object, ...]:
    """The second reading's tie line."""
    return (line.other, *tie_parts(line))


def partner_compared(view: View, facts: Facts, asked: Asked) -> Compared:
    """Who benefits from a partner."""
    product = shown_answer(beneficiaries(view, *asked))
    return Compared(f"beneficiaries {asked}", product, told_answer(facts, asked))


def shown_answer(answer: BeneficiariesAnswer) -> dict[str, object]:
    """The product's answer about a partner."""
    return {
        "firms": {line.firm.id: shown_benefit(line) for line in answer.beneficiaries},
        "below_min_grade": answer.below_min_grade,
        "not_attributable": {one.deal.id: one.why for one in answer.not_attributable},
        "unnamed": {one.mission.id: (one.firms_count, one.named) for one in answer.unnamed},
        "ties": sorted(((line.home.id, *tie_parts(line)) for line in answer.ties), key=repr),
        "coverage": (answer.coverage.answer, answer.coverage.sources_read),
    }


def shown_benefit(line: Benefit) -> dict[str, object]:
    """The product's line about one firm and one partner."""
    return {
        "grade": str(line.grade),
        "flags": line.flags.model_dump(),
        "evidence": sorted(sorted(c.id for c in one.claims) for one in line.evidence),
        "missing": sorted(one.flag for one in line.missing),
        "amounts": {
            (str(one.stage), one.currency, one.at_partner): (
                str(one.amount),
                one.count,
                sorted(deal.id for deal in one.deals),
            )
            for one in line.amounts
        },
    }


def told_answer(facts: Facts, asked: Asked) -> dict[str, object]:
    """The second reading's answer about a partner."""
    partner, home, as_of, least = asked
    found = naive_answers.beneficiaries(facts, partner, home, as_of)
    kept = {firm: one for firm, one in found.items() if one.best.grade.rank >= least.rank}
    held = {
        claim
        for one in kept.values()
        for chain in (claims_of(facts, partner, one) if as_of else ())
        for claim in chain
    }
    return {
        "firms": {firm: told_benefit(facts, partner, one) for firm, one in kept.items()},
        "below_min_grade": len(found) - len(kept),
        "not_attributable": naive_answers.not_attributable(facts, partner, home, as_of),
        "unnamed": naive_answers.unnamed(facts, partner, home, as_of),
        "ties": sorted(
            map(told_tie, naive_answers.ties(facts, partner, home, as_of, held)), key=repr
        ),
        "coverage": naive_answers.coverage(facts, partner, found=bool(found)),
    }


def told_benefit(facts: Facts, partner: str, one: naive_answers.Benefit) -> dict[str, object]:
    """The second reading's line about one firm and one partner."""
    best, told = one.best, claims_of(facts, partner, one)
    chain = [claim for claim in facts.claims if claim.id in told[one.shown.index(best)]]
    return {
        "grade": str(best.grade),
        "flags": asdict(best.flags) | {"independent_sources": facts.lines(chain)},
        "evidence": sorted(map(sorted, told)),
        "missing": sorted(naive_answers.missing(best)),
        "amounts": {
            (str(stage), currency, here): (str(line.amount), line.count, sorted(line.deals))
            for (stage, currency, here), line in naive_answers.amounts(facts, partner, one).items()
        },
    }


def claims_of(facts: Facts, partner: str, one: naive_answers.Benefit) -> list[set[str]]:
    """The claims of the chain of each activity shown."""
    return [
        evidence(facts, partner, graded.activity, linked=graded.flags.linked)
        for graded in one.shown
    ]


def firm_compared(view: View, facts: Facts, firm: str) -> Compared:
    """The reverse: the partners of whose beneficiaries the firm is one."""
    told: dict[str, object] = {}
    for partner in facts.all_of("City", "Organization"):
        one = naive_answers.benefit(facts, partner, firm)
        if one:
            told[partner] = told_benefit(facts, partner, one)
    answer = benefits(view, firm)
    product = {line.partner.id: shown_benefit(line) for line in answer.partners}
    read = naive_answers.coverage(facts, firm, found=bool(told))
    shown = (answer.coverage.answer, answer.coverage.sources_read)
    return Compared(f"benefits {firm}", (product, shown), (told, read))


def random_filters(facts: Facts, rng: Random) -> Filters:
    """Some filters, mostly one."""
    choices: dict[str, list[str]] = {
        "city": facts.all_of("City"),
        "partner": facts.all_of("City", "Organization"),
        "place": facts.all_of("City", "Country"),
        "mission": facts.all_of("Mission", "Event", "Programme"),
        "firm": facts.all_of("Firm"),
    }
    names = rng.sample(sorted(choices), rng.choice((0, 1, 1, 1, 2)))
    asked = {name: rng.choice(choices[name]) for name in names if choices[name]}
    since, until = rng.choice(ASKED_DATES), rng.choice(ASKED_DATES)
    if rng.random() < 0.5:
        since = until = None
    if since and until and since.first > until.last:
        since, until = until, since
    return Filters(**asked, since=since, until=until)


def totals_compared(view: View, facts: Facts, filters: Filters) -> Compared:
    """Sums over the deals that pass filters."""
    names = ("city", "partner", "place", "mission", "firm")
    asked = {name: value for name in names if (value := getattr(filters, name))}
    lines, left_out = naive_sums.totals(facts, asked, filters.since, filters.until)
    told = {(str(stage), currency): told_line(line) for (stage, currency), line in lines.items()}
    product = shown_totals(facts, totals(view, filters))
    return Compared(f"totals {filters}", product, (told, sorted(left_out)))


def shown_totals(
    facts: Facts, answer: TotalsAnswer
) -> tuple[Mapping[tuple[str, str], object], object]:
    """The product's sums."""
    lines = {(str(line.stage), line.currency): shown_line(facts, line) for line in answer.lines}
    return lines, sorted((one.deal.id, str(one.reason)) for one in answer.left_out)


def shown_line(facts: Facts, line: TotalLine) -> tuple[object, ...]:
    """One of the product's sums; of what was left out also whether it is truly why."""
    counted = sorted(deal.id for deal in line.deals)
    left_out = []
    for one in line.left_out:
        same = one.reason == "same_as_counted"
        why = (naive_sums.group_of if same else naive_sums.wholes)(facts, one.deal.id)
        explained = one.because in why & set(counted)
        left_out.append((one.deal.id, str(one.reason), explained))
    return str(line.amount), line.count, counted, sorted(left_out)


def told_line(line: naive_sums.Sum) -> tuple[object, ...]:
    """One of the second reading's sums."""
    left_out = sorted((deal, reason, True) for deal, reason in line.left_out)
    return str(line.amount), line.count, sorted(line.deals), left_out
