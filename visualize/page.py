"""The pages: pure functions from answers to HTML, in Korean or English.

The pages with a picture come from pyvis (`network.render`), the others from the same
templates without one. None of them needs JavaScript to be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from graph.dates import PartialDate
from graph.questions.answers import (
    BeneficiariesAnswer,
    Beneficiary,
    Missing,
    NeighbourhoodAnswer,
    Ref,
    SearchAnswer,
)
from graph.questions.scene_answer import SceneAnswer
from graph.values import Grade
from visualize import takeaway
from visualize.explorer import look
from visualize.frame import GRADES, frame, plain
from visualize.headlines import of_answer
from visualize.lines import spans_of
from visualize.links import Links, other_language
from visualize.network import render
from visualize.offers import phrases
from visualize.overview import MatrixData
from visualize.picture import Picture, draw, with_evidence
from visualize.scene import VIEWS, Scene
from visualize.slider import bars
from visualize.steps import steps
from visualize.telling import Teller, refs_of
from visualize.timeline import timeline
from visualize.wording import Lang, Named, Words


@dataclass(frozen=True)
class Suggestion:
    """A partner to try from the first page, and whose firms to ask about."""

    partner: Ref
    home: Ref | None = None


@dataclass(frozen=True)
class GradeGroup:
    """The firms of one grade; `missing` is told once if it is the same for all of several."""

    grade: Grade
    firms: tuple[Beneficiary, ...]
    missing: tuple[Missing, ...]


def home_page(
    suggestions: Sequence[Suggestion] = (),
    *,
    lang: Lang,
    nodes: Sequence[Named] = (),
    empty: bool = False,
) -> str:
    """The first page: a search box, a few partners to try, and how to read an answer.

    `nodes` name countries, here and on the next page, else their code is shown; `empty` is told.
    """
    common = frame(lang, "/", {}, nodes)
    first = next((one for one in suggestions if one.home), None)
    said = phrases(first.partner if first else None, first.home if first else None, lang)
    told = {"suggestions": suggestions, "phrases": said, "empty": empty}
    return plain("home.html", common | told)


def search_page(
    answer: SearchAnswer, query: str, *, lang: Lang, nodes: Sequence[Named] = ()
) -> str:
    """What a search found, or that nothing of that name is on record."""
    common = frame(lang, "/", {"q": query}, nodes)
    return plain("search.html", common | {"answer": answer, "query": query})


def answer_page(
    answer: BeneficiariesAnswer,
    neighbourhood: NeighbourhoodAnswer,
    *,
    lang: Lang,
    nodes: Sequence[Named] = (),
    begun: Mapping[str, PartialDate | None] | None = None,
) -> str:
    """Which firms benefit from a partner, with the evidence, and the network around it.

    `nodes` are those of `telling.ids_to_name(neighbourhood, answer)`, deals as `Deal`;
    `begun` tells when missions began.
    """
    query = {
        "partner": answer.partner.id,
        "home": answer.home.id if answer.home else None,
        "as_of": answer.as_of,
    }
    common = frame(lang, "/", query, nodes)
    words, links = Words(lang), Links(lang)
    named = [neighbourhood.center, *neighbourhood.nodes, *refs_of(answer), *nodes]
    picture = draw(with_evidence(neighbourhood, answer, named), words, links, nodes)
    teller = Teller(words, links, named)
    context = common | {
        "answer": answer,
        "picture": picture,
        "teller": teller,
        "line": timeline(answer, neighbourhood, teller, begun or {}),
        "headlines": of_answer(answer, words),
        "ladders": steps(answer),
        "by_grade": _by_grade(answer),
        "take": takeaway.of_answer(answer, words, links),
    }
    return render(picture.net, "answer.html", context)


def view_page(
    answer: SceneAnswer,
    scene: Scene,
    *,
    nodes: Sequence[Named] = (),
    matrix: MatrixData | None = None,
    embed: bool = False,
) -> str:
    """A scene: the picture, the list that says the same, the filters and the panel.

    `nodes` are those of `telling.ids_to_name(answer)`; `matrix` is shown where no script runs;
    `embed` offers the code that shows the scene in another page.
    """
    sight = look(answer, scene, nodes)
    words = Words(scene.lang)
    context = frame(scene.lang, "/view", {}, nodes) | {
        "sight": sight,
        "scene": scene,
        "matrix": matrix,
        "picture": sight,
        "version": answer.dataset_version,
        "switch": scene.in_language(other_language(scene.lang)).address,
        "views": VIEWS,
        "take": takeaway.of_scene(
            scene, words.name(answer.center), answer.dataset_version, words, embed=embed
        ),
    }
    return render(sight.net, "view.html", context)


def offline_page(
    neighbourhood: NeighbourhoodAnswer, *, lang: Lang, nodes: Sequence[Named] = ()
) -> str:
    """The network around a node as one HTML file that asks for nothing; `nodes` as above."""
    picture = draw(neighbourhood, Words(lang), Links(lang, offline=True), nodes)
    return _bare("offline.html", picture, lang, neighbourhood.dataset_version, nodes)


def scene_file(answer: SceneAnswer, scene: Scene, *, nodes: Sequence[Named] = ()) -> str:
    """A scene as one HTML file that asks for nothing: picture, panel, legend and list."""
    picture = _still(answer, scene, nodes)
    return _bare("offline.html", picture, scene.lang, answer.dataset_version, nodes)


def embed_page(answer: SceneAnswer, scene: Scene, *, nodes: Sequence[Named] = ()) -> str:
    """A scene as a small page to stand within another one, which links to the whole."""
    picture = _still(answer, scene, nodes)
    more = {"whole": scene.address}
    return _bare("embed.html", picture, scene.lang, answer.dataset_version, nodes, more)


def _still(answer: SceneAnswer, scene: Scene, nodes: Sequence[Named]) -> Picture:
    """A scene that no longer asks anything: it can be filtered, not opened further."""
    sight = look(answer, scene, nodes, offline=True)
    for node in sight.net.nodes:
        node.pop("left", None)
    spans = spans_of(answer)
    for edge in sight.net.edges:
        edge["spans"] = spans[edge["id"]]
    years = Counter(span[0] for told in spans.values() for span in told if span)
    return Picture(
        center=answer.center,
        net=sight.net,
        panel=sight.panel,
        node_legend=tuple(one for one in sight.kinds if one.count),
        line_legend=tuple(one for one in sight.relations if one.count),
        rows=sight.rows,
        shown=len(answer.nodes),
        total=len(answer.nodes),
        truncated=answer.cut,
        bars=bars(years),
        undated=sum(span is None for told in spans.values() for span in told),
    )


def _bare(
    template: str,
    picture: Picture,
    lang: Lang,
    version: str,
    nodes: Sequence[Named],
    more: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """A page with a picture and no way to others of ours."""
    words = Words(lang)
    context = frame(lang, "", {}, nodes) | {
        "links": Links(lang, offline=True),
        "picture": picture,
        "version": version,
        "take": takeaway.of_file(words.name(picture.center), version, words),
    }
    return render(picture.net, template, context | dict(more))


def error_page(
    status: int,
    detail: str,
    *,
    lang: Lang,
    candidates: Sequence[Ref] = (),
    query: str = "",
    nodes: Sequence[Named] = (),
    again: Mapping[str, str] | None = None,
) -> str:
    """What went wrong, said plainly; for an ambiguous name the entities it may mean.

    `nodes` may name their countries, as above; `again` has the address that asks the same
    of a candidate, by its id.
    """
    heading = Words(lang).ui(_heading(status))
    told = {
        "status": status,
        "heading": heading,
        "detail": detail,
        "candidates": candidates,
        "again": again,
    }
    common = frame(lang, "/", {"q": query or None}, nodes)
    return plain("error.html", common | told | {"about": None})


def unknown_name_page(
    status: int,
    name: str,
    *,
    lang: Lang,
    candidates: Sequence[Ref] = (),
    nodes: Sequence[Named] = (),
    again: Mapping[str, str] | None = None,
) -> str:
    """That nothing on record is so called, which is not that there is no such thing.

    `candidates` are called almost so; `nodes` may name their countries.
    """
    words = Words(lang)
    detail = f"{words.ui('no_results')} {words.ui('no_results_hint')}"
    return error_page(
        status, detail, lang=lang, candidates=candidates, query=name, nodes=nodes, again=again
    )


def wrong_kind_page(status: int, ref: Ref, kinds: Sequence[str], *, lang: Lang) -> str:
    """That a name means something of another kind than the question takes, and its own page."""
    words = Words(lang)
    takes = ", ".join(words.of("kind", kind) for kind in kinds)
    told = {
        "status": status,
        "heading": words.ui("wrong_kind"),
        "detail": words.ui(
            "wrong_kind_detail",
            name=words.name(ref),
            kind=words.of("kind", ref.kind),
            kinds=takes,
        ),
        "about": ref,
        "candidates": (),
        "again": None,
    }
    return plain("error.html", frame(lang, "/", {"q": words.name(ref)}) | told)


def _heading(status: int) -> str:
    """The key of what to say of a status: 4xx is about the request, 5xx about us."""
    if status in {429, 503, 504}:
        return "error_503"
    if status == 404:
        return "error_404"
    return "error_422" if status < 500 else "error_500"


def _by_grade(answer: BeneficiariesAnswer) -> list[GradeGroup]:
    """The firms under each grade that has any, best first, in the answer's order."""
    groups = []
    for grade in GRADES:
        firms = [firm for firm in answer.beneficiaries if firm.grade == grade]
        alike = len(firms) > 1 and all(firm.missing == firms[0].missing for firm in firms)
        if firms:
            groups.append(GradeGroup(grade, tuple(firms), firms[0].missing if alike else ()))
    return groups
