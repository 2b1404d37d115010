"""The cards of a weight and of a unit: gradients, E as a curve, freezing, and what does nothing any more."""

from playwright.sync_api import expect

from tests.browser.playground import Playground

HEAD = "#card .arrowHead"
BALL = "#card .ball"


def shown(value: float) -> str:
    return f"{value:.4f}".replace("-", "\N{MINUS SIGN}")


def test_a_weights_card_shows_e_over_it_with_the_engines_slope_and_its_next_value(playground: Playground):
    page = playground.join({"optimizer": {"learning_rate": 0.5}}).page
    playground.post("steps", {"count": 40})
    page.mouse.click(*playground.link_middle(1, 0, 2))
    told = playground.get("slice", parameter="w_13^(2)")
    card = page.locator("#card")
    expect(card.locator(".facts dd").first).to_contain_text(shown(told["gradient"]))
    expect(card.locator(".facts dd").first).to_contain_text("step 40")
    expect(card.locator(".descent")).to_contain_text(shown(told["value"] - 0.5 * told["gradient"]))
    a = playground.get("activations", example=0)["layers"]
    ends = card.locator(".facts dd").last
    expect(ends).to_contain_text(f"{a[0]['a'][0][2]:.3f}".replace("-", "\N{MINUS SIGN}"))
    expect(ends).to_contain_text(f"{a[1]['a'][0][0]:.3f}".replace("-", "\N{MINUS SIGN}"))
    page.locator(HEAD).focus()
    page.keyboard.press("ArrowUp")
    playground.expect_spec("optimizer", "learning_rate", value=1)


def test_the_ball_is_dragged_to_another_value_and_the_arrow_to_another_rate(playground: Playground):
    page = playground.join({"seed": 3}).page
    page.mouse.click(*playground.link_middle(2, 0, 0))
    expect(page.locator("#card .valley:not([data-empty])")).to_be_visible()
    curve = page.locator("#card .valley").bounding_box()
    ball = page.locator(BALL).bounding_box()
    assert curve
    assert ball
    page.mouse.move(ball["x"] + ball["width"] / 2, ball["y"] + ball["height"] / 2)
    page.mouse.down()
    page.mouse.move(curve["x"] + 0.8 * curve["width"], curve["y"] + 20, steps=6)
    page.mouse.up()
    playground.until("Math.abs(Number(document.querySelector('#card .ladder input').value) - 3) < 0.1")
    playground.expect_read(lambda: abs(playground.layers()[2]["W"][0][0] - 3) < 0.1, True)
    expect(page.locator("#card .facts dd").first).to_contain_text("0.")
    page.wait_for_timeout(400)
    head = page.locator(HEAD).bounding_box()
    told = playground.get("slice", parameter="w_11^(3)")
    assert head
    page.mouse.move(head["x"] + head["width"] / 2, head["y"] + head["height"] / 2)
    page.mouse.down()
    target = 0.6 if told["gradient"] > 0 else 0.95
    page.mouse.move(curve["x"] + target * curve["width"], curve["y"] + 30, steps=6)
    page.mouse.up()
    wanted = (told["value"] - (10 * target - 5)) / told["gradient"]
    playground.until("document.querySelector('#rate').value !== '0.03'")
    assert abs(playground.spec["optimizer"]["learning_rate"] / wanted - 1) < 0.06


def test_what_is_frozen_keeps_its_value_and_layers_are_frozen_whole(playground: Playground):
    page = playground.join({}).page
    before = playground.layers()
    page.mouse.click(*playground.link_middle(2, 0, 1))
    freeze = page.locator("#card .valueRow .freeze")
    freeze.click()
    expect(freeze).to_have_text("Frozen")
    expect(page.locator("#card .descent")).to_contain_text("Frozen")
    page.keyboard.press("Escape")
    page.locator(".unit:not(.feature)").nth(1).click()
    page.get_by_role("button", name="Freeze layer").click()
    expect(page.locator("#card .incoming .freeze").first).to_have_attribute("aria-pressed", "true")
    frozen = playground.spec["frozen"]
    assert frozen[0] == {"W": True, "b": True}
    assert frozen[2] == {"W": [[False, True]], "b": False}
    playground.post("steps", {"count": 30})
    after = playground.layers()
    assert after[0] == before[0]
    assert after[2]["W"][0][1] == before[2]["W"][0][1]
    assert after[1] != before[1]
    page.get_by_role("button", name="Freeze layer").click()
    playground.expect_spec("frozen", 0, value={"W": False, "b": False})


def test_a_units_card_has_its_gradients_and_dead_units_wear_a_ring(playground: Playground):
    page = playground.join({"layers": [{"units": 3, "activation": "relu"}, {}]}).page
    page.locator(".unit:not(.feature)").nth(1).click()
    slopes = page.locator("#card .slope")
    told = playground.get("gradients")["layers"][0]
    expect(slopes).to_have_text([shown(told["db"][1]), *(shown(value) for value in told["dW"][1])])
    page.select_option("#card .inLayer select", "leaky_relu")
    playground.expect_spec("layers", 0, "activation", value="leaky_relu")
    page.select_option("#card .inLayer select", "relu")
    field = page.locator("#card .incomingRow input").first
    field.fill("-1000")
    field.press("Enter")
    dead = page.get_by_role("button", name="Unit 2 of layer 2, dead")
    expect(dead).to_have_attribute("data-silence", "dead")
    assert playground.get("distributions")["layers"][0]["dead"] == [2]
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator(".unit:not(.feature)").nth(2).hover()
    expect(page.locator("#board .whose")).to_have_text("Unit 3 of layer 2")


def test_a_units_card_leaves_the_open_microscope_free(playground: Playground):
    page = playground.join({}).page
    page.get_by_role("button", name="Microscope").click()
    expect(page.locator("#stopCount")).not_to_be_empty()
    page.locator(".unit:not(.feature)").first.click()
    card = page.locator("#card")
    expect(card.locator("canvas")).to_be_visible()
    box, below = card.bounding_box(), page.locator("#microscope").bounding_box()
    assert box
    assert below
    assert box["y"] + box["height"] <= below["y"]
    page.locator("#microscope [name=backward]").click()
    expect(page.locator("#stopTitle")).to_contain_text("Delta")


def test_the_values_at_both_ends_stand_close_to_their_names(playground: Playground):
    page = playground.join({}).page
    page.mouse.click(*playground.link_middle(0, 0, 0))
    ends = page.locator("#card .facts dd").last
    expect(ends).to_contain_text("→")
    apart = ends.locator("sub").first.evaluate(
        "sub => { const before = document.createRange(); before.setStart(sub.closest('dd'), 0);"
        " before.setEndBefore(sub); const { left } = sub.getBoundingClientRect();"
        " return left - before.getBoundingClientRect().right; }"
    )
    assert abs(apart) < 4
