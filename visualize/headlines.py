"""The first numbers of a page: what there is of it, each a link to where it is told."""

from __future__ import annotations

from dataclasses import dataclass

from graph.questions.answers import BeneficiariesAnswer
from graph.questions.profiles import ProfileAnswer
from visualize.links import HOME_COUNTRY
from visualize.wording import Words

_MOST = 6
_WHEREABOUTS = frozenset({"IN_COUNTRY.out", "LOCATED_IN.out", "PART_OF.out"})


@dataclass(frozen=True)
class Headline:
    """A number at the head of a page, and where on it that is told."""

    word: str
    number: int
    anchor: str


def of_profile(answer: ProfileAnswer, words: Words) -> list[Headline]:
    """Of an entity: ties and their countries, then the parts in order; none that is 0."""
    found = [
        Headline(words.ui("ties"), answer.ties_count, "ties"),
        Headline(words.ui("tie_countries"), answer.tie_countries, "ties"),
    ]
    found += [
        Headline(words.of("part", part), count, f"part-{part}")
        for part, count in answer.counts.items()
        if part not in _WHEREABOUTS
    ]
    return [one for one in found if one.number][:_MOST]


def of_answer(answer: BeneficiariesAnswer, words: Words) -> list[Headline]:
    """Of a partner: firms, ties at home and abroad, what no firm has, sources; none that is 0."""
    ours = sum(tie.home.country == HOME_COUNTRY for tie in answer.ties)
    found = [
        Headline(words.ui("firms"), len(answer.beneficiaries), "firms"),
        Headline(words.ui("ties_at_home"), ours, "ties"),
        Headline(words.ui("ties_abroad"), len(answer.ties) - ours, "ties"),
        Headline(words.ui("not_attributable"), len(answer.not_attributable), "unattributed"),
        Headline(words.ui("sources_read"), answer.coverage.sources_read, "sources"),
    ]
    return [one for one in found if one.number]
