"""Sources that say too little of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.nodes import Source
from graph.questions.rules.rule import Match, Rule
from graph.values import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.questions.rules.survey import Survey

_COPIED = frozenset({SourceKind.REGISTER, SourceKind.DATASET})
"""Kinds of source that are taken over whole; of an article single facts are cited."""


def _undated(survey: Survey) -> Iterator[Match]:
    for source in survey.every(Source):
        if source.published is None:
            yield Match((source.id,))


def _unlicensed(survey: Survey) -> Iterator[Match]:
    for source in survey.every(Source):
        if source.licence is None and source.source_kind in _COPIED:
            yield Match((source.id,))


RULES = (
    Rule(
        "source_undated",
        "warning",
        "the source has no publication date",
        "give the source a publication date: ties and folds depend on it",
        _undated,
    ),
    Rule(
        "source_unlicensed",
        "warning",
        "the list has no licence: nobody can tell whether it may be passed on",
        "look the terms up where it was published and write them into `licence`",
        _unlicensed,
    ),
)
