"""Findings as SARIF 2.1.0 (OASIS standard), which code hosts and editors show.

A finding is no line of code: it lies where its sources say it, by the address of a source
and the line or row in it, and names its nodes as logical locations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from graph.questions.rules import RULES
from jamae.findings import told, told_fix, told_rule
from jamae.versions import product

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.questions.answers import Citation, Finding, Ref
    from jamae.baseline import Known, Report
    from jamae.wording import Lang

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVEL = {"error": "error", "warning": "warning", "info": "note"}
_PRINT = "jamaeFinding/v1"


def sarif(report: Report, lang: Lang) -> bytes:
    """The log of one run; held against a baseline, each result says whether it is new."""
    run = {
        "tool": {"driver": _driver(lang)},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "properties": {"dataset_version": report.dataset_version},
        "results": [*_results(report, lang), *_absent(report)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return orjson.dumps(log, option=orjson.OPT_INDENT_2) + b"\n"


def _driver(lang: Lang) -> dict[str, Any]:
    return {
        "name": "jamae",
        "version": product(),
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": told_rule(rule.code, lang)},
                "help": {"text": told_fix(rule.code, lang)},
                "defaultConfiguration": {"level": _LEVEL[rule.severity]},
            }
            for rule in RULES
        ],
    }


def _results(report: Report, lang: Lang) -> Iterator[dict[str, Any]]:
    new = None if report.new is None else set(report.new)
    for one in report.findings:
        state = "new" if new is not None and one.id in new else "unchanged"
        yield _result(one, lang) | ({} if new is None else {"baselineState": state})


def _result(one: Finding, lang: Lang) -> dict[str, Any]:
    names = ", ".join(ref.names.get(lang) or ref.name for ref in one.nodes)
    return {
        "ruleId": one.code,
        "level": _LEVEL[one.severity],
        "message": {"text": f"{names}: {told(one, lang)}" if names else told(one, lang)},
        "locations": _locations(one),
        "partialFingerprints": {_PRINT: one.id},
    }


def _locations(one: Finding) -> list[Mapping[str, Any]]:
    """Where the sources say it; the first location names the nodes too."""
    logical = [_logical(ref) for ref in one.nodes]
    physical = [{"physicalLocation": _physical(citation)} for citation in one.citations]
    first, *rest = physical or [{}]
    return [{**first, "logicalLocations": logical}, *rest]


def _logical(ref: Ref) -> dict[str, str]:
    return {"name": ref.name, "fullyQualifiedName": ref.id, "kind": "resource"}


def _physical(citation: Citation) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": {"uri": citation.url or citation.source}}
    return where | ({"region": {"startLine": citation.locator}} if citation.locator else {})


def _absent(report: Report) -> Iterator[dict[str, Any]]:
    """What the baseline holds and the data no more."""
    gone: tuple[Known, ...] = report.vanished or ()
    for one in gone:
        yield {
            "ruleId": one.code,
            "message": {"text": one.message},
            "partialFingerprints": {_PRINT: one.id},
            "baselineState": "absent",
        }
