"""Undo and redo of what is changed by hand: set-up, data, weights; the training is no part of it."""

import re

from playwright.sync_api import expect

from tests.browser.playground import Playground

UNDO, REDO = "#header [name=undo]", "#header [name=redo]"


def change_a_bit_of_everything(playground: Playground) -> None:
    """The rate, the noise by a drag of the slider, and a weight."""
    page = playground.page
    page.fill("#rate", "0.1")
    page.press("#rate", "Enter")
    playground.expect_spec("optimizer", "learning_rate", value=0.1)
    page.locator("#data [name=noise]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    playground.expect_spec("data", "noise", value=0.15)
    page.mouse.click(*playground.link_middle(2, 0, 0))
    page.fill("#card .ladder input", "1.25")
    page.press("#card .ladder input", "Enter")
    expect(page.locator(UNDO)).to_have_attribute("aria-label", "Undo: Weight")
    page.keyboard.press("Escape")
    page.locator("#network").focus()


def test_set_up_data_and_weights_are_taken_back_while_the_training_stays(playground: Playground):
    page = playground.join({}).page
    playground.post("steps", {"count": 50})
    expect(page.locator(UNDO)).to_have_attribute("aria-disabled", "true")
    parameters, data = playground.layers(), playground.get("data")
    change_a_bit_of_everything(playground)
    playground.post("steps", {"count": 1, "unit": "example"})
    trained = playground.layers()
    assert abs(trained[2]["W"][0].pop(0) - 1.25) < 0.1

    page.keyboard.press("Control+z")
    expect(page.locator("#line")).to_contain_text("Undone: Weight. Training continues from here")
    expect(page.locator("#announcer")).to_contain_text("Undone: Weight")
    after = playground.layers()
    assert after[2]["W"][0].pop(0) == parameters[2]["W"][0][0]
    assert after == trained
    page.keyboard.press("Control+z")
    playground.expect_spec("data", "noise", value=0)
    assert playground.get("data") == data, "the whole drag is one change"
    page.click(UNDO)
    playground.expect_spec("optimizer", "learning_rate", value=0.03)
    expect(page.locator(UNDO)).to_have_attribute("aria-disabled", "true")
    assert playground.state["step"] == 51


def test_what_was_taken_back_is_made_again_until_something_new_is_changed(playground: Playground):
    page = playground.join({}).page
    change_a_bit_of_everything(playground)
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(page.locator(UNDO)).to_have_attribute("aria-disabled", "true")
    playground.expect_spec("optimizer", "learning_rate", value=0.03)
    page.keyboard.press("Control+Shift+Z")
    playground.expect_spec("optimizer", "learning_rate", value=0.1)
    page.keyboard.press("Control+y")
    playground.expect_spec("data", "noise", value=0.15)
    expect(page.locator(REDO)).to_have_attribute("aria-label", "Redo: Weight")
    page.select_option("#settings [name=penalty]", "l2")
    expect(page.locator(REDO)).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Control+z")
    playground.expect_spec("penalty", "name", value="none")


def test_layers_and_data_sets_come_back_with_their_weights(playground: Playground):
    page = playground.join({}).page
    playground.post("steps", {"count": 75})
    before = [playground.get(name) for name in ("parameters", "data", "history")]
    page.get_by_role("button", name="Add a unit to layer 2").click()
    playground.expect_spec("layers", 0, "units", value=5)
    page.get_by_role("radio", name=re.compile("^XOR")).first.click()
    playground.expect_spec("data", "name", value="xor")
    expect(page.locator(UNDO)).to_have_attribute("aria-label", "Undo: Data")
    page.click(UNDO)
    playground.expect_spec("data", "name", value="circle")
    page.click(UNDO)
    playground.expect_spec("layers", 0, "units", value=4)
    expect(page.locator("#line")).to_contain_text("Weights restored from step 75")
    assert [playground.get(name) for name in ("parameters", "data", "history")] == before
    playground.post("steps", {"count": 25})
    expect(page.locator("#line")).not_to_contain_text("Weights restored")
    page.click(REDO)
    page.click(REDO)
    playground.expect_spec("data", "name", value="xor")
    assert playground.spec["layers"][0]["units"] == 5


def test_points_that_were_drawn_are_taken_back_one_by_one(playground: Playground):
    page = playground.join({}).page
    before = playground.get("data")
    page.keyboard.press("d")
    box = page.locator("#board canvas").first.bounding_box()
    assert box
    for share, more in ((0.1, 1), (0.9, 2)):
        page.mouse.click(box["x"] + share * box["width"], box["y"] + 0.1 * box["height"])
        playground.expect_read(lambda: len(playground.get("data")["x"]), len(before["x"]) + more)
    expect(page.locator(UNDO)).to_have_attribute("aria-label", "Undo: Points")
    page.keyboard.press("Control+z")
    expect(page.locator("#line")).to_contain_text("Undone: Points")
    assert len(playground.get("data")["x"]) == len(before["x"]) + 1
    page.keyboard.press("Control+z")
    playground.expect_spec("data", "name", value="circle")
    assert playground.get("data") == before


def test_what_was_changed_before_the_page_was_loaded_again_is_taken_back_all_the_same(playground: Playground):
    page = playground.join({}).page
    change_a_bit_of_everything(playground)
    page.keyboard.press("Control+z")
    expect(page.locator(REDO)).to_have_attribute("aria-label", "Redo: Weight")
    page.reload()
    playground.wait_for_pictures()
    expect(page.locator(UNDO)).to_have_attribute("aria-label", "Undo: Noise")
    page.keyboard.press("Control+z")
    playground.expect_spec("data", "noise", value=0)
    page.keyboard.press("Control+y")
    playground.expect_spec("data", "noise", value=0.15)
    page.keyboard.press("Control+y")
    expect(page.locator(REDO)).to_have_attribute("aria-disabled", "true")
    assert playground.layers()[2]["W"][0][0] == 1.25
    playground.join({})
    expect(page.locator(UNDO)).to_have_attribute("aria-disabled", "true")
