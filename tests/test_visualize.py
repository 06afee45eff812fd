"""The picture, its words and its pages, as far as they can be judged without a browser."""

import json
import math
import random
import re
import string
from collections.abc import Iterable
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from graph.claims import CLAIM_KINDS
from graph.model import NODE_KINDS, Deal
from graph.questions.answers import (
    Found,
    Missing,
    Neighbour,
    NotAttributable,
    Ref,
    SearchAnswer,
)
from graph.search import Match
from graph.values import Form, Grade, Role, Stage, Status
from tests import example_answers as example
from visualize import assets, layout, page, style
from visualize.network import graph_to_pyvis
from visualize.templating import environment, web_link
from visualize.wording import LANGUAGES, Lang, Noun, Words, tables

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "visualize/static"
CENTER = example.BANDUNG
NODES = [CENTER, *example.around().nodes]
CLAIMS = list(example.around().claims)


def net() -> Any:
    return graph_to_pyvis(NODES, CLAIMS, CENTER.id)


# ---------------------------------------------------------------- graph_to_pyvis


def test_every_node_keeps_its_id_label_and_place() -> None:
    nodes = {node["id"]: node for node in net().nodes}
    assert nodes.keys() == {node.id for node in NODES}
    assert nodes[CENTER.id]["label"] == "반둥"
    assert (nodes[CENTER.id]["x"], nodes[CENTER.id]["y"]) == (0, 0)
    assert all(isinstance(node["x"], float) for node in nodes.values())


def test_no_title_no_group_no_physics_and_options_are_a_dict() -> None:
    made = net()
    assert made.directed is True
    assert not any({"title", "group"} & node.keys() for node in made.nodes)
    assert not any("title" in edge for edge in made.edges)
    assert isinstance(made.options, dict)
    assert made.options["physics"] == {"enabled": False}
    assert made.options["interaction"]["keyboard"] == {"enabled": False}
    assert made.options["nodes"]["font"] == {"size": 0}


def test_parallel_claims_of_one_kind_are_one_counted_edge() -> None:
    edges = net().edges
    hosted = [edge for edge in edges if edge["kind"] == "HOSTED"]
    assert [edge["count"] for edge in hosted] == [2]
    assert hosted[0]["id"] == min(example.ORGANISED.id, example.VENUE.id)
    assert len({edge["id"] for edge in edges}) == len(edges)


def test_edges_are_straight_unless_parallel_and_then_apart() -> None:
    pairs: dict[frozenset[str], list[Any]] = {}
    for edge in net().edges:
        pairs.setdefault(frozenset((edge["from"], edge["to"])), []).append(edge)
    for parallel in pairs.values():
        if len(parallel) == 1:
            assert parallel[0]["smooth"] == {"enabled": False}
        bends = {_bend(edge) for edge in parallel}
        assert len(bends) == len(parallel)
    assert max(len(parallel) for parallel in pairs.values()) == 3


def _bend(edge: dict[str, Any]) -> float:
    smooth = edge["smooth"]
    if not smooth["enabled"]:
        return 0.0
    side = 1 if smooth["type"] == "curvedCW" else -1
    way = 1 if edge["from"] < edge["to"] else -1
    return float(side * way * smooth["roundness"])


def test_undirected_kinds_have_no_arrow() -> None:
    arrows = {edge["kind"]: edge["arrows"]["to"]["enabled"] for edge in net().edges}
    assert arrows["SISTER_CITY"] is False
    assert arrows["SENT"] is True


def test_a_node_given_twice_is_drawn_once() -> None:
    made = graph_to_pyvis([*NODES, CENTER], [*CLAIMS, *CLAIMS], CENTER.id)
    assert made.nodes == net().nodes
    assert made.edges == net().edges


@pytest.mark.parametrize("bad", ["constructor", "01", "", "city:", "city:<b>", "__proto__:x"])
def test_an_odd_id_is_refused(bad: str) -> None:
    odd = Ref(id=bad, kind="City", name="x", names={}, country=None)
    with pytest.raises(ValueError, match="no id of a node"):
        graph_to_pyvis([CENTER, odd], [], CENTER.id)


def test_a_claim_without_its_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="not among the nodes"):
        graph_to_pyvis([CENTER], [example.TIE], CENTER.id)
    with pytest.raises(ValueError, match="centre"):
        graph_to_pyvis(NODES, CLAIMS, "city:nowhere")


def test_an_empty_name_is_never_a_label() -> None:
    blank = Ref(id="firm:acme", kind="Firm", name="", names={"ko": " "}, country=None)
    made = graph_to_pyvis([CENTER, blank], [], CENTER.id)
    assert {node["id"]: node["label"] for node in made.nodes}["firm:acme"] == "기업 acme"


def test_the_page_by_itself_is_ours_and_whole() -> None:
    html = net().generate_html()
    assert "그린존" in html
    assert 'id="graph-nodes"' in html
    assert not re.search(r"cdnjs|bootstrap|mynetwork|tom-select|drawGraph", html)
    assert not re.search(r"""(src|href)=["'](?!data:)""", html.split("<style>")[0])


def test_every_page_with_a_picture_is_pyviss_with_our_template() -> None:
    for html in (
        page.answer_page(example.bandung(), example.around(), lang="ko"),
        example.scene_page(),
        page.offline_page(example.around(), lang="ko"),
    ):
        nodes = _block(html, "graph-nodes")
        assert {"id", "label", "shape", "x", "y"} <= nodes[0].keys()
        assert _block(html, "graph-options")["physics"] == {"enabled": False}
        assert not re.search(r"cdnjs|bootstrap|mynetwork|drawGraph", html)


def _block(html: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[1])


def test_json_keeps_hangul_and_order_and_refuses_nan() -> None:
    template = environment().from_string("{{ value | tojson }}")
    assert template.render(value={"b": "반둥", "a": 1}) == '{"b": "반둥", "a": 1}'
    assert "</script>" not in template.render(value="</script>")
    with pytest.raises(ValueError, match="JSON"):
        template.render(value=math.nan)


# ---------------------------------------------------------------- layout


def crowd(seed: int) -> tuple[list[tuple[str, int]], list[tuple[str, str]]]:
    rng = random.Random(seed)  # noqa: S311 (a test's dice)
    first = [f"city:{i}" for i in range(rng.randint(1, 40))]
    second = [f"firm:{i}" for i in range(rng.randint(0, 40))]
    edges = [("city:center", one) for one in first]
    edges += [(rng.choice(first), one) for one in second]
    nodes = [("city:center", 0), *((one, rng.randint(0, 8)) for one in first + second)]
    rng.shuffle(nodes)
    rng.shuffle(edges)
    return nodes, edges


@pytest.mark.parametrize("seed", range(25))
def test_no_line_runs_through_another_node(seed: int) -> None:
    nodes, edges = crowd(seed)
    places = layout.ego(nodes, edges, "city:center")
    assert places.keys() == {node for node, _ in nodes}
    assert places["city:center"] == (0, 0)
    for one, two in combinations(places.values(), 2):
        assert math.dist(one, two) > 40
    for edge in edges:
        for node, spot in places.items():
            if node not in edge:
                assert _distance(spot, places[edge[0]], places[edge[1]]) > 20, (node, edge)


@pytest.mark.parametrize("count", range(4, 15))
def test_a_line_between_neighbours_runs_through_no_node_either(count: int) -> None:
    ring = [f"firm:{i:02}" for i in range(count)]
    spokes = [("city:center", node) for node in ring]
    for other in ring[2 : count - 1]:
        edges = [*spokes, (ring[0], other)]
        nodes = [("city:center", 0), *((node, 1) for node in ring)]
        places = layout.ego(nodes, edges, "city:center")
        for edge in edges:
            for node, spot in places.items():
                if node not in edge:
                    assert _distance(spot, places[edge[0]], places[edge[1]]) > 20, (node, edge)


def _distance(spot: layout.Point, one: layout.Point, two: layout.Point) -> float:
    steps = [i / 60 for i in range(61)]
    return min(
        math.dist(spot, (one[0] + (two[0] - one[0]) * t, one[1] + (two[1] - one[1]) * t))
        for t in steps
    )


def test_the_layout_does_not_depend_on_the_order_given() -> None:
    nodes, edges = crowd(3)
    first = layout.ego(nodes, edges, "city:center")
    turned = [(two, one) for one, two in reversed(edges)]
    assert layout.ego(nodes[::-1], turned, "city:center") == first


def test_what_nothing_reaches_has_a_place_too() -> None:
    places = layout.ego([("a:1", 0), ("b:1", 1), ("c:1", 2)], [("a:1", "b:1")], "a:1")
    assert len(set(places.values())) == 3


def test_a_thousand_nodes_are_placed_at_once() -> None:
    nodes = [("city:c", 0), *((f"firm:{i}", i % 7) for i in range(1000))]
    places = layout.ego(nodes, [("city:c", node) for node, _ in nodes[1:]], "city:c")
    assert len(set(places.values())) == 1001


# ---------------------------------------------------------------- style


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(two)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_kind_has_a_look_of_its_own() -> None:
    assert style.NODES.keys() == set(NODE_KINDS)
    assert style.CLAIMS.keys() == set(CLAIM_KINDS)
    assert len(set(style.NODES.values())) == len(NODE_KINDS)
    marks = {(mark.shape, mark.hollow) for mark in style.NODES.values()}
    assert len(marks) == len(NODE_KINDS), "a shape tells a kind without its colour"
    assert len(set(style.CLAIMS.values())) == len(CLAIM_KINDS)


def test_six_colours_each_seen_on_light_and_dark() -> None:
    used = {mark.colour for mark in style.NODES.values()}
    used |= {line.colour for line in style.CLAIMS.values()}
    assert used == set(style.COLOURS)
    assert len(used) <= 6
    assert style.SELECTION not in used
    for colour in {*used, style.SELECTION}:
        for ground in style.CANVAS.values():
            assert contrast(colour, ground) >= 3, (colour, ground)


def test_the_canvas_of_the_page_is_the_canvas_of_the_style() -> None:
    tokens = (STATIC / "tokens.css").read_text("utf-8")
    light, dark = tokens.split("@media")
    assert f"--wash: {style.CANVAS['light']}" in light
    assert f"--wash: {style.CANVAS['dark']}" in dark
    assert f"--selection: {style.SELECTION}" in light


def test_text_is_legible_in_both_themes() -> None:
    light, dark = (STATIC / "tokens.css").read_text("utf-8").split("@media")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light))
    for values in (found, found | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark))):
        pairs = [(text, ground) for text in ("ink", "soft", "link") for ground in ("paper", "wash")]
        pairs += [(name, f"{name}-ground") for name in ("good", "fair", "weak", "gap")]
        pairs += [("on-accent", "accent"), ("gap", "paper"), ("gap", "wash")]
        for text, ground in pairs:
            assert contrast(values[text], values[ground]) >= 4.5, (text, ground)
        assert contrast(values["control"], values["paper"]) >= 3


# ---------------------------------------------------------------- words


def test_both_languages_say_the_same_things() -> None:
    korean, english = tables("ko"), tables("en")
    assert {name: rows.keys() for name, rows in korean.items()} == {
        name: rows.keys() for name, rows in english.items()
    }
    for name, rows in korean.items():
        for key, text in rows.items():
            assert text.strip(), (name, key)
            assert _gaps(text) == _gaps(english[name][key]), (name, key)


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_of_the_model_has_a_word(lang: Lang) -> None:
    words = tables(lang)
    reasons = get_args(NotAttributable.model_fields["why"].annotation)
    closed: dict[str, Iterable[object]] = {
        "kind": NODE_KINDS,
        "claim": CLAIM_KINDS,
        "stage": Stage,
        "stage_note": Stage,
        "grade": Grade,
        "grade_why": Grade,
        "form": Form,
        "role": Role,
        "status": [*Status, "disputed"],
        "not_attributable": reasons,
        "flag": get_args(Missing.model_fields["flag"].annotation),
    }
    for table, values in closed.items():
        assert {str(value) for value in values} <= words[table].keys(), table


@pytest.mark.parametrize(
    ("noun", "particles", "said"),
    [
        ("협약", "은/는", "협약은"),
        ("자매도시", "은/는", "자매도시는"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("MOU", "은/는", "MOU은(는)"),
        ("", "이/가", "이(가)"),
    ],
)
def test_a_korean_particle_fits_its_noun(noun: str, particles: str, said: str) -> None:
    assert format(Noun(noun), particles) == said


GAPS = {
    "no_tie_on_record": {},
    "tie_not_in_force_yet": {
        "begins": "2025-11-12",
        "tie_kind": "agreement",
        "signed_on": "2025-11-13",
    },
    "tie_only_proposed": {"tie_kind": "exchange_city"},
    "tie_not_known_in_force": {"begins": "unknown", "tie_kind": "TWINNED"},
    "no_counterparty": {},
    "no_credit": {},
    "no_statement": {},
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", GAPS)
def test_what_is_missing_is_said_in_a_sentence(code: str, lang: Lang) -> None:
    gap = Missing(flag="tie_in_force", why="in English", code=code, values=GAPS[code])
    said = Words(lang).missing(gap)
    assert said.endswith(".")
    assert not re.search(r"[{}_]|unknown\b(?! date)", said.replace("date unknown", ""))
    bare = Words(lang).missing(gap.model_copy(update={"values": {}}))
    assert not re.search(r"[{}_]", bare)


def test_an_unknown_code_is_told_as_the_answer_tells_it() -> None:
    gap = Missing(flag="credited", why="{not} a pattern", code="new_code", values={})
    assert Words("ko").missing(gap) == "{not} a pattern"


def test_a_deal_is_called_by_stage_and_amount() -> None:
    deal = Deal.model_validate(
        {"id": "deal:a.b", "stage": "mou", "amount": "2600000.50", "currency": "USD"}
    )
    assert Words("ko").name(deal) == "수출 MOU USD\N{NO-BREAK SPACE}2,600,000.5"
    assert Words("en").name(Deal(id="deal:a.b", stage=Stage.ADOPTION, reach=3_000_000)) == (
        "adoption users 3,000,000"
    )


# ---------------------------------------------------------------- pages


def text_of(html: str) -> str:
    body = re.sub(r"<(script|style).*?</\1>", " ", html.partition("<body")[2], flags=re.S)
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_answer_reads_without_scripts() -> None:
    said = text_of(page.answer_page(example.bandung(), example.around(), lang="ko"))
    for firm in example.FIRM_REFS:
        assert firm.name in said
    for piece in (
        "근거로 뒷받침 5",
        "USD\N{NO-BREAK SPACE}600,000",
        "USD\N{NO-BREAK SPACE}5,700,000",
        "계약 추진",
        "자매도시",
        "유지 중",
        "6번째 줄",
        "2008-06-10",
        "2025-11-13",
        "기업 7곳 참가, 그 가운데 5곳만 이름이",
        "혜택이 없다는 뜻이 아닙니다",
    ):
        assert piece in said, piece


def test_the_same_answer_in_english() -> None:
    html = page.answer_page(example.bandung(), example.around(), lang="en")
    assert '<html lang="en">' in html
    said = text_of(html)
    for piece in ("Supported by evidence 5", "Green Zone", "line 6", "not an export", "MOU"):
        assert piece in said or piece == "MOU"
    assert not re.search(r"(caused|led to|thanks to|because of)(?! a result)", said)


def test_nothing_found_is_not_no_benefit() -> None:
    said = text_of(page.answer_page(example.nothing(), example.around(), lang="en"))
    assert "does not mean that there was no benefit" in said
    assert "Firms 0" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_keeps_the_language_and_is_ours_or_the_web(lang: Lang) -> None:
    html = page.answer_page(example.bandung(), example.around(), lang=lang)
    links = re.findall(r'href="([^"]*)"', html.partition("<body")[2])
    assert len(links) > 20
    other = 'lang="en"' if lang == "ko" else 'lang="ko"'
    assert other in html
    for link in links:
        assert link.startswith(("/", "#", "https://news.example.org/"))
        if link.startswith(("/?", "/view")):
            assert re.search(r"lang=(ko|en)$", link)
    assert sum(f"lang={lang}" not in link for link in links if link.startswith("/?")) == 1


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "https://a.example/\nx", "//a.example", "", None],
)
def test_only_web_addresses_are_links(address: str | None) -> None:
    assert web_link(address) is None
    answer = example.scene().model_copy(update={"citations": (example.cite(5, url=address),)})
    assert 'class="original"' not in example.scene_page(answer)


def test_search_home_entity_and_error_pages() -> None:
    found = SearchAnswer(
        results=(Found(entity=CENTER, matched="Bandoeng", match=Match.WHOLE),), capped=True
    )
    said = text_of(page.search_page(found, "반둥", lang="ko"))
    assert "‘반둥’ 검색 결과" in said
    assert "일치한 이름: Bandoeng" in said
    assert " 1건" in said
    some = found.model_copy(update={"next": "more"})
    assert "처음 1건" in text_of(page.search_page(some, "반둥", lang="ko"))
    assert "존재하지 않는다는 뜻은 아닙니다" in text_of(
        page.search_page(SearchAnswer(results=()), "x", lang="ko")
    )
    home = page.home_page([page.Suggestion(CENTER, example.SUWON)], lang="ko")
    assert "/?partner=city%3AQ10389&amp;home=city%3AQ20934&amp;lang=ko" in home
    assert "찾을 수 없습니다" in page.error_page(404, "x", lang="ko")
    assert "Which one is meant?" in page.error_page(422, "x", lang="en", candidates=[CENTER])
    assert "Something went wrong" in page.error_page(418 + 100, "x", lang="en")


def test_a_crowd_is_cut_and_the_page_says_so() -> None:
    firms = [example.ref(f"firm:f{i}", f"기업{i}", f"Firm {i}") for i in range(200)]
    answer = example.around().model_copy(
        update={
            "nodes": tuple(
                Neighbour(**firm.model_dump(), distance=1) for firm in [example.MISSION_REF, *firms]
            ),
            "claims": tuple(example.joined(firm.id, 1) for firm in firms),
        }
    )
    html = page.offline_page(answer, lang="en")
    assert "Drawn: 150 of 202." in html
    assert len(_block(html, "graph-nodes")) == 150
    assert html.count('<tr data-line="') == 200


# ---------------------------------------------------------------- files


def test_the_vendored_files_are_the_ones_we_checked() -> None:
    vendor = STATIC / "vendor"
    lines = (vendor / "CHECKSUMS").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {path.name for path in vendor.iterdir()} - {"CHECKSUMS"}
    assert listed.keys() == there
    for name, expected in listed.items():
        assert sha256((vendor / name).read_bytes()).hexdigest() == expected, name
    assert "@version 10.1.5" in (vendor / "vis-network.min.js").read_text("utf-8")[:400]


def test_only_listed_files_are_served() -> None:
    assert assets.asset("app.js")
    assert assets.asset("vendor/vis-network.min.js")
    for name in ("../page.py", "vendor/CHECKSUMS", "/etc/passwd", "", ".", "app.js/"):
        assert assets.asset(name) is None
    assert all(one.body and one.etag for one in assets.assets().values())


def test_every_module_is_small_and_sent_after_those_it_needs() -> None:
    modules = {path.name for path in STATIC.glob("*.js")}
    sent = [name for bundle in assets.BUNDLES.values() for name in bundle]
    assert sorted(sent) == sorted(modules), "each is in one script"
    assert all((STATIC / name).read_text("utf-8").count("\n") < 250 for name in modules)
    for name in modules:  # a text over several lines would lose its indents when it is sent
        lines = (STATIC / name).read_text("utf-8").splitlines()
        assert all(line.count("`") % 2 == 0 for line in lines), name
    styles = {path.name for path in STATIC.glob("*.css")}
    assert styles == {*assets.STYLES, *assets.SCENE_STYLES}
    for together in (assets.MODULES, *assets.BUNDLES.values()):
        for index, name in enumerate(together):
            text = (STATIC / name).read_text("utf-8")
            for needed in set(re.findall(r'from "\./([a-z]+\.js)"', text)) & set(together):
                assert needed in together[:index], f"{name} comes before {needed}"


def test_the_policy_allows_nothing_inline_and_nothing_foreign() -> None:
    policy = assets.content_security_policy()
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "'nonce-abc'" in assets.content_security_policy("abc")
    assert "unsafe" not in assets.inlined().policy


def test_no_template_has_inline_style_or_handler() -> None:
    for path in (ROOT / "visualize/templates").glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"""\s(style|on[a-z]+)\s*=\s*["']""", text), path.name
        assert not re.search(
            r"\|\s*safe", re.sub(r"\{\{ (inlined\(\)|own)\.\w+ \| safe \}\}", "", text)
        )
