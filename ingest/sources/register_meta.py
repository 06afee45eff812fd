"""What a register does not say of itself: who published it, when, and for which city.

It stands in a small YAML file beside the register, `NAME.source.yaml`, or is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError

from graph.dates import PartialDate
from graph.errors import RecordsInvalid
from graph.nodes import Source
from graph.values import Frozen, SourceKind, Text, Url
from ingest.files import read_bytes
from ingest.record_entries import Faults
from ingest.yaml_marks import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

META_ENDING = ".source.yaml"
_SourceId = Annotated[str, Field(pattern=r"^source:[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]


class RegisterMeta(Frozen):
    """The source of a register. `home` is the city whose ties it lists, as a person writes it.

    `kind` is that of every tie for which the register itself tells none. Without a `lineage`
    the publisher is it: two registers of one office are one independent source.
    """

    id: _SourceId
    title: Text
    publisher: Text
    published: PartialDate
    licence: Text | None = None
    url: Url | None = None
    retrieved: PartialDate | None = None
    lineage: Text | None = None
    home: Text | None = None
    home_country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "KR"
    kind: Literal["SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY", "TWINNED"] | None = None

    def source(self) -> Source:
        """The node by which the register describes itself."""
        fields = self.model_dump(exclude={"home", "home_country", "kind"})
        fields["lineage"] = self.lineage or self.publisher
        return Source(**fields, source_kind=SourceKind.REGISTER)


def sidecar(register: Path) -> Path:
    """Where the metadata of a register is looked for."""
    return register.with_name(f"{register.stem}{META_ENDING}")


def read_meta(path: Path) -> RegisterMeta:
    """The metadata in a file; RecordsInvalid with all that is wrong with it."""
    faults = Faults(str(path))
    marked = read_yaml(read_bytes(path), str(path))
    try:
        return RegisterMeta.model_validate(marked.plain())
    except ValidationError as error:
        faults.invalid(error, marked, tuple(RegisterMeta.model_fields))
    raise RecordsInvalid(faults.problems)
