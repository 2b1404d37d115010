"""The lecture's pages, opened: what has to come from the server is there."""

from playwright.sync_api import Page, expect

SIGNS = {
    "gates": "svg.graph",
    "cell": "#cell .body",
    "sliders": "#sliders [name=w0]",
    "table": "[data-table=examples] tbody tr",
    "rounds": "[data-table=rounds] tbody tr",
    "network": ".figure",
    "walk": ".equation, .factor",
    "shapes": "[data-shape] output",
    "product": "#product .katex-html",
    "norms": ".normPicture svg",
    "batch": ".gradientRow.mean",
    "faults": "[data-table=faults] tbody tr",
}


def opened(page: Page, name: str) -> Page:
    """The page, until what it shows of its networks has come."""
    page.goto(f"/lecture#{name}")
    expect(page.locator("#foot .pages a[aria-current]")).to_have_attribute("href", f"#{name}")
    parts = page.locator("#parts").get_attribute("data-parts") or ""
    for part, sign in SIGNS.items():
        if part in parts.split():
            expect(page.locator(sign).first).to_be_visible()
    return page
