"""The pages of the questions that need no picture: ties, paths between two, ties without trade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.claims import Claim
from graph.questions.answers import Citation, Path, PathsAnswer, TieLine, TiesAnswer
from graph.questions.patterns import GapsAnswer
from visualize.charts import Years, by_year
from visualize.frame import frame, plain
from visualize.lines import fold
from visualize.links import Links
from visualize.takeaway import of_table
from visualize.telling import Party, Teller, Told
from visualize.wording import Lang, Named, Words

TIE_ORDER = ("SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY", "TWINNED", "AGREEMENT")


@dataclass(frozen=True)
class TieGroup:
    """The ties of one kind, by the partner's name."""

    kind: str
    ties: tuple[TieLine, ...]


@dataclass(frozen=True)
class Way:
    """One path: where it leads, and for each hop all that is said between the two."""

    stops: tuple[Party, ...]
    hops: tuple[tuple[Told, ...], ...]


def ties_page(answer: TiesAnswer, *, lang: Lang, nodes: Sequence[Named] = ()) -> str:
    """The ties of an entity by kind, with the years of signing and every citation.

    `nodes` may name countries, here and below; without them their code is shown.
    """
    words, links = Words(lang), Links(lang)
    refs = [answer.entity, *(tie.partner for tie in answer.ties)]
    query = {"city": answer.entity.id, "as_of": answer.as_of}
    context = frame(lang, "/ties", query, nodes) | {
        "answer": answer,
        "groups": tie_groups(answer.ties, words),
        "years": tie_years(answer.ties),
        "teller": Teller(words, links, refs),
        "take": of_table(answer.dataset_version, words, "/ties.csv", query),
    }
    return plain("ties.html", context)


def tie_groups(ties: Sequence[TieLine], words: Words) -> list[TieGroup]:
    """Ties by kind, those of a kind by the name of the partner."""
    ordered = sorted(ties, key=lambda tie: (words.name(tie.partner), tie.partner.id))
    groups = [(kind, tuple(t for t in ordered if t.kind == kind)) for kind in TIE_ORDER]
    return [TieGroup(kind, told) for kind, told in groups if told]


def tie_years(ties: Sequence[TieLine]) -> Years:
    """How many ties were signed in each year."""
    return by_year([tie.signed_on for tie in ties])


def path_page(answer: PathsAnswer, *, lang: Lang, nodes: Sequence[Named] = ()) -> str:
    """How two entities are connected, hop by hop with citations, or that they are not."""
    words, links = Words(lang), Links(lang)
    named = {ref.id: ref for path in answer.paths for ref in path.nodes}
    teller = Teller(words, links, [*named.values(), *nodes])
    query = {"from": answer.from_.id, "to": answer.to.id, "max_hops": answer.searched.max_hops}
    context = frame(lang, "/path", query, nodes) | {
        "answer": answer,
        "ways": [_way(path, teller, answer.citations) for path in answer.paths],
        "take": of_table(answer.dataset_version, words, "/path.csv", query),
    }
    return plain("path.html", context)


def _way(path: Path, teller: Teller, citations: Sequence[Citation]) -> Way:
    hops = zip(path.nodes, path.hops, strict=False)
    stops = tuple(teller.party(node.id) for node in path.nodes)
    return Way(stops, tuple(_hop(node.id, hop, teller, citations) for node, hop in hops))


def _hop(
    near: str, claims: Sequence[Claim], teller: Teller, citations: Sequence[Citation]
) -> tuple[Told, ...]:
    """All that is said between two ends; what is read either way is told from the near one."""
    return tuple(teller.tell(line, citations).seen_from(near) for line in fold(claims))


def gaps_page(
    answer: GapsAnswer,
    *,
    lang: Lang,
    query: Mapping[str, object],
    nodes: Sequence[Named] = (),
) -> str:
    """The ties without any trade on record, each with which kind of nothing it is.

    `query` is what led here, so that the next page asks the same.
    """
    words = Words(lang)
    context = frame(lang, "/gaps", query, nodes) | {
        "answer": answer,
        "asked": query,
        "teller": Teller(words, Links(lang), ()),
        "take": of_table(answer.dataset_version, words, "/gaps.csv", {"city": query.get("city")}),
    }
    return plain("gaps.html", context)
