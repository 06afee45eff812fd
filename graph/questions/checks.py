"""What in the data a person should look at.

Each finding has a stable code and id, the claims concerned, and what to do about it. The
rules themselves stand in `graph.questions.rules`.
"""

from __future__ import annotations

from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from graph.errors import BadRequest
from graph.questions.answers import ChecksAnswer, Finding
from graph.questions.rules import RULES, SEVERITIES
from graph.questions.rules.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from graph.questions.ground import Ground
    from graph.questions.rules import Match, Rule
    from graph.store import View

    Progress = Callable[[int, int, str], None]
    _Found = tuple[Rule, str, Match]

CODES = tuple(rule.code for rule in RULES)
"""All codes, the gravest first."""
_PLACE = {code: place for place, code in enumerate(CODES)}


def checks(
    view: View,
    codes: Collection[str] = (),
    severities: Collection[str] = (),
    limit: int | None = 25,
    after: str = "",
    progress: Progress | None = None,
    kept: Kept | None = None,
) -> ChecksAnswer:
    """The findings by severity, code and id, from the one after the id `after`.

    Without codes or severities all are taken; without a limit every finding is listed.
    `counts` tells how many there are in all of each code asked for. `progress` is called with
    how many rules are done, of how many, and which comes next; `kept` spares the rules that
    were asked before of the same state. BadRequest for a code or a severity that there is none of.
    """
    find = kept or matches
    survey = Survey(view)
    rules = rules_asked(codes, severities)
    found: list[_Found] = []
    for number, rule in enumerate(rules):
        if progress:
            progress(number, len(rules), rule.code)
        found += ((rule, one, match) for one, match in find(survey, rule))
    rest = (one for one in found if not after or _key(one[1]) > _key(after))
    page = list(islice(rest, None if limit is None else limit + 1))
    listed = page[:limit]
    return ChecksAnswer(
        findings=tuple(_findings(survey.ground, listed)),
        counts=_counts(found),
        next=listed[-1][1] if len(page) > len(listed) else None,
        dataset_version=view.version(),
    )


def finding_id(code: str, about: Collection[str]) -> str:
    """The id that a finding of this code about these nodes has; BadRequest for another code."""
    if code not in _PLACE:
        raise BadRequest("code", f"{code[:40]!r} is no code; use {', '.join(CODES)}")
    return RULES[_PLACE[code]].id_of(about)


def rules_asked(codes: Collection[str], severities: Collection[str]) -> list[Rule]:
    """The rules of these codes and severities, all where none is named; BadRequest if unknown."""
    for code in codes:
        finding_id(code, ())
    for one in severities:
        if one not in SEVERITIES:
            raise BadRequest("severity", f"{one[:40]!r} is none of {', '.join(SEVERITIES)}")
    return [
        rule
        for rule in RULES
        if (not codes or rule.code in codes) and (not severities or rule.severity in severities)
    ]


def _key(finding: str) -> tuple[int, str]:
    """Where a finding stands in the list."""
    return _PLACE.get(finding.partition(":")[0], -1), finding


def matches(survey: Survey, rule: Rule) -> Sequence[tuple[str, Match]]:
    """What a rule finds, each id once, in the order of the ids."""
    found = {rule.id_of(match.about): match for match in survey.in_time(rule.find(survey))}
    return sorted(found.items())


class Kept:
    """What rules found in the latest state that was asked about, for who goes page by page.

    Any thread may ask. At most `most` findings and claims of theirs are kept; what a rule finds
    beyond that is found anew each time.
    """

    def __init__(self, most: int = 200_000) -> None:
        self._lock, self._most = Lock(), most
        self._stamp, self._size = "", 0
        self._found: dict[str, Sequence[tuple[str, Match]]] = {}

    def __call__(self, survey: Survey, rule: Rule) -> Sequence[tuple[str, Match]]:
        """The same as `matches`, of this state of the data."""
        stamp = survey.view.stamp()
        with self._lock:
            if stamp == self._stamp and rule.code in self._found:
                return self._found[rule.code]
        found = matches(survey, rule)
        self._keep(stamp, rule.code, found)
        return found

    def _keep(self, stamp: str, code: str, found: Sequence[tuple[str, Match]]) -> None:
        size = sum(1 + len(match.claims) for _, match in found)
        with self._lock:
            if stamp != self._stamp:
                self._stamp, self._size, self._found = stamp, 0, {}
            if code not in self._found and self._size + size <= self._most:
                self._found[code] = found
                self._size += size


def _counts(found: Collection[_Found]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for rule, _, _ in found:
        counts[rule.code] = counts.get(rule.code, 0) + 1
    return counts


def _findings(ground: Ground, listed: Collection[_Found]) -> Iterator[Finding]:
    """The findings as they are shown, what they name read in sets."""
    shown = {one: (*match.about, *match.beside) for _, one, match in listed}
    refs = ground.refs({node for nodes in shown.values() for node in nodes})
    bare = {node for _, _, match in listed if not match.claims for node in match.about}
    ground.into(bare, "DESCRIBES")
    for rule, one, match in listed:
        yield Finding(
            id=one,
            code=rule.code,
            severity=rule.severity,
            message=rule.says.format_map(match.values),
            values=dict(match.values),
            about=match.about,
            nodes=tuple(refs[node] for node in shown[one] if node in refs),
            claims=tuple(match.claims),
            citations=(
                ground.citations(match.claims) if match.claims else ground.told_of(match.about)
            ),
            fix=rule.fix,
        )
