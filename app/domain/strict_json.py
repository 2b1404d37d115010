"""Strict JSON parser: exactly the standard, with limits on size and depth."""

import json
import re
from typing import Any, NoReturn

SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
NAMES = 200
"""No object has near as many; refusing each of 100,000 unknown ones by name would take seconds."""
NOT_NUMBERS = "NaN and Infinity are not JSON; every number must be finite"


class MalformedError(ValueError):
    """This is no JSON."""


class NotFiniteError(MalformedError):
    """It would be, but for NaN or Infinity."""


def parse(text: str | bytes) -> Any:
    """Return the value of a JSON text. Raises MalformedError; NotFiniteError for NaN and Infinity."""
    try:
        if isinstance(text, bytes):
            text = text.decode()
        value = json.loads(text, parse_constant=_constant, object_pairs_hook=_object)
        if SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except MalformedError:
        raise
    except UnicodeDecodeError as error:
        raise MalformedError(f"the body is not UTF-8 from byte {error.start} on") from None
    except UnicodeEncodeError:
        raise MalformedError(
            "the text contains half a character; \\ud800 to \\udfff are allowed only in pairs"
        ) from None
    except RecursionError:
        raise MalformedError("the JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise MalformedError(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except ValueError:
        raise MalformedError("a whole number has too many digits") from None


def _constant(name: str) -> NoReturn:
    raise NotFiniteError(f"{NOT_NUMBERS}, got {name}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > NAMES:
        raise MalformedError(f"an object has {len(pairs):,} names, but at most {NAMES} are allowed")
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise MalformedError(f"the name {twice[:60]!r} occurs twice in one object")
    return value
