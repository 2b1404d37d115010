"""Assets: the files that each page loads, and the version under which a browser caches them.

A page names its files under `kept/<version>/`. The version changes with any file, so a browser may keep
them forever. `tools/build_page.mjs` bundles the files of a page; `PAGE=source` serves the sources instead.
"""

import gzip
import hashlib
import json
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from app.settings import PageVariant

SOURCES = "pages.json"
BUILT = "dist/manifest.json"
MIN_COMPRESSED_BYTES = 500
REFRESH_SECONDS = 1.0


class PageFiles(NamedTuple):
    """The files that one page loads, by their paths in the folder of assets.

    first: the module that sends the first calls. worker: the module that draws, to be fetched in advance.
    """

    script: str
    styles: Sequence[str]
    first: str | None
    worker: str | None


class Assets:
    """The folder of assets, and the pages made of them.

    templates: the folder of the pages' templates. evaluator: a module beside the assets, as text.
    variant: whether pages load the built files or the sources.
    """

    def __init__(self, folder: Path, templates: Path, evaluator: str, variant: PageVariant) -> None:
        self._folder = folder.resolve()
        self._watched = (self._folder, templates.resolve())
        self._evaluator = evaluator
        self._variant = variant
        self._pages = self._read_pages()
        self.version = self._current_version()
        self._refreshed = time.monotonic()

    def refresh_version(self) -> str:
        """Return the version of the assets and the templates, at most a second old."""
        now = time.monotonic()
        if now - self._refreshed < REFRESH_SECONDS:
            return self.version
        self._refreshed = now
        version = self._current_version()
        if version != self.version:
            self._pages = self._read_pages()
            self.version = version
        return version

    def page(self, name: str) -> PageFiles:
        """Return the files of a page by its name in pages.json."""
        return self._pages[name]

    def _current_version(self) -> str:
        digest = hashlib.sha256(self._evaluator.encode())
        for folder in self._watched:
            for path in sorted(folder.rglob("*")):
                stat = path.stat()
                digest.update(f"{path} {stat.st_mtime_ns} {stat.st_size}".encode())
        return digest.hexdigest()[:12]

    def _read_pages(self) -> dict[str, PageFiles]:
        if self._variant == "built":
            return {name: PageFiles(**files) for name, files in self._read_table(BUILT).items()}
        table = self._read_table(SOURCES)
        return {
            name: PageFiles(**files, first=table["first"], worker=None)
            for name, files in table["pages"].items()
        }

    def _read_table(self, name: str) -> dict[str, Any]:
        path = self._folder / name
        try:
            table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise FileNotFoundError(
                f"{path} is missing: build the page with make page, or serve its sources with PAGE=source"
            ) from error
        return table


@lru_cache(maxsize=512)
def gzipped(path: str, _changed: int) -> bytes:
    """Return a file compressed. _changed: when the file changed, so that each state is compressed once."""
    return compress(Path(path).read_bytes())


def compress(content: bytes) -> bytes:
    """Return the content compressed with gzip, the same bytes each time."""
    return gzip.compress(content, mtime=0)


def is_compressible(media_type: str | None, size: int) -> bool:
    """Return whether compression pays: for text of some length, not for pictures and fonts."""
    media = (media_type or "").partition(";")[0]
    is_text = media.startswith("text/") or media in ("application/json", "image/svg+xml")
    return is_text and size >= MIN_COMPRESSED_BYTES
