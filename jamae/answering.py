"""How a verb that asks prints what it is told: a table for people, the API's body for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.questions.answers import Answer
    from graph.settings import Settings
    from graph.store import GraphStore
    from jamae.ask import Question

    A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Output:
    """Where to ask and how to print."""

    store: str | None
    lang: str | None
    json: bool
    evidence: bool = False

    def of(self, question: Question[A], address: Callable[[A], str] | None = None) -> None:
        """Ask, and print the answer as a person or a program reads it.

        `address` is the request of the API that a list answers: it alone makes cursors.
        """
        from jamae.session import open_to_read, read_settings

        settings = read_settings(store=self.store, lang=self.lang)
        with open_to_read(settings) as graph:
            if self.json:
                _print_body(settings, graph, question, address)
                return
            from jamae.output import show
            from jamae.show import rendered
            from jamae.telling import Page, with_names

            told = graph.read(with_names(question))
        page = Page.of(told, settings.lang, evidence=self.evidence)
        show(rendered(told.answer, page))


def _print_body(
    settings: Settings,
    graph: GraphStore,
    question: Question[A],
    address: Callable[[A], str] | None,
) -> None:
    """Print the body that the API gives."""
    from api.bodies import body
    from jamae.output import write

    answer = graph.read(question)
    if address is None or getattr(answer, "next", None) is None:
        write(body(answer))
        return
    from jamae.session import ask_api

    write(ask_api(settings, graph, address(answer)).body)


def request(path: str, **query: object) -> str:
    """The address of a request; defaults are not written."""
    from urllib.parse import quote, urlencode

    given = {name: value for name, value in query.items() if value not in (None, (), [])}
    return f"{quote(path)}?{urlencode(given, doseq=True)}"
