"""The finer settings, stop rules, and what one change takes along: all while it trains, and said."""

from playwright.sync_api import Locator, expect

from tests.browser.playground import Playground

SET_AT_ONCE = """(value) => document.querySelectorAll('#more .layerRows input').forEach((field) => {
  field.value = value;
  field.dispatchEvent(new Event('change'));
})"""
FREEZE_AT_ONCE = """() =>
  document.querySelectorAll('#card .incomingRow .freeze').forEach((button) => button.click())
"""


def enter(field: Locator, value: str) -> None:
    field.fill(value)
    field.press("Enter")


def test_every_finer_setting_is_changed_while_it_plays(playground: Playground):
    page = playground.open().page
    page.click("#settings [name=more]")
    panel = page.locator("#more")
    page.select_option("#settings [name=optimizer]", "adam")
    enter(panel.get_by_label("β₁, smoothing of g"), "0,8")
    playground.expect_spec("optimizer", "beta1", value=0.8)
    enter(panel.get_by_label("Clip gradients at"), "2")
    playground.expect_spec("optimizer", "clip_norm", value=2)
    enter(panel.get_by_label("Clip gradients at"), "")
    playground.expect_spec("optimizer", "clip_norm", value=None)
    panel.get_by_label("Learning-rate schedule").select_option("step")
    enter(panel.get_by_label("Every … epochs"), "40")
    playground.expect_spec("optimizer", "schedule", value={"name": "step", "drop": 0.5, "every": 40})
    enter(panel.get_by_label("Dropout of layer 2"), "0.25")
    playground.expect_spec("layers", 0, "dropout", value=0.25)
    panel.get_by_text("Shuffle every epoch").click()
    playground.expect_spec("shuffle", value=False)
    assert playground.state["playing"]
    step = playground.state["step"]
    expect(panel.locator(".anew")).to_have_text("Resets all weights.")
    enter(panel.get_by_label("Limit ±"), "0.25")
    panel.get_by_label("Precision").select_option("float32")
    playground.expect_spec("dtype", value="float32")
    assert playground.spec["initializer"]["limit"] == 0.25
    assert playground.state["step"] < step + 1000


def test_play_stops_by_its_rules_and_says_which_one_it_was(playground: Playground):
    page = playground.join({}).page
    page.click("#settings [name=more]")
    panel = page.locator("#more")
    expect(panel.get_by_role("img", name="rate 0.03 at epoch 0")).to_be_visible()
    enter(panel.get_by_label("Training loss ≤"), "0.2")
    enter(panel.get_by_label("Epoch", exact=True), "900")
    page.keyboard.press("Escape")
    page.click("#transport [name=play]")
    line = page.locator("#line")
    expect(line).to_contain_text("has reached the goal of 0.2", timeout=15_000)
    assert playground.state["status"] == "reached"
    assert playground.state["train"]["loss"] <= 0.2
    page.click("#settings [name=more]")
    enter(panel.get_by_label("Training loss ≤"), "")
    enter(panel.get_by_label("Epoch", exact=True), "")
    enter(panel.get_by_label("Loss change <"), "10")
    enter(panel.get_by_label("within … epochs"), "5")
    page.click("#transport [name=play]")
    expect(line).to_contain_text("changed by less than 10 in 5 epochs", timeout=15_000)


def test_what_a_change_takes_along_is_said(playground: Playground):
    page = playground.join(
        {"layers": [{"units": 3, "dropout": 0.5}, {"units": 1, "activation": "sigmoid"}]}
    ).page
    line = page.locator("#line")
    page.select_option("#loss", "hinge")
    expect(line).to_contain_text("The output activation is now Tanh, because the loss is hinge")
    line.get_by_role("button").click()
    page.select_option("#loss", "binary_cross_entropy")
    expect(line).to_contain_text(
        "The output activation is now Linear, because the loss is binary cross-entropy"
    )
    page.select_option(".head:last-of-type select", "tanh")
    expect(line).to_contain_text("The loss is now half squared error")
    assert playground.spec["layers"][-1]["activation"] == "tanh"
    page.select_option("#settings [name=optimizer]", "lbfgs")
    expect(line).to_contain_text("clipping and dropout are now off")
    assert playground.spec["optimizer"]["name"] == "lbfgs"
    assert playground.spec["layers"][0]["dropout"] == 0


def test_runs_are_kept_named_by_what_differed_hidden_and_removed(playground: Playground):
    page = playground.join({}).page
    chips = page.locator("#runs .run")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    playground.until("!document.querySelector('#keepRun').disabled")
    page.click("#keepRun")
    expect(chips).to_have_text(["1same settings"])
    page.fill("#rate", "0.1")
    page.press("#rate", "Enter")
    expect(chips).to_have_text(["1rate 0.03"])
    page.locator("#rate").blur()
    page.keyboard.press("r")
    expect(chips).to_have_text(["1rate 0.03", "↺rate 0.03"])
    page.get_by_role("button", name="Remove the last run").click()
    toggle = chips.first.locator(".runToggle")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    toggle.click()
    page.locator("#curve").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#curveReading")).to_contain_text("· 1: 0.")
    page.get_by_role("button", name="Remove run 1").click()
    expect(chips).to_have_count(0)
    page.keyboard.press("Space")
    playground.until(
        "Number(document.querySelector('[data-value=epoch]').textContent.replaceAll(',', '')) > 20"
    )
    page.click("[aria-label^=Moons]")
    expect(chips).to_contain_text("Circle")


def test_dropouts_and_freezes_that_are_set_at_once_are_all_set(playground: Playground):
    page = playground.join({"layers": [{"units": 3}, {"units": 3}, {"units": 3}, {}]}).page
    page.click("#settings [name=more]")
    expect(page.locator("#more .layerRows input")).to_have_count(3)
    page.evaluate(SET_AT_ONCE, "0.25")
    playground.expect_read(
        lambda: [layer["dropout"] for layer in playground.spec["layers"]], [0.25, 0.25, 0.25, 0]
    )
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Unit 2 of layer 2").click()
    expect(page.locator("#card .incomingRow .freeze")).to_have_count(3)
    page.evaluate(FREEZE_AT_ONCE)
    unit = {"W": [[False, False], [True, True], [False, False]], "b": [False, True, False]}
    playground.expect_spec("frozen", 0, value=unit)
