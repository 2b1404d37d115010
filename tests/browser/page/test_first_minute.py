"""The first minute: a stranger opens the page, clicks nothing, and sees a network learn."""

from playwright.sync_api import Route, ViewportSize, expect

from tests.browser.playground import COMPLETE, Playground

SECONDS = 5
HIDDEN = """() => {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.querySelector('#stage');
  return [scrollWidth - clientWidth, scrollHeight - clientHeight];
}"""
WORDS = """() => {
  const labels = [...document.querySelectorAll('[aria-label]')].map((node) => node.ariaLabel);
  return [document.body.innerText, ...labels].join(' ');
}"""
FITS = "document.querySelector('#field').getBoundingClientRect().right <= innerWidth"
PARTS = [
    "#header", "#transport", "#settings", "#line", "#datasets", "#sliders", "#data-seed", "#start",
    ".head:last-of-type", "#field", "#scale", ".switches", "#losses", "#curve", "#accuracy",
    "[name=testPoints]", "[name=discretize]", "#logarithmic", "[name=reseed]", "[name=redraw]",
]  # fmt: skip


def test_a_network_learns_the_circle_within_five_seconds_of_opening(playground: Playground):
    page = playground.open().page
    page.wait_for_timeout(SECONDS * 1000)
    sides = playground.sides()
    assert sides[4][4] == 1, "the middle of the circle is blue"
    assert {sides[0][0], sides[0][8], sides[8][0], sides[8][8]} == {-1}, (
        "no straight line has all four corners on one side"
    )
    assert playground.number("#losses div:nth-child(2) dd") < 0.2, "the test loss has fallen"


def test_nothing_starts_by_itself_for_who_has_asked_for_less_motion(playground: Playground):
    page = playground.page
    page.goto("/")
    playground.until(COMPLETE)
    expect(page.locator("#line")).to_contain_text("Paused at step 0")
    assert playground.state["step"] == 0
    page.click("#transport [name=play]")
    playground.expect_read(lambda: playground.state["step"] > 0, True)


def test_everything_is_visible_without_scrolling(playground: Playground):
    page = playground.open().page
    playground.wait_for_pictures()
    for width, height in ((1920, 1080), (1280, 720)):
        page.set_viewport_size(ViewportSize(width=width, height=height))
        playground.until(FITS)
        for selector in PARTS:
            box = page.locator(selector).bounding_box()
            assert box, f"{selector} is not shown"
            assert box["x"] >= 0, selector
            assert box["x"] + box["width"] <= width + 0.5, selector
            assert box["y"] + box["height"] <= height + 0.5, selector
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        playground.until(f"JSON.stringify(({HIDDEN})()) === '[0,0]'")


def test_eight_layers_of_eight_units_are_all_seen_on_a_laptop(playground: Playground):
    layers = [{"units": 8}] * 8 + [{}]
    page = playground.join({"layers": layers}).page
    assert page.locator(".unit:not(.feature)").count() == 65
    stage = page.locator("#stage").bounding_box()
    last = page.locator(".unit").last.bounding_box()
    assert stage
    assert last
    assert last["x"] + last["width"] <= stage["x"] + stage["width"]
    assert page.evaluate(HIDDEN)[1] == 0


def test_no_word_on_the_page_is_a_key_of_the_catalogue(playground: Playground):
    page = playground.open().page
    playground.wait_for_pictures()
    page.keyboard.press("?")
    words = page.evaluate(WORDS)
    assert "Backprop Playground" in words
    assert not [
        word
        for word in words.split()
        if word.count(".") == 1 and word.replace(".", "").isalpha() and word[-1] != "."
    ]


def test_what_is_clicked_before_all_is_there_is_done_when_it_is(playground: Playground):
    page = playground.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/lazyViews*.js", hold)
    page.goto("/")
    expect(page.locator(".unit").first).to_be_visible()
    page.get_by_role("button", name="Microscope").click()
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    expect(page.locator("#microscope .opener")).to_have_attribute("aria-expanded", "true")
