"""Strict JSON parser: RFC 8259 without extensions, with limits on size and depth."""

import json
import re
from typing import Any, NoReturn

SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
MAX_NAMES = 200
"""Maximum names of an object. Reporting 100,000 unknown names one by one would take seconds."""
MAX_CONTAINERS = 200_000
"""Maximum lists and objects. The 600,000 empty lists that fit into 2 MB would take 50 MB of memory."""
NOT_NUMBERS = "NaN and Infinity are not JSON; every number must be finite"


class MalformedError(ValueError):
    """The text is not JSON."""


class NotFiniteError(MalformedError):
    """The text is JSON except for NaN or Infinity."""


def parse(text: str | bytes) -> Any:
    """Return the value of a JSON text. Raises MalformedError, or NotFiniteError for NaN and Infinity."""
    try:
        if isinstance(text, bytes):
            text = text.decode()
        containers = text.count("[") + text.count("{")
        if containers > MAX_CONTAINERS:
            raise MalformedError(
                f"the JSON has {containers:,} lists and objects, but at most {MAX_CONTAINERS:,} are allowed"
            )
        value = json.loads(text, parse_constant=_constant, object_pairs_hook=_object)
        if SURROGATE.search(text):
            # An unpaired surrogate can be parsed, but no answer could repeat it in UTF-8.
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except MalformedError:
        raise
    except UnicodeDecodeError as error:
        raise MalformedError(f"the body must be UTF-8, but byte {error.start} is not") from None
    except UnicodeEncodeError:
        raise MalformedError("the surrogates \\ud800 to \\udfff are allowed only in pairs") from None
    except RecursionError:
        raise MalformedError("the JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise MalformedError(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except ValueError:  # Python reads at most 4,300 digits
        raise MalformedError("a whole number has too many digits") from None


def _constant(name: str) -> NoReturn:
    raise NotFiniteError(f"{NOT_NUMBERS}, got {name}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MAX_NAMES:
        raise MalformedError(f"an object has {len(pairs):,} names, but at most {MAX_NAMES} are allowed")
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        repeated = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise MalformedError(f"the name {repeated[:60]!r} occurs twice in one object")
    return value
