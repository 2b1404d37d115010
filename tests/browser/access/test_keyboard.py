"""Everything by keyboard, from one table that also is the help."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.playground import Playground

STEP = "[data-value=step] .digits"
LATE_WORDS = """{
  const { fetch } = window;
  window.fetch = async (...asked) => {
    if (String(asked[0]).includes('/text/')) await new Promise((resolve) => setTimeout(resolve, 500));
    return fetch(...asked);
  };
}"""
PRESSED_AGAIN = """document.addEventListener('keydown', ({ isTrusted, key }) => {
  const { dataset } = document.documentElement;
  if (!isTrusted) dataset.again = (dataset.again ?? '') + key;
});"""


def test_space_plays_and_pauses(playground: Playground):
    page = playground.open().page
    page.keyboard.press("Space")
    expect(page.locator("#transport [name=play]")).to_have_attribute("data-playing", "false")
    page.keyboard.press("Space")
    expect(page.locator("#transport [name=play]")).to_have_attribute("data-playing", "true")


def test_the_right_arrow_steps_by_the_chosen_unit_an_epoch_or_an_example(playground: Playground):
    page = playground.join({}).page
    for key, step in (("ArrowRight", "25"), ("Shift+ArrowRight", "50"), ("Alt+ArrowRight", "51")):
        page.keyboard.press(key)
        expect(page.locator(STEP)).to_have_text(step)


def test_r_resets_and_n_draws_a_new_start(playground: Playground):
    page = playground.join({}).page
    playground.post("steps", {"count": 9})
    expect(page.locator(STEP)).to_have_text("9")
    page.keyboard.press("r")
    expect(page.locator(STEP)).to_have_text("0")
    page.keyboard.press("n")
    expect(page.locator("#start [name=seed]")).not_to_have_text("7")


def test_keys_are_letters_while_typing(playground: Playground):
    page = playground.join({}).page
    page.focus("#rate")
    page.keyboard.type("r n")
    page.wait_for_timeout(200)
    assert playground.spec["seed"] == 7
    assert playground.state["version"] == 1


def test_the_help_lists_every_key(playground: Playground):
    page = playground.open().page
    page.keyboard.press("?")
    keys = page.evaluate("import('/static/js/pages/keyboard.js').then(({ KEYS }) => KEYS.length)")
    expect(page.locator("#keys dt")).to_have_count(keys)
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_a_unit_is_reached_and_opened_without_a_mouse(playground: Playground):
    page = playground.join({}).page
    page.get_by_role("button", name="Unit 3 of layer 2").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h3")).to_contain_text("Unit 3")


def test_the_last_action_is_shown_as_curl_and_as_python(playground: Playground):
    page = playground.join({}).page
    page.fill("#rate", "0.3")
    page.press("#rate", "Enter")
    playground.expect_spec("optimizer", "learning_rate", value=0.3)
    page.click("#header [name=rest]")
    curl, python = page.locator("[data-code=curl]"), page.locator("[data-code=python]")
    expect(curl).to_contain_text(f"curl -X PATCH {playground.rest.base_url}networks/{playground.id}")
    expect(curl).to_contain_text('{"optimizer":{"learning_rate":0.3}}')
    expect(python).to_contain_text('json={"optimizer": {"learning_rate": 0.3}}')


def test_the_python_shown_runs_as_it_stands(playground: Playground, capsys):
    page = playground.join({}).page
    page.click("#transport [name=step]")
    expect(page.locator(STEP)).to_have_text("25")
    page.click("#header [name=rest]")
    expect(page.locator("[data-code=python]")).to_contain_text("/steps")
    exec(page.inner_text("[data-code=python]"))
    assert "'step': 50" in capsys.readouterr().out
    expect(page.locator(STEP)).to_have_text("50")


def test_one_plain_sentence_comes_with_a_hover_and_with_focus(playground: Playground):
    page = playground.join({}).page
    page.hover("#transport [name=reset]")
    expect(page.locator("#hint")).to_contain_text("Restart from step 0 with the same initial weights")
    page.mouse.move(640, 700)
    expect(page.locator("#hint")).to_be_hidden()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Add a layer here").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#hint")).to_contain_text("Resets all weights")


@pytest.mark.parametrize(
    ("address", "key", "answer"),
    [
        ("/", "m", "#microscope[data-open]"),
        ("/lecture", "PageDown", "text=2 of 20"),
        ("/expressions", "?", "#help"),
    ],
)
def test_a_key_that_is_pressed_before_the_page_is_ready_is_not_lost(
    page: Page, address: str, key: str, answer: str
):
    page.add_init_script(LATE_WORDS)
    page.goto(address)
    page.keyboard.press(key)
    expect(page.locator(answer)).to_be_visible()


def test_a_page_s_number_begun_before_the_page_is_there_counts_once(page: Page):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.add_init_script(PRESSED_AGAIN)
    page.route("**/exhibits/*", hold)
    with page.expect_request("**/exhibits/*"):
        page.goto("/lecture")
    page.keyboard.press("1")
    page.keyboard.press("2")
    for route in held:
        route.continue_()
    expect(page.locator("html[data-again='12']")).to_be_attached()
    page.unroute("**/exhibits/*")
    page.keyboard.press("Enter")
    expect(page.get_by_text("12 of 20", exact=True)).to_be_visible()


def test_the_focus_stays_where_layers_and_units_come_and_go(playground: Playground):
    page = playground.join({}).page
    focused = page.locator(":focus")
    fewer = page.get_by_role("button", name="Remove a unit from layer 2")
    fewer.focus()
    for units in (3, 2, 1):
        page.keyboard.press("Enter")
        expect(page.locator("#heads .count b").first).to_have_text(str(units))
    expect(fewer).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(focused).to_have_accessible_name("Remove a unit from layer 2")
    assert playground.spec["layers"][0]["units"] == 1
    for name, layers in (("Add a layer here", 4), ("Remove layer 2", 3), ("Remove layer 2", 2)):
        page.get_by_role("button", name=name).first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#heads .head")).to_have_count(layers + 1)
        expect(focused).to_have_accessible_name(name)
    page.keyboard.press("Enter")
    expect(page.locator("#heads .head")).to_have_count(2)
    expect(focused).to_have_accessible_name("Activation of layer 2")


def test_arrows_go_from_unit_to_unit_and_its_card_has_the_focus_until_it_closes(playground: Playground):
    page = playground.join({}).page
    focused = page.locator(":focus")
    page.get_by_role("button", name="Input x1, used").focus()
    for key, name in (
        ("ArrowDown", "Input x2, used"),
        ("ArrowRight", "Unit 1 of layer 2"),
        ("ArrowDown", "Unit 2 of layer 2"),
        ("ArrowUp", "Unit 1 of layer 2"),
        ("ArrowLeft", "Input x2, used"),
        ("ArrowRight", "Unit 1 of layer 2"),
    ):
        page.keyboard.press(key)
        expect(focused).to_have_accessible_name(name)
    page.keyboard.press("Enter")
    expect(page.locator("#card h3")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#card h3")).to_contain_text("Bias")
    expect(page.locator("#card h3")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(focused).to_have_accessible_name("Unit 1 of layer 2")


OPENERS = [
    *(f"#header [name={name}]" for name in ("presets", "share", "file", "rest", "help")),
    ".moreButton", "#data [name=own]", ".formulaButton", "#draw",
]  # fmt: skip


def test_what_opens_takes_the_focus_and_gives_it_back(playground: Playground, subtests: pytest.Subtests):
    page = playground.join({}).page
    for opener in OPENERS:
        with subtests.test(opener):
            page.locator(opener).focus()
            page.keyboard.press("Enter")
            expect(page.locator(":focus:is(.drawer *, .card *, .surface)")).to_have_count(1)
            page.keyboard.press("Escape")
            expect(page.locator(opener)).to_be_focused()


def test_help_that_a_key_opens_gives_the_focus_back_to_where_it_was(playground: Playground):
    page = playground.join({}).page
    unit = page.get_by_role("button", name="Unit 3 of layer 2")
    unit.focus()
    page.keyboard.press("?")
    expect(page.locator("#help .title")).to_be_focused()
    page.keyboard.press("?")
    expect(unit).to_be_focused()
