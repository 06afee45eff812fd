"""Sentences cut into clauses at the endings that join one verb to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.reader.text import Span

_JOINT = re.compile(
    r"(?:[가-힣](?:었|았|했|됐|렸|났|뒀|였|셨|졌|겼|쳤|꼈|갔|왔|웠|줬|봤|뤘|꿨|냈|됐)(?:으며|"
    r"고|는데|지만|으나|기에)|"
    r"[가-힣]+(?:하며|되며|이며|하고|되고|이고|하면서|하여|되어|한데 이어|한 데 이어)|"
    r"(?:개최|파견|참가|참여|방문|진행|체결|참석|실시|운영|구성|주관|주최|협력|초청|선정|계약|"
    r"상담|수출)해|"
    r"(?:보내|열어|맺고|열고|갖고|벌여|벌이고|펼쳐|펼치고|거두고|올리고|찾아|떠나|거쳐|마치고|"
    r"나서|이끌고))"
    r"(?=,?\s)"
)


def clauses(text: str, start: int, end: int) -> list[Span]:
    """The clauses of a sentence in order, without the blanks between."""
    found, at = [], start
    for joint in _JOINT.finditer(text, start, end):
        if joint.end() - at >= 6:
            found.append((at, joint.end()))
            at = joint.end()
            while at < end and text[at] in " ,":
                at += 1
    if at < end:
        found.append((at, end))
    return found


def clause_at(text: str, start: int, end: int, place: int) -> Span:
    """The clause of a sentence in which a place lies."""
    for one in clauses(text, start, end):
        if one[0] <= place < one[1]:
            return one
    return start, end
