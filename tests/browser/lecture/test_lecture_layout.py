"""Pages of the lecture at the sizes they are shown in: nothing is cut, and no number covers another."""

import pytest
from playwright.sync_api import Page, Route, expect

COVERED = """() => {
  const boxes = [...document.querySelectorAll('.figure.weight')].map((node) => node.getBoundingClientRect());
  const area = ({ width, height }) => width * height;
  const overlap = (low, high) => Math.max(0, high - low);
  const shared = (a, b) => overlap(Math.max(a.left, b.left), Math.min(a.right, b.right))
    * overlap(Math.max(a.top, b.top), Math.min(a.bottom, b.bottom)) / Math.min(area(a), area(b));
  return boxes.flatMap((a, k) => boxes.slice(k + 1).map((b) => shared(a, b))).filter((share) => share > 0.25);
}"""
STRUCK = """() => [...document.querySelectorAll('svg.graph')].flatMap((graph) => {
  const numbers = [...graph.querySelectorAll('text.value, text.gradient')];
  const boxes = numbers.map((number) => [number.textContent, number.getBBox()]);
  const points = [...graph.querySelectorAll('path')].flatMap((wire) =>
    Array.from({ length: 201 }, (_, k) => wire.getPointAtLength(wire.getTotalLength() * k / 200)));
  const within = ({ x, y, width, height }) => (at) =>
    at.x > x && at.x < x + width && at.y > y + 0.2 * height && at.y < y + 0.8 * height;
  return boxes.filter(([, box]) => points.some(within(box))).map(([number]) => number);
})"""
LETTERS = """() => [...document.querySelectorAll('.graph text:not(.long), .cell text')].map((letters) =>
  letters.ownerSVGElement.getScreenCTM().a * parseFloat(getComputedStyle(letters).fontSize))"""
BACK_ROW = 18
LAID_OUT = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
HIDDEN = """() => {
  const board = document.querySelector('#walk .blackboard');
  return Math.max(board.scrollHeight - board.clientHeight, board.scrollWidth - board.clientWidth);
}"""


def opened(page: Page, name: str, projector: bool = False) -> Page:
    page.goto(f"/lecture#{name}")
    expect(page.locator("#foot .pages a[aria-current]")).to_have_attribute("href", f"#{name}")
    if projector:
        switch_projector_on(page)
    return page


def switch_projector_on(page: Page) -> None:
    page.keyboard.press("p")
    expect(page.locator("html")).to_have_attribute("data-projector", "")


def expect_whole(page: Page) -> None:
    """Until the board has been fitted."""
    for _ in range(100):
        if page.evaluate(HIDDEN) <= 1:
            return
        page.wait_for_timeout(30)
    raise AssertionError(f"{page.locator('#stopTitle').inner_text()} is cut by {page.evaluate(HIDDEN)} px")


@pytest.mark.parametrize("name", ["forward", "loss", "worked-example", "deltas"])
def test_no_weight_covers_another_in_the_diagram(page: Page, name: str):
    opened(page, name)
    expect(page.locator(".figure.weight").first).to_be_visible()
    if "walk" in (page.locator("#parts").get_attribute("data-parts") or "").split():
        expect(page.locator(".figure.answer").first).to_be_visible()
    expect_uncovered(page)
    switch_projector_on(page)
    expect_uncovered(page)


def expect_uncovered(page: Page) -> None:
    """Until no weight covers another."""
    for _ in range(100):
        if not page.evaluate(COVERED):
            return
        page.wait_for_timeout(30)
    raise AssertionError(f"weights cover each other by {page.evaluate(COVERED)}")


def test_network_plane_curve_and_walk_have_room_on_one_page(page: Page):
    def with_more_parts(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "parts": ["network", "plane", "curve", "walk"]})

    page.route("**/exhibits/training?*", with_more_parts)
    opened(page, "training")
    for part in (".standBody .stage", ".standBody .board", "#losses .curve", "#walk .microscope"):
        expect(page.locator(part)).to_be_in_viewport(ratio=0.99)
        box = page.locator(part).bounding_box()
        assert box
        assert min(box["width"], box["height"]) > 110, part


HEAD_ROWS = """() => {
  const all = [...document.querySelectorAll('#lectureHead :is(a, button, .switch)')];
  const seen = all.filter((node) => node.checkVisibility());
  const boxes = seen.map((node) => node.getBoundingClientRect());
  const middles = boxes.map(({ top, bottom }) => (top + bottom) / 2);
  return middles.sort((a, b) => a - b).filter((y, k) => k === 0 || y - middles[k - 1] > 15).length;
}"""


@pytest.mark.parametrize("language", ["en", "tr"])
def test_on_a_telephone_the_head_of_a_page_is_two_rows(page: Page, language: str, subtests: pytest.Subtests):
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("neuron", "layers", "graph-gate", "worked-example"):
        with subtests.test(name):
            page.goto(f"/lecture?language={language}#{name}")
            expect(page.locator("#foot .pages a[aria-current]")).to_have_attribute("href", f"#{name}")
            expect(page.locator("#lectureHead [name=on]")).to_be_visible()
            assert page.evaluate(HEAD_ROWS) == 2


@pytest.mark.parametrize("name", ["neuron", "graph-xyz", "graph-sigmoid", "graph-gate"])
def test_no_wire_of_a_graph_goes_through_a_number(page: Page, name: str):
    opened(page, name)
    expect(page.locator("svg.graph").first).to_be_visible()
    page.locator("[name=all]").click()
    expect(page.locator("svg.graph").first.locator(".gradient").last).to_have_text("1")
    assert page.evaluate(STRUCK) == []
    switch_projector_on(page)
    page.evaluate(LAID_OUT)
    assert page.evaluate(STRUCK) == []
    assert min(page.evaluate(LETTERS)) >= BACK_ROW, "with all numbers"
    opened(page, "loss")
    opened(page, name)
    expect(page.locator("svg.graph").first).to_be_visible()
    assert min(page.evaluate(LETTERS)) >= BACK_ROW, "at first"


def test_a_graph_is_read_on_a_page_that_has_too_much_on_it(page: Page):
    def with_all_parts(route: Route) -> None:
        answer = route.fetch()
        parts = ["gates", "network", "plane", "curve", "walk"]
        route.fulfill(response=answer, json={**answer.json(), "parts": parts, "walk": ["forward"]})

    page.route("**/exhibits/neuron?*", with_all_parts)
    opened(page, "neuron")
    expect(page.locator("svg.graph")).to_be_visible()
    assert min(page.evaluate(LETTERS)) > 12


@pytest.mark.parametrize("notation", ["slides", "matrices"])
def test_on_a_projector_every_line_of_a_walk_is_seen_whole(page: Page, notation: str):
    opened(page, "deltas", projector=True)
    page.locator(f"#walk [name={notation}]").click()
    page.locator("#walk [name=forward]").click()
    count = page.locator("#stopCount")
    stops = int(count.inner_text().split()[-1])
    for stop in range(1, stops + 1):
        expect(count).to_have_text(f"{stop} of {stops}")
        expect_whole(page)
        if stop < stops:
            page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("name", ["graph-xyz", "graph-gate"])
def test_a_telephone_shows_the_graphs(page: Page, name: str):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, name)
    expect(page.locator("svg.graph").first).to_be_visible()
    for graph in page.locator("svg.graph").all():
        box = graph.bounding_box()
        assert box
        assert box["height"] > 80


def test_all_gradients_that_are_checked_are_seen_on_a_projector(page: Page):
    opened(page, "gradient-check", projector=True)
    expect(page.locator("[data-table=faults] tbody tr")).to_have_count(13)
    expect(page.locator("[data-table=faults] tbody tr").last).to_be_in_viewport(ratio=1)


def test_the_scale_of_the_gradients_is_read_from_the_back_row(page: Page):
    opened(page, "vanishing-gradients", projector=True)
    for letters in (".tick", ".normLabel"):
        box = page.locator(f".normPicture {letters}").first.bounding_box()
        assert box
        assert box["height"] >= 16


def test_a_telephone_shows_the_weights_of_xnor(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, "xnor")
    weights = page.locator(".stand").first.locator(".figure.weight")
    expect(weights).to_have_count(6)


OUTSIDE = """(inner) => [...document.querySelectorAll(inner)].map((node) => node.getBoundingClientRect())
  .filter(({ left, right }) => left < 0 || right > innerWidth + 1).length"""


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("capacity", ".standAgain .board"),
        ("weight-update", "[data-table=rounds] th"),
        ("gradient-check", "[data-table=faults] th"),
        ("vanishing-gradients", ".normLabel"),
        ("xnor", "[data-table=examples] th"),
    ],
)
def test_a_telephone_shows_tables_pictures_and_further_starts_whole(page: Page, name: str, inner: str):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, name)
    expect(page.locator(inner).first).to_be_visible()
    assert page.evaluate(OUTSIDE, inner) == 0
    first = page.locator(inner).first.bounding_box()
    second = page.locator(inner).nth(1).bounding_box()
    assert first
    assert second
    assert second["x"] >= first["x"] + first["width"] - 1 or second["y"] > first["y"]
