"""The transport: playing, pausing, stepping, the same start and another one."""

from playwright.sync_api import expect

from tests.browser.playground import Playground

STEP = "[data-value=step] .digits"
EPOCH = "[data-value=epoch] .digits"


def test_pause_stands_still_and_play_goes_on(playground: Playground):
    page = playground.open().page
    playground.pause()
    assert playground.state["status"] == "paused"
    step = playground.state["step"]
    page.wait_for_timeout(200)
    assert playground.state["step"] == step
    page.click("#transport [name=play]")
    expect(page.locator("#transport [name=play]")).to_have_attribute("data-playing", "true")
    playground.until(f"Number(document.querySelector('{STEP}').textContent.replace(',', '')) > {step}")


def test_one_step_is_an_example_a_batch_or_an_epoch(playground: Playground):
    page = playground.join({}).page
    for unit, steps, epochs in (("example", 1, 0), ("step", 2, 0), ("epoch", 26, 1)):
        page.select_option("#transport [name=unit]", unit)
        page.click("#transport [name=step]")
        expect(page.locator(STEP)).to_have_text(str(steps))
        expect(page.locator(EPOCH)).to_have_text(str(epochs))
    assert playground.state["epoch"] == 1


def test_reset_goes_back_to_the_very_same_weights(playground: Playground):
    page = playground.join({}).page
    start = playground.layers()
    playground.post("steps", {"count": 3, "unit": "epoch"})
    expect(page.locator(STEP)).to_have_text("75")
    page.click("#transport [name=reset]")
    expect(page.locator(STEP)).to_have_text("0")
    assert playground.layers() == start


def test_a_new_start_has_other_weights_on_the_same_data(playground: Playground):
    page = playground.join({}).page
    weights, data = playground.layers(), playground.get("data")["x"]
    page.click("[name=reseed]")
    expect(page.locator("#start [name=seed]")).not_to_have_text("7")
    assert playground.layers() != weights
    assert playground.get("data")["x"] == data
    assert playground.spec["seed"] == int(page.inner_text("#start [name=seed]"))


def test_the_pace_reaches_from_one_step_a_second_to_as_fast_as_it_goes(playground: Playground):
    page = playground.open().page
    pace = page.locator("[name=pace]")
    pace.focus()
    page.keyboard.press("Home")
    expect(page.locator("[name=paceValue]")).to_have_text("1 steps/s")
    playground.expect_read(lambda: playground.state["pace"], 1 / 25)
    page.keyboard.press("End")
    expect(page.locator("[name=paceValue]")).to_have_text("maximum")
    playground.expect_read(lambda: playground.state["pace"], None)
    assert playground.state["playing"]


def test_numbers_are_dated_to_the_step_they_belong_to(playground: Playground):
    page = playground.join({}).page
    state = playground.post("steps", {"count": 1234})
    expect(page.locator("#losses .when")).to_have_text("step 1,234")
    expect(page.locator("#losses div:nth-child(1) dd")).to_have_text(f"{state['train']['loss']:.4f}")
    expect(page.locator("#losses div:nth-child(2) dd")).to_have_text(f"{state['test']['loss']:.4f}")
