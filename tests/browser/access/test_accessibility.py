"""The page for those who do not see it, or not well: axe finds nothing to complain about."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.playground import Playground

OPENED = [
    "", ".unit:not(.feature)", "#data [name=own]", ".moreButton", ".formulaButton", "#draw",
    "#microscope [name=microscope]", "#microscope [name=predict]",
    *(f"#header [name={name}]" for name in ("presets", "share", "file", "rest", "help")),
    "#transport [name=play]",
]  # fmt: skip
STILL = "document.getAnimations().every(({ playState }) => playState !== 'running')"
NAMED = """[...document.querySelectorAll('svg[role=img]')]
  .every((picture) => !picture.checkVisibility() || picture.getAttribute('aria-label'))"""
THEMES = ["light", "dark", "contrast"]
"""All rules run in the first theme, and those about colors in every theme."""


def wear(page: Page, theme: str) -> None:
    """The theme, as a person picks it."""
    page.wait_for_selector("[data-complete]", state="attached")
    for _ in THEMES:
        if page.evaluate("document.documentElement.dataset.theme") != theme:
            page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_with_anything_open(playground: Playground, theme):
    page = playground.join({}).page
    wear(page, theme)
    for opener in OPENED:
        if opener:
            page.locator(opener).first.click()
            playground.until(f"{STILL} && {NAMED}")
        assert findings(page, only_colors=theme != THEMES[0]) == [], opener
        if page.locator(".drawer:visible").count():
            page.keyboard.press("Escape")


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_any_view(playground: Playground, theme):
    page = playground.join({"data": {"name": "blobs"}}).page
    wear(page, theme)
    for chart in page.locator("#charts input").all():
        chart.check(force=True)
        playground.until(
            "document.querySelector('#chart').hidden || document.querySelector('#chart canvas, #chart td')"
        )
        assert findings(page, only_colors=theme != THEMES[0]) == [], chart.input_value()


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_a_projector(playground: Playground, theme):
    page = playground.join({}).page
    wear(page, theme)
    page.keyboard.press("p")
    for key in "123":
        page.keyboard.press(key)
        expect(page.locator("#projection [aria-pressed=true]")).to_have_count(1)
        if key == "3":
            expect(page.locator("#stopTitle")).not_to_be_empty()
        assert findings(page, only_colors=theme != THEMES[0]) == [], key


@pytest.mark.parametrize("address", ["/lecture", "/expressions", "/worksheets", "/docs"])
def test_axe_finds_nothing_on_any_other_page(page: Page, address: str):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert findings(page) == []


def test_the_network_is_described_in_words(playground: Playground):
    page = playground.join({}).page
    words = page.locator("#description").text_content()
    assert words == "x1, x2 → 4 Tanh, 2 Tanh, 1 Tanh; 25 weights and biases."
