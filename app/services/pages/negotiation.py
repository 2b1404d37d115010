"""Content negotiation: parsing Accept headers, and choosing the language of a page.

The languages are the catalogs static/text/<language>.json. To add one, copy en.json, translate its values,
and add its name under "language" in each catalog.
"""

from collections.abc import Iterable
from pathlib import Path

MAX_VALUES = 100
"""More values of a header are ignored: browsers send fewer than ten."""


def parse_accept(header: str) -> list[str]:
    """Return the accepted values in lower case, the preferred one first. Values with q=0 are left out."""
    ranks: list[tuple[float, str]] = []
    for part in header.split(",", MAX_VALUES)[:MAX_VALUES]:
        value, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((piece for piece in parameters if piece.startswith("q=")), "q=1")
        try:
            rank = float(quality.removeprefix("q="))
        except ValueError:
            continue
        if rank > 0:
            ranks.append((rank, value))
    return [value for _, value in sorted(ranks, key=lambda entry: -entry[0])]


FALLBACK = "en"


def available_languages(folder: Path) -> tuple[str, ...]:
    """Return the languages that have a catalog, the fallback first."""
    found = (path.stem for path in folder.glob("*.json"))
    return tuple(sorted(found, key=lambda language: (language != FALLBACK, language)))


def negotiate_language(
    languages: Iterable[str], asked: str | None, remembered: str | None, accepted: str
) -> str:
    """Return the first available language: of the address, the cookie, and then the Accept header."""
    known = set(languages)
    wishes = (asked, remembered, *(tag.partition("-")[0] for tag in parse_accept(accepted)))
    return next((wish for wish in wishes if wish in known), FALLBACK)
