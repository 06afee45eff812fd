"""What people come for, walked in a real Chromium over all that ships: by mouse, and by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.hands import Hand, Keys, Mouse
from tests.page_server import Site, Watched, watching

HANDS = pytest.mark.parametrize("hand", [Mouse, Keys], ids=["mouse", "keys"], indirect=True)
SUWON, RIO = "city:Q20714", "city:Q8678"


@pytest.fixture
def watched(browser: Browser, world_site: Site) -> Iterator[Watched]:
    """A page of which nothing may go wrong: no error, no foreign request, no broken policy."""
    size = {"width": 1440, "height": 900}
    with watching(browser, world_site.origin, viewport=size) as made:
        yield made
        assert made.wrongs == []


@pytest.fixture
def hand(request: pytest.FixtureRequest, watched: Watched) -> Hand:
    """Who walks."""
    made: Hand = request.param(watched.page)
    return made


def ask(watched: Watched, hand: Hand, text: str, offer: str) -> None:
    """Write in the box of the first page and take what it offers."""
    watched.page.goto(f"{watched.home}/?lang=ko")
    hand.write(watched.page.locator("#q"), text)
    hand.choose(watched.page.locator("#offers [role=option]", has_text=offer).first)


def line_of(cite: Locator) -> str:
    """Where in its source a citation points."""
    found = re.search(r"\d+번째 줄", cite.inner_text())
    assert found
    return found[0]


@HANDS
def test_from_a_partner_to_a_firm_to_the_line_of_the_article(watched: Watched, hand: Hand) -> None:
    page = watched.page
    ask(watched, hand, "반둥", "반둥으로 덕을 본 기업")
    expect(page.locator("h1")).to_contain_text("반둥")
    firm = page.locator("article.firm", has_text="그린존")
    hand.press(firm.locator("details.evidence summary").first)
    hops = firm.locator("details.evidence[open] .chain > li")
    assert hops.count() >= 3
    for hop in hops.all():
        expect(hop.locator("cite").first).to_contain_text("번째 줄")
    told = hops.filter(has_text="그린존").last
    place = line_of(told.locator("cite").first)
    hand.press(told.locator("cite a").first)
    page.wait_for_url("**/source/suwon-2008**")
    rows = page.locator("table.reading-table tbody tr", has_text="그린존")
    assert place in rows.filter(has_text=place).first.inner_text()
    page.go_back()
    expect(firm).to_be_visible()


@HANDS
def test_why_a_firm_only_appears_beside_its_partner(watched: Watched, hand: Hand) -> None:
    page = watched.page
    ask(watched, hand, "땅그랑", "땅그랑으로 덕을 본 기업")
    hand.press(page.locator("a.chip[href='#grade-co_occurrence']"))
    group = page.locator("#grade-co_occurrence")
    expect(group.locator("h3")).to_contain_text("함께 나타남")
    firm = group.locator("article.firm", has_text="아라소프트")
    expect(firm).to_contain_text("Arasoft")
    reasons = firm.locator(".missing").or_(group.locator(".missing.shared"))
    expect(reasons.first).to_contain_text("2025-11-13에 체결되었습니다")
    assert page.locator("article.firm", has_text="아라소프트").count() == 1
    hand.press(firm.locator("details.evidence summary").first)
    expect(firm.locator(".chain cite").first).to_contain_text("번째 줄")


@HANDS
def test_from_a_city_to_a_partner_without_trade(watched: Watched, hand: Hand) -> None:
    page = watched.page
    ask(watched, hand, "수원", "수원시의 자매도시 중 거래 기록이 없는 곳")
    expect(page.locator("h1")).to_contain_text("거래 기록이 없는")
    gaps = page.locator("li.record")
    assert gaps.count() >= 3
    assert gaps.filter(has_text="반둥").count() == 0
    expect(gaps.first.locator(".whole-line")).to_contain_text("읽")
    hand.press(gaps.first.locator("details.where summary"))
    expect(gaps.first.locator("details[open] cite").first).to_be_visible()
    hand.press(gaps.first.locator(".record-head a").last)
    page.wait_for_url("**/city/**")
    hand.press(page.locator("a.button", has_text="관련 기업과 근거").first)
    expect(page.locator(".verdict")).to_have_class(re.compile("none_in_sources_read|nothing_read"))
    assert page.locator("article.firm").count() == 0


@HANDS
def test_a_path_through_the_world_is_read_hop_by_hop(watched: Watched, hand: Hand) -> None:
    page = watched.open(f"{watched.home}/view?center={SUWON}&lang=ko")
    hand.press(page.locator("#path > summary"))
    hand.write(page.locator("#path input[name=path]"), "리우데자네이루")
    hand.press(page.locator("#path form button[type=submit]"))
    hops = page.locator("#path .chain > li")
    expect(hops.first).to_be_visible(timeout=15_000)
    page.wait_for_selector("#canvas[data-ready]")
    route = page.evaluate("() => [...jamae.scene.near]")
    assert route[0] == SUWON
    assert route[-1] == RIO
    assert hops.count() == len(route) - 1 >= 2
    for hop in hops.all():
        hand.press(hop.locator("summary"))
        expect(hop.locator("details[open] cite").first).to_be_visible()
    drawn = page.evaluate("() => [...jamae.scene.edgesById.values()].map((e) => [e.from, e.to])")
    ends = {frozenset(pair) for pair in drawn}
    assert all(frozenset(pair) in ends for pair in pairwise(route))
    assert set(route) <= set(page.evaluate("() => [...jamae.scene.given.keys()]"))
