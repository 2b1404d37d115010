"""Logging: one line of JSON per record, on standard error.

The id of a network is also the permission to change it, so the log never holds a whole id. Text that
looks like an id is cut to its first four characters, in messages, fields and tracebacks.
"""

import json
import logging
import re
from collections import Counter
from datetime import UTC, datetime

ID = re.compile(r"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{4})[A-Za-z0-9_-]{18}(?![A-Za-z0-9_-])")
"""22 characters, the form of `secrets.token_urlsafe(16)`."""
MAX_SAME_LINES_PER_SECOND = 3
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


class RepetitionFilter(logging.Filter):
    """Filter that lets the same warning or error pass a few times a second, and counts the others.

    A client that provokes one line per request would otherwise fill the disk, and delay everybody.
    """

    def __init__(self) -> None:
        super().__init__()
        self._second = 0
        self._passed: Counter[tuple[str, str]] = Counter()
        self._suppressed: Counter[tuple[str, str]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to write the record. The next one that is written says how many were not."""
        if record.levelno < logging.WARNING:  # an operator who asks for every request gets every request
            return True
        if int(record.created) != self._second:
            self._second = int(record.created)
            self._passed.clear()
        kind = record.name, str(record.msg)
        self._passed[kind] += 1
        if self._passed[kind] > MAX_SAME_LINES_PER_SECOND:
            self._suppressed[kind] += 1
            return False
        if suppressed := self._suppressed.pop(kind, 0):
            record.suppressed = suppressed
        return True


def configure_logging(level: str, process: str) -> None:
    """Write records of at least this level, and Python's warnings, as lines of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(process))
    handler.addFilter(RepetitionFilter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
