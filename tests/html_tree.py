"""A page as a tree, to be read by tag, id and class without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = frozenset({"meta", "link", "input", "br", "hr", "img"})


@dataclass
class Element:
    """A tag, its attributes and what stands in it."""

    tag: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, blanks folded."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.tag not in {"script", "style", "svg"}:
                yield from part._texts()

    def all(self, tag: str = "", *, cls: str = "", key: str = "") -> list[Element]:
        """The elements in it of this tag, class and id, in the order of the page."""
        return [one for one in self._walk() if one._is(tag, cls, key)]

    def one(self, tag: str = "", *, cls: str = "", key: str = "") -> Element:
        """The only such element."""
        [found] = self.all(tag, cls=cls, key=key)
        return found

    def _walk(self) -> Iterator[Element]:
        for part in self.parts:
            if isinstance(part, Element):
                yield part
                yield from part._walk()

    def _is(self, tag: str, cls: str, key: str) -> bool:
        classes = self.attributes.get("class", "").split()
        fits = not cls or cls in classes
        return fits and tag in {"", self.tag} and key in {"", self.attributes.get("id")}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(made)
        if tag not in EMPTY:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self._open[-1].tag == tag, f"{self._open[-1].tag} is not closed before {tag}"
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)


def tree(html: str) -> Element:
    """The page; AssertionError if a tag is not closed where it should be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader._open == [reader.root]
    return reader.root
