"""A claim as it is written: its canonical text, and the little that a write must know of it.

A write moves many claims and looks into few. So it moves their text, which is what the
version is made of, and reads a claim out of it only where a node is folded.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson

from graph.claims import CLAIM_JSON, Claim, check_ends
from graph.errors import InputInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.fold import Fields


class Statement:
    """What one claim says, with its ends as the source gave them.

    `recorded_at` is when a store first saw it, as ISO text; empty until then.
    """

    __slots__ = ("_claim", "body", "ends", "id", "kind", "recorded_at", "source")

    def __init__(
        self,
        body: str,
        fields: Mapping[str, str],
        recorded_at: str = "",
        claim: Claim | None = None,
    ) -> None:
        self.body = body
        self.id, self.kind, self.source = fields["id"], fields["kind"], fields["source"]
        self.ends = fields["from"], fields["to"]
        self.recorded_at = recorded_at
        self._claim = claim

    @classmethod
    def of(cls, claim: Claim) -> Statement:
        """What this claim says; a stored one is taken as its source gave it."""
        one, other = claim.stated_ends
        fields = {"id": claim.id, "kind": claim.kind, "source": claim.source}
        recorded = claim.recorded_at.isoformat() if claim.recorded_at else ""
        kept = claim if claim.stated is None else None
        return cls(claim.said(), {**fields, "from": one, "to": other}, recorded, kept)

    @classmethod
    def read(cls, body: str, recorded_at: str = "") -> Statement:
        """The statement of a text that `Claim.said` made."""
        return cls(body, orjson.loads(body), recorded_at)

    @property
    def claim(self) -> Claim:
        """The claim, as its source gave it."""
        if self._claim is None:
            self._claim = CLAIM_JSON.validate_json(self.body)
        return self._claim

    @property
    def node(self) -> Fields:
        """The plain fields of the node that is described; of a DESCRIBES alone."""
        fields: Fields = orjson.loads(self.body)["node"]
        return fields

    def digest(self) -> int:
        """As `Claim.digest`."""
        return digest_of(self.body)


def in_order(one: Statement) -> tuple[bool, bool, str]:
    """The order of one source's claims: itself, what it describes, all else, each by id."""
    return one.kind != "DESCRIBES", one.ends[1] != one.source, one.id


def digest_of(body: str) -> int:
    """The 128-bit hash of what is said, of which versions are the sum."""
    return int.from_bytes(hashlib.blake2b(body.encode(), digest_size=16).digest(), "big")


def checked(claims: Iterable[Claim]) -> list[Statement]:
    """What these claims say; InputInvalid if one has another's id or ends of a wrong kind."""
    return [_checked(claim) for claim in claims]


def _checked(claim: Claim) -> Statement:
    if claim.id != claim.make_id():
        raise InputInvalid(f"claim {claim.id} does not carry the id of its content")
    try:
        check_ends(claim)
    except ValueError as error:
        raise InputInvalid(f"claim {claim.id}: {error}") from error
    return Statement.of(claim)
