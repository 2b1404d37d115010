"""Two at one network: what a script does over REST shows at once in the page, and a lost line comes back."""

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.playground import Playground

STEP = "[data-value=step] .digits"
NOTE_EVERY_LINE = """() => {
  window.lines = [];
  const line = document.querySelector('#line');
  new MutationObserver(() => lines.push(line.textContent)).observe(line, { childList: true });
}"""
SIDE_OF_A_COLUMN = """(where) => {
  const field = document.querySelector('#field');
  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
  const copy = canvas.getContext('2d');
  copy.drawImage(field, 0, 0, 8, 8);
  const { data } = copy.getImageData(where === 'left' ? 1 : 6, 4, 1, 1);
  return Math.sign(data[2] - data[0]);
}"""


def test_steps_of_a_script_show_in_the_page(playground: Playground):
    page = playground.join({}).page
    playground.post("steps", {"count": 500})
    expect(page.locator(STEP)).to_have_text("500")


def test_play_and_pause_of_a_script_show_in_the_page(playground: Playground):
    page = playground.join({}).page
    playground.post("play", {"epochs_per_second": 30})
    expect(page.locator("#transport [name=play]")).to_have_attribute("data-playing", "true")
    playground.post("pause", {})
    expect(page.locator("#transport [name=play]")).to_have_attribute("data-playing", "false")


def test_parameters_set_by_a_script_are_drawn(playground: Playground):
    page = playground.join({"layers": [{}]}).page
    for side in (1, -1):
        playground.rest.put(
            f"/networks/{playground.id}/parameters", json={"layers": [{"W": [[side * 5.0, 0.0]], "b": [0.0]}]}
        )
        playground.until(f"({SIDE_OF_A_COLUMN})('right') === {side}")
        assert page.evaluate(f"({SIDE_OF_A_COLUMN})('left')") == -side


def test_a_patch_of_a_script_changes_the_controls(playground: Playground):
    page = playground.join({}).page
    playground.rest.patch(
        f"/networks/{playground.id}", json={"optimizer": {"learning_rate": 0.3}, "layers": [{"units": 6}, {}]}
    )
    expect(page.locator("#rate")).to_have_value("0.3")
    expect(page.locator(".unit:not(.feature)")).to_have_count(7)


def test_a_second_page_on_the_same_network_sees_the_same(playground: Playground):
    page = playground.join({}).page
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#rate")).to_have_value("0.03")
    page.fill("#rate", "0.5")
    page.press("#rate", "Enter")
    expect(other.locator("#rate")).to_have_value("0.5")


def test_a_network_that_is_gone_says_so_and_offers_a_new_one(playground: Playground, page_errors):
    page = playground.page
    page.goto("/#id=AAAAAAAAAAAAAAAAAAAAAA")
    line = page.locator("#line")
    expect(line).to_contain_text("no longer exists")
    line.get_by_role("button", name="Start a new one").click()
    expect(page.locator(".unit").first).to_be_visible()
    assert "AAAAAAAA" not in page.url
    page_errors.clear()


def test_a_network_deleted_meanwhile_says_so(playground: Playground):
    page = playground.join({}).page
    playground.rest.delete(f"/networks/{playground.id}")
    expect(page.locator("#line")).to_contain_text("no longer exists")


def test_a_lost_line_is_said_and_comes_back_by_itself(playground: Playground):
    sockets: list[WebSocketRoute] = []

    def pass_on(route: WebSocketRoute) -> None:
        route.connect_to_server()
        sockets.append(route)

    page = playground.page
    page.route_web_socket("**/live", pass_on)
    playground.join({})
    page.evaluate(NOTE_EVERY_LINE)
    sockets[0].close(code=1012)
    playground.until("lines.some((line) => line.includes('Connection lost at step'))")
    playground.until("!document.querySelector('#line').textContent.includes('lost')")
    playground.post("steps", {"count": 7})
    expect(page.locator(STEP)).to_have_text("7")


def test_the_curve_is_completed_from_the_history_on_joining(playground: Playground):
    network = playground.rest.post("/networks", json={}).json()
    playground.rest.post(f"/networks/{network['id']}/steps", json={"count": 40, "unit": "epoch"})
    page = playground.page
    page.goto(f"/#id={network['id']}")
    playground.wait_for_pictures()
    box = page.locator("#curve .u-over").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#curveReading")).to_contain_text("epoch 20:")
