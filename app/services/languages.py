"""The page's languages: a catalogue of words each, static/text/<language>.json; and which one a visitor gets.

To add one, copy en.json, translate its values, and add its name under "language" in each catalogue.
"""

from collections.abc import Iterable
from pathlib import Path

from app.services.wishes import ranked

FALLBACK = "en"


def spoken(folder: Path) -> tuple[str, ...]:
    """The languages there is a catalogue for, the fallback first."""
    found = (path.stem for path in folder.glob("*.json"))
    return tuple(sorted(found, key=lambda language: (language != FALLBACK, language)))


def chosen(languages: Iterable[str], asked: str | None, remembered: str | None, accepted: str) -> str:
    """The first there is of what the address asks for, the browser remembers, and the browser accepts."""
    known = set(languages)
    wishes = (asked, remembered, *(tag.partition("-")[0] for tag in ranked(accepted)))
    return next((wish for wish in wishes if wish in known), FALLBACK)
