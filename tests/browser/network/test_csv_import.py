"""Tables of one's own: pasted or dropped anywhere, looked at with their columns, and learned from."""

import random

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  document.body.dispatchEvent(paste);
}"""
DROP = """(text) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], 'table.csv', { type: 'text/csv' }));
  for (const kind of ['dragover', 'drop']) {
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""
SPECIES = ("setosa", "virginica", "versicolor")
FLOWERS = "id,length,width,depth,species\n" + "\n".join(
    f"{k + 1},{5 + k % 3},{k % 3 / 2 + k % 5 / 20},{2 * (k % 3)},{SPECIES[k % 3]}" for k in range(60)
)
SLIP = 'height;age;class\n1,8;"34";a\n\n1,7;abc;b\n1,6;30;b\n'
LABELS = [f"label {k}" for k in range(11)]


def expect_problem(page: Page, text: str, problem: str) -> None:
    page.fill("#own textarea", text)
    expect(page.locator(".ownProblem")).to_contain_text(problem)


def test_a_table_pasted_anywhere_is_looked_at_and_learned_with_its_classes_by_name(playground: Playground):
    page = playground.open().page
    page.evaluate(PASTE, FLOWERS)
    expect(page.locator(".ownSummary")).to_contain_text("60 rows: 3 inputs, 3 classes: setosa, versicolor")
    expect(page.locator(".ownSummary")).to_contain_text("Resets all weights")
    expect(page.get_by_label("Role of id")).to_have_value("none")
    expect(page.get_by_role("button", name="Use this data")).to_be_focused()
    page.keyboard.press("Enter")
    playground.expect_spec("features", value=["x1", "x2", "x3"])
    assert playground.get("data")["class_names"] == ["setosa", "versicolor", "virginica"]
    assert playground.spec["data"]["train_fraction"] == 0.7
    expect(page.locator(".needsTwo")).to_contain_text("these data have 3")
    expect(page.locator("#scale")).to_contain_text("A setosa")
    assert playground.state["playing"]
    page.get_by_role("radio", name="Circle").click()
    playground.expect_spec("data", "name", value="circle")
    playground.expect_spec("features", value=["x1", "x2"])
    expect(page.locator(".needsTwo")).to_be_hidden()


def test_every_slip_is_told_with_its_row_and_column_and_a_column_can_be_left_out(playground: Playground):
    page = playground.join({}).page
    page.get_by_role("button", name="Own data").click()
    expect_problem(page, SLIP, "Row 4, column 2 (age) must be a number, but it is “abc”.")
    expect(page.get_by_role("button", name="Use this data")).to_be_disabled()
    expect(page.locator("[data-wrong]")).to_have_text("abc")
    page.get_by_label("Role of age").select_option("none")
    expect(page.locator(".ownSummary")).to_contain_text("3 rows: 1 input, 2 classes: a, b.")
    expect_problem(page, "a,b,y\n1,2,0\n1,2\n", "Row 3 has 2 columns, but the first row has 3.")
    expect_problem(page, "a,b,y\n1,2,0\n1,,1\n", "Row 3, column 2 (b) is empty.")
    expect_problem(page, "x,label\n" + "\n".join(f"1,{label}" for label in LABELS), "11 different labels")
    expect_problem(page, "x,y,split\n1,0,train\n2,1,maybe\n", "“maybe”")
    expect_problem(page, "x,label\n1,yes\n2,yes\n", "has only one label")
    assert playground.spec["data"]["name"] == "circle"


def test_a_dropped_file_with_several_columns_to_learn_is_learned_as_values(playground: Playground):
    page = playground.join({}).page
    page.evaluate(
        DROP, "x1\tx2\ty1\ty2\n" + "\n".join(f"{k}\t{k % 7}\t{k / 9:.2f}\t{-k / 9:.2f}" for k in range(50))
    )
    expect(page.locator(".ownSummary")).to_contain_text("50 rows: 2 inputs, 2 values to predict")
    page.get_by_role("button", name="Use this data").click()
    playground.expect_spec("layers", -1, "units", value=2)
    spec = playground.spec
    assert (spec["data"]["task"], spec["data"]["standardize"], spec["loss"]) == (
        "regression",
        True,
        "half_squared_error",
    )
    assert playground.state["plane"]["x1"] == [-5, 55]
    expect(page.locator("#draw")).to_be_disabled()


def test_twenty_thousand_rows_are_read_looked_at_and_drawn(playground: Playground):
    page = playground.join({}).page
    rng = random.Random(2)
    points = [(rng.uniform(-5, 5), rng.uniform(-5, 5)) for _ in range(20_000)]
    page.evaluate(
        DROP, "\n".join(f"{a:.4f},{b:.4f},{'in' if a * a + b * b < 9 else 'out'}" for a, b in points)
    )
    expect(page.locator(".ownSummary")).to_contain_text("20,000 rows: 2 inputs, 2 classes: in, out")
    page.get_by_role("button", name="Use this data").click()
    expect(page.locator("[name=examplesValue]")).to_have_value("20,000")
    expect(page.locator("#scale")).to_contain_text("out")
    assert len(playground.get("data")["x"]) == 20_000
