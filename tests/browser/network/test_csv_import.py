"""Tables of one's own: pasted or dropped anywhere, looked at with their columns, and learned from."""

import json
import random

from playwright.sync_api import FilePayload, Page, Request, Route, expect

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
PREVIEW = "**/data/csv-preview"


def asked(page: Page) -> list[Request]:
    """The requests for a preview, from now on."""
    requests: list[Request] = []
    page.on("request", lambda each: requests.append(each) if each.url.endswith("/csv-preview") else None)
    return requests


def expect_problem(page: Page, text: str, problem: str) -> None:
    page.fill("#own textarea", text)
    expect(page.locator(".ownProblem")).to_contain_text(problem)


def test_a_table_pasted_anywhere_is_looked_at_and_learned_with_its_classes_by_name(playground: Playground):
    page = playground.open().page
    page.evaluate(PASTE, FLOWERS)
    expect(page.locator(".ownSummary")).to_contain_text("60 rows: 3 inputs, 3 classes: setosa, versicolor")
    expect(page.locator(".ownSummary")).to_contain_text("Resets all weights")
    expect(page.get_by_label("Role of id")).to_have_value("none")
    expect(page.locator(".ownFormat")).to_have_text(
        "Separator: comma; decimal mark: point. Left out: id (row numbers)."
    )
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
    expect_problem(page, 'x,y\n1,0\n"1"x,1\n', "Row 3 has a quotation mark that is not closed")
    expect_problem(page, "x,y\n0x10,0\n2,1\n3,0\n", "Row 2, column 1 (x) must be a number, but it is “0x10”.")
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


def test_a_role_is_chosen_with_the_keyboard_and_keeps_the_focus(playground: Playground):
    page = playground.join({}).page
    page.evaluate(PASTE, FLOWERS)
    expect(page.get_by_role("button", name="Use this data")).to_be_focused()
    page.get_by_label("Role of depth").focus()
    page.keyboard.press("i")
    expect(page.get_by_label("Role of depth")).to_have_value("none")
    expect(page.locator(".ownSummary")).to_contain_text("60 rows: 2 inputs, 3 classes")
    expect(page.get_by_label("Role of depth")).to_be_focused()
    page.get_by_label("Task").focus()
    expect(page.get_by_label("Task")).to_be_disabled()
    page.get_by_label("Role of species").select_option("none")
    expect(page.locator(".ownProblem")).to_have_text(
        "No column is the target. Give one column the role Target."
    )
    page.get_by_label("Role of id").select_option("target")
    expect(page.locator(".ownSummary")).to_contain_text("60 rows: 2 inputs, one value to predict")


def test_a_person_may_choose_classes_where_numbers_are_proposed_as_values(playground: Playground):
    page = playground.join({}).page
    page.evaluate(PASTE, "a,b,y\n" + "\n".join(f"{k},{k % 7},{10 * (k % 3) + 10}" for k in range(30)))
    expect(page.locator(".ownSummary")).to_contain_text("30 rows: 2 inputs, one value to predict")
    page.get_by_label("Task").select_option("classification")
    expect(page.locator(".ownSummary")).to_contain_text("3 classes: 10, 20, 30")
    page.get_by_role("button", name="Use this data").click()
    playground.expect_spec("layers", -1, "units", value=3)
    assert playground.get("data")["class_names"] == ["10", "20", "30"]
    assert playground.spec["data"]["train_fraction"] == 1


def test_an_answer_that_changes_no_cell_closes_no_menu(playground: Playground):
    page = playground.join({}).page
    page.evaluate(PASTE, FLOWERS)
    expect(page.locator(".ownSummary")).to_contain_text("60 rows: 3 inputs")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(PREVIEW, hold)
    page.get_by_label("Role of depth").select_option("none")
    expect(page.locator(".ownReading")).to_be_visible()
    menu = page.get_by_label("Role of width").element_handle()
    held[0].continue_()
    expect(page.locator(".ownSummary")).to_contain_text("60 rows: 2 inputs")
    assert menu.evaluate("(node) => node.isConnected")


def test_the_page_shows_that_it_waits_and_no_late_answer_replaces_a_newer_table(playground: Playground):
    page = playground.join({}).page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(PREVIEW, hold)
    page.get_by_role("button", name="Own data").click()
    with page.expect_request(PREVIEW):
        page.fill("#own textarea", "a,b,y\n1,2,0\n3,4,1\n")
    expect(page.locator(".ownReading")).to_be_visible()
    expect(page.locator(".ownTable")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("button", name="Use this data")).to_be_hidden()
    page.fill("#own textarea", "c,y\n1,0\n")
    page.fill("#own textarea", "d,y\n1,0\n2,1\n")
    with page.expect_request(PREVIEW) as newest:
        held[0].continue_()
    assert json.loads(newest.value.post_data or "")["text"] == "d,y\n1,0\n2,1\n"
    expect(page.locator(".ownReading")).to_be_visible()
    expect(page.get_by_label("Role of a")).to_have_count(0)
    held[1].continue_()
    expect(page.locator(".ownReading")).to_be_hidden()
    expect(page.get_by_label("Role of d")).to_have_value("input")
    assert len(held) == 2


def test_a_table_that_is_too_large_or_no_text_is_not_sent(playground: Playground):
    page = playground.join({}).page
    requests = asked(page)
    page.evaluate(DROP, "1,2\n" * 500_001)
    expect(page.locator(".ownProblem")).to_have_text(
        "The table has 2.0 MB, but the server accepts at most 2.0 MB."
    )
    latin: FilePayload = {
        "name": "a.csv",
        "mimeType": "text/csv",
        "buffer": "größe,y\n1,2\n".encode("latin-1"),
    }
    page.locator("#own [name=file]").set_input_files(latin)
    expect(page.locator(".ownProblem")).to_contain_text("The file is not UTF-8 text.")
    assert requests == []


def test_a_server_out_of_reach_is_told_beside_the_table(playground: Playground, page_errors: list[str]):
    page = playground.join({}).page
    page.route(PREVIEW, lambda route: route.abort())
    page.get_by_role("button", name="Own data").click()
    expect_problem(page, "a,b,y\n1,2,0\n", "The table could not be read. The server does not answer.")
    page.unroute(PREVIEW)
    page.fill("#own textarea", "a,b,y\n1,2,0\n3,4,0\n")
    expect(page.locator(".ownSummary")).to_contain_text("2 rows: 2 inputs")
    expect(page.locator(".ownProblem")).to_be_empty()
    assert [error for error in page_errors if "ERR_FAILED" not in error] == []
    page_errors.clear()


def test_prose_that_is_pasted_anywhere_is_no_table(playground: Playground):
    page = playground.join({}).page
    page.evaluate(PASTE, "Dear all, hello\nthis is no table\n")
    page.evaluate(PASTE, "one line, two cells")
    page.evaluate(PASTE, "a,b\n1,2\n")
    expect(page.get_by_label("Role of a")).to_have_value("input")
    expect(page.locator(".ownPreview tbody tr")).to_have_count(1)
