"""The data's own settings: typed or dragged, and inputs by formula."""

from playwright.sync_api import expect

from tests.browser.playground import Playground

TYPED: list[tuple[str, str, tuple[str | int, ...], float, str]] = [
    ("noiseValue", "0,12", ("data", "noise"), 0.12, "0.12"),
    ("shareValue", "85", ("data", "train_fraction"), 0.85, "85%"),
    ("examplesValue", "137", ("data", "examples"), 137, "137"),
    ("batchValue", "7", ("batch_size",), 7, "7"),
    ("dataSeed", "4 711", ("data", "seed"), 4711, "4711"),
]


def test_every_setting_of_the_data_can_be_typed_and_keeps_the_weights(playground: Playground):
    page = playground.join({}).page
    playground.post("steps", {"count": 10})
    before = playground.get("parameters")
    for name, typed, path, value, shown in TYPED:
        page.fill(f"[name={name}]", typed)
        page.press(f"[name={name}]", "Enter")
        playground.expect_spec(*path, value=value)
        page.locator(f"[name={name}]").blur()
        expect(page.locator(f"[name={name}]")).to_have_value(shown)
    page.fill("[name=examplesValue]", "many")
    page.locator("[name=examplesValue]").blur()
    expect(page.locator("[name=examplesValue]")).to_have_value("137")
    page.get_by_role("checkbox", name="Standardize").check()
    playground.expect_spec("data", "standardize", value=True)
    assert playground.get("parameters") == before


def test_an_input_is_typed_as_a_formula_told_where_it_is_wrong_and_taken_out(
    playground: Playground, page_errors
):
    page = playground.join({}).page
    page.get_by_role("button", name="+ formula").click()
    field = page.get_by_label("Formula", exact=True)
    expect(field).to_be_focused()
    field.fill("x1*foo(x2)")
    expect(page.locator(".faultPlace mark")).to_have_text("foo")
    expect(page.get_by_role("alert").filter(has_text="not a function")).to_be_visible()
    field.fill("y + 1")
    expect(page.locator(".faultPlace mark")).to_have_text("y")
    field.fill("log(x1)")
    field.press("Enter")
    expect(page.locator("#formulas-fault")).to_contain_text("no finite value at example")
    expect(page.locator("#line")).to_have_attribute("data-kind", "rest")
    field.fill("sin(3*x1)")
    field.press("Enter")
    playground.expect_spec("features", value=["x1", "x2", "sin(3*x1)"])
    playground.press_at_once("Add x1*x2", "Add abs(x1-x2)")
    both = {"x1", "x2", "sin(3*x1)", "x1*x2", "abs(x1-x2)"}
    playground.expect_read(lambda: set(playground.spec["features"]), both)
    page.get_by_role("button", name="Remove sin(3*x1)").click()
    playground.expect_read(lambda: set(playground.spec["features"]), both - {"sin(3*x1)"})
    page_errors.clear()
