"""HTML as the runs of text that a reader of the page would read, with their places."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][a-zA-Z0-9]{0,15})|[!?])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,20});")
_PAGE = re.compile(r"<(?:!doctype|html|body|div|p|br|span|article|table)\b[^<>]{0,200}>", re.I)
_UNREAD = frozenset(
    [
        "script",
        "style",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "select",
        "button",
        "noscript",
        "iframe",
        "svg",
        "head",
    ]
)
"""Elements whose content is no part of an article."""
_INLINE = frozenset(
    [
        "a",
        "b",
        "i",
        "u",
        "em",
        "strong",
        "span",
        "font",
        "small",
        "big",
        "sub",
        "sup",
        "mark",
        "s",
        "ins",
        "del",
        "wbr",
    ]
)

Run = tuple[int, int, str]
"""Start and end in the raw text, and what stands there."""


def is_html(text: str) -> bool:
    """Whether a text holds the tags of a page."""
    return "<" in text and _PAGE.search(text) is not None


def runs(raw: str) -> Iterator[Run]:
    """The text between the tags in order; a tag that breaks the line gives a line break.

    Linear: each tag is met once, and an element that is never closed is sought only once.
    """
    at, unclosed = 0, set[str]()
    while found := _TAG.search(raw, at):
        yield from _told(raw, at, found.start())
        name = (found[2] or "").lower()
        end = _end_of_tag(raw, found)
        if name in _UNREAD and not found[1] and name not in unclosed:
            close = _closing(raw, name, end)
            if close is None:
                unclosed.add(name)
            else:
                end = close
        if name not in _INLINE and end > found.start():
            yield found.start(), end, "\n"
        at = end
    yield from _told(raw, at, len(raw))


def _end_of_tag(raw: str, found: re.Match[str]) -> int:
    mark = "-->" if found[0] == "<!--" else ">"
    end = raw.find(mark, found.end(), found.end() + 20_000)
    return end + len(mark) if end >= 0 else found.end()


def _closing(raw: str, name: str, at: int) -> int | None:
    close = re.compile(rf"</{name}\s{{0,9}}>", re.I).search(raw, at)
    return close.end() if close else None


def _told(raw: str, start: int, end: int) -> Iterator[Run]:
    at = start
    for found in _ENTITY.finditer(raw, start, end):
        if at < found.start():
            yield at, found.start(), raw[at : found.start()]
        yield found.start(), found.end(), html.unescape(found[0])
        at = found.end()
    if at < end:
        yield at, end, raw[at:end]
