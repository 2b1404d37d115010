"""The reference of the API: all of it is there, and every operation can be tried."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings


def tried(page: Page, operation: str) -> Locator:
    """An operation, its form open."""
    article = page.locator(f"#{operation}")
    article.locator("summary").last.click()
    return article


def sent(page: Page, operation: str, status: int) -> str:
    """Send what its form has; what is answered."""
    article = page.locator(f"#{operation}")
    article.locator("[type=submit]").click()
    expect(article.locator(".outcome .status")).to_contain_text(f"{status} ")
    return article.locator(".outcome code").text_content() or ""


def test_every_operation_is_there_and_can_be_tried_on_the_network_made_before(page: Page, page_errors):
    document = page.request.get("/openapi.json").json()
    operations = [
        operation["operationId"] for path in document["paths"].values() for operation in path.values()
    ]
    page.goto("/docs")
    expect(page).to_have_title("API reference · Backprop Playground")
    shown = page.locator(".operation").evaluate_all("(articles) => articles.map((article) => article.id)")
    assert sorted(shown) == sorted(operations)
    tried(page, "createNetwork")
    assert '"version": 1,' in sent(page, "createNetwork", 201)
    tried(page, "stepNetwork")
    assert '"step": 100,' in sent(page, "stepNetwork", 200)
    activations = tried(page, "getActivations")
    assert '"type": "/problems/unfit"' in sent(page, "getActivations", 422)
    assert "422" in page_errors.pop()
    activations.locator("[name=x]").fill("0.5,-1")
    assert '"prediction"' in sent(page, "getActivations", 200)
    data = tried(page, "putData")
    data.locator("[name=example]").select_option(label="text/csv")
    data.locator("textarea").fill("x1,x2,y\n0,1,-1\n2,3,1\n")
    assert '"name": "own"' in sent(page, "putData", 200)
    tried(page, "getData").locator("[name=accept]").select_option("text/csv")
    assert sent(page, "getData", 200) == "x1,x2,y,split\n0.0,1.0,-1.0,train\n2.0,3.0,1.0,train\n"
    tried(page, "deleteNetwork")
    assert sent(page, "deleteNetwork", 204) == ""


def test_a_type_of_problem_leads_to_its_words(page: Page):
    page.goto("/problems/unfit")
    assert page.url.endswith("/docs#problem-unfit")
    expect(page.locator("#problem-unfit")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_reference(page: Page, theme):
    page.emulate_media(color_scheme=theme)
    page.goto("/docs")
    expect(page).to_have_title("API reference · Backprop Playground")
    tried(page, "createNetwork")
    seen = [[".index"], ["#createNetwork"], ["#problems"], ["#form-Spec"]]
    assert findings(page, seen) == []
