"""On a telephone: the boundary on top, the transport at the thumb, nothing too small for a finger."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, ViewportSize, expect

from tests.browser.axe import findings
from tests.browser.playground import Playground
from tests.browser.touch import SHARED, SMALL, THUMB

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


def test_nothing_sticks_out_of_the_narrowest_in_the_language_with_longer_words(
    playground: Playground, server: str
):
    page = playground.page
    page.set_viewport_size({"width": 360, "height": 640})
    page.context.add_cookies([{"name": "language", "value": "tr", "url": server}])
    playground.join({})
    accuracy = box(page, "#accuracy")
    assert accuracy["x"] + accuracy["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [(740, 360), (932, 430)])
def test_one_that_lies_shows_the_plane_and_room_for_formulas(playground: Playground, size: tuple[int, int]):
    page = playground.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    playground.join({})
    assert box(page, "#field")["width"] > 180
    page.get_by_role("button", name="Microscope").tap()
    expect(page.locator("#toGates")).to_be_visible()
    assert box(page, "#blackboard")["height"] > 80
    assert page.evaluate(SMALL, THUMB) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out sideways"


def test_the_network_scrolls_sideways_by_itself(playground: Playground):
    page = playground.open().page
    playground.wait_for_pictures()
    assert page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('#stage'))"
    )
    assert box(page, ".network > .titleRow")["height"] < THUMB + 4, "one row above it"


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


def test_a_finger_that_rests_on_a_button_is_told_what_it_is_and_presses_nothing(playground: Playground):
    page = playground.join({}).page
    fingers = page.context.new_cdp_session(page)
    play = box(page, "[name=play]")
    at = {"x": play["x"] + play["width"] / 2, "y": play["y"] + play["height"] / 2}
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    expect(page.locator("#hint")).to_be_visible()
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#hint")).to_be_in_viewport(ratio=1)
    page.tap("#header [name=menu]")
    expect(page.locator("#hint")).to_be_hidden()
    expect(page.locator("[name=play]")).to_have_attribute("data-playing", "false")
    page.tap("#header [name=menu]")
    page.tap("#counters [data-hint=epoch]")
    expect(page.locator("#hint")).to_be_visible()


REACHED = """(reach) => Array.from(
  document.querySelectorAll('.unit, .start select, #loss, .opener'),
).filter((node) => node.checkVisibility()).filter((node) => {
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
    assert page.evaluate(SHARED, THUMB) == []


@pytest.mark.parametrize("opened", ["", "more", "own", "presets", "share", "file", "rest", "formula"])
def test_every_control_is_large_enough_for_a_finger(playground: Playground, opened: str):
    page = playground.join({}).page
    sheet = {"more": "settings", "own": "data"}.get(opened, "")
    if sheet:
        page.tap(f".controls [name={sheet}]")
    elif opened not in ("", "formula"):
        page.tap("#header [name=menu]")
    selector = {"": "", "formula": ".formulaButton", "more": ".moreButton"}.get(opened, f"[name={opened}]")
    if selector:
        page.locator(selector).first.tap()
        expect(page.locator("#formulas" if opened == "formula" else f"#{opened}")).to_be_visible()
    assert page.evaluate(SMALL, THUMB) == []


@pytest.mark.parametrize("address", ["lecture#worked-example", "lecture#xnor", "expressions"])
def test_so_is_every_control_of_the_other_pages(page: Page, address: str):
    page.goto(f"/{address}")
    expect(page.locator("#parts :visible, #gates svg").first).to_be_visible()
    assert page.evaluate(SMALL, THUMB) == []


def test_the_way_to_the_gates_is_whole_beside_a_long_legend(playground: Playground):
    page = playground.join({"features": ["x1", "x2", "x1^2", "x2^2", "sin(x1)", "sin(x2)"]}).page
    page.get_by_role("button", name="Microscope").tap()
    expect(page.locator("#toGates")).to_be_visible()
    found = box(page, "#toGates")
    assert found["x"] + found["width"] <= SIZE["width"]
    assert page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('#toGates'))"
    )
    assert box(page, "#microscope .phases")["height"] < 2 * THUMB + 20, "its controls are two rows"
    assert findings(page) == []
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    curve = box(page, "#curve")
    assert curve["y"] + curve["height"] <= box(page, "#microscope")["y"], "all of the page is seen above it"
