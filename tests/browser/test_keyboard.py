"""Everything by keyboard, from one table that also is the help."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

STEP = "[data-value=step] .digits"
LATE_WORDS = """{
  const { fetch } = window;
  window.fetch = async (...asked) => {
    if (String(asked[0]).includes('/text/')) await new Promise((resolve) => setTimeout(resolve, 500));
    return fetch(...asked);
  };
}"""


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
    keys = page.evaluate("import('/static/js/keyboard.js').then(({ KEYS }) => KEYS.length)")
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
    expect(page.locator("#hint")).to_contain_text("Back to the same start")
    page.mouse.move(640, 700)
    expect(page.locator("#hint")).to_be_hidden()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Add a layer here").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#hint")).to_contain_text("Every weight starts anew")


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
