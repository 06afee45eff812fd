"""Findings that are known already, kept in a file, so that only new ones are told."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from graph.errors import BadRequest, Problem, RecordsInvalid
from graph.questions.answers import ChecksAnswer
from graph.questions.checks import checks, finding_id, rules_asked
from graph.values import Frozen
from ingest.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from graph.questions.checks import Progress
    from graph.store import View

_LIMIT = 100_000_000


class Form(StrEnum):
    """How a report is printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class Known(Frozen):
    """A finding as a baseline keeps it: what its id is made of, and what it said."""

    id: str
    code: str
    about: tuple[str, ...]
    message: str


class Baseline(Frozen):
    """The findings that a person knows of, by id."""

    format: Literal["jamae-baseline/1"] = "jamae-baseline/1"
    findings: tuple[Known, ...]


class Report(ChecksAnswer):
    """Every finding, held against a baseline.

    Without one `new`, `known` and `vanished` are null. Else `new` has the ids of findings
    that it does not hold, `known` how many it holds, `vanished` those of it that stand no more.
    """

    new: tuple[str, ...] | None = None
    known: int | None = None
    vanished: tuple[Known, ...] | None = None

    def listed(self, limit: int) -> Report:
        """What a person is shown: the new findings, or without a baseline all, up to a limit."""
        fresh = None if self.new is None else set(self.new)
        shown = [one for one in self.findings if fresh is None or one.id in fresh]
        counts: dict[str, int] = {}
        for one in shown:
            counts[one.code] = counts.get(one.code, 0) + 1
        cut = {"findings": tuple(shown[:limit]), "counts": counts}
        return self.model_copy(update=cut | {"next": "more" if len(shown) > limit else None})


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file; RecordsInvalid if it is none."""
    try:
        return Baseline.model_validate_json(read_bytes(path, _LIMIT))
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, told["loc"]))
        message = f"is no baseline: {where + ': ' if where else ''}{told['msg']}"
        fix = "write it anew: jamae check --write-baseline FILE"
        raise RecordsInvalid([Problem(str(path), 1, 1, "baseline", message, fix)]) from error


def written(report: Report) -> bytes:
    """A report's findings as the content of a baseline, a line for each, by id."""
    lines = (
        Known(id=one.id, code=one.code, about=one.about, message=one.message).model_dump_json()
        for one in sorted(report.findings, key=lambda one: one.id)
    )
    inside = ",\n".join(f"  {line}" for line in lines)
    return f'{{"format": "jamae-baseline/1",\n "findings": [\n{inside}\n ]}}\n'.encode()


def compared(
    asked: tuple[Collection[str], Collection[str]],
    before: Baseline | None,
    progress: Progress | None = None,
) -> Callable[[View], Report]:
    """The question for every finding of these codes and severities, held against a baseline."""

    def question(view: View) -> Report:
        answer = checks(view, *asked, limit=None, progress=progress)
        fields = {name: getattr(answer, name) for name in ChecksAnswer.model_fields}
        if before is None:
            return Report(**fields)
        now = {one.id for one in answer.findings}
        wanted = {rule.code for rule in rules_asked(*asked)}
        stand = {one.id: _current(view, one, now) for one in before.findings}
        gone = [one for one in before.findings if stand[one.id] not in now]
        return Report(
            **fields,
            new=tuple(one.id for one in answer.findings if one.id not in stand.values()),
            known=len(now.intersection(stand.values())),
            vanished=tuple(one for one in gone if one.code in wanted or not _exists(one.code)),
        )

    return question


def _current(view: View, known: Known, now: Collection[str]) -> str:
    """The id that a known finding has today: a merge may have given its nodes another id."""
    if known.id in now or not _exists(known.code):
        return known.id
    return finding_id(known.code, [view.find(node) or node for node in known.about])


def _exists(code: str) -> bool:
    try:
        return bool(finding_id(code, ()))
    except BadRequest:
        return False
