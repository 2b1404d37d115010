"""Logging: one line of JSON per record, on standard error.

A network's id is all one needs to change it, so no line ever holds a whole one: whatever looks like
an id is cut to its first four letters, in messages, fields and tracebacks alike.
"""

import json
import logging
import re
from datetime import UTC, datetime

ID = re.compile(r"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{4})[A-Za-z0-9_-]{18}(?![A-Za-z0-9_-])")
"""22 letters, as `secrets.token_urlsafe(16)` makes them."""
EVERY_RECORD_HAS = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


class JsonFormatter(logging.Formatter):
    """process: which of the processes writes."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line: when, how grave, who, what, and the fields given with `extra`."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "event": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in EVERY_RECORD_HAS},
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return ID.sub(r"\1…", json.dumps(told, ensure_ascii=False, default=str))


def configure_logging(level: str, process: str) -> None:
    """Have everything from this level on written as such lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(process))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
