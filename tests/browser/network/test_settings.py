"""Changing what is trained, and how: every control does what it says, while training goes on."""

import re

from playwright.sync_api import expect

from tests.browser.playground import Playground

Path = tuple[str | int, ...]
PRESSED_AND_CHOSEN = """([button, menu, choice]) => {
  document.querySelector(`[aria-label="${button}"]`).click();
  const select = document.querySelector(`[aria-label="${menu}"]`);
  select.value = choice;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}"""

MENUS: list[tuple[str, str, Path]] = [
    ("#settings [name=optimizer]", "adam", ("optimizer", "name")),
    ("#settings [name=activation]", "relu", ("layers", 0, "activation")),
    ("#settings [name=penalty]", "l2", ("penalty", "name")),
    ("#start [name=initializer]", "he_normal", ("initializer", "name")),
    ("#loss", "huber", ("loss",)),
    (".head:nth-of-type(2) select", "sine", ("layers", 0, "activation")),
]
SLIDERS: list[tuple[str, str, Path, float]] = [
    ("noise", "ArrowRight", ("data", "noise"), 0.05),
    ("share", "ArrowLeft", ("data", "train_fraction"), 0.4),
    ("examples", "ArrowRight", ("data", "examples"), 750),
    ("batch", "Home", ("batch_size",), 1),
]


def test_every_menu_changes_the_network_while_it_plays(playground: Playground):
    playground.open()
    for menu, choice, path in MENUS:
        playground.page.select_option(menu, choice)
        playground.expect_spec(*path, value=choice)
    assert playground.state["playing"]


def test_every_slider_changes_the_data_while_it_plays(playground: Playground):
    page = playground.open().page
    for name, key, path, value in SLIDERS:
        page.locator(f"#sliders [name={name}]").focus()
        page.keyboard.press(key)
        playground.expect_spec(*path, value=value)
    assert playground.state["playing"]


def test_the_learning_rate_goes_up_and_down_a_ladder_and_takes_a_decimal_comma(playground: Playground):
    page = playground.join({}).page
    ladder = page.locator("[data-ladder=rate]")
    ladder.get_by_role("button").last.click()
    playground.expect_spec("optimizer", "learning_rate", value=0.1)
    ladder.get_by_role("button").first.click()
    playground.expect_spec("optimizer", "learning_rate", value=0.03)
    page.fill("#rate", "0,007")
    page.press("#rate", "Enter")
    playground.expect_spec("optimizer", "learning_rate", value=0.007)
    expect(page.locator("#rate")).to_have_value("0.007")


def test_another_data_set_starts_afresh_and_goes_on_playing(playground: Playground):
    page = playground.open().page
    playground.until(
        "Number(document.querySelector('[data-value=step] .digits').textContent.replace(',', '')) > 1499"
    )
    page.get_by_role("radio", name="XOR: ").click()
    playground.expect_spec("data", "name", value="xor")
    expect(page.locator("#dataset b")).to_have_text("XOR")
    playground.until(
        "Number(document.querySelector('[data-value=step] .digits').textContent.replace(',', '')) < 1499"
    )
    expect(page.locator("#transport [name=play]")).to_have_attribute("data-playing", "true")


def test_regression_gets_a_linear_output_and_three_classes_get_three(playground: Playground):
    page = playground.join({}).page
    page.get_by_role("radio", name="Plane").click()
    playground.expect_spec("layers", -1, "activation", value="linear")
    expect(page.locator("#accuracy .kind")).to_have_text("R²")
    page.get_by_role("radio", name="Three clouds").click()
    playground.expect_spec("layers", -1, "units", value=3)
    assert playground.spec["loss"] == "cross_entropy"
    page.get_by_role("radio", name="Circle").click()
    playground.expect_spec("layers", -1, "units", value=1)
    assert playground.spec["layers"][-1]["activation"] == "tanh"
    assert playground.spec["loss"] == "half_squared_error"


def test_a_cross_entropy_takes_a_linear_output_with_it(playground: Playground):
    page = playground.join({}).page
    page.select_option("#loss", "binary_cross_entropy")
    playground.expect_spec("loss", value="binary_cross_entropy")
    assert playground.spec["layers"][-1]["activation"] == "linear"
    page.select_option("#loss", "half_squared_error")
    playground.expect_spec("layers", -1, "activation", value="tanh")


def test_layers_and_units_are_added_and_removed_where_they_stand(playground: Playground):
    page = playground.join({}).page
    page.get_by_role("button", name="Add a unit to layer 2").click()
    playground.expect_spec("layers", 0, "units", value=5)
    page.get_by_role("button", name="Remove a unit from layer 3").click()
    playground.expect_spec("layers", 1, "units", value=1)
    page.get_by_role("button", name="Add a layer here").nth(1).click()
    expect(page.locator(".head")).to_have_count(5)
    assert [layer["units"] for layer in playground.spec["layers"]] == [5, 2, 1, 1]
    page.get_by_role("button", name="Remove layer 2").click()
    expect(page.locator(".head")).to_have_count(4)
    assert [layer["units"] for layer in playground.spec["layers"]] == [2, 1, 1]


def test_all_hidden_layers_may_go(playground: Playground):
    page = playground.join({}).page
    page.get_by_role("button", name="Remove layer 2").click()
    expect(page.locator(".head")).to_have_count(3)
    page.get_by_role("button", name="Remove layer 2").click()
    expect(page.locator(".head")).to_have_count(2)
    expect(page.locator("#settings [name=activation]")).to_be_disabled()
    page.get_by_role("button", name="Add a layer here").click()
    playground.expect_spec(
        "layers", value=[{"units": 2, "activation": "tanh", "dropout": 0.0}, playground.spec["layers"][-1]]
    )


def test_an_input_is_used_or_left_out_by_a_click_and_one_always_stays(playground: Playground):
    page = playground.join({}).page
    page.get_by_role("button", name="Input x1^2, not used").click()
    playground.expect_spec("features", value=["x1", "x2", "x1^2"])
    for formula in ("x1^2", "x1", "x2"):
        page.get_by_role("button", name=f"Input {formula}, used").click()
    playground.expect_spec("features", value=["x2"])


def test_what_is_pressed_quickly_counts_every_time(playground: Playground):
    page = playground.join({}).page
    again = ["Add a unit to layer 2"] * 3
    playground.press_at_once(*again, "Input x1^2, not used", "Input x1*x2, not used")
    playground.expect_spec("layers", 0, "units", value=7)
    playground.expect_spec("features", value=["x1", "x2", "x1^2", "x1*x2"])
    page.evaluate(PRESSED_AND_CHOSEN, ["Add a unit to layer 2", "Activation of layer 2", "relu"])
    playground.expect_spec("layers", 0, "activation", value="relu")
    assert playground.spec["layers"][0]["units"] == 8
    playground.press_at_once("Remove layer 2", "Remove layer 2")
    playground.expect_spec("layers", value=playground.spec["layers"][-2:])
    page.wait_for_timeout(200)
    assert len(playground.spec["layers"]) == 2


def test_what_the_server_refuses_is_said_in_one_line_with_its_reason(playground: Playground, page_errors):
    page = playground.join({}).page
    page.fill("#rate", "-1")
    page.press("#rate", "Enter")
    line = page.locator("#line")
    expect(line).to_contain_text(
        "Not changed: You entered \N{MINUS SIGN}1, but Learning rate > 0 is required."
    )
    expect(line).to_have_attribute("data-kind", "notice")
    expect(page.locator("#rate")).to_have_value("0.03")
    line.get_by_role("button", name="Dismiss").click()
    expect(line).to_have_attribute("data-kind", "rest")
    page_errors.clear()


def test_divergence_is_said_with_its_remedy_and_the_remedy_works(playground: Playground):
    page = playground.join(
        {
            "data": {"name": "reg-plane"},
            "layers": [{"units": 4, "activation": "relu"}, {}],
            "optimizer": {"learning_rate": 10},
        }
    ).page
    page.click("#transport [name=play]")
    line = page.locator("#line")
    expect(line).to_contain_text(
        re.compile(r"Training diverged at step \d+: .* gradient was \S+·10\S+, for ")
    )
    expect(line.get_by_role("img", name=re.compile(r"^w \d+ \(\d\)$"))).to_be_visible()
    expect(line.get_by_role("button")).to_be_in_viewport(ratio=1)
    expect(page.locator("#accuracy dd").first).to_have_text(re.compile(r"·10[⁰-⁹¹²³]+$"))
    line.get_by_role("button").click()
    playground.expect_spec("optimizer", "learning_rate", value=1)
