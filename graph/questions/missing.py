"""What would have to be on record for a firm to stand a grade higher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import Agreement
from graph.questions.answers import Missing
from graph.questions.grades import Graded, has_alternative
from graph.values import Form, Grade, Status

if TYPE_CHECKING:
    from graph.claims import Tie

_WHY = {
    "no_tie_on_record": "no tie between the partner and the sending city or the firm's city is on "
    "record",
    "tie_not_in_force_yet": "the {tie} was signed {signed_on}, and the activity began {begins}",
    "tie_only_proposed": "the {tie} is only proposed",
    "tie_not_known_in_force": "no source shows the {tie} in force when the activity began "
    "({begins})",
    "no_counterparty": "no deal with a buyer there or made there and no agreement with the partner "
    "is on record (counterparty); nor did the firm take part (participated) in a mission or event "
    "that the partner hosted (hosted) or is credited with (credited)",
    "no_credit": "no source credits the partner with a result of this firm",
    "no_statement": "the firm's own statement is not on record",
}


_TIES = {
    "SISTER_CITY": "sister city tie",
    "FRIENDSHIP_CITY": "friendship city tie",
    "EXCHANGE_CITY": "exchange city tie",
    "TWINNED": "twinning",
}
_FORMS = {Form.MOU: "MOU", Form.LOI: "LOI", Form.MOA: "MOA", Form.AGREEMENT: "agreement"}


def missing(graded: Graded) -> tuple[Missing, ...]:
    """What the next grade lacks; empty at the highest (domain, section 4)."""
    if graded.grade is Grade.CONFIRMED:
        return ()
    if graded.grade is Grade.STATED:
        return (_told("confirmed", "no_statement"),)
    if graded.grade is Grade.SUPPORTED:
        return (_told("credited", "no_credit"),)
    lacking = [] if graded.flags.tie_in_force else [_no_tie(graded)]
    if not has_alternative(graded.flags):
        lacking.append(_told("counterparty", "no_counterparty"))
    return tuple(lacking)


def _told(flag: str, code: str, tie: Tie | None = None, **values: str) -> Missing:
    """A missing flag in words and as code and values; the words name the tie as a reader does."""
    why = _WHY[code].format(tie=_called(tie) if tie else "", **values)
    return Missing.model_validate({"flag": flag, "why": why, "code": code, "values": values})


def _called(tie: Tie) -> str:
    """What to call a tie within a sentence: an agreement by its form."""
    return _FORMS[tie.form] if isinstance(tie, Agreement) else _TIES[tie.kind]


def _no_tie(graded: Graded) -> Missing:
    """Why no tie counts; told of the tie that comes nearest."""
    if not graded.ties:
        return _told("tie_in_force", "no_tie_on_record")
    begins = graded.activity.begins
    tie = min(graded.ties, key=_nearness)
    kind = tie.kind.lower()
    if tie.status is Status.PROPOSED:
        return _told("tie_in_force", "tie_only_proposed", tie, tie_kind=kind)
    if tie.signed_on is not None and begins is not None and begins.first < tie.signed_on.last:
        told = {"tie_kind": kind, "signed_on": str(tie.signed_on), "begins": str(begins)}
        return _told("tie_in_force", "tie_not_in_force_yet", tie, **told)
    told = {"tie_kind": kind, "begins": str(begins or "unknown")}
    return _told("tie_in_force", "tie_not_known_in_force", tie, **told)


def _nearness(tie: Tie) -> tuple[bool, bool, str, str]:
    return tie.status is Status.PROPOSED, tie.signed_on is None, str(tie.signed_on or ""), tie.id
