"""On a tablet, lying and standing: all of it is there, large enough for a finger, what matters is seen."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.axe import findings
from tests.browser.playground import Playground
from tests.browser.touch import SHARED, SMALL, THUMB

LYING = [ViewportSize(width=1280, height=800), ViewportSize(width=1024, height=768)]
STANDING = ViewportSize(width=820, height=1180)
INSIDE = """(parts) => {
  const outer = document.querySelector(parts[0]).getBoundingClientRect();
  return Array.from(document.querySelectorAll(parts[1])).filter((node) => {
    if (!node.checkVisibility()) return false;
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return left < outer.left || right > outer.right || top < outer.top || bottom > outer.bottom;
  }).map((node) => node.outerHTML.slice(0, 200));
}"""

HEAD_PARTS = "#progress, .sample, .lectureHead .quietButton, .lectureHead .switch"
CUT = """(names) => Array.from(document.querySelectorAll(names))
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  .map((node) => node.outerHTML.slice(0, 200))"""


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A visitor with a tablet."""
    context = browser.new_context(base_url=server, viewport=LYING[0], has_touch=True, reduced_motion="reduce")
    yield context
    context.close()


LAID_OUT = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@contextmanager
def at_size(page: Page, size: ViewportSize, subtests: pytest.Subtests) -> Iterator[None]:
    """An open page at another size, laid out anew, as a subtest."""
    with subtests.test(**size):
        page.set_viewport_size(size)
        page.evaluate(LAID_OUT)
        yield


@pytest.mark.parametrize("language", ["en", "tr"])
def test_all_of_the_transport_and_the_curve_fit_on_one_that_lies(
    playground: Playground, server: str, language: str, subtests: pytest.Subtests
):
    page = playground.page
    page.context.add_cookies([{"name": "language", "value": language, "url": server}])
    playground.join({})
    for size in LYING:
        with at_size(page, size, subtests):
            assert page.evaluate(INSIDE, [".transport", ".transport :is(.controls, .settings) > *"]) == []
            assert page.evaluate(INSIDE, [".network", ".network > .titleRow *"]) == []
            assert page.evaluate(INSIDE, [".output", "#accuracy, #board, #losses, #curve"]) == []
            assert page.evaluate(SMALL, THUMB) == []
            assert page.evaluate(SHARED, THUMB) == []
            page.tap("#draw")
            expect(page.locator("#pens")).to_be_visible()
            assert page.evaluate(INSIDE, [".output", "#pens, #losses, #curve"]) == []
            assert page.evaluate("document.querySelector('#curve').clientHeight") >= 48
            page.tap("#draw")
            expect(page.locator("#pens")).to_be_hidden()


@pytest.mark.parametrize("sheet", ["data", "settings", "more", "share", "file", "rest"])
def test_sheets_are_whole_and_large_enough_for_a_finger(
    playground: Playground, sheet: str, subtests: pytest.Subtests
):
    page = playground.join({}).page
    for size in [*LYING, STANDING]:
        with at_size(page, size, subtests):
            open_sheet(page, sheet)
            expect(page.locator(f"#{sheet}")).to_be_visible()
            if sheet == "more":
                expect(page.locator("#more label").first).to_be_visible()
            assert page.evaluate(INSIDE, ["html", f"#{sheet}"]) == []
            assert page.evaluate(SMALL, THUMB) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
            page.keyboard.press("Escape")


def open_sheet(page: Page, sheet: str) -> None:
    """Open a sheet as a finger does at this size, unless it is open."""
    if page.locator(f"#{sheet}").is_visible():
        return
    if sheet in ("share", "file", "rest"):
        if page.locator("#header [name=menu]").is_visible():
            page.tap("#header [name=menu]")
            expect(page.locator("#tools")).to_be_in_viewport(ratio=1)
        page.tap(f"#tools [name={sheet}]")
    else:
        page.evaluate("name => document.querySelector(`button[name=${name}]`).click()", sheet)


def test_on_one_that_stands_the_network_is_seen_below_the_plane(playground: Playground):
    page = playground.page
    page.set_viewport_size(STANDING)
    playground.join({})
    expect(page.get_by_role("button", name="Input x1, used")).to_be_in_viewport(ratio=1)
    expect(page.locator("#board")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("address", ["lecture#worked-example", "lecture#xnor", "expressions", "worksheets"])
def test_the_other_pages_are_whole_and_large_enough_for_a_finger(
    page: Page, address: str, subtests: pytest.Subtests
):
    page.goto(f"/{address}")
    expect(page.locator("#parts :visible, #gates svg, #sheet h1").first).to_be_visible()
    for size in [*LYING, STANDING]:
        with at_size(page, size, subtests):
            assert page.evaluate(SMALL, THUMB) == []
            assert (
                page.evaluate(CUT, "#progress, .sample, .lectureHead .quietButton, .lectureHead .switch")
                == []
            )
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"


@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_open_microscope_leaves_the_network_room_and_has_room_for_formulas(
    playground: Playground, server: str, language: str, subtests: pytest.Subtests
):
    page = playground.page
    page.context.add_cookies([{"name": "language", "value": language, "url": server}])
    playground.join({})
    page.keyboard.press("m")
    expect(page.locator("#microscope .phases [name=check]")).to_be_visible()
    for size in LYING:
        with at_size(page, size, subtests):
            assert page.evaluate(INSIDE, [".network", "#microscope .phases *"]) == []
            assert page.evaluate("document.querySelector('#blackboard').clientHeight") >= 3 * THUMB
            expect(page.locator("#units .feature")).to_have_count(2)
            assert page.evaluate("document.querySelector('#units .unit').clientHeight") >= 36
            assert page.evaluate(SMALL, THUMB) == []
            assert findings(page) == []


def test_a_finger_that_comes_down_beside_a_small_unit_means_that_unit(playground: Playground):
    page = playground.page
    page.set_viewport_size(LYING[1])
    playground.join({"layers": [{"units": 8}, {"units": 1}]})
    playground.wait_for_pictures()
    unit = page.locator("#units [data-part='0.3']")
    found = unit.bounding_box()
    assert found
    assert found["width"] < THUMB
    page.touchscreen.tap(found["x"] + found["width"] / 2 + THUMB / 2 - 2, found["y"] + found["height"] / 2)
    expect(unit).to_have_attribute("aria-expanded", "true")


def test_what_a_finger_has_read_off_the_curve_stays_when_it_is_lifted(playground: Playground):
    page = playground.join({}).page
    page.get_by_role("button", name="Step", exact=True).tap()
    expect(page.locator("#counters [data-value=epoch]")).to_have_text("1")
    page.tap("#curve")
    page.locator("#curve .u-over").dispatch_event("mouseleave")
    expect(page.locator("#curveReading")).to_contain_text("epoch")
    expect(page.locator("#curveReading")).to_be_visible()
    page.tap("#output-title")
    expect(page.locator("#curveReading")).to_be_hidden()


@pytest.mark.parametrize("size", LYING)
def test_what_it_shows_on_a_projector_is_whole(playground: Playground, size: ViewportSize):
    page = playground.page
    page.set_viewport_size(size)
    playground.join({})
    page.keyboard.press("p")
    expect(page.locator("#projection")).to_be_visible()
    assert page.evaluate(INSIDE, [".transport", ".transport :is(.controls, .projection) > *"]) == []
    assert page.evaluate(INSIDE, [".output", "#accuracy, #board, #losses, #curve"]) == []
    plane, losses = page.locator("#board").bounding_box(), page.locator("#losses").bounding_box()
    assert plane
    assert losses
    assert plane["y"] + plane["height"] <= losses["y"], "the plane does not lie over the losses"
    assert page.evaluate(SMALL, THUMB) == []
