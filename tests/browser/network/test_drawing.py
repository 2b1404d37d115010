"""Points on the plane: added, moved, relabelled and taken away, by pointer and by keys, while it trains."""

from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser.playground import MOMENT, PATIENCE, Json, Playground

ERASED_AT_ONCE = """([clientX, clientY]) => {
  document.querySelector('#pens [aria-label=Eraser]').click();
  const press = { clientX, clientY, button: 0, pointerId: 1, pointerType: 'mouse', bubbles: true };
  const surface = document.querySelector('.surface');
  surface.dispatchEvent(new PointerEvent('pointerdown', press));
  surface.dispatchEvent(new PointerEvent('pointermove', press));
  surface.dispatchEvent(new PointerEvent('pointerup', press));
}"""
POINTS = [[-4, -4, -1], [4, 4, 1]]


def at(page: Page, x1: float, x2: float) -> tuple[float, float]:
    """Where a place of the plane [-5, 5]² is on the screen."""
    box = page.locator("#board").bounding_box()
    assert box
    return box["x"] + (x1 + 5) / 10 * box["width"], box["y"] + (5 - x2) / 10 * box["height"]


def expect_points(playground: Playground, expected: Sequence[Sequence[float]]) -> Json:
    """Until the server has these, to the pixel."""
    seen: list[list[float]] = []
    for _ in range(PATIENCE):
        data = playground.get("data")
        seen = [[*x, y] for x, y in zip(data["x"], data["labels"], strict=True)]
        if [[round(value) for value in row] for row in seen] == expected:
            return data
        playground.page.wait_for_timeout(MOMENT)
    raise AssertionError(f"the points stay {seen}, expected {expected}")


def drawing(playground: Playground) -> Page:
    """A network on two points, playing, with the pen out."""
    plane = {"x1": [-5, 5], "x2": [-5, 5]}
    page = playground.join({"data": {"points": POINTS, "plane": plane}}).page
    page.click("#transport [name=play]")
    page.click("#draw")
    expect(page.locator(".surface")).to_be_focused()
    return page


def test_points_are_drawn_dragged_relabelled_and_rubbed_out_while_it_trains(playground: Playground):
    page = drawing(playground)
    page.mouse.click(*at(page, 3, 1))
    expect_points(playground, [*POINTS, [3, 1, 1]])
    page.get_by_role("radio", name="Class −1").click()
    expect_points(playground, [*POINTS, [3, 1, -1]])
    page.mouse.move(*at(page, 3, 1))
    page.mouse.down()
    page.mouse.move(*at(page, -2, 3), steps=12)
    page.mouse.up()
    expect_points(playground, [*POINTS, [-2, 3, -1]])
    page.evaluate(ERASED_AT_ONCE, at(page, -4, -4))
    expect_points(playground, [POINTS[1], [-2, 3, -1]])
    assert playground.state["playing"]
    assert playground.state["step"] > 0
    page.click("#draw")
    page.mouse.click(*at(page, -2, 3))
    expect(page.locator(".exampleRing:not(.drawn)")).to_be_visible()


def test_the_keyboard_draws_carries_and_takes_away_and_says_so(playground: Playground):
    page = drawing(playground)
    said = page.locator("#pens [role=status]")
    for key in ["ArrowRight"] * 5 + ["Enter"]:
        page.keyboard.press(key)
    expect_points(playground, [*POINTS, [1, 0, 1]])
    expect(said).to_have_text("Added 1 at 1.05, 0.00")
    for key in ["Enter", *["ArrowUp"] * 10, "Enter"]:
        page.keyboard.press(key)
    expect_points(playground, [*POINTS, [1, 2, 1]])
    page.keyboard.press("l")
    expect_points(playground, [*POINTS, [1, 2, -1]])
    page.keyboard.press("PageDown")
    page.keyboard.press("Delete")
    expect(said).to_contain_text("Deleted")
    expect_points(playground, [POINTS[1], [1, 2, -1]])
    page.keyboard.press("Escape")
    expect(page.locator(".surface")).to_be_hidden()
    assert playground.state["playing"]


def test_an_empty_plane_waits_for_its_first_point_and_classes_are_added_with_their_signs(
    playground: Playground,
):
    page = drawing(playground)
    page.get_by_role("button", name="Clear").click()
    assert len(playground.get("data")["x"]) == 2
    page.mouse.click(*at(page, -3, 0))
    page.mouse.click(*at(page, -3, -2))
    expect_points(playground, [[-3, 0, 1], [-3, -2, 1]])
    page.get_by_role("button", name="Add a class").click()
    playground.expect_spec("layers", -1, "units", value=3)
    expect(page.get_by_role("radio", name="Class C")).to_have_attribute("aria-checked", "true")
    page.mouse.click(*at(page, 3, 0))
    expect_points(playground, [[-3, 0, 1], [-3, -2, 1], [3, 0, 2]])
    page.keyboard.press("Escape")
    playground.post("steps", {"count": 400})
    expect(page.locator("#board .sign")).to_have_text(["B", "C"])
    page.get_by_role("button", name="Draw").click()
    page.get_by_role("button", name="Remove a class").click()
    expect_points(playground, [[-3, 0, 1], [-3, -2, 1]])


def test_what_two_people_draw_at_once_is_all_there(playground: Playground):
    page = drawing(playground)
    for k in range(6):
        page.mouse.click(*at(page, -4 + k, 4))
        playground.rest.patch(f"/networks/{playground.id}/data", json={"add": [{"x": [k, -4], "y": -1}]})
    mine, theirs = [[-4 + k, 4, 1] for k in range(6)], [[k, -4, -1] for k in range(6)]
    seen: list[list[float]] = []
    for _ in range(PATIENCE):
        data = playground.get("data")
        seen = sorted([*map(round, x), y] for x, y in zip(data["x"], data["labels"], strict=True))
        if len(seen) == 14:
            break
        page.wait_for_timeout(MOMENT)
    assert seen == sorted([*POINTS, *mine, *theirs])


def test_a_value_is_drawn_where_values_are_learnt(playground: Playground):
    page = playground.join({"data": {"name": "reg-plane", "examples": 50}}).page
    page.keyboard.press("d")
    value = page.locator("[name=brushValue]")
    value.focus()
    page.keyboard.press("Home")
    box = page.locator("#board").bounding_box()
    assert box
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    playground.expect_spec("data", "examples", value=51)
    assert playground.get("data")["labels"][-1] < -0.9


def test_the_pen_has_a_class_of_the_data_whichever_they_become(playground: Playground):
    page = drawing(playground)
    page.get_by_role("radio", name="Class −1").click()
    page.click("[aria-label^='Three clouds']")
    expect(page.get_by_role("radio", name="Class B")).to_have_attribute("aria-checked", "true")
    count = playground.spec["data"]["examples"]
    box = page.locator("#board").bounding_box()
    assert box
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    playground.expect_spec("data", "examples", value=count + 1)
    assert playground.get("data")["labels"][-1] == 1
