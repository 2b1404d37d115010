"""Cache of rendered HTML pages. A page is rendered and compressed once for everything it depends on."""

import hashlib
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from app.services.pages.assets import compress

MAX_PAGES = 32


class PageKey(NamedTuple):
    """Everything that the HTML of a page depends on.

    version: of the assets and the templates. base_url: the address of the service, where the page shows it.
    """

    name: str
    language: str
    version: str
    base_url: str


class RenderedPage(NamedTuple):
    """The HTML of a page, plain and compressed, and its entity tag."""

    html: bytes
    gzipped: bytes
    etag: str


class RenderedPages:
    """The pages rendered last, at most MAX_PAGES: a client chooses the base URL, so keys are unlimited."""

    def __init__(self) -> None:
        self._pages: dict[PageKey, RenderedPage] = {}
        self._lock = Lock()

    def get(self, key: PageKey, render: Callable[[], str]) -> RenderedPage:
        """Return the page of this key; call `render` if it is not cached."""
        page = self._pages.get(key)
        if page is None:
            html = render().encode()
            page = RenderedPage(html, compress(html), f'W/"{hashlib.sha256(html).hexdigest()[:32]}"')
            with self._lock:
                self._pages[key] = page
                while len(self._pages) > MAX_PAGES:
                    del self._pages[next(iter(self._pages))]
        return page
