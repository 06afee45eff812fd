"""What the search box offers while one types: the question typed, questions about a name, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.questions.answers import Ref, SearchAnswer
from visualize.links import HOME_COUNTRY, Links
from visualize.wording import Lang, Named, Words


@dataclass(frozen=True)
class Offer:
    """A line under the box; `kind` is a kind of node, or `question`, which has no id."""

    kind: str
    name: str
    note: str
    url: str
    id: str = ""


def offers(
    answer: SearchAnswer,
    links_of: Mapping[str, int],
    *,
    lang: Lang,
    asked: tuple[str, str] | None = None,
    nodes: Sequence[Named] = (),
) -> list[Offer]:
    """`asked` is a question as it was typed, with its address, and comes first.

    Then the best name with its questions, then the other names; `links_of` counts the claims
    of each, `nodes` name countries.
    """
    words, links = Words(lang), Links(lang)
    countries = {node.id[8:]: words.name(node) for node in nodes if node.kind == "Country"}
    found = [Offer("question", asked[0], words.ui("a_question"), asked[1])] if asked else []
    for at, hit in enumerate(answer.results):
        ref = hit.entity
        note = [words.of("kind", ref.kind)]
        if ref.country and ref.kind != "Country":
            note.append(countries.get(ref.country, ref.country))
        note.append(words.ui("links", n=words.count(links_of.get(ref.id, 0))))
        url = links.entity(ref.id) or ""
        found.append(Offer(ref.kind, words.name(ref), " · ".join(note), url, ref.id))
        if at == 0:
            found += _about(ref, words, links)
    return found


def _about(ref: Ref, words: Words, links: Links) -> list[Offer]:
    """The questions about a city or body that its name could be asked with."""
    name = words.name(ref)
    told: list[tuple[str, str | None]] = []
    if ref.kind in {"City", "Organization"} and ref.country != HOME_COUNTRY:
        told.append((words.ui("phrase_firms", name=name), links.answer(ref.id)))
    if ref.kind == "City":
        told.append((words.ui("phrase_ties", name=name), links.ties(ref.id)))
    if ref.kind == "City" and ref.country == HOME_COUNTRY:
        told.append((words.ui("phrase_gaps", name=name), links.gaps(ref.id)))
    return [Offer("question", said, words.ui("a_question"), url or "") for said, url in told]


def phrases(partner: Ref | None, home: Ref | None, lang: Lang) -> list[str]:
    """The phrases of the first page, about a partner and a home that are on record."""
    words = Words(lang)
    found = []
    if partner:
        found.append(words.ui("phrase_firms", name=words.name(partner)))
    if home:
        found.append(words.ui("phrase_ties", name=words.name(home)))
    if partner and home:
        ends = {"start": words.name(home), "goal": words.name(partner)}
        found.append(words.ui("phrase_path", **ends))
    return [*found, words.ui("phrase_all_gaps")]
