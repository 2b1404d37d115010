"""What the browser keeps, and a browser that may keep nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

FORBIDDEN = """for (const place of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, place, { get() { throw new DOMException('forbidden', 'SecurityError'); } });
}"""


def test_where_nothing_may_be_kept_themes_and_undo_work_all_the_same(playground: Playground):
    playground.page.add_init_script(FORBIDDEN)
    page = playground.join({}).page
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Add a unit to layer 2").click()
    playground.expect_spec("layers", 0, "units", value=5)
    expect(page.locator("#header [name=undo]")).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("Control+z")
    playground.expect_spec("layers", 0, "units", value=4)


@pytest.mark.parametrize("address", ["/docs", "/worksheets", "/expressions", "/lecture"])
def test_every_page_wears_the_theme_that_was_chosen(page: Page, address: str):
    page.add_init_script("window.localStorage.setItem('theme', 'contrast')")
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
