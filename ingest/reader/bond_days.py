"""The day on which an agreement was signed, and what is still to come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.reader.ties import tie_words

if TYPE_CHECKING:
    from ingest.reader.article import Article
    from ingest.reader.dates import Day
    from ingest.reader.mentions import Mentions
    from ingest.reader.proposals import AgreementStatus
    from ingest.reader.text import Span
    from ingest.reader.ties import Tie


_SAME_DAY = re.compile(r"이날|이 자리|같은 날|당일|체결식|협약식|조인식|서명식")


_CEREMONY = re.compile(r"(?:체결식|협약식|조인식|서명식|결연식)(?:은|이|을|는|에서)")


def day_around(article: Article, n: int, one: Mentions) -> tuple[str | None, Span | None]:
    """The last day that the sentences before name, where this one speaks of the same."""
    for other in article.told[n + 1 : n + 3]:
        days = [d for d in other.days if not d.told and len(d.first) == 10 and not d.is_range]
        if days and _CEREMONY.search(article.text, other.start, other.end):
            return days[0].first, (days[0].start, days[0].end)
    if not _SAME_DAY.search(article.text, one.start, one.end):
        return None, None
    for other in reversed(article.told[max(0, n - 3) : n]):
        days = [d for d in other.days if not d.told and len(d.first) == 10 and not d.is_range]
        if days:
            return days[-1].first, (days[-1].start, days[-1].end)
    return None, None


def is_to_come(article: Article, day: Day) -> bool:
    """Whether a day lies after the day of publication."""
    return article.published is not None and day.first > article.published.isoformat()


def _taken(article: Article, day: Day, tie: Tie) -> bool:
    """Whether the word for another tie stands between a day and this one."""
    return any(other.end <= tie.start for other in tie_words(article.text, day.end, tie.start))


def day_in_sentence(
    article: Article, one: Mentions, tie: Tie, clause: Span, status: AgreementStatus
) -> tuple[str | None, Span | None]:
    """The day of signing: the nearest before the word in its clause, never the report's."""
    days = [
        d
        for d in one.days
        if not d.told and d.end <= tie.end + 30 and not (d.is_range and len(d.first) == 4)
    ]
    if status == "signed":
        days = [d for d in days if not d.is_range and not is_to_come(article, d)]
    if status == "in_force":
        days = [
            d
            for d in days
            if not d.by_publication and len(d.first) <= 7 and abs(tie.start - d.end) < 24
        ]
    inside = [d for d in days if clause[0] <= d.start < clause[1]] or days
    if status == "proposed":
        inside = [d for d in inside if is_to_come(article, d)]
    if not inside:
        return None, None
    inside = [d for d in inside if not _taken(article, d, tie)]
    inside = [d for d in inside if len(d.first) == 10] or inside
    if not inside:
        return None, None
    near = min(inside, key=lambda d: abs(d.end - tie.start))
    return near.first, (near.start, near.end)
