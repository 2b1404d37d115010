"""What axe finds wrong on a page. Only broken rules are worked out in full."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

FINDINGS: dict[str, Any] = {"resultTypes": ["violations"]}
COLOR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def findings(page: Page, within: list[list[str]] | None = None, only_colors: bool = False) -> list[str]:
    """Every broken rule, with the first element that breaks it. within: selectors, each in a list.

    only_colors: only the rules that depend on the theme. All others were checked in another theme.
    """
    context: dict[str, Any] | None = {"include": within} if within else None
    options = FINDINGS | COLOR_RULES if only_colors else FINDINGS
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in found]
