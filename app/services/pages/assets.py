"""The page's files as a browser keeps them: for good, under a version that changes with any.

A page names its files under `kept/<version>/`. It also names every module its script imports, so that a
browser asks for all of them at once, not for one level of imports after another. Its style sheets come
as one.
"""

import gzip
import hashlib
import re
import time
from functools import lru_cache
from pathlib import Path

IMPORTED = re.compile(r"^(?:import|export)\b[^;'\"()]*?['\"](\.[^'\"]+\.js)['\"]", re.MULTILINE)
WORKED = re.compile(r"new Worker\(new URL\('(\.[^']+)'")
MIN_COMPRESSED_BYTES = 500
PATIENCE = 1.0


class Assets:
    """The files of a folder. evaluator: the module beside that folder, which is rendered."""

    def __init__(self, folder: Path, evaluator: str) -> None:
        self._folder = folder.resolve()
        self._evaluator = evaluator
        self._graphs: dict[str, tuple[str, ...]] = {}
        self.version = self._versioned()
        self._looked = time.monotonic()

    def refresh_version(self) -> str:
        """The version of everything a page loads, as it was a second ago at most."""
        now = time.monotonic()
        if now - self._looked < PATIENCE:
            return self.version
        self._looked = now
        version = self._versioned()
        if version != self.version:
            self._graphs.clear()
            self.version = version
        return version

    def _versioned(self) -> str:
        known = hashlib.sha256(self._evaluator.encode())
        for path in sorted(self._folder.rglob("*")):
            stat = path.stat()
            known.update(f"{path} {stat.st_mtime_ns} {stat.st_size}".encode())
        return known.hexdigest()[:12]

    def styles(self, names: str) -> str | None:
        """Style sheets, joined by + in their order, as one; None where one is not there, or stands twice."""
        asked, there = (
            names.split("+"),
            {sheet.stem: sheet for sheet in (self._folder / "css").rglob("*.css")},
        )
        known = set(asked) <= set(there) and len(set(asked)) == len(asked)
        return "\n".join(there[name].read_text(encoding="utf-8") for name in asked) if known else None

    def modules(self, entry: str) -> tuple[str, ...]:
        """The modules that one imports, directly or not, by their paths in the folder; its workers' too."""
        if entry not in self._graphs:
            found: dict[Path, None] = {}
            self._follow(self._folder / entry, found)
            self._graphs[entry] = tuple(path.relative_to(self._folder).as_posix() for path in found)
        return self._graphs[entry]

    def _follow(self, module: Path, found: dict[Path, None]) -> None:
        if module in found or not module.is_file():
            return
        found[module] = None
        source = module.read_text(encoding="utf-8")
        for address in (*IMPORTED.findall(source), *WORKED.findall(source)):
            self._follow((module.parent / address).resolve(), found)


@lru_cache(maxsize=512)
def gzipped(path: str, _changed: int) -> bytes:
    """A file, compressed; once for every time it changed."""
    return gzip_content(Path(path).read_bytes())


def gzip_content(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def is_compressible(kind: str | None, size: int) -> bool:
    """Text of some length; pictures and fonts are compressed already."""
    media = (kind or "").partition(";")[0]
    return size >= MIN_COMPRESSED_BYTES and (
        media.startswith("text/") or media in ("application/json", "image/svg+xml")
    )
