"""The log: one JSON line for each event, on standard error, whatever stands in it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

ACCESS = logging.getLogger("jamae.access")
FAULTS = logging.getLogger("jamae.fault")
_EVENT = "event"


class JsonLines(logging.Formatter):
    """A record as one line of ASCII JSON: escaped, so no text can start a second line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level and logger, then the event's own fields, then the trace if there is one."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        fields = getattr(record, _EVENT, None)
        line |= fields if isinstance(fields, dict) else {"message": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def event(logger: logging.Logger, level: int, fields: dict[str, object], **more: object) -> None:
    """Log one event with these fields; `exc_info=True` adds the trace."""
    logger.log(level, "", extra={_EVENT: fields}, exc_info=bool(more.get("exc_info")))


def log_to(stream: TextIO) -> None:
    """Send every log of the process to a stream, as JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
