"""What axe finds wrong on a page. All its rules run; only what they find wrong is worked out in full."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

FINDINGS = {"resultTypes": ["violations"]}


def findings(page: Page, within: list[list[str]] | None = None) -> list[str]:
    """Every broken rule, with the first element that breaks it. within: selectors, each in a list."""
    context: dict[str, Any] | None = {"include": within} if within else None
    found = Axe().run(page, context=context, options=FINDINGS).response["violations"]
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in found]
