"""What a reader waits for, measured inside Chromium: paints, frames, labels, bytes.

A time is taken when what was asked for has been presented: in the task after the frame in
which it was painted. The same hooks are put before any script of ours and of stock pyvis.
"""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page, Response

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
LONGEST_MS = 180_000
PAN_SECONDS = 3
ZOOMS = (1.0, 0.8, 0.8, 0.8, 0.8, 2.0, 1.6, 1.6)

_HOOKS = """(() => {
  const told = (globalThis.told = { first: 0, ready: 0, redraws: 0 });
  told.presented = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  }));
  const paper = CanvasRenderingContext2D.prototype;
  const { fill, clearRect } = paper;
  let begun = false;
  paper.fill = function (...given) {
    if (!begun && this.canvas.isConnected) {
      begun = true;
      told.presented().then((at) => (told.first = at));
    }
    return fill.apply(this, given);
  };
  paper.clearRect = function (...given) {
    if (this.canvas.isConnected) told.redraws += 1;
    return clearRect.apply(this, given);
  };
  new MutationObserver(() => {
    if (told.ready || !document.querySelector("#canvas[data-ready]")) return;
    told.ready = 1;
    told.presented().then((at) => (told.ready = at));
  }).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });
})();"""

_PAINTED = "() => globalThis.told?.first > 1"
_ALL_THERE = "() => globalThis.told?.first > 1 && told.ready > 1"

_PAN = """async (seconds) => {
  const net = globalThis.jamae ? jamae.scene.network : network;
  const canvas = net.canvas.frame.canvas;
  const box = canvas.getBoundingClientRect();
  const free = [[8, 8], [8, box.height - 8], [box.width / 2, 8], [8, box.height / 2]].find(
    ([x, y]) => net.getNodeAt({ x, y }) === undefined && net.getEdgeAt({ x, y }) === undefined);
  if (!free) throw new Error("no free spot to drag from");
  const at = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
    bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", isPrimary: true, button: 0,
    buttons: type === "pointerup" ? 0 : 1, clientX: box.left + x, clientY: box.top + y }));
  const [x, y] = free;
  const stood = net.getViewPosition();
  at("pointerdown", x, y);
  let moved = 0;
  const redraws = told.redraws;
  const began = performance.now();
  for (let turn = 0; performance.now() - began < seconds * 1000; turn += 1) {
    await new Promise(requestAnimationFrame);
    at("pointermove", x + 150 * Math.sin(turn / 20) + 20, y + 100 * Math.sin(turn / 13) + 20);
    const now = net.getViewPosition();
    moved = Math.max(moved, Math.hypot(now.x - stood.x, now.y - stood.y));
  }
  const took = performance.now() - began;
  at("pointerup", x, y);
  if (moved < 20) throw new Error("nothing was dragged");
  return ((told.redraws - redraws) * 1000) / took;
}"""

_AWAIT_EXPANSION = """() => {
  told.pressed = told.painted = 0;
  const note = (event) => (told.pressed = event.timeStamp);
  addEventListener("keydown", note, { capture: true, once: true });
  const size = jamae.scene.given.size;
  jamae.onScene(() => {
    told.came = jamae.scene.given.size - size;
    told.presented().then((at) => (told.painted = at));
  });
}"""

_LABELS = """(factor) => {
  if (factor !== 1) jamae.scene.zoom(factor);
  jamae.scene.network.redraw();
  const { clientWidth, clientHeight } = jamae.scene.container;
  const seen = jamae.scene.shown().filter(({ id }) => {
    const { x, y } = jamae.scene.place(id);
    return x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight;
  });
  return { labels: [...jamae.scene.boxes.values()], badges: jamae.scene.badges, seen: seen.length };
}"""


@contextmanager
def fresh(browser: Browser, size: dict[str, int] = WIDE) -> Iterator[Page]:
    """A page that has nothing in its cache."""
    with browser.new_context(viewport=size, locale="ko-KR") as context:  # type: ignore[arg-type] # a TypedDict of Playwright's own
        context.add_init_script(_HOOKS)
        page = context.new_page()
        page.set_default_timeout(LONGEST_MS)
        yield page


def middle(measure: Callable[[], float], times: int) -> dict[str, float]:
    """The median of so many measures, after one that is not counted, and the worst of them."""
    measure()
    found = sorted(measure() for _ in range(times))
    return {"median": round(median(found), 1), "worst": round(found[-1], 1)}


def first_paint(browser: Browser, address: str) -> float:
    """From the request to the picture on screen, in ms; ours only when its labels are there."""
    with fresh(browser) as page:
        page.goto(address, wait_until="commit")
        ours = "/view" in address or address.startswith("file:")
        page.wait_for_function(_ALL_THERE if ours else _PAINTED)
        at: float = page.evaluate("Math.max(told.first, told.ready)")
        return at


def opened(page: Page, address: str) -> Page:
    """A scene of ours, ready."""
    page.goto(address)
    page.wait_for_selector("#canvas[data-ready]", state="attached")
    return page


def expansion(browser: Browser, address: str) -> float:
    """From Enter on the chosen mark to its next twelve on screen, in ms."""
    with fresh(browser) as page:
        opened(page, address)
        page.locator("#canvas").focus()
        page.evaluate("told.presented()")
        page.evaluate(_AWAIT_EXPANSION)
        page.keyboard.press("Enter")
        page.wait_for_function("() => told.painted > 0")
        if page.evaluate("told.came") < 1:
            raise RuntimeError(f"nothing came at {address}")
        took: float = page.evaluate("told.painted - told.pressed")
        return took


def panning(browser: Browser, address: str) -> float:
    """Redraws a second while the picture is dragged."""
    with fresh(browser) as page:
        page.goto(address)
        page.wait_for_function(_PAINTED)
        page.wait_for_timeout(1000)
        rate: float = page.evaluate(_PAN, PAN_SECONDS)
        return rate


def labels(page: Page) -> dict[str, Any]:
    """Of a scene that is ready: marks and labels as it opens, overlaps at several zooms."""
    seen = [page.evaluate(_LABELS, factor) for factor in ZOOMS]
    return {
        "marks": seen[0]["seen"],
        "labels": len(seen[0]["labels"]),
        "overlaps": sum(overlaps(one["labels"], one["badges"]) for one in seen),
        "zooms": len(ZOOMS),
    }


def overlaps(names: Sequence[dict[str, float]], badges: Sequence[dict[str, float]]) -> int:
    """How many names stand on another name or on a badge."""
    pairs = [*combinations(names, 2), *((one, badge) for one in names for badge in badges)]
    return sum(not _apart(one, two) for one, two in pairs)


def _apart(one: dict[str, float], two: dict[str, float]) -> bool:
    beside = one["right"] <= two["left"] or two["right"] <= one["left"]
    return beside or one["bottom"] <= two["top"] or two["bottom"] <= one["top"]


def weight(
    browser: Browser, address: str, more: Callable[[Page], None] | None = None
) -> dict[str, int]:
    """Bytes in gzip by address of all that a page asks for, `more` done to it included."""
    came: list[Response] = []
    with fresh(browser) as page:
        page.on("response", lambda one: came.append(one))  # noqa: PLW0108 (Playwright marks it)
        page.goto(address, wait_until="networkidle")
        if more:
            more(page)
            page.wait_for_load_state("networkidle")
        return {one.url: len(gzip.compress(one.body(), 6)) for one in came if one.ok}
