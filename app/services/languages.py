"""The page's languages: a catalogue of words each, static/text/<language>.json; and which one a visitor gets.

To add one, copy en.json, translate its values, and add its name under "language" in each catalogue.
"""

from collections.abc import Iterable
from pathlib import Path

FALLBACK = "en"


def spoken(folder: Path) -> tuple[str, ...]:
    """The languages there is a catalogue for, the fallback first."""
    found = (path.stem for path in folder.glob("*.json"))
    return tuple(sorted(found, key=lambda language: (language != FALLBACK, language)))


def chosen(languages: Iterable[str], asked: str | None, remembered: str | None, accepted: str) -> str:
    """The first there is of what the address asks for, the browser remembers, and the browser accepts."""
    known = set(languages)
    wishes = (asked, remembered, *_ranked(accepted))
    return next((wish for wish in wishes if wish in known), FALLBACK)


def _ranked(accepted: str) -> list[str]:
    """The languages of an Accept-Language header without their regions, the best liked first."""
    ranks: list[tuple[float, str]] = []
    for part in accepted.split(","):
        tag, _, quality = part.partition(";")
        try:
            rank = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if rank > 0:
            ranks.append((rank, tag.strip().lower().partition("-")[0]))
    return [language for _, language in sorted(ranks, key=lambda entry: -entry[0])]
