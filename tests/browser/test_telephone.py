"""On a telephone: the boundary on top, the transport at the thumb, nothing too small for a finger."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, ViewportSize, expect

from tests.browser.playground import Playground

THUMB = 44
SIZE = ViewportSize(width=390, height=844)


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A visitor with a telephone."""
    context = browser.new_context(
        base_url=server, viewport=SIZE, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    yield context
    context.close()


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found, f"{selector} is not shown"
    return found


def test_the_boundary_is_on_top_and_the_transport_at_the_bottom(playground: Playground):
    page = playground.open().page
    playground.wait_for_pictures()
    assert box(page, "#field")["y"] < 200
    assert box(page, "#field")["width"] > 300
    play = box(page, "[name=play]")
    assert play["y"] + play["height"] <= SIZE["height"]
    assert play["y"] > SIZE["height"] - 120
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out sideways"


def test_the_network_scrolls_sideways_by_itself(playground: Playground):
    page = playground.open().page
    playground.wait_for_pictures()
    assert page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('#stage'))"
    )


def test_the_transport_is_large_enough_for_a_thumb(playground: Playground):
    page = playground.open().page
    for name in ("reset", "play", "step", "data", "settings"):
        found = box(page, f".controls [name={name}]")
        assert found["width"] >= THUMB, name
        assert found["height"] >= THUMB, name


def test_data_and_settings_open_as_sheets(playground: Playground):
    page = playground.open().page
    page.tap(".controls [name=data]")
    page.get_by_role("radio", name="Spiral:").tap()
    playground.expect_spec("data", "name", value="spiral")
    page.tap(".controls [name=settings]")
    expect(page.locator("#data")).to_be_hidden()
    page.select_option("#settings [name=optimizer]", "adam")
    playground.expect_spec("optimizer", "name", value="adam")
    assert box(page, "[data-ladder=rate]")["height"] >= THUMB


def test_a_tap_on_a_unit_enlarges_it(playground: Playground):
    page = playground.open().page
    playground.wait_for_pictures()
    page.get_by_role("button", name="Unit 1 of layer 2").tap()
    expect(page.locator("#card canvas")).to_be_visible()
    assert box(page, "#card")["width"] > 340


REACHED = """(reach) => Array.from(
  document.querySelectorAll('.unit, .start select, #loss, .opener'),
).filter((node) => {
  node.scrollIntoView({ block: 'center', inline: 'center' });
  const { x, y, width, height } = node.getBoundingClientRect();
  return [-reach, reach].some((away) => {
    const found = document.elementFromPoint(x + width / 2, y + height / 2 + away);
    return found !== node && !node.contains(found);
  });
}).map((node) => node.outerHTML)"""


def test_what_is_small_to_the_eye_is_not_so_to_the_finger(playground: Playground):
    page = playground.open().page
    assert page.evaluate(REACHED, THUMB / 2 - 1) == []
