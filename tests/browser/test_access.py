"""The page for those who do not see it, or not well: axe finds nothing to complain about."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.playground import Playground

OPENED = [
    "", "#transport [name=play]", ".unit:not(.feature)", "#data [name=own]", ".moreButton",
    *(f"#header [name={name}]" for name in ("presets", "share", "file", "rest", "help")),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_anything_open(playground: Playground, theme):
    page = playground.page
    page.emulate_media(color_scheme=theme)
    playground.join({})
    for opener in OPENED:
        if opener:
            page.locator(opener).first.click()
            page.wait_for_timeout(300)
        found = Axe().run(page).response["violations"]
        assert not [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in found], opener
        if page.locator(".drawer:visible").count():
            page.keyboard.press("Escape")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_view(playground: Playground, theme):
    page = playground.page
    page.emulate_media(color_scheme=theme)
    playground.join({"data": {"name": "blobs"}})
    for sight in page.locator("#sights input").all():
        sight.check(force=True)
        playground.until(
            "document.querySelector('#sight').hidden || document.querySelector('#sight canvas, #sight td')"
        )
        found = Axe().run(page).response["violations"]
        assert not [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in found], sight.input_value()


def test_the_network_is_described_in_words(playground: Playground):
    page = playground.join({}).page
    words = page.locator("#description").text_content()
    assert words == "x1, x2 → 4 Tanh, 2 Tanh, 1 Tanh; 25 weights and biases."
