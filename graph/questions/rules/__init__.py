"""The rules of the checks, a module for each matter; `RULES` lists them, the gravest first."""

from __future__ import annotations

from graph.questions.rules import (
    dates,
    deals,
    duplicates,
    lists,
    places,
    same_deals,
    sources,
    ties,
    trade,
)
from graph.questions.rules.rule import SEVERITIES, Match, Rule, Severity

__all__ = ["RULES", "SEVERITIES", "Match", "Rule", "Severity"]

_MODULES = (dates, deals, duplicates, lists, places, same_deals, sources, ties, trade)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for module in _MODULES for rule in module.RULES),
        key=lambda rule: (SEVERITIES.index(rule.severity), rule.code),
    )
)
