"""Korean press in, typed proposals out: what an article says of missions, deals and agreements.

One module a step, pure functions over frozen types. Nothing is asked of a store or a network,
and the same text always reads alike.
"""

from __future__ import annotations

from ingest.reader.proposals import (
    Agreement,
    Deal,
    Mission,
    Participation,
    Proposal,
    Where,
)
from ingest.reader.reading import read

__all__ = ["Agreement", "Deal", "Mission", "Participation", "Proposal", "Where", "read"]
