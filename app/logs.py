"""Logging: one line of JSON per record, on standard error.

The id of a network is also the permission to change it, so the log never holds a whole id. Text that
looks like an id is cut to its first four characters, in messages, fields and tracebacks.
"""

import json
import logging
import re
from datetime import UTC, datetime

ID = re.compile(r"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{4})[A-Za-z0-9_-]{18}(?![A-Za-z0-9_-])")
"""22 characters, the form of `secrets.token_urlsafe(16)`."""
STANDARD_FIELDS = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


class JsonFormatter(logging.Formatter):
    """Formatter of log records as JSON. process: the name of this process, "web" or that of a trainer."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line: time, level, process, logger, event, and the fields of `extra`."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "event": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in STANDARD_FIELDS},
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return ID.sub(r"\1…", json.dumps(fields, ensure_ascii=False, default=str))


def configure_logging(level: str, process: str) -> None:
    """Write records of at least this level, and Python's warnings, as lines of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(process))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
