"""The whole reading of one text: every step in its order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ingest.reader.article import Article, home_of
from ingest.reader.assemble import assembled
from ingest.reader.check import checked, ranked
from ingest.reader.clean import clean
from ingest.reader.events import events
from ingest.reader.mentions import mentions
from ingest.reader.merge import merged
from ingest.reader.sentences import sentences

if TYPE_CHECKING:
    from ingest.reader.proposals import Proposal


def read(
    text: str, url: str | None = None, published: str | date | None = None, home: str | None = None
) -> list[Proposal]:
    """The proposals of an article, the surest first; an empty list where nothing was found.

    `published` is an ISO day, without which most dates stay partial; `home` the publisher's
    municipality, as `진주시` or `경남 진주시`, which resolves a bare 시. `url` is not asked for:
    the text is all that is read. ValueError if `published` is no day.
    """
    del url
    day = date.fromisoformat(published) if isinstance(published, str) else published
    cleaned = clean(text)
    told = mentions(cleaned.text, sentences(cleaned), day)
    article = Article(cleaned.text, told, day, home_of(home, told))
    journeys = events(article)
    nights = {f"m{n}": event.nights for n, event in enumerate(journeys) if event.nights}
    return ranked(checked(merged(assembled(article, journeys)), nights), cleaned)
