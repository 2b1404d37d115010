"""Strict JSON: what the standard says and no more, with a bound on everything."""

import json
from typing import Any, NoReturn

NOT_NUMBERS = "NaN and Infinity are not JSON: every number is finite"


class MalformedError(ValueError):
    """This is no JSON."""


class NotFiniteError(MalformedError):
    """It would be, but for NaN or Infinity."""


def parse(text: str | bytes) -> Any:
    """The value of a JSON text. Raises MalformedError; NotFiniteError for NaN and Infinity."""
    try:
        if isinstance(text, bytes):
            text = text.decode()
        return json.loads(text, parse_constant=_constant, object_pairs_hook=_object)
    except MalformedError:
        raise
    except UnicodeDecodeError as error:
        raise MalformedError(f"this is not UTF-8, from byte {error.start} on") from None
    except RecursionError:
        raise MalformedError("this JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise MalformedError(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except ValueError:
        raise MalformedError("a whole number has too many digits") from None


def _constant(name: str) -> NoReturn:
    raise NotFiniteError(f"{NOT_NUMBERS}, got {name}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise MalformedError(f"the name {twice[:60]!r} stands twice in one object")
    return value
