"""Two who use a page: one has only a mouse, the other only the keys."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_STOPS = 400
WAY = """(wanted) => {
    const here = document.activeElement || document.body;
    if (here === wanted) return 0;
    const seen = here === document.body ? 0 : here.compareDocumentPosition(wanted);
    return seen & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}"""
SEEN = """(one) => {
    const style = getComputedStyle(one);
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && height > 0 && style.visibility !== "hidden"
        && (parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none"
            || style.boxShadow !== "none");
}"""


class Hand(Protocol):
    """Uses a page in one way only."""

    def press(self, target: Locator) -> None:
        """Press a link, a button or a heading that unfolds."""

    def write(self, box: Locator, text: str) -> None:
        """Put a text in a box, whatever was in it."""

    def choose(self, offer: Locator) -> None:
        """Take one of the lines that a box offers."""

    def slide(self, handle: Locator, value: int) -> None:
        """Move a handle to a value."""


class Mouse:
    """Points and presses; types only what is to be written."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Click on it."""
        target.click()

    def write(self, box: Locator, text: str) -> None:
        """Click thrice, which chooses all, and type."""
        box.click(click_count=3)
        self.page.keyboard.type(text)

    def choose(self, offer: Locator) -> None:
        """Click on it."""
        offer.click()

    def slide(self, handle: Locator, value: int) -> None:
        """Drag the thumb there."""
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        assert box
        least, most, now = (
            int(handle.evaluate(f"(one) => one.{name}")) for name in ("min", "max", "value")
        )
        thumb, middle = 24, box["y"] + box["height"] / 2
        at = [
            box["x"] + thumb / 2 + (box["width"] - thumb) * (one - least) / (most - least)
            for one in (now, value)
        ]
        self.page.mouse.move(at[0], middle)
        self.page.mouse.down()
        self.page.mouse.move(at[1], middle, steps=4)
        self.page.mouse.up()


class Keys:
    """Goes from stop to stop, and sees at each where it is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Tab there, forth or back; AssertionError if no stop is there or none sees it."""
        target.wait_for()
        for _ in range(MOST_STOPS):
            way = target.evaluate(WAY)
            if not way:
                assert target.evaluate(SEEN), f"nobody sees that {target} has the focus"
                return
            self.page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
        raise AssertionError(f"no key leads to {target}")

    def press(self, target: Locator) -> None:
        """Enter on it."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, box: Locator, text: str) -> None:
        """Choose all and type."""
        self.reach(box)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, offer: Locator) -> None:
        """Arrow down to it, and Enter."""
        offer.wait_for()
        for _ in range(20):
            self.page.keyboard.press("ArrowDown")
            if offer.get_attribute("aria-selected") == "true":
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"no arrow leads to {offer}")

    def slide(self, handle: Locator, value: int) -> None:
        """Arrow by arrow."""
        self.reach(handle)
        now = int(handle.input_value())
        for _ in range(abs(value - now)):
            self.page.keyboard.press("ArrowRight" if value > now else "ArrowLeft")
