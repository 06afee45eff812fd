"""The plain values that nodes and claims are made of: texts, identifiers, money, closed lists."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from graph.currencies import known_currency

BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what is written after them, and are not seen themselves."""


def clean(text: str) -> str:
    """Return the text in NFC without outer blanks.

    ValueError on control characters and on marks that turn the direction of writing.
    """
    if not text.isprintable():
        if any(_is_control(mark) for mark in text):
            raise ValueError("holds a control character or half a surrogate pair")
        if turning := sorted(BIDI.intersection(text)):
            code = f"U+{ord(turning[0]):04X}"
            raise ValueError(f"holds an unseen mark that turns the direction of writing ({code})")
    return unicodedata.normalize("NFC", text).strip()


def _is_control(mark: str) -> bool:
    return unicodedata.category(mark) in {"Cc", "Cs", "Co", "Cn"}


def plain(number: Decimal) -> str:
    """Write a decimal without exponent or trailing zeros: `5700000`, `0.5`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def web_address(text: str) -> str:
    """Return the address; ValueError unless it is http or https."""
    if not text.lower().startswith(("http://", "https://")) or any(c.isspace() for c in text):
        raise ValueError("only http and https addresses are links")
    return text


Text = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=500, pattern=r"\S")]
LongText = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=2000)]
Quote = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=200)]
Url = Annotated[str, AfterValidator(clean), AfterValidator(web_address), Field(max_length=2000)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Scheme = Literal["wikidata", "geonames", "adm", "iso", "registry"]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]
NodeId = Annotated[str, Field(pattern=r"^[a-z]+:[A-Za-z0-9][A-Za-z0-9._-]{0,230}$")]
ClaimId = Annotated[str, Field(pattern=r"^[A-Z_]+:[0-9a-f]{24}$")]
Money = Annotated[
    Decimal,
    Field(ge=0, max_digits=30, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain, return_type=str),
]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), AfterValidator(known_currency)]
Count = Annotated[int, Field(ge=0, le=10**12)]


class Frozen(BaseModel):
    """A value that never changes once made and refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )


class Stage(StrEnum):
    """The ladder of a deal; an amount stands on one rung (domain, section 2)."""

    INQUIRY = "inquiry"
    CONSULTATION = "consultation"
    EXPECTED = "expected"
    MOU = "mou"
    PROVISIONAL = "provisional"
    CONTRACT = "contract"
    SHIPMENT = "shipment"
    EXPORT_RESULT = "export_result"
    LAPSED = "lapsed"
    MIXED = "mixed"
    ADOPTION = "adoption"


class Status(StrEnum):
    """What a source says of a tie: planned, signed, spoken of as existing, asleep, ended."""

    PROPOSED = "proposed"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    DORMANT = "dormant"
    ENDED = "ended"


class Form(StrEnum):
    """The form of an agreement."""

    MOU = "mou"
    LOI = "loi"
    MOA = "moa"
    AGREEMENT = "agreement"


class Role(StrEnum):
    """In which role a mission or event was hosted: 주최, 주관, 공동 주관, 장소 제공, 후원."""

    HOST = "host"
    ORGANISER = "organiser"
    CO_HOST = "co_host"
    VENUE = "venue"
    SPONSOR = "sponsor"


class Grade(StrEnum):
    """How well a firm's benefit from a partner is evidenced, weakest first."""

    CO_OCCURRENCE = "co_occurrence"
    SUPPORTED = "supported"
    STATED = "stated"
    CONFIRMED = "confirmed"

    @property
    def rank(self) -> int:
        """0 for the weakest grade, 3 for the strongest."""
        return _GRADES[self]


class SourceKind(StrEnum):
    """What a source is, in the order in which its word decides a node's field."""

    DECISION = "decision"
    REGISTER = "register"
    STATEMENT = "statement"
    ARTICLE = "article"
    DATASET = "dataset"

    @property
    def rank(self) -> int:
        """0 for the kind that decides first."""
        return _RANKS[self]

    @property
    def in_rows(self) -> bool:
        """Whether its locators are rows of a table; of the other kinds they are lines of a text."""
        return self in (SourceKind.REGISTER, SourceKind.DATASET)


_GRADES = {grade: rank for rank, grade in enumerate(Grade)}
_RANKS = {kind: rank for rank, kind in enumerate(SourceKind)}
