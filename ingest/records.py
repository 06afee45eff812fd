"""Record files: one source, the nodes it describes and what it says of them.

`read_record` gives checked claims or every fault of the file with its place. The format
is `ingest.record_format`; docs/records.md tells it to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph.claims import CLAIM_CLASSES, Claim, Describes, InCountry
from graph.errors import RecordsInvalid
from graph.nodes import NODE_CLASSES, Node, Source
from graph.statements import Statement, checked, in_order
from graph.store import BATCH, WHOLE
from ingest.countries import countries
from ingest.files import read_bytes
from ingest.ids import country_id
from ingest.record_entries import Entries, Faults, Placed, plain_fields, read_entries
from ingest.record_format import IDENTIFIERS, SHORTHANDS
from ingest.record_links import check_links, node_ids
from ingest.yaml_marks import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.record_format import Entry, SourceEntry
    from ingest.yaml_marks import Marked

SHIPPED = Path(__file__).parent / "data" / "records"
"""The folder of the curated records that the product ships."""


@dataclass(frozen=True, slots=True)
class Record:
    """One source and all its claims, those by which it describes itself and every end included."""

    source: Source
    claims: tuple[Claim, ...]

    @property
    def count(self) -> int:
        """How many claims it makes."""
        return len(self.claims)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its claims."""
        return frozenset(claim.id for claim in self.claims)

    @property
    def key(self) -> str:
        """What names exactly these claims."""
        return f"{sum(claim.digest() for claim in self.claims) % (1 << 128):032x}"

    def batches(self, start: int = 0) -> Iterator[list[Statement]]:
        """Its claims from a batch on, what it describes first; all at once if few enough."""
        told = sorted(checked(self.claims), key=in_order)
        size = len(told) if len(told) <= WHOLE else BATCH
        for at in range(start * size, len(told), size):
            yield told[at : at + size]


def shipped_records() -> tuple[Path, ...]:
    """The files of the curated records, by name."""
    return tuple(sorted(SHIPPED.glob("*.yaml")))


def read_record(path: Path) -> Record:
    """The record in a file; RecordsInvalid with all that is wrong with it."""
    return parse_record(read_bytes(path), str(path))


def parse_record(data: bytes, file: str) -> Record:
    """The record in these bytes, which are called `file` in the problems of RecordsInvalid."""
    return record_in(read_yaml(data, file), file)


def record_in(root: Marked, file: str) -> Record:
    """The record in a YAML file that was read; RecordsInvalid with all that is wrong with it."""
    faults = Faults(file)
    entries = read_entries(root, faults)
    check_links(entries, faults)
    if entries.source is None or faults.problems:
        raise RecordsInvalid(faults.problems)
    record = _Builder(entries.source, entries, faults).record()
    if faults.problems:
        raise RecordsInvalid(faults.problems)
    return record


_NOT_OF_NODES = frozenset({"key", "locator", *SHORTHANDS}).union(*IDENTIFIERS.values())
_NOT_OF_CLAIMS = frozenset({"from_", "to"})


class _Builder:
    """Makes nodes and claims of entries that are sound in themselves and name one another."""

    def __init__(self, source: Placed[SourceEntry], entries: Entries, faults: Faults) -> None:
        self.source, self.entries, self.faults = source, entries, faults
        self.source_id = source.entry.id
        self.ids = node_ids(entries, self.source_id)
        self.lines: dict[str, int] = {}
        """Where each node or claim id was made."""

    def record(self) -> Record:
        """The record; what two entries both make is noted."""
        entry = self.source.entry
        source = Source.model_validate(plain_fields(entry, frozenset({"locator"})))
        claims = [
            self._describes(source, entry.locator),
            *self._nodes(),
            *self._countries(),
            *self._shorthands(),
            *self._claims(),
        ]
        return Record(source, tuple(claims))

    def _describes(self, node: Node, locator: int | None) -> Claim:
        ends = {"from": self.source_id, "to": node.id, "source": self.source_id}
        return Describes.model_validate({**ends, "node": node, "locator": locator})

    def _nodes(self) -> Iterator[Claim]:
        for placed in self.entries.nodes:
            entry = placed.entry
            node_id = self.ids[entry.key]
            self._once(node_id, placed, "same-id", "give it what tells the two apart")
            fields = plain_fields(entry, _NOT_OF_NODES)
            fields |= {"id": node_id, "identifiers": entry.identifiers}
            try:
                node = NODE_CLASSES[entry.kind].model_validate(fields)
            except ValidationError as error:
                self.faults.invalid(error, placed.mark)
            else:
                yield self._describes(node, entry.locator)

    def _countries(self) -> Iterator[Claim]:
        """Each country that is named, at the first line that names it."""
        named: dict[str, list[Entry]] = {}
        for node in self.entries.nodes:
            if code := node.entry.ref("country"):
                named.setdefault(code, []).append(node.entry)
        for claim in self.entries.claims:
            for end in (claim.entry.from_, claim.entry.to):
                if end.startswith(country_id("")):
                    named.setdefault(end.removeprefix(country_id("")), []).append(claim.entry)
        for code in sorted(named):
            locators = [entry.locator for entry in named[code] if entry.locator]
            yield self._describes(countries()[code], min(locators, default=None))

    def _shorthands(self) -> Iterator[Claim]:
        for placed in self.entries.nodes:
            for name, (cls, _) in SHORTHANDS.items():
                if end := placed.entry.ref(name):
                    to = country_id(end) if cls is InCountry else self.ids[end]
                    yield self._claim(cls, placed, self.ids[placed.entry.key], to, {})

    def _claims(self) -> Iterator[Claim]:
        for placed in self.entries.claims:
            entry = placed.entry
            ends = [self.ids.get(end, end) for end in (entry.from_, entry.to)]
            fields = plain_fields(entry, _NOT_OF_CLAIMS)
            yield self._claim(CLAIM_CLASSES[entry.kind], placed, ends[0], ends[1], fields)

    def _claim(
        self, cls: type[Claim], placed: Placed[Any], from_: str, to: str, fields: dict[str, Any]
    ) -> Claim:
        given = {"from": from_, "to": to, "source": self.source_id}
        claim = cls.model_validate({**fields, **given, "locator": placed.entry.locator})
        self._once(claim.id, placed, "same-claim", "keep one of the two")
        return claim

    def _once(self, made: str, placed: Placed[Any], code: str, fix: str) -> None:
        """Note an entry that makes what an earlier one made."""
        line = placed.mark.line
        if made in self.lines:
            message = f"{made} stands already in line {self.lines[made]}"
            self.faults.say(placed.mark.spot(), code, message, fix)
        self.lines.setdefault(made, line)
